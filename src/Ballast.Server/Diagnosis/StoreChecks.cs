using System.Globalization;
using Ballast.Core;
using Ballast.Server.Configuration;
using Ballast.Server.Store;

namespace Ballast.Server.Diagnosis;

/// <summary>What the store said of itself.</summary>
/// <param name="Save">When it takes snapshots, as CONFIG GET save shows it: empty for never; null where CONFIG is forbidden.</param>
/// <param name="Latency">How long it took to answer once it was connected to.</param>
internal sealed record StoreState(RedisInfo Info, string? Save, TimeSpan Latency = default);

/// <summary>Whether what is written down stays written down.</summary>
internal static class StoreChecks
{
    private const decimal NearlyFull = 0.8m;
    private const decimal Full = 0.95m;
    private static readonly string[] WriteStatuses = ["aof_last_write_status", "aof_last_bgrewrite_status", "rdb_last_bgsave_status"];
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(500);
    private const long LeastDiskBytes = 256L * 1024 * 1024;

    public static Finding Store(StoreSettings settings, Result<StoreState> state)
    {
        var where = settings.Redis?.ToString() ?? $"embedded, data in {Path.GetFullPath(settings.DataDirectory)}";
        if (!state.TryGet(out var store, out var failure))
            return Finding.Fail($"{where}: {Plain(failure.Reason)}", settings.Redis is null ? NoEmbeddedStore : Unreachable(failure.Reason));
        return store.Info["role"] == "slave" || store.Info["role"] == "replica"
            ? Finding.Fail(
                $"{where} is a replica, which takes no writes",
                $"point {StoreSettings.RedisName} at the primary ({store.Info["master_host"]}:{store.Info["master_port"]})")
            : store.Latency > Slow
            ? Finding.Warn(
                $"{where} answers ({store.Info.Version}), but takes {Milliseconds(store.Latency)} ms for it; "
                + $"a tick waits {Milliseconds(RedisConnection.Patience)} ms at most",
                "keep it near this machine, and neither of them overloaded")
            : Finding.Pass($"{where} answers: {store.Info.Version}");
    }

    public static Finding Persistence(StoreSettings settings, StoreState store)
    {
        if (settings.Redis is null)
            return Finding.Pass("the embedded store writes its append-only file before it answers");
        var appends = store.Info["aof_enabled"];
        if (appends == "1")
            return Finding.Pass("appendonly is on");
        if (store.Save is { Length: > 0 } snapshots)
            return Finding.Warn(
                $"snapshots only (save {snapshots}), appendonly is off: a crash forgets the books and orders since the last one",
                TurnOn);
        return appends == "0" && store.Save is { }
            ? Finding.Fail("neither appendonly nor snapshots (save) are on: a restart of the store forgets books, orders and halt", TurnOn)
            : Finding.Warn(
                appends == "0" ? "appendonly is off, and whether snapshots are taken is not shown: CONFIG is forbidden, as managed services do"
                    : "the store does not show whether it keeps anything",
                "turn persistence (AOF) on in the service's own console");
    }

    public static Finding Saving(StoreSettings settings, StoreState store)
    {
        var failed = WriteStatuses.Where(name => store.Info[name] is { } status && status != "ok").ToArray();
        if (failed.Length > 0)
            return Finding.Fail(
                $"the store could not write to its disk: {string.Join(", ", failed.Select(name => $"{name} is {store.Info[name]}"))}",
                "look at the store's log and its free disk space (redis-cli CONFIG GET dir, df -h), then: redis-cli BGSAVE");
        return settings.Redis is null || store.Info["rdb_last_bgsave_status"] is null
            ? Finding.Skip(settings.Redis is null ? "the embedded store refuses a write that it cannot keep" : "the store does not show it")
            : Finding.Pass("the last writes to disk succeeded");
    }

    public static Finding Eviction(StoreSettings settings, StoreState store)
    {
        if (settings.Redis is null)
            return Finding.Pass("the embedded store evicts nothing: what does not fit into memory lies on disk");
        if (store.Info.Number("maxmemory") is not { } most || store.Info["maxmemory_policy"] is not { } policy)
            return Finding.Skip("the store does not show its maxmemory", "see that its console says maxmemory-policy noeviction");
        var used = store.Info.Number("used_memory") ?? 0;
        if (most == 0)
            return Finding.Pass($"maxmemory is not limited; {Size(used)} are used");
        var share = (decimal)used / most;
        var figures = string.Create(CultureInfo.InvariantCulture, $"{Size(used)} of {Size(most)} are used ({share * 100:0} %), maxmemory-policy is {policy}");
        if (policy != "noeviction")
            return Finding.Fail(
                $"{figures}: {(share >= NearlyFull ? "it is about to delete" : "when it is full it deletes")} keys of the books{Evicted(store)}",
                "redis-cli CONFIG SET maxmemory-policy noeviction, and the same in redis.conf or the service's console");
        const string More = "give the store more memory: redis-cli CONFIG SET maxmemory, and the same in redis.conf or the service's console; "
            + "or a store of its own";
        return share >= Full ? Finding.Fail($"{figures}: it is about to refuse writes, and then no tick can be recorded", More)
            : share >= NearlyFull ? Finding.Warn($"{figures}: when it is full it refuses writes", More)
            : Finding.Pass(figures);
    }

    /// <summary>Where data lies on this machine; a file is written there and removed again.</summary>
    public static Finding Disk(string directory)
    {
        var path = Path.GetFullPath(directory);
        var existing = path;
        while (!Directory.Exists(existing))
            existing = Path.GetDirectoryName(existing)!;
        try
        {
            File.Create(Path.Combine(existing, $".ballast-doctor-{Environment.ProcessId}"), 1, FileOptions.DeleteOnClose).Dispose();
            var free = new DriveInfo(existing).AvailableFreeSpace;
            return free < LeastDiskBytes
                ? Finding.Warn($"{path}: only {Size(free)} are free", "free some space, or set Ballast__Store__DataDirectory to a folder on another disk")
                : Finding.Pass($"{path} can be written{(existing == path ? "" : " when it is made")}, {Size(free)} free");
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return Finding.Fail(
                $"{path} cannot be written: {refused.Message}",
                $"give this program's user the folder (chown {Environment.UserName} {existing}), or set Ballast__Store__DataDirectory to one that is its own");
        }
    }

    private const string TurnOn = "redis-cli CONFIG SET appendonly yes, and appendonly yes in redis.conf or the service's console";

    private const string NoEmbeddedStore =
        "stop whatever else uses the folder, or set Ballast__Store__Port to the port that the running server's banner shows, "
        + "or Ballast__Store__DataDirectory to another folder";

    private static string Unreachable(string reason) =>
        reason.Contains("auth", StringComparison.OrdinalIgnoreCase) || reason.Contains("WRONGPASS", StringComparison.Ordinal)
            ? $"correct user and password in {StoreSettings.RedisName}: redis://user:password@host:6379/0"
            : $"start the store, or correct {StoreSettings.RedisName}; from this machine, redis-cli -u \"$REDIS_URL\" PING must answer PONG";

    /// <summary>The client's messages end in its counters, which say nothing to an owner.</summary>
    private static string Plain(string reason) => reason.IndexOf(", mc:", StringComparison.Ordinal) is var counters and > 0 ? reason[..counters] : reason;

    private static string Milliseconds(TimeSpan time) => time.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture);

    private static string Evicted(StoreState store) =>
        store.Info.Number("evicted_keys") is > 0 and var keys
            ? string.Create(CultureInfo.InvariantCulture, $"; {keys} keys were deleted since it started") : "";

    private static string Size(long bytes) => bytes >= 10L * 1024 * 1024 * 1024
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1_073_741_824m:0} GB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1_048_576m:0.#} MB");
}

using Ballast.Server.Store;
using StackExchange.Redis;

namespace Ballast.Server.SignIn;

/// <summary>
/// Slows down whoever guesses passwords, in the store, so that instances and restarts count together. Every attempt is counted before its password is
/// looked at, and given back when it was right.
/// <list type="bullet">
/// <item>One address has four attempts a day; each one after that begins a pause, of 30 seconds at first and twice as long each time, up to an hour.</item>
/// <item>All strangers together have thirty an hour; after that one every ten seconds.</item>
/// <item>A browser that has signed in before has attempts of its own, which nobody else can use up: strangers never keep an owner out of it.</item>
/// </list>
/// </summary>
public sealed class LockOut(RedisConnection connection, StoreKeys keys)
{
    /// <summary>How long a browser is known after it last signed in.</summary>
    public static readonly TimeSpan DeviceMemory = TimeSpan.FromDays(90);

    public const int FreeAttempts = 4;
    public const int FreeAttemptsOfAll = 30;

    public static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);
    public static readonly TimeSpan PauseOfAll = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private const string All = "all";

    /// <summary>How long nobody else may try after the <paramref name="attempt"/>th attempt; null for a free one.</summary>
    /// <param name="attempt">From 1.</param>
    public static TimeSpan? PauseAfter(long attempt) =>
        attempt <= FreeAttempts ? null
        : attempt - FreeAttempts > 7 ? LongestPause
        : FirstPause * (1 << (int)(attempt - FreeAttempts - 1));

    /// <summary>Counts an attempt.</summary>
    /// <param name="device">What the browser shows of an earlier time; null when it shows nothing.</param>
    /// <returns>An attempt that may be made, or how long to wait before the next one.</returns>
    /// <exception cref="Core.Ticks.StoreUnavailableException">The store cannot be reached: then nobody may try.</exception>
    public Task<(Attempt? Granted, TimeSpan Wait)> BeginAsync(string address, SessionId? device) => connection.CallAsync(async database =>
    {
        var known = device is not null && await database.KeyExistsAsync(Device(device)) ? device.Digest : null;
        var who = known is null ? "address:" + address : "device:" + known;
        var (own, all) = (database.KeyTimeToLiveAsync(Pause(who)), database.KeyTimeToLiveAsync(Pause(All)));
        if ((await own ?? (known is null ? await all : null)) is { } wait)
            return (null, wait);
        var attempt = await CountAsync(database, who, Day);
        if (!await TakeTurnAsync(database, who, PauseAfter(attempt)))
            return (null, await database.KeyTimeToLiveAsync(Pause(who)) ?? TimeSpan.Zero);
        if (known is null && !await TakeTurnAsync(database, All, await CountAsync(database, All, Hour) > FreeAttemptsOfAll ? PauseOfAll : null))
            return (null, PauseOfAll);
        return ((Attempt?)new Attempt(who), TimeSpan.Zero);
    });

    /// <summary>
    /// The attempt was right: it is given back, and the browser is known from now on. An operator's takes those before it away, too; a reader's does
    /// not, or readers could guess the operator's password for as long as they like.
    /// </summary>
    public Task ForgiveAsync(Attempt attempt, Role role, SessionId device) => connection.CallAsync(async database =>
    {
        var write = database.CreateTransaction();
        _ = write.KeyDeleteAsync(Pause(attempt.Who));
        _ = write.StringSetAsync(Device(device), "known", DeviceMemory);
        if (role == Role.Operator)
        {
            _ = write.KeyDeleteAsync(Count(attempt.Who));
        }
        else
        {
            _ = write.StringSetAsync(Count(attempt.Who), 0, Day, When.NotExists);
            _ = write.StringDecrementAsync(Count(attempt.Who));
        }
        return await write.ExecuteAsync();
    });

    /// <summary>Counts within a window that begins with its first attempt.</summary>
    private async Task<long> CountAsync(IDatabase database, string who, TimeSpan window)
    {
        var write = database.CreateTransaction();
        _ = write.StringSetAsync(Count(who), 0, window, When.NotExists);
        var count = write.StringIncrementAsync(Count(who));
        await write.ExecuteAsync();
        return await count;
    }

    /// <summary>Of several that come at once, one has its turn.</summary>
    private async Task<bool> TakeTurnAsync(IDatabase database, string who, TimeSpan? pause) =>
        pause is not { } length || await database.StringSetAsync(Pause(who), "locked", length, When.NotExists);

    private RedisKey Count(string who) => keys.SignIn("attempts:" + who);

    private RedisKey Pause(string who) => keys.SignIn("pause:" + who);

    private RedisKey Device(SessionId device) => keys.SignIn("known:" + device.Digest);
}

/// <summary>An attempt that may be made.</summary>
/// <param name="Who">Whose attempts it belongs to.</param>
public sealed record Attempt(string Who);

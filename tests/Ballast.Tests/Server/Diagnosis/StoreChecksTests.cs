using Ballast.Core;
using Ballast.Server.Configuration;
using Ballast.Server.Diagnosis;

namespace Ballast.Tests.Server.Diagnosis;

/// <summary>What a store says of itself, and what that means.</summary>
public class StoreChecksTests
{
    private static readonly StoreSettings OnRedis = new() { Redis = new RedisUrl("redis.internal", 6379, Tls: false, null, "hush", 0) };

    [Theory]
    [InlineData("aof_enabled:1", null, "pass")]
    [InlineData("aof_enabled:1", "", "pass")]
    [InlineData("aof_enabled:0", "", "fail")]
    [InlineData("aof_enabled:0", "3600 1 300 100", "warn")]
    [InlineData("aof_enabled:0", null, "warn")]
    [InlineData("", null, "warn")]
    public void Persistence(string info, string? save, string status) => Assert.Equal(status, StoreChecks.Persistence(OnRedis, State(info, save)).Status);

    [Theory]
    [InlineData("aof_last_write_status:ok rdb_last_bgsave_status:ok", "pass")]
    [InlineData("aof_last_write_status:err rdb_last_bgsave_status:ok", "fail")]
    [InlineData("aof_last_write_status:ok rdb_last_bgsave_status:err", "fail")]
    [InlineData("", "skipped")]
    public void Saving(string info, string status) => Assert.Equal(status, StoreChecks.Saving(OnRedis, State(info)).Status);

    [Theory]
    [InlineData(0, 500, "noeviction", "pass")]
    [InlineData(0, 500, "allkeys-lru", "pass")]
    [InlineData(1000, 100, "noeviction", "pass")]
    [InlineData(1000, 799, "noeviction", "pass")]
    [InlineData(1000, 800, "noeviction", "warn")]
    [InlineData(1000, 950, "noeviction", "fail")]
    [InlineData(1000, 100, "allkeys-lru", "fail")]
    [InlineData(1000, 100, "volatile-ttl", "fail")]
    public void Eviction(long most, long used, string policy, string status) => Assert.Equal(
        status, StoreChecks.Eviction(OnRedis, State($"maxmemory:{most} used_memory:{used} maxmemory_policy:{policy}")).Status);

    [Fact]
    public void What_was_evicted_already_is_counted() => Assert.EndsWith(
        "it is about to delete keys of the books; 12 keys were deleted since it started",
        StoreChecks.Eviction(OnRedis, State("maxmemory:1000 used_memory:900 maxmemory_policy:allkeys-lru evicted_keys:12")).Says, StringComparison.Ordinal);

    [Fact]
    public void A_store_that_shows_nothing_is_not_judged() => Assert.Equal("skipped", StoreChecks.Eviction(OnRedis, State("")).Status);

    [Fact]
    public void A_replica_takes_no_writes() => Assert.Contains(
        "primary (10.0.0.7:6380)", StoreChecks.Store(OnRedis, State("role:slave master_host:10.0.0.7 master_port:6380")).Fix, StringComparison.Ordinal);

    [Theory]
    [InlineData("redis_version:7.0.15", "Redis 7.0.15")]
    [InlineData("redis_version:7.2.4 valkey_version:8.0.1", "Valkey 8.0.1")]
    [InlineData("", "version not told")]
    public void Its_version(string info, string says) => Assert.EndsWith(says, StoreChecks.Store(OnRedis, State(info)).Says, StringComparison.Ordinal);

    [Theory]
    [InlineData(500, "pass")]
    [InlineData(501, "warn")]
    public void A_slow_store(int ms, string status) =>
        Assert.Equal(status, StoreChecks.Store(OnRedis, State("redis_version:7.0.15") with { Latency = TimeSpan.FromMilliseconds(ms) }).Status);

    [Theory]
    [InlineData("NOAUTH Authentication required.", "user and password")]
    [InlineData("WRONGPASS invalid username-password pair", "user and password")]
    [InlineData("the store did not answer within 1500 ms", "PONG")]
    public void Out_of_reach(string reason, string fix)
    {
        var finding = StoreChecks.Store(OnRedis, Failure.Unavailable(reason + ", mc: 1/1/0, clientName: ballast"));
        Assert.Equal("fail", finding.Status);
        Assert.Contains(fix, finding.Fix, StringComparison.Ordinal);
        Assert.EndsWith(reason, finding.Says, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", finding.Says + finding.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_is_there_and_one_that_is_to_be_made()
    {
        var folder = Directory.CreateTempSubdirectory("ballast-test-").FullName;
        Assert.Equal("pass", StoreChecks.Disk(folder).Status);
        Assert.Equal("pass", StoreChecks.Disk(Path.Combine(folder, "not", "yet")).Status);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder));
        File.WriteAllText(Path.Combine(folder, "file"), "");
        Directory.Delete(folder, recursive: true);
    }

    private static StoreState State(string info, string? save = null) => new(new RedisInfo(info.Replace(' ', '\n')), save);
}

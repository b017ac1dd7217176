using System.Net;
using System.Net.Sockets;
using Ballast.Core;
using Ballast.Core.Ticks;
using Ballast.Server.Store;
using StackExchange.Redis;

namespace Ballast.Tests.Server.Store;

/// <summary>A real redis-server that is taken away, held up, filled up, or closed to us: every call says so within two seconds.</summary>
[Collection(Alone.Name)]
public sealed class RedisOutageTests
{
    private const string Password = "p4ssNeverShown";

    /// <summary>How soon a caller must know.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    /// <summary>How soon everything must work again by itself.</summary>
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    public RedisOutageTests() => Needs.RedisServer();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Stopped_or_killed_it_is_an_outage_and_started_again_it_works_by_itself(bool orderly)
    {
        await using var redis = await RedisServer.StartAsync();
        await using var connection = Connect(redis);
        var store = StoreOn(connection);
        var lease = await LeaseAsync(store);

        await (orderly ? redis.StopAsync() : redis.KillAsync());
        await EveryCallIsRefusedAsync(store, connection, lease);

        await redis.StartAgainAsync();
        await Eventually.ReachableAsync(store, Recovery);
        await LeaseAsync(store);
    }

    [Fact]
    public async Task Frozen_it_is_an_outage_and_thawed_it_works_by_itself()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var connection = Connect(redis);
        var store = StoreOn(connection);
        var lease = await LeaseAsync(store);

        redis.Freeze();
        await EveryCallIsRefusedAsync(store, connection, lease);
        await EveryCallIsRefusedAsync(store, connection, lease);

        redis.Thaw();
        await Eventually.ReachableAsync(store, Recovery);
    }

    [Theory]
    [InlineData("given up", true)]
    [InlineData("somebody else's", false)]
    public async Task A_lease_that_was_got_after_it_was_given_up_keeps_nobody_out(string holder, bool free)
    {
        await using var redis = await RedisServer.StartAsync();
        await using var connection = Connect(redis);
        var store = StoreOn(connection);
        await LeaseAsync(store);
        redis.Freeze();
        await IsRefusedAsync(() => store.TakeLeaseAsync(Sample.Tick(1), "given up", Minute));
        redis.Thaw();
        await Eventually.ReachableAsync(store, Recovery);

        // As if the attempt had reached the store before it froze, and its answer had been lost.
        await connection.CallAsync(database => database.StringSetAsync("bot:QRLUSDT:lease", holder, Minute));
        var answer = await store.TakeLeaseAsync(Sample.Tick(2), "next", Minute);
        Assert.Equal(free, answer is LeaseAnswer.Granted { Lease.Holder: "next" });
        Assert.Equal(!free, answer is LeaseAnswer.Busy);
    }

    [Fact]
    public async Task Two_hundred_calls_to_a_frozen_store_are_all_refused_in_time()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var connection = Connect(redis);
        await LeaseAsync(StoreOn(connection));

        redis.Freeze();
        await Task.WhenAll(Enumerable.Range(0, 200).Select(pair => IsRefusedAsync(() => LeaseAsync(StoreOn(connection, $"PAIR{pair}")))));
    }

    [Fact]
    public async Task A_write_that_was_given_up_is_not_kept_for_later()
    {
        await using var redis = await RedisServer.StartAsync("--appendonly", "yes", "--appendfsync", "always");
        await using var connection = Connect(redis);
        var store = StoreOn(connection);
        var lease = await LeaseAsync(store);

        await redis.KillAsync();
        await IsRefusedAsync(() => store.CommitAsync(lease, Sample.Report(lease.Tick), null));
        await IsRefusedAsync(() => store.TakeLeaseAsync(Sample.Tick(1), "second", Minute));
        await redis.StartAgainAsync();
        await Eventually.ReachableAsync(store, Recovery);

        // The lease of before still stands: neither the commit nor the second holder came after all.
        Assert.IsType<LeaseAnswer.Busy>(await store.TakeLeaseAsync(Sample.Tick(1), "third", Minute));
        Assert.True(await store.CommitAsync(lease, Sample.Report(lease.Tick), null));
    }

    [Fact]
    public async Task Full_it_refuses_what_writes_and_still_answers_what_reads()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var connection = Connect(redis);
        var store = StoreOn(connection);
        var lease = await LeaseAsync(store);

        await using var operators = await OperatorAsync(redis);
        await operators.GetDatabase().ExecuteAsync("CONFIG", "SET", "maxmemory", "1");
        await IsRefusedAsync(() => store.CommitAsync(lease, Sample.Report(lease.Tick), null));
        await IsRefusedAsync(() => LeaseAsync(StoreOn(connection, "BTCUSDT")));
        Assert.True((await store.ReadAsync()).Ledger.TryGet(out _, out _));

        await operators.GetDatabase().ExecuteAsync("CONFIG", "SET", "maxmemory", "0");
        Assert.True(await store.CommitAsync(lease, Sample.Report(lease.Tick), null));
    }

    [Fact]
    public async Task As_a_replica_it_refuses_what_writes_and_promoted_it_works_by_itself()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var connection = Connect(redis);
        var store = StoreOn(connection);
        var lease = await LeaseAsync(store);

        await using var operators = await OperatorAsync(redis);
        var server = operators.GetServer("127.0.0.1", redis.Port);
        await server.ExecuteAsync("REPLICAOF", "127.0.0.1", "1");
        await IsRefusedAsync(() => store.CommitAsync(lease, Sample.Report(lease.Tick), null));
        await IsRefusedAsync(() => store.ReleaseAsync(lease));
        await IsRefusedAsync(() => LeaseAsync(StoreOn(connection, "BTCUSDT")));

        await server.ExecuteAsync("REPLICAOF", "NO", "ONE");
        await Eventually.TrueAsync(
            async () => await Eventually.OutageAsync(() => store.CommitAsync(lease, Sample.Report(lease.Tick), null)) is null, Recovery, "it still took the store for a replica");
    }

    [Fact]
    public async Task A_command_that_fails_inside_a_transaction_is_an_outage()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var connection = Connect(redis);
        var symbol = Sample.NewSymbol();
        var store = new RedisStore(connection, new StoreKeys(symbol, hashTags: false), symbol, RespPortfolio.HistoryLimit);
        await connection.CallAsync(database => database.StringSetAsync($"bot:{symbol.Name}:epoch", long.MaxValue));
        await IsRefusedAsync(() => store.TakeLeaseAsync(Sample.Tick(0), "first", Minute));
    }

    [Theory]
    [InlineData(null, "wrong" + Password)]
    [InlineData("ballast", "wrong" + Password)]
    [InlineData("nobody", Password)]
    [InlineData(null, null)]
    public async Task A_login_that_is_refused_is_an_outage_that_does_not_tell_the_password(string? user, string? password)
    {
        await using var redis = await RedisServer.StartAsync("--requirepass", Password, "--user", "ballast", "on", $">{Password}", "~*", "+@all");
        var options = RedisConnection.Options("127.0.0.1", redis.Port);
        (options.User, options.Password) = (user, password);
        await using var connection = new RedisConnection(options, TimeProvider.System);

        var outage = await IsRefusedAsync(StoreOn(connection).ReadAsync);
        Assert.DoesNotContain("NeverShown", outage.ToString(), StringComparison.OrdinalIgnoreCase);
        outage = await IsRefusedAsync(() => LeaseAsync(StoreOn(connection)));
        Assert.DoesNotContain("NeverShown", outage.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("ballast")]
    public async Task A_login_that_is_accepted_works(string? user)
    {
        await using var redis = await RedisServer.StartAsync("--requirepass", Password, "--user", "ballast", "on", $">{Password}", "~bot:*", "+@all", "-@dangerous");
        var options = RedisConnection.Options("127.0.0.1", redis.Port);
        (options.User, options.Password) = (user, Password);
        await using var connection = new RedisConnection(options, TimeProvider.System);

        var lease = await LeaseAsync(StoreOn(connection));
        Assert.True(await StoreOn(connection).CommitAsync(lease, Sample.Report(lease.Tick, Sample.Books(Sample.Trade("1", 0))), null));
    }

    [Fact]
    public async Task A_store_that_is_not_there_at_the_start_is_used_when_it_comes()
    {
        await using var redis = await RedisServer.StartAsync();
        await redis.StopAsync();
        await using var connection = Connect(redis);
        await EveryCallIsRefusedAsync(StoreOn(connection), connection, new Lease(Sample.Tick(0), "first", 1));

        await redis.StartAgainAsync();
        await Eventually.ReachableAsync(StoreOn(connection), Recovery);
    }

    [Fact]
    public async Task A_host_that_takes_the_connection_and_says_nothing_is_an_outage()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await using var connection = new RedisConnection(RedisConnection.Options("127.0.0.1", ((IPEndPoint)silent.LocalEndpoint).Port), TimeProvider.System);
        await EveryCallIsRefusedAsync(StoreOn(connection), connection, new Lease(Sample.Tick(0), "first", 1));
        await EveryCallIsRefusedAsync(StoreOn(connection), connection, new Lease(Sample.Tick(0), "first", 1));
    }

    [Fact]
    public async Task A_name_that_does_not_resolve_is_an_outage()
    {
        await using var connection = new RedisConnection(RedisConnection.Options("redis.invalid", 6379), TimeProvider.System);
        await EveryCallIsRefusedAsync(StoreOn(connection), connection, new Lease(Sample.Tick(0), "first", 1));
    }

    [Fact]
    public async Task A_connection_that_was_closed_is_an_outage()
    {
        await using var redis = await RedisServer.StartAsync();
        var connection = Connect(redis);
        var store = StoreOn(connection);
        var lease = await LeaseAsync(store);
        await connection.DisposeAsync();
        await EveryCallIsRefusedAsync(store, connection, lease);
    }

    private static RedisConnection Connect(RedisServer redis) => new(RedisConnection.Options("127.0.0.1", redis.Port), TimeProvider.System);

    private static Task<ConnectionMultiplexer> OperatorAsync(RedisServer redis) => ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{redis.Port},allowAdmin=true");

    private static RedisStore StoreOn(RedisConnection connection, string pair = "QRLUSDT")
    {
        Assert.True(Symbol.Parse(pair).TryGet(out var symbol, out _));
        return new RedisStore(connection, new StoreKeys(symbol, hashTags: false), symbol, RespPortfolio.HistoryLimit);
    }

    private static async Task<Lease> LeaseAsync(RedisStore store) =>
        Assert.IsType<LeaseAnswer.Granted>(await store.TakeLeaseAsync(Sample.Tick(0), "first", Minute)).Lease;

    /// <summary>All at once, as they meet a server that many call.</summary>
    private static Task<StoreUnavailableException[]> EveryCallIsRefusedAsync(RedisStore store, RedisConnection connection, Lease lease) => Task.WhenAll(
        IsRefusedAsync(() => store.TakeLeaseAsync(Sample.Tick(1), "second", Minute)),
        IsRefusedAsync(store.ReadAsync),
        IsRefusedAsync(() => store.CommitAsync(lease, Sample.Report(lease.Tick), null)),
        IsRefusedAsync(() => store.ReleaseAsync(lease)),
        IsRefusedAsync(connection.PingAsync));

    private static async Task<StoreUnavailableException> IsRefusedAsync(Func<Task> call)
    {
        var began = TimeProvider.System.GetTimestamp();
        var outage = await Assert.ThrowsAsync<StoreUnavailableException>(call);
        Assert.InRange(TimeProvider.System.GetElapsedTime(began), TimeSpan.Zero, Limit);
        Assert.NotEqual("", outage.Message);
        return outage;
    }
}

using StackExchange.Redis;

namespace Ballast.Floor;

/// <summary>
/// The store's part of a steady tick, command by command: what it reads are the portfolio's own keys, what it writes are as many bytes under
/// keys of its own.
/// </summary>
internal sealed class FloorStore : IDisposable
{
    private const string Read = "bot:QRLUSDT:";
    private const string Write = "floor:QRLUSDT:";

    private readonly ConnectionMultiplexer connection;
    private readonly IDatabase database;

    private FloorStore(ConnectionMultiplexer connection) => (this.connection, database) = (connection, connection.GetDatabase());

    public static async Task<FloorStore> ConnectAsync(string url)
    {
        var address = new Uri(url);
        return new FloorStore(await ConnectionMultiplexer.ConnectAsync(new ConfigurationOptions
        {
            EndPoints = { { address.Host, address.Port } },
            ClientName = "floor",
            AbortOnConnectFail = false,
            ConnectTimeout = 1500,
            AsyncTimeout = 1500,
            SyncTimeout = 1500,
            HeartbeatInterval = TimeSpan.FromMilliseconds(250),
            ReconnectRetryPolicy = new LinearRetry(250),
            BacklogPolicy = BacklogPolicy.FailFast,
        }));
    }

    /// <summary>The issuer's keys, which whoever starts this has put there.</summary>
    public async Task<byte[]> KeySetAsync() =>
        await database.StringGetAsync(Write + "keys") is { HasValue: true } keys ? (byte[])keys! : throw new InvalidOperationException("no key set is stored");

    public async Task<long> TakeLeaseAsync()
    {
        var take = database.CreateTransaction();
        take.AddCondition(Condition.KeyNotExists(Write + "ticks:now"));
        take.AddCondition(Condition.KeyNotExists(Write + "lease"));
        var set = take.StringSetAsync(Write + "lease", "floor", TimeSpan.FromMinutes(1));
        var epoch = take.StringIncrementAsync(Write + "epoch");
        if (!await take.ExecuteAsync())
            throw new InvalidOperationException("the lease is taken");
        await set;
        return await epoch;
    }

    public async Task<FloorState> ReadAsync()
    {
        var cost = database.HashGetAllAsync(Read + "cost");
        var point = database.ListGetByIndexAsync(Read + "equity", 0);
        var trading = database.HashGetAllAsync(Read + "trading");
        Task[] others =
        [
            database.SortedSetRangeByRankAsync(Read + "trades:history", 0, 127, Order.Descending),
            database.SortedSetRangeByRankAsync(Read + "movements", 0, 127, Order.Descending),
            database.StringGetAsync(Read + "equity:start"),
            database.HashGetAllAsync(Read + "order:open"),
            database.HashGetAllAsync(Read + "halt"),
            database.HashGetAllAsync(Read + "mode"),
            database.HashGetAllAsync(Read + "proposal"),
            database.SortedSetRangeByRankAsync(Read + "orders:ids"),
            database.HashGetAllAsync(Read + "settings"),
            database.StringGetAsync(Read + "rules"),
        ];
        await Task.WhenAll(others);
        return new FloorState(await cost, await point, await trading);
    }

    public async Task WriteAsync(FloorState state, long epoch)
    {
        var write = database.CreateTransaction();
        write.AddCondition(Condition.StringEqual(Write + "epoch", epoch));
        foreach (var list in (string[])["rebalance:history", "journal", "equity", "equity:hourly", "orders"])
            write.AddCondition(Condition.ListLengthLessThan(Write + list, long.MaxValue));
        foreach (var set in (string[])["trades:history", "movements", "orders:ids"])
            write.AddCondition(Condition.SortedSetLengthLessThan(Write + set, long.MaxValue));
        var (plan, answer) = (new byte[FloorState.PlanBytes], new byte[FloorState.AnswerBytes]);
        Task[] written =
        [
            write.StringSetAsync(Write + "rebalance:plan", plan),
            write.ListLeftPushAsync(Write + "rebalance:history", plan),
            write.ListTrimAsync(Write + "rebalance:history", 0, 2975),
            write.KeyDeleteAsync([Write + "cost", Write + "pnl"]),
            write.HashSetAsync(Write + "cost", state.Cost),
            write.HashSetAsync(Write + "pnl", state.Cost[..Math.Min(FloorState.ProfitFields, state.Cost.Length)]),
            write.ListLeftPushAsync(Write + "equity", state.Point),
            write.ListTrimAsync(Write + "equity", 0, 2975),
            write.KeyDeleteAsync([Write + "order:open", Write + "proposal", Write + "trading"]),
            write.HashSetAsync(Write + "trading", state.Trading),
            write.StringSetAsync(Write + "ticks:then", answer, TimeSpan.FromHours(24)),
            write.KeyDeleteAsync(Write + "lease"),
        ];
        if (!await write.ExecuteAsync())
            throw new InvalidOperationException("the write's conditions do not hold");
        await Task.WhenAll(written);
    }

    public void Dispose() => connection.Dispose();
}

/// <summary>What was read that is written again.</summary>
internal sealed record FloorState(HashEntry[] Cost, RedisValue Point, HashEntry[] Trading)
{
    /// <summary>About as long as a plan is as JSON.</summary>
    public const int PlanBytes = 1_200;

    /// <summary>About as long as an answer.</summary>
    public const int AnswerBytes = 1_600;

    public const int ProfitFields = 18;
}

using System.Globalization;
using Ballast.Core;
using Ballast.Core.Books;
using Ballast.Core.Ticks;
using Ballast.Core.Trading;
using Ballast.Server.Store;
using StackExchange.Redis;

namespace Ballast.Benchmarks;

/// <summary>One side of the comparison: books with so many trades in a store of their own, and the tick that keeps them.</summary>
internal sealed class AgedBooks : IAsyncDisposable
{
    /// <summary>Lines of the journal that are sent at once.</summary>
    private const int Chunk = 5_000;

    /// <summary>Enough that nothing is ever sold that the books do not hold.</summary>
    private static readonly (Balance Base, Balance Quote) First = (new Balance(1_000, 0), new Balance(1_000_000, 0));

    private readonly RedisProcess server;
    private readonly ConnectionMultiplexer direct;
    private readonly RedisConnection connection;
    private readonly HandClock clock = new(TradeSeries.Noon);
    private readonly StoreKeys keys = new(TradeSeries.Rules.Symbol, hashTags: false);
    private InstantExchange? exchange;
    private int ticks;
    private int fills;

    private AgedBooks(RedisProcess server, ConnectionMultiplexer direct, int trades)
    {
        (this.server, this.direct, Trades) = (server, direct, trades);
        connection = new RedisConnection(RedisConnection.Options("127.0.0.1", server.Port), TimeProvider.System);
        Store = new RedisStore(connection, keys, TradeSeries.Rules.Symbol, historyLimit: 2976);
    }

    /// <summary>How many were booked before anything was measured.</summary>
    public int Trades { get; }

    public RedisStore Store { get; }

    public DateTimeOffset Now => clock.Now;

    public static async Task<AgedBooks> SeedAsync(int trades)
    {
        var server = await RedisProcess.StartAsync();
        // Only administrators are told how much the store has received and sent.
        var direct = await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{server.Port},allowAdmin=true");
        var books = new AgedBooks(server, direct, trades);
        await books.SeedAsync();
        return books;
    }

    /// <summary>Runs the product's tick with nothing new to book: the calendar stands still, and so do the books.</summary>
    public async Task TickAsync()
    {
        var tick = new Tick(Store, exchange!, new TickOptions { Symbol = TradeSeries.Rules.Symbol }, clock, () => $"holder-{ticks}");
        var id = $"15-min-job/manual/{++ticks:D8}";
        var outcome = await tick.RunAsync(new TickRequest(new TickId(id), "15-min-job", "OIDC", WithBooks: true));
        if (outcome is not TickOutcome.Finished { Report: { Status: TickStatus.Success, Books: { } result } }
            || !result.TryGet(out var after, out _) || after.Ledger.Standing is not { Balanced: true })
            throw new InvalidOperationException($"the tick did not end as it should: {outcome}");
    }

    /// <summary>A quarter of an hour passes, and a fill waits to be booked.</summary>
    public void Trade()
    {
        clock.Advance(TradeSeries.Interval);
        exchange!.Fill(TradeSeries.At(-++fills));
    }

    /// <summary>What the store has received and sent since it started.</summary>
    public async Task<Traffic> TrafficAsync()
    {
        var info = (await direct.GetServer("127.0.0.1", server.Port).InfoAsync("stats")).SelectMany(section => section).ToDictionary();
        return new Traffic(Number("total_net_input_bytes"), Number("total_net_output_bytes"));

        long Number(string name) => long.Parse(info[name], CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        await connection.DisposeAsync();
        await direct.DisposeAsync();
        await server.DisposeAsync();
    }

    /// <summary>
    /// What the product would have stored, had it opened the books before the first trade and booked each since: the journal line by line,
    /// the rest by the way that books are restored from a journal.
    /// </summary>
    private async Task SeedAsync()
    {
        var entries = TradeSeries.Past(Trades);
        var (ledger, coins, cash) = LedgerOf(entries);
        exchange = new InstantExchange(clock, coins, cash, entries.TakeLast(3_000));
        await WriteJournalAsync(ledger.Opening, entries);
        var profit = ProfitAndLoss.At(TradeSeries.Price, ledger.Current);
        if (await Store.TakeLeaseAsync(new TickId("seed"), "seed", TimeSpan.FromMinutes(1)) is not LeaseAnswer.Granted { Lease: var lease }
            || !await Store.RestoreBooksAsync(lease, new BooksAfter(ledger, profit, [], []), entries, clock.Now))
            throw new InvalidOperationException("the books could not be stored");
    }

    private (Ledger Ledger, Balance Coins, Balance Cash) LedgerOf(IReadOnlyList<Trade> entries)
    {
        var at = entries[0].Time - TradeSeries.Interval;
        var opening = Opening.On(TradeSeries.Rules.Pair, First.Base, First.Quote, TradeSeries.Price, assumed: false, walletFrom: at, at);
        var ledger = Ledger.Open(opening, entries, clock.Now);
        var (coins, cash) = (
            First.Base with { Free = First.Base.Free + ledger.Current.Flows.Base.Value },
            First.Quote with { Free = First.Quote.Free + ledger.Current.Flows.Quote.Value });
        return ((ledger with { CheckedThrough = clock.Now, WalletThrough = clock.Now }).Against(coins, cash, clock.Now), coins, cash);
    }

    private async Task WriteJournalAsync(Opening opening, IReadOnlyList<Trade> entries)
    {
        var database = direct.GetDatabase();
        var lines = entries.Select(trade => new StoredJournalLine(trade.Time.UtcDateTime, Trade: StoredTrade.From(trade)))
            .Prepend(new StoredJournalLine(opening.At.UtcDateTime, Opening: StoredOpening.From(opening)));
        foreach (var chunk in lines.Chunk(Chunk))
            await database.ListRightPushAsync(keys.Journal, [.. chunk.Select(line => (RedisValue)line.ToJson())]);
    }
}

/// <summary>Bytes, as the store counts them.</summary>
internal readonly record struct Traffic(long Received, long Sent)
{
    public static Traffic operator -(Traffic left, Traffic right) => new(left.Received - right.Received, left.Sent - right.Sent);
}

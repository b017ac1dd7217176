using Ballast.Core.Books;
using Ballast.Core.Ticks;
using Ballast.Mexc;
using Ballast.Server.Store;

namespace Ballast.Benchmarks.ColdStart;

/// <summary>
/// A day of ticks, so that what is measured is a day like any other: every 15 minutes a tick, every hour a trade. They are the product's own
/// ticks, over its own store and exchange clients; only the calendar is moved.
/// </summary>
internal static class PastDay
{
    private const int Ticks = 96;
    private const int TicksPerTrade = 4;

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(15);

    /// <summary>What an exchange's clock has to be behind at first, because its time does not go back.</summary>
    public static readonly TimeSpan Length = Ticks * Interval;

    /// <param name="clock">The exchange's. Shows the present when this returns.</param>
    /// <param name="ports">Where the stores listen, on loopback.</param>
    public static async Task SpendAsync(SteadyExchange exchange, MovedClock clock, IReadOnlyList<int> ports)
    {
        var options = new MexcOptions { BaseUrl = exchange.Url, ApiKey = SteadyExchange.ApiKey, SecretKey = SteadyExchange.SecretKey };
        using var client = new MexcClient(options, MexcHandler.Create(options), clock, new Random(1));
        var connections = ports.Select(port => new RedisConnection(RedisConnection.Options("127.0.0.1", port), TimeProvider.System)).ToList();
        var ticks = connections.Select(connection => TickOn(connection, client, clock)).ToList();
        for (var past = Ticks; past > 0; past--)
        {
            clock.Behind = past * Interval;
            // Never before the first tick, which opens the books.
            if (past % TicksPerTrade == 1)
                exchange.Trade(past / TicksPerTrade % 2 == 0 ? Side.Buy : Side.Sell);
            foreach (var tick in ticks)
                await RunAsync(tick, clock);
        }
        clock.Behind = TimeSpan.Zero;
        foreach (var connection in connections)
            await connection.DisposeAsync();
    }

    private static Tick TickOn(RedisConnection connection, MexcClient client, TimeProvider clock)
    {
        var store = new RedisStore(connection, new StoreKeys(SteadyExchange.Symbol, hashTags: false), SteadyExchange.Symbol, historyLimit: 2976);
        return new Tick(store, new MexcExchange(client, clock), new TickOptions { Symbol = SteadyExchange.Symbol }, clock, () => "a past day");
    }

    private static async Task RunAsync(Tick tick, TimeProvider clock)
    {
        var id = TickId.For("15-min-job", clock.GetUtcNow(), clock.GetUtcNow(), () => "");
        var outcome = await tick.RunAsync(new TickRequest(id, "15-min-job", "OIDC", WithBooks: true));
        if (outcome is not TickOutcome.Finished { Report.Status: TickStatus.Success })
            throw new InvalidOperationException($"a tick of the past day did not end as it should: {outcome}");
    }
}

/// <summary>The machine's clock, behind by so much; its timers and timestamps are the machine's.</summary>
internal sealed class MovedClock : TimeProvider
{
    public TimeSpan Behind { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() - Behind;
}

using Ballast.Core;
using Ballast.Core.Books;
using Ballast.Core.Paper;
using Ballast.Core.Trading;
using Ballast.PaperExchange;

namespace Ballast.Benchmarks.ColdStart;

/// <summary>
/// The paper exchange in this process, with one pair whose market stands still, so that everyone who asks gets the same answers; it checks
/// keys and signatures as ever. Prices as they were at noon: 0.05, with 1 % between bid and ask.
/// </summary>
internal sealed class SteadyExchange : IAsyncDisposable
{
    public const string ApiKey = "mx0benchmark";
    public const string SecretKey = "benchmark";

    private static readonly MarketBook Still = new()
    {
        Version = 1,
        From = DateTimeOffset.UnixEpoch,
        Until = DateTimeOffset.MaxValue,
        Last = new Price(0.05m),
        LastQuantity = new Quantity(100),
        Bids = [.. Enumerable.Range(0, 20).Select(row => new Level(new Price(0.04975m - row * 0.00005m), new Quantity(100_000)))],
        Asks = [.. Enumerable.Range(0, 20).Select(row => new Level(new Price(0.05025m + row * 0.00005m), new Quantity(100_000)))],
    };

    private static readonly Listing Pair = Listing.QrlUsdt(seed: 1) with { Market = _ => Still };

    private readonly PaperExchangeServer server;
    private readonly TimeProvider clock;

    private SteadyExchange(PaperExchangeServer server, TimeProvider clock) => (this.server, this.clock) = (server, clock);

    public Uri Url => server.Url;

    public static Symbol Symbol => Pair.Symbol;

    /// <summary>An account that is 5 % off its target, so that a plan is made in full.</summary>
    public static async Task<SteadyExchange> StartAsync(TimeProvider clock)
    {
        var opening = new Dictionary<string, decimal>(StringComparer.Ordinal) { ["QRL"] = 11_000, ["USDT"] = 450 };
        var server = await PaperExchangeServer.StartAsync(
            new PaperExchangeOptions
            {
                Port = 0,
                Markets = new ComputedMarkets(new PaperOpening([Pair], opening)),
                ApiKey = ApiKey,
                SecretKey = SecretKey,
            },
            clock,
            CancellationToken.None);
        return new SteadyExchange(server, clock);
    }

    /// <summary>Somebody trades on the account: coins for 10 USDT.</summary>
    public void Trade(Side side)
    {
        var order = server.Engine.Place(new PaperOrderRequest(Symbol.Name, side, OrderType.Market) { Quantity = new Quantity(200) }, clock.GetUtcNow());
        if (order.Failure is { } refusal)
            throw new InvalidOperationException(refusal.Reason);
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();
}

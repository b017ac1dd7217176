using Ballast.Core.Books;
using Ballast.Core.Ticks;
using Ballast.Core.Trading;

namespace Ballast.Benchmarks.Parts;

/// <summary>Books with a trade every 10 minutes: as many unsettled as there can be, and more behind them.</summary>
internal static class SteadyBooks
{
    private const int Trades = 1_000;

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    private static readonly (Balance Base, Balance Quote) First = (new Balance(1_000, 0), new Balance(1_000_000, 0));

    private static readonly IReadOnlyList<Trade> Past =
        [.. Enumerable.Range(1, Trades).Reverse().Select(number => TradeSeries.At(number) with { Time = TradeSeries.Noon - number * Interval })];

    public static Ledger Ledger { get; } = Open();

    /// <summary>The one trade that is not booked yet.</summary>
    public static Trade Fill { get; } = TradeSeries.At(0) with { Time = TradeSeries.Noon };

    /// <summary>What the exchange reports: the trades that are booked and not settled, and those that are not booked.</summary>
    public static Statement Statement(Ledger ledger, params Trade[] fresh)
    {
        var flows = (Coins: ledger.Current.Flows.Base.Value, Cash: ledger.Current.Flows.Quote.Value);
        foreach (var trade in fresh)
        {
            var sign = trade.Side == Side.Buy ? 1 : -1;
            flows = (flows.Coins + sign * trade.Quantity.Value, flows.Cash - sign * trade.Value.Value - trade.Fee);
        }
        return new Statement
        {
            Trades = [.. ledger.Recent.OfType<Trade>(), .. fresh],
            Wallet = Array.Empty<WalletRow>(),
            Base = new Balance(First.Base.Free + flows.Coins, 0),
            Quote = new Balance(First.Quote.Free + flows.Cash, 0),
            Price = TradeSeries.Price,
            At = TradeSeries.Noon,
        };
    }

    /// <summary>All that a tick on such an account finds.</summary>
    public static async Task<TickReport> ReportAsync()
    {
        var clock = new HandClock(TradeSeries.Noon);
        var exchange = new InstantExchange(clock, new Balance(1_000, 0), new Balance(1_000, 0), Past);
        var tick = new Tick(new MemoryStore(clock, _ => ""), exchange, new TickOptions { Symbol = TradeSeries.Rules.Symbol }, clock, () => "parts");
        var outcome = await tick.RunAsync(new TickRequest(new TickId("15-min-job/2026-01-01T12:00:00Z"), "15-min-job", "OIDC", WithBooks: true));
        return outcome is TickOutcome.Finished { Report: { Status: TickStatus.Success } report }
            ? report
            : throw new InvalidOperationException($"the tick did not end as it should: {outcome}");
    }

    private static Ledger Open()
    {
        var at = Past[0].Time - Interval;
        var opening = Opening.On(TradeSeries.Rules.Pair, First.Base, First.Quote, TradeSeries.Price, assumed: false, walletFrom: at, at);
        var ledger = Ledger.Open(opening, Past, TradeSeries.Noon) with { CheckedThrough = TradeSeries.Noon, WalletThrough = TradeSeries.Noon };
        var balances = Statement(ledger);
        return ledger.Against(balances.Base, balances.Quote, TradeSeries.Noon);
    }
}

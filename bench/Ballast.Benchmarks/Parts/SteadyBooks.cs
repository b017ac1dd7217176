using Ballast.Core.Books;
using Ballast.Core.Ticks;
using Ballast.Core.Trading;

namespace Ballast.Benchmarks.Parts;

/// <summary>Books with a trade every 15 minutes and more behind them than they keep unsettled.</summary>
internal static class SteadyBooks
{
    private const int Trades = 1_000;

    private static readonly (Balance Base, Balance Quote) First = (new Balance(1_000, 0), new Balance(1_000_000, 0));

    private static readonly IReadOnlyList<Trade> Past = TradeSeries.Past(Trades);

    public static Ledger Ledger { get; } = Open();

    /// <summary>The one trade that is not booked yet.</summary>
    public static Trade Fill { get; } = TradeSeries.At(0) with { Id = "fill" };

    /// <summary>What the exchange reports: the newest trades that are booked, and those that are not.</summary>
    public static Statement Statement(Ledger ledger, int booked, params Trade[] fresh)
    {
        var flows = (Coins: ledger.Current.Flows.Base.Value, Cash: ledger.Current.Flows.Quote.Value);
        foreach (var trade in fresh)
        {
            var sign = trade.Side == Side.Buy ? 1 : -1;
            flows = (flows.Coins + sign * trade.Quantity.Value, flows.Cash - sign * trade.Value.Value - trade.Fee);
        }
        return new Statement
        {
            Trades = [.. Past.TakeLast(booked), .. fresh],
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
        var at = Past[0].Time - TradeSeries.Interval;
        var opening = Opening.On(TradeSeries.Rules.Pair, First.Base, First.Quote, TradeSeries.Price, assumed: false, walletFrom: at, at);
        var ledger = Ledger.Open(opening, Past, TradeSeries.Noon) with { CheckedThrough = TradeSeries.Noon, WalletThrough = TradeSeries.Noon };
        var balances = Statement(ledger, booked: 0);
        return ledger.Against(balances.Base, balances.Quote, TradeSeries.Noon);
    }
}

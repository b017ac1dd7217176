using Ballast.Core;
using Ballast.Core.Paper;
using Ballast.Core.Planning;
using Ballast.Core.Ticks;
using Ballast.Core.Trading;

namespace Ballast.Tests.Core.Ticks;

public class BacktestTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Acts on half of the usual deviation: ten days of a calm market have few larger ones.</summary>
    private static readonly TickOptions Trading = new()
    {
        Symbol = QrlUsdt.Symbol,
        Mode = Mode.Auto,
        Policy = Policy.Default with { Threshold = new Ratio(0.005m) },
        Limits = new SafetyLimits { MaxOrderNotional = new Amount(500), MaxDailyNotional = new Amount(1_000) },
    };

    [Fact]
    public async Task Every_tick_finds_balanced_books_whose_causes_add_up_to_the_last_unit()
    {
        var past = await RunAsync(1, Trading);

        Assert.Equal(10 * 96, past.Ticks.Count);
        Assert.InRange(past.Account.Trades.Count, 5, 100);
        foreach (var tick in past.Ticks)
        {
            var books = tick.Books!.Value.Must();
            Assert.True(books.Ledger.Standing!.Balanced, $"{tick.Request.Id}: {books.Ledger.Standing.Explain("QRL", "USDT")}");
            var causes = books.Causes!;
            Assert.Equal(causes.End.Value - causes.Start.Value, causes.Market + causes.Rebalancing + causes.Fees + causes.Transfers + causes.Corrections + causes.Unproven);
        }
        var (last, held) = (past.Ticks[^1].Books!.Value.Must().NewPoint!, past.Account.Balances);
        Assert.Equal((held["QRL"], held["USDT"]), (last.Base.Value, last.Quote.Value));
    }

    [Fact]
    public async Task The_same_market_is_the_same_past_and_another_is_not()
    {
        var (once, again, other) = (await RunAsync(7, Trading), await RunAsync(7, Trading), await RunAsync(8, Trading));

        Assert.Equal(Story(once), Story(again));
        Assert.NotEqual(Story(once), Story(other));
    }

    [Fact]
    public async Task What_is_only_observed_is_not_traded()
    {
        var past = await RunAsync(1, Trading with { Mode = Mode.Observe });
        Assert.Empty(past.Account.Orders);
        Assert.Equal((10_000m, 500m), (past.Account.Balances["QRL"], past.Account.Balances["USDT"]));
    }

    private static async Task<Backtest> RunAsync(long seed, TickOptions options)
    {
        var past = new Backtest(PaperOpening.Default(seed), options, Start);
        for (var tick = 0; tick < 10 * 96; tick++)
        {
            var at = Start.AddMinutes(15 * tick);
            await past.RunAsync(new TickRequest(new TickId($"past/{UtcText.Write(at)}"), "15-min-job", "test", WithBooks: true), at);
        }
        return past;
    }

    private static IEnumerable<string> Story(Backtest past) =>
        [.. past.Ticks.Select(tick => $"{tick.Plan.Must().Price} {tick.Plan.Must().TotalValue} {tick.Order}"), .. past.Account.Trades.Select(trade => $"{trade.Id} {trade.Time:O} {trade.Price} {trade.Quantity}")];
}

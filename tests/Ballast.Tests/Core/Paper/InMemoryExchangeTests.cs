using Ballast.Core;
using Ballast.Core.Books;
using Ballast.Core.Paper;
using Ballast.Core.Trading;
using Microsoft.Extensions.Time.Testing;

namespace Ballast.Tests.Core.Paper;

public class InMemoryExchangeTests
{
    private static readonly DateTimeOffset Start = ScriptedMarket.Start;

    private readonly FakeTimeProvider clock = new(Start);
    private readonly MatchingEngine engine = new ScriptedMarket(ScriptedMarket.Usual).Engine();

    private InMemoryExchange Exchange => new(engine, clock);

    private static Symbol Qrl => Named("QRLUSDT");

    [Fact]
    public async Task It_shows_the_account_the_quote_and_the_rules_of_the_engine_behind_it()
    {
        var cancel = TestContext.Current.CancellationToken;
        engine.Place(ScriptedMarket.Request("SELL LIMIT 1000 @0.0501"), Start);

        Assert.True((await Exchange.BalancesAsync(cancel)).TryGet(out var balances, out _));
        Assert.Equal((9_000m, 1_000m, 500m), (Held("QRL").Free, Held("QRL").Locked, Held("USDT").Free));
        Assert.True((await Exchange.QuoteAsync(Qrl, cancel)).TryGet(out var quote, out _));
        Assert.Equal(
            (new Price(0.05m), new Price(0.0498m), new Price(0.0501m), Start),
            (quote.Last, quote.Bid!.Value, quote.Ask!.Value, quote.ObservedAt));
        Assert.True((await Exchange.RulesAsync(Qrl, cancel)).TryGet(out var rules, out _));
        Assert.Equal(
            ("QRL", "USDT", 0.000001m, 0.01m, 1m, 1m, 0.0005m),
            (rules.Base, rules.Quote, rules.PriceStep.Value, rules.QuantityStep.Value, rules.MinQuantity.Value, rules.MinNotional.Value,
                rules.TakerFee.Value));
        Assert.True((await Exchange.TimeAsync(cancel)).TryGet(out var time, out _));
        Assert.Equal(Start, time);

        Balance Held(string asset) => balances.Of(asset).TryGet(out var balance, out _) ? balance : throw new InvalidOperationException(asset);
    }

    [Fact]
    public async Task Its_trades_are_those_that_books_are_kept_of()
    {
        clock.Advance(TimeSpan.FromMilliseconds(1_700));
        Assert.True(engine.Place(ScriptedMarket.Request("BUY MARKET 100"), clock.GetUtcNow()).TryGet(out var order, out _));

        var page = await Exchange.TradesAsync(Qrl, Start, Start.AddHours(1), TestContext.Current.CancellationToken);
        Assert.True(page.TryGet(out var trades, out _));
        var trade = Assert.Single(trades);
        // 100 × 0.0502 = 5.02, fee 0.00251
        Assert.Equal(
            new Trade(
                trade.Id, Start.AddSeconds(1), Side.Buy, new Price(0.0502m), new Quantity(100), new Amount(5.02m),
                0.00251m, "USDT", order.Id),
            trade);
    }

    [Fact]
    public async Task A_side_that_was_taken_whole_has_no_best_price()
    {
        engine.Place(ScriptedMarket.Request("SELL MARKET 3000"), Start);
        Assert.True((await Exchange.QuoteAsync(Qrl, TestContext.Current.CancellationToken)).TryGet(out var quote, out _));
        Assert.Null(quote.Bid);
    }

    [Fact]
    public async Task An_unlisted_pair_is_refused()
    {
        var cancel = TestContext.Current.CancellationToken;
        Assert.Equal(-1121, (await Exchange.QuoteAsync(Named("BTCUSDT"), cancel)).Failure!.Code);
        Assert.Equal(-1121, (await Exchange.RulesAsync(Named("BTCUSDT"), cancel)).Failure!.Code);
    }

    private static Symbol Named(string name) => Symbol.Parse(name).TryGet(out var symbol, out _) ? symbol : default;
}

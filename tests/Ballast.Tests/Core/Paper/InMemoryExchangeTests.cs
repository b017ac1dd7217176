using Ballast.Core;
using Ballast.Core.Books;
using Ballast.Core.Paper;
using Ballast.Core.Trading;
using Ballast.Tests.Core.Trading;
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
        Assert.Equal(-1121, (await Exchange.PriceAtAsync(Named("BTCUSDT"), Start, cancel)).Failure!.Code);
        Assert.Equal(-1121, (await Exchange.AveragePriceAsync(Named("BTCUSDT"), cancel)).Failure!.Code);
        Assert.Equal(-1121, (await Exchange.DepthAsync(Named("BTCUSDT"), cancel)).Failure!.Code);
        Assert.Equal(-1121, (await Exchange.OpenOrdersAsync(Named("BTCUSDT"), cancel)).Failure!.Code);
    }

    [Fact]
    public async Task Its_wallet_holds_what_came_and_went()
    {
        var cancel = TestContext.Current.CancellationToken;
        var deposit = engine.Deposit("QRL", 5, Start).Must();
        var withdrawal = engine.Withdraw("USDT", 7, Start.AddHours(1)).Must();
        clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal([withdrawal.Row, deposit.Row], (await Exchange.WalletAsync(Start, Start.AddHours(2), cancel)).Must());
        Assert.Equal([withdrawal.Row], (await Exchange.WalletAsync(Start.AddHours(1), Start.AddHours(2), cancel)).Must());
        Assert.Equal(FailureKind.Rejected, (await Exchange.WalletAsync(Start.AddDays(-8), Start, cancel)).MustFail().Kind);
    }

    [Fact]
    public async Task It_knows_what_was_traded_and_what_is_offered()
    {
        var cancel = TestContext.Current.CancellationToken;
        engine.Place(ScriptedMarket.Request("SELL LIMIT 100 @0.0501"), Start).Must();
        Assert.Equal(new Price(0.05m), (await Exchange.PriceAtAsync(Qrl, Start.AddDays(-30), cancel)).Must());
        Assert.Equal(new Price(0.05m), (await Exchange.AveragePriceAsync(Qrl, cancel)).Must());
        Assert.Equal(new Price(0.05m), (await Exchange.PriceOfAsync("QRL", "USDT", cancel)).Must());
        var depth = (await Exchange.DepthAsync(Qrl, cancel)).Must();
        Assert.Equal(["0.0498 1000", "0.0496 2000"], depth.Bids.Select(level => $"{level.Price} {level.Quantity}"));
        Assert.Equal(["0.0501 100", "0.0502 1000", "0.0504 2000"], depth.Asks.Select(level => $"{level.Price} {level.Quantity}"));
    }

    [Theory]
    [InlineData("QRLU", "SDT")]                              // the pair's name, cut in the wrong place
    [InlineData("USDT", "QRL")]
    [InlineData("MX", "USDT")]
    public async Task Two_assets_that_make_no_pair_have_no_price(string asset, string quote) => Assert.Equal(
        -1121, (await Exchange.PriceOfAsync(asset, quote, TestContext.Current.CancellationToken)).MustFail().Code);

    [Fact]
    public async Task The_past_does_not_reach_beyond_now()
    {
        var falling = new ScriptedMarket(ScriptedMarket.Usual, ScriptedMarket.Usual with { Last = new Price(0.04m) });
        var exchange = new InMemoryExchange(falling.Engine(), clock);
        var cancel = TestContext.Current.CancellationToken;
        Assert.Equal(new Price(0.05m), (await exchange.PriceAtAsync(Qrl, Start, cancel)).Must());
        clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(new Price(0.04m), (await exchange.PriceAtAsync(Qrl, Start, cancel)).Must());
    }

    [Fact]
    public async Task An_order_is_followed_by_the_id_that_it_was_given()
    {
        var cancel = TestContext.Current.CancellationToken;
        clock.Advance(TimeSpan.FromMilliseconds(1_700));
        var placed = engine.Place(ScriptedMarket.Request("BUY LIMIT 1500 @0.0502 #tick-1"), clock.GetUtcNow()).Must();
        // 1000 × 0.0502 are there at once
        var state = new OrderState(
            placed.Id, "tick-1", OrderStatus.PartiallyFilled, Side.Buy, OrderType.Limit, new Price(0.0502m), new Quantity(1_500),
            new Quantity(1_000), new Amount(50.2m), Start.AddSeconds(1));
        Assert.Equal(state, (await Exchange.OrderAsync(Qrl, "tick-1", cancel)).Must());
        Assert.Equal([state], (await Exchange.OpenOrdersAsync(Qrl, cancel)).Must());

        Assert.Null(await Exchange.CancelAsync(Qrl, "tick-1", cancel));
        Assert.Equal(OrderStatus.PartiallyCanceled, (await Exchange.OrderAsync(Qrl, "tick-1", cancel)).Must().Status);
        Assert.Empty((await Exchange.OpenOrdersAsync(Qrl, cancel)).Must());
        Assert.Equal(-2011, (await Exchange.CancelAsync(Qrl, "tick-1", cancel))!.Code);
        Assert.Equal(Failure.NoSuchOrder, (await Exchange.OrderAsync(Qrl, "tick-2", cancel)).MustFail().Code);
    }

    /// <summary>How long after the order was decided it arrives, in milliseconds; the same five seconds as on the wire.</summary>
    [Theory]
    [InlineData(0, null)]
    [InlineData(5_000, null)]
    [InlineData(5_001, 700003)]
    [InlineData(-999, null)]                                 // our clock is a little ahead
    [InlineData(-1_000, 700003)]
    public async Task An_order_that_was_signed_too_long_ago_is_refused_and_nothing_is_placed(int lateMs, int? code)
    {
        var cancel = TestContext.Current.CancellationToken;
        var order = Approved(QrlUsdt.Noon.AddMilliseconds(-lateMs));
        Assert.Equal(code, (await Exchange.PlaceAsync(order, cancel)).Failure?.Code);
        var recent = (await Exchange.RecentOrdersAsync(Qrl, Start.AddHours(-1), cancel)).Must();
        Assert.Equal(code is null ? [order.Intent.ClientOrderId] : [], recent.Select(placed => placed.ClientOrderId));
    }

    /// <summary>1 000 QRL to buy at about 0.05, decided at a time.</summary>
    private static ApprovedOrder Approved(DateTimeOffset at)
    {
        var inputs = Proposed.Buy(1_000, 0.05m) with
        {
            Now = at,
            Quote = new Quote(new Price(0.05m), new Price(0.0498m), new Price(0.0502m), at),
            Depth = Proposed.Book(["0.0498 x 1000"], ["0.0502 x 1000"]),
        };
        return ApprovedOrder.Approve(inputs, Proposed.Tick, out var guards)
            ?? throw new InvalidOperationException(guards.First(guard => !guard.Passed).Sentence);
    }

    private static Symbol Named(string name) => Symbol.Parse(name).TryGet(out var symbol, out _) ? symbol : default;
}

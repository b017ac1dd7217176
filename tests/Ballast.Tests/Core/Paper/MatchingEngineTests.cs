using Ballast.Core;
using Ballast.Core.Paper;
using Ballast.Core.Trading;

namespace Ballast.Tests.Core.Paper;

public class MatchingEngineTests
{
    private static readonly DateTimeOffset Start = ScriptedMarket.Start;

    // Bids 0.0498 × 1000, 0.0496 × 2000; asks 0.0502 × 1000, 0.0504 × 2000; last 0.05; taker fee 0.05 %. Balances are free+locked.
    [Theory]
    // 1000 × 0.0502 + 500 × 0.0504 = 50.2 + 25.2 = 75.4; fee 0.0377
    [InlineData("BUY MARKET 1500", "Filled", "1500", "75.4", "11500+0", "424.5623+0")]
    // 1000 × 0.0498 + 500 × 0.0496 = 49.8 + 24.8 = 74.6; fee 0.0373
    [InlineData("SELL MARKET 1500", "Filled", "1500", "74.6", "8500+0", "574.5627+0")]
    // 1000 × 0.0502 = 50.2; the other 9.8 buy 194.44 (of 194.44…) at 0.0504 for 9.799776; fee 0.029999888
    [InlineData("BUY MARKET $60", "Filled", "1194.44", "59.999776", "11194.44+0", "439.970224112+0")]
    // 1000 × 0.0498 = 49.8; the other 10.2 are 205.64 (of 205.645…) at 0.0496 for 10.199744; fee 0.029999872
    [InlineData("SELL MARKET $60", "Filled", "1205.64", "59.999744", "8794.36+0", "559.969744128+0")]
    // All 3000 there are: 49.8 + 2000 × 0.0496 = 149; fee 0.0745
    [InlineData("SELL MARKET 5000", "PartiallyCanceled", "3000", "149", "7000+0", "648.9255+0")]
    // 1000 × 0.0502 = 50.2, fee 0.0251; 500 rest and hold 25.1 and its fee 0.01255
    [InlineData("BUY LIMIT 1500 @0.0502", "PartiallyFilled", "1000", "50.2", "11000+0", "424.66235+25.11255")]
    // Better than its limit: 75.4 and fee 0.0377, as the market order above
    [InlineData("BUY LIMIT 1500 @0.0510", "Filled", "1500", "75.4", "11500+0", "424.5623+0")]
    // 1000 × 0.0499 = 49.9 and fee 0.02495 held
    [InlineData("BUY LIMIT 1000 @0.0499", "New", "0", "0", "10000+0", "450.07505+49.92495")]
    [InlineData("SELL LIMIT 1000 @0.0501", "New", "0", "0", "9000+1000", "500+0")]
    [InlineData("BUY IOC 1500 @0.0502", "PartiallyCanceled", "1000", "50.2", "11000+0", "449.7749+0")]
    [InlineData("BUY IOC 100 @0.0501", "Canceled", "0", "0", "10000+0", "500+0")]
    [InlineData("BUY FOK 1500 @0.0502", "Canceled", "0", "0", "10000+0", "500+0")]
    [InlineData("BUY FOK 1500 @0.0504", "Filled", "1500", "75.4", "11500+0", "424.5623+0")]
    [InlineData("BUY MAKER 100 @0.0502", "Canceled", "0", "0", "10000+0", "500+0")]
    // 100 × 0.0501 = 5.01 and fee 0.002505 held
    [InlineData("BUY MAKER 100 @0.0501", "New", "0", "0", "10000+0", "494.987495+5.012505")]
    // The whole account's worth: 9955 × 0.0502 = 499.741 and fee 0.2498705 fit into 500; 1000 fill at once, 8955 rest
    [InlineData("BUY LIMIT 9955 @0.0502", "PartiallyFilled", "1000", "50.2", "11000+0", "0.0091295+449.7657705")]
    public void An_order_trades_and_reserves_exactly(
        string order, string status, string executed, string value, string qrl, string usdt)
    {
        var engine = new ScriptedMarket(ScriptedMarket.Usual).Engine();
        Assert.True(engine.Place(ScriptedMarket.Request(order), Start).TryGet(out var placed, out _));
        Assert.Equal(
            (status, executed, value, qrl, usdt),
            (placed.Status.ToString(), placed.Executed.ToString(), placed.ExecutedValue.ToString(),
                Held(engine, "QRL", Start), Held(engine, "USDT", Start)));
    }

    [Theory]
    [InlineData("BUY MARKET 100.001", 400, " quantity scale is invalid")]
    [InlineData("BUY MARKET 100.000", 400, " quantity scale is invalid")]               // zeros at the end count
    [InlineData("BUY MARKET $2.0000000", 400, " amount scale is invalid")]
    [InlineData("BUY LIMIT 100 @0.0500001", 400, " price scale is invalid")]
    [InlineData("BUY LIMIT 0.99 @0.05", 30002, "The minimum transaction volume cannot be less than:1QRL")]
    [InlineData("SELL MARKET 19.99", 30002, "The minimum transaction volume cannot be less than:1USDT")]      // × 0.05 = 0.9995
    [InlineData("BUY MARKET $0.99", 30002, "The minimum transaction volume cannot be less than:1USDT")]
    [InlineData("BUY LIMIT 40000001 @0.05", 30003, "The maximum transaction volume cannot be greater than:2000000USDT")]
    [InlineData("BUY MARKET 79228162514264337593543950335", 30003, "The maximum transaction volume cannot be greater than:2000000USDT")]
    [InlineData("BUY LIMIT 9956 @0.0502", 30004, "Insufficient position")]              // 499.7912 + fee 0.2498956 = 500.0410956
    [InlineData("BUY MARKET $499.8", 30004, "Insufficient position")]                   // + fee 0.2499 = 500.0499
    [InlineData("SELL LIMIT 10000.01 @0.05", 30005, "Oversold")]
    [InlineData("SELL MARKET 10000.01", 30005, "Oversold")]
    [InlineData("BUY LIMIT 100 @0.055001", 30087, "Order price exceeds allowed range")] // 10 % above 0.05 is 0.055
    [InlineData("SELL IOC 100 @0.044999", 30087, "Order price exceeds allowed range")]
    [InlineData("SELL LIMIT 100 @79228162514264337593543950335", 30087, "Order price exceeds allowed range")]
    [InlineData("BUY LIMIT 100 @0", 30010, "no valid trade price")]
    [InlineData("BUY LIMIT 100", 700004, "Mandatory parameter 'price' was not sent, was empty/null, or malformed.")]
    [InlineData("BUY LIMIT @0.05", 700004, "Mandatory parameter 'quantity' was not sent, was empty/null, or malformed.")]
    [InlineData("BUY LIMIT $5 @0.05", 700004, "Mandatory parameter 'quantity' was not sent, was empty/null, or malformed.")]
    [InlineData("BUY MARKET", 700004, "Mandatory parameter 'quantity' was not sent, was empty/null, or malformed.")]
    [InlineData("BUY MARKET 100 #a.b", 700008, "Illegal characters found in parameter 'newClientOrderId'")]
    public void A_refused_order_is_refused_in_the_exchanges_own_words_and_changes_nothing(string order, int code, string text)
    {
        var engine = new ScriptedMarket(ScriptedMarket.Usual).Engine();
        var tested = engine.Test(ScriptedMarket.Request(order), Start);
        Assert.False(engine.Place(ScriptedMarket.Request(order), Start).TryGet(out _, out var refusal));
        Assert.Equal((code, text), (refusal.Code, refusal.Reason));
        Assert.Equal(refusal, tested);
        Assert.Equal(("10000+0", "500+0"), (Held(engine, "QRL", Start), Held(engine, "USDT", Start)));
    }

    [Theory]
    [InlineData("SELL MARKET 20")]              // × 0.05 = exactly 1
    [InlineData("BUY MARKET $1")]
    [InlineData("BUY LIMIT 100 @0.055")]        // exactly 10 % above
    [InlineData("SELL IOC 100 @0.045")]
    [InlineData("SELL LIMIT 10000 @0.05")]
    [InlineData("BUY MARKET 100.00")]
    public void The_limits_themselves_are_allowed(string order) =>
        Assert.Null(new ScriptedMarket(ScriptedMarket.Usual).Engine().Test(ScriptedMarket.Request(order), Start));

    [Fact]
    public void An_order_for_an_unlisted_pair_is_refused()
    {
        var order = ScriptedMarket.Request("BUY MARKET 100") with { Symbol = "BTCUSDT" };
        Assert.Equal(10007, new ScriptedMarket(ScriptedMarket.Usual).Engine().Test(order, Start)!.Code);
    }

    [Fact]
    public void Liquidity_that_was_taken_is_gone_until_the_book_changes()
    {
        var engine = new ScriptedMarket(ScriptedMarket.Usual).Engine();
        Place(engine, "BUY MARKET 1200", Start);
        Assert.Equal([new Level(new Price(0.0504m), new Quantity(1800))], Asks(engine, Start.AddMilliseconds(4999)));
        Assert.Equal(2, Asks(engine, Start.AddMilliseconds(5000)).Count);
    }

    [Fact]
    public void A_market_order_finds_no_opponent_when_the_side_is_empty()
    {
        var engine = new ScriptedMarket(ScriptedMarket.Usual with { Asks = [] }).Engine();
        Assert.Equal(30025, engine.Test(ScriptedMarket.Request("BUY MARKET 100"), Start)!.Code);
    }

    [Fact]
    public void A_resting_order_fills_at_its_own_price_and_free_of_charge_when_the_market_trades_through_it()
    {
        var fallen = ScriptedMarket.Book("0.0490", 300, "0.0489x1000", "0.0491x400 0.0499x100 0.0505x900");
        var engine = new ScriptedMarket(ScriptedMarket.Usual, fallen, ScriptedMarket.Usual).Engine();
        var order = Place(engine, "BUY LIMIT 1000 @0.0499", Start);

        var later = Start.AddMinutes(1);
        var found = Find(engine, order.Id, later);
        // 300 printed below it + 400 offered below it + 100 offered at it = 800, for 39.92; 200 still hold 9.98 and its fee 0.00499
        Assert.Equal((OrderStatus.PartiallyFilled, 800m, 39.92m), (found.Status, found.Executed.Value, found.ExecutedValue.Value));
        Assert.Equal(("10800+0", "450.09501+9.98499"), (Held(engine, "QRL", later), Held(engine, "USDT", later)));
        var trade = Assert.Single(engine.Trades(new PaperTradeFilter("QRLUSDT"), 10, later));
        Assert.Equal((true, 0m, Start.AddSeconds(5)), (trade.IsMaker, trade.Fee, trade.Time));
    }

    [Fact]
    public void A_resting_order_is_left_alone_while_the_market_only_touches_it()
    {
        var touched = ScriptedMarket.Book("0.0499", 300, "0.0499x1000", "0.0501x400");
        var engine = new ScriptedMarket(ScriptedMarket.Usual, touched).Engine();
        var order = Place(engine, "BUY LIMIT 1000 @0.0499", Start);
        Assert.Equal(OrderStatus.New, Find(engine, order.Id, Start.AddMinutes(1)).Status);
    }

    [Fact]
    public void Resting_orders_fill_by_price_and_then_by_time()
    {
        var risen = ScriptedMarket.Book("0.0510", 150, "0.0500x50", "0.0520x400");
        var engine = new ScriptedMarket(ScriptedMarket.Usual, risen, ScriptedMarket.Book("0.0500", 1, "0.0499x50", "0.0520x400")).Engine();
        var worse = Place(engine, "SELL LIMIT 100 @0.0503", Start);
        var first = Place(engine, "SELL LIMIT 100 @0.0501", Start);
        var second = Place(engine, "SELL LIMIT 100 @0.0501", Start);

        var later = Start.AddSeconds(12);
        Assert.Equal(
            (100m, 50m, 0m),
            (Find(engine, first.Id, later).Executed.Value,
                Find(engine, second.Id, later).Executed.Value,
                Find(engine, worse.Id, later).Executed.Value));
    }

    [Fact]
    public void The_accounts_own_better_priced_order_is_hit_before_the_market()
    {
        var engine = new ScriptedMarket(ScriptedMarket.Usual).Engine();
        var resting = Place(engine, "BUY LIMIT 100 @0.0500", Start);
        var seller = Place(engine, "SELL MARKET 150", Start);
        // 100 × 0.05 from ourselves, 50 × 0.0498 = 2.49 from the market; the taker's fee on 7.49 is 0.003745
        Assert.Equal((OrderStatus.Filled, 7.49m), (seller.Status, seller.ExecutedValue.Value));
        Assert.Equal(OrderStatus.Filled, Find(engine, resting.Id, Start).Status);
        Assert.Equal(("9950+0", "502.486255+0"), (Held(engine, "QRL", Start), Held(engine, "USDT", Start)));
        Assert.Equal([false, true, true], engine.Trades(new PaperTradeFilter("QRLUSDT"), 10, Start).Select(trade => trade.IsSelfTrade));
    }

    [Theory]
    [InlineData("BUY LIMIT 1000 @0.0499", OrderStatus.Canceled, "10000+0", "500+0")]
    [InlineData("BUY LIMIT 1500 @0.0502", OrderStatus.PartiallyCanceled, "11000+0", "449.7749+0")]    // 50.2 and fee 0.0251 are spent
    public void Cancelling_gives_back_what_was_held(string order, OrderStatus status, string qrl, string usdt)
    {
        var engine = new ScriptedMarket(ScriptedMarket.Usual).Engine();
        var key = new PaperOrderKey("QRLUSDT", Place(engine, order, Start).Id, null);
        Assert.True(engine.Cancel(key, Start).TryGet(out var cancelled, out _));
        Assert.Equal((status, qrl, usdt), (cancelled.Status, Held(engine, "QRL", Start), Held(engine, "USDT", Start)));
        Assert.Equal(-2011, engine.Cancel(key, Start).Failure!.Code);
        Assert.Empty(engine.OpenOrders(null, Start));
    }

    [Fact]
    public void A_client_id_may_be_used_twice_and_then_names_the_newer_order()
    {
        var engine = new ScriptedMarket(ScriptedMarket.Usual).Engine();
        var older = Place(engine, "BUY MARKET 100 #tick-1", Start);
        var newer = Place(engine, "BUY MARKET 100 #tick-1", Start);
        Assert.NotEqual(older.Id, newer.Id);
        Assert.True(engine.Find(new PaperOrderKey("QRLUSDT", null, "tick-1"), Start).TryGet(out var found, out _));
        Assert.Equal(newer.Id, found.Id);
        Assert.Equal("10200+0", Held(engine, "QRL", Start));
    }

    [Theory]
    [InlineData(null, null, 700004)]
    [InlineData("C02__1", null, -2013)]
    [InlineData(null, "never-sent", -2013)]
    public void Asking_for_an_unknown_order_says_so(string? id, string? clientId, int code) =>
        Assert.Equal(
            code,
            new ScriptedMarket(ScriptedMarket.Usual).Engine().Find(new PaperOrderKey("QRLUSDT", id, clientId), Start).Failure!.Code);

    [Fact]
    public void Five_hundred_orders_may_be_open_and_no_more()
    {
        var engine = new ScriptedMarket(ScriptedMarket.Usual).Engine();
        for (var i = 0; i < MatchingEngine.MaxOpenOrders; i++)
            Place(engine, "SELL LIMIT 20 @0.0505", Start);
        Assert.Equal("Cannot exceed the maximum order limit", engine.Test(ScriptedMarket.Request("BUY LIMIT 100 @0.0490"), Start)!.Reason);
        Assert.Equal(500, engine.CancelAll("QRLUSDT", Start).Count);
        Assert.Equal("10000+0", Held(engine, "QRL", Start));
    }

    [Fact]
    public void Trades_are_listed_newest_first_within_both_ends_of_the_time_in_whole_seconds()
    {
        var engine = new ScriptedMarket(ScriptedMarket.Usual).Engine();
        var orders = Enumerable.Range(0, 4).Select(i => Place(engine, "BUY MARKET 100", Start.AddMilliseconds(900 * i)).Id).ToArray();
        // at 0, 0.9, 1.8 and 2.7 s: the seconds 0, 0, 1 and 2
        string[] Within(int from, int to, int limit) => [.. engine
            .Trades(new PaperTradeFilter("QRLUSDT", null, Start.AddSeconds(from), Start.AddSeconds(to)), limit, Start.AddSeconds(3))
            .Select(trade => trade.Order.Id)];
        Assert.Equal([orders[2], orders[1], orders[0]], Within(0, 1, 100));
        Assert.Equal([orders[3], orders[2]], Within(1, 2, 100));
        Assert.Equal([orders[3]], Within(0, 9, 1));
    }

    [Fact]
    public void Ids_of_a_later_run_never_repeat_those_of_an_earlier_one()
    {
        var yesterday = Place(MatchingEngine.QrlUsdt(1, Start), "BUY MARKET 100", Start).Id;
        Assert.Equal(yesterday, Place(MatchingEngine.QrlUsdt(1, Start), "BUY MARKET 100", Start).Id);
        Assert.NotEqual(yesterday, Place(MatchingEngine.QrlUsdt(1, Start.AddDays(1)), "BUY MARKET 100", Start.AddDays(1)).Id);
    }

    [Fact]
    public void Time_that_goes_back_stands_still()
    {
        var engine = new ScriptedMarket(ScriptedMarket.Usual).Engine();
        Place(engine, "BUY MARKET 100", Start.AddMinutes(1));
        Assert.Equal(Start.AddMinutes(1), Place(engine, "BUY MARKET 100", Start).PlacedAt);
    }

    private static PaperOrder Place(MatchingEngine engine, string order, DateTimeOffset now)
    {
        Assert.True(engine.Place(ScriptedMarket.Request(order), now).TryGet(out var placed, out var refusal), refusal?.Reason);
        return placed!;
    }

    private static PaperOrder Find(MatchingEngine engine, string id, DateTimeOffset now)
    {
        Assert.True(engine.Find(new PaperOrderKey(null, id, null), now).TryGet(out var found, out _));
        return found!;
    }

    private static IReadOnlyList<Level> Asks(MatchingEngine engine, DateTimeOffset now)
    {
        Assert.True(engine.Book("QRLUSDT", now).TryGet(out var book, out _));
        return book!.Asks;
    }

    private static string Held(MatchingEngine engine, string asset, DateTimeOffset now)
    {
        var balance = engine.Balances(now).GetValueOrDefault(asset, default(Balance));
        return $"{Decimals.Text(balance.Free)}+{Decimals.Text(balance.Locked)}";
    }
}

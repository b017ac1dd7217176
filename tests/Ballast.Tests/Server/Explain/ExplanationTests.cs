using Ballast.Core;
using Ballast.Core.Planning;
using Ballast.Core.Trading;
using Ballast.Server.Explain;
using Ballast.Server.Store;
using Ballast.Tests.Server.Store;
using Portfolio = Ballast.Tests.Core.Planning.Portfolio;

namespace Ballast.Tests.Server.Explain;

/// <summary>
/// The sums as they are done by hand. Unless a row says otherwise: half in QRL, threshold 1 %, at least 5 USDT, fee 0.05 %, step 0.01, the exchange
/// takes orders from 1 QRL and 1 USDT on.
/// </summary>
public class ExplanationTests
{
    private static readonly Portfolio Example = new(Coins: 100, Cash: 150, Price: 2.5m);

    public static TheoryData<Portfolio, string> Headlines => new()
    {
        // Total 400, target 200, Δ = +50 = 12.5 %, 50 / 2.5 = 20
        { Example, "SELL 20 QRL at 2.5: 12.5 % above target, 50 USDT; observed only" },
        // Total 400, target 200, Δ = −100 = 25 %, 100 / 2.5 = 40
        { new(Coins: 40, Cash: 300, Price: 2.5m), "BUY 40 QRL at 2.5: 25 % below target, 100 USDT; observed only" },
        // Total 500, target 250, Δ = 253.1 − 250 = 3.1 = 0.62 %
        { new(Coins: 253.1m, Cash: 246.9m, Price: 1), "HOLD: 0.62 % from target, threshold 1 %; 3.10 USDT, minimum 5" },
        // Total 1000, target 500, Δ = 9.9999 = 0.99999 %, which must not be shown as the 1 % that it does not reach
        { new(Coins: 509.9999m, Cash: 490.0001m, Price: 1), "HOLD: 0.99999 % from target, threshold 1 %; 10 USDT, minimum 5" },
        // Total 100, target 50, Δ = 4.9999 = 4.9999 %: far enough, and not large enough
        { new(Coins: 54.9999m, Cash: 45.0001m, Price: 1), "HOLD: 5 % from target, threshold 1 %; 4.9999 USDT, minimum 5" },
        // Δ = +50, and every coin is in an order
        { new(Coins: 0, CoinsLocked: 100, Cash: 150, Price: 2.5m), "HOLD: no QRL is free to sell; 12.5 % above target, 50 USDT" },
        { new(Coins: 40, Cash: 0, CashLocked: 300, Price: 2.5m), "HOLD: no USDT is free to spend; 25 % below target, 100 USDT" },
        // Total 40, target 20, Δ = +20 = 50 %, 20 / 40 = 0.5 QRL
        { new(Coins: 1, Cash: 0, Price: 40), "HOLD: below the exchange's minimum of 1 QRL and 1 USDT; 50 % above target, 20 USDT" },
        { new(Coins: 0, Cash: 0, Price: 2.5m), "HOLD: there is nothing to trade with" },
        { new(Coins: 100, Cash: 150, Price: 0), "HOLD: a price of 0 to trade with" },
    };

    [Theory]
    [MemberData(nameof(Headlines))]
    public void The_headline_has_the_figures_that_decided(Portfolio portfolio, string headline) =>
        Assert.Equal(headline, Explanation.Of(Recorded.Plan(portfolio)).Headline);

    [Fact]
    public void A_sale_is_worked_out_line_by_line()
    {
        var plan = Recorded.Plan(Example, quote: new Quote(new Price(2.5m), new Price(2.49m), new Price(2.51m), Sample.Noon));

        Expect(
            plan,
            ("price", "last trade 2.5, between the bid of 2.49 and the ask of 2.51 = 2.5 USDT", 2.5m, "USDT"),
            ("base_balance", "100 free + 0 in orders = 100 QRL", 100, "QRL"),
            ("quote_balance", "150 free + 0 in orders = 150 USDT", 150, "USDT"),
            ("base_value", "100 × 2.5 = 250 USDT", 250, "USDT"),
            ("total", "100 × 2.5 + 150 = 400 USDT", 400, "USDT"),
            ("target", "400 × 50 % = 200 USDT", 200, "USDT"),
            ("difference", "250 − 200 = 50 USDT: QRL above target", 50, "USDT"),
            ("deviation", "50 / 400 = 12.5 %, which reaches the threshold of 1 %", 0.125m, "ratio"),
            ("min_notional", "50 USDT, which reaches the minimum of 5", 50, "USDT"),
            ("sides", "both may be traded", null, null),
            ("to_trade", "50 USDT: back to the target", 50, "USDT"),
            ("wanted", "50 / 2.5 = 20 QRL", 20, "QRL"),
            ("free", "100 QRL", 100, "QRL"),
            ("rounded", "the smaller of 20 and 100, in whole steps of 0.01: 20 QRL", 20, "QRL"),
            ("fee", "20 × 2.5 × 0.05 % = 0.025 USDT at most, out of the proceeds", 0.025m, "USDT"),
            ("exchange_min_quantity", "20 QRL, which reaches the minimum of 1", 20, "QRL"),
            ("exchange_min_notional", "20 × 2.5 = 50 USDT, which reaches the minimum of 1", 50, "USDT"),
            ("result", "SELL 20 QRL: QRL above target", 20, "QRL"),
            ("order", "none: the mode is observe, which trades nothing", null, null));
    }

    [Fact]
    public void A_purchase_leaves_room_for_its_fee_and_is_rounded_down()
    {
        // 40 coins at 2.7 = 108, 50 free and 250 in orders: total 408, target 204, Δ = −96, 96 / 2.7 = 35.5555…
        // 50 free / (2.7 × 1.0005 = 2.70135) = 18.50926388…
        var plan = Recorded.Plan(
            new(Coins: 40, Cash: 50, CashLocked: 250, Price: 2.7m), quote: new Quote(new Price(2.75m), new Price(2.6m), new Price(2.7m), Sample.Noon));

        Expect(
            plan,
            ("price", "last trade 2.75, moved down to the ask of 2.7 = 2.7 USDT", 2.7m, "USDT"),
            ("quote_balance", "50 free + 250 in orders = 300 USDT", 300, "USDT"),
            ("total", "40 × 2.7 + 300 = 408 USDT", 408, "USDT"),
            ("difference", "108 − 204 = −96 USDT: QRL below target", -96, "USDT"),
            ("deviation", "96 / 408 ≈ 23.52941176 %, which reaches the threshold of 1 %", 96m / 408m, "ratio"),
            ("wanted", "96 / 2.7 ≈ 35.55555556 QRL", 35.555555555555555555555555555m, "QRL"),
            ("free", "50 USDT", 50, "USDT"),
            ("fee", "50 / (2.7 × (1 + 0.05 %)) ≈ 18.50926389 QRL", 18.509263886575230903066985026m, "QRL"),
            ("rounded", "the smaller of 35.55555556 and 18.50926389, in whole steps of 0.01: 18.5 QRL", 18.5m, "QRL"),
            ("exchange_min_notional", "18.5 × 2.7 = 49.95 USDT, which reaches the minimum of 1", 49.95m, "USDT"),
            ("result", "BUY 18.5 QRL: QRL below target", 18.5m, "QRL"));
    }

    [Fact]
    public void Back_to_the_edge_only_what_exceeds_the_threshold_is_traded()
    {
        // Δ = +50, the edge is 1 % of 400 = 4 away, 46 / 2.5 = 18.4
        var plan = Recorded.Plan(Example, Example.Policy with { RebalanceTo = RebalanceTo.Edge, Sides = Sides.SellOnly });

        Expect(
            plan,
            ("sides", "sell-only: selling is switched on", null, null),
            ("to_trade", "50 − 400 × 1 % = 46 USDT: back to the edge of the threshold", 46, "USDT"),
            ("wanted", "46 / 2.5 = 18.4 QRL", 18.4m, "QRL"),
            ("result", "SELL 18.4 QRL: QRL above target", 18.4m, "QRL"));
    }

    public static TheoryData<Portfolio, Sides, string, string> Stops => new()
    {
        { new(Coins: 253.1m, Cash: 246.9m, Price: 1), Sides.Both, "min_notional", "3.1 USDT, below the minimum of 5" },
        { new(Coins: 50, Cash: 50, Price: 1), Sides.Both, "min_notional", "0 USDT, below the minimum of 5" },
        { Example, Sides.BuyOnly, "sides", "buy-only: selling is switched off" },
        { new(Coins: 0, CoinsLocked: 100, Cash: 150, Price: 2.5m), Sides.Both, "free", "0 QRL" },
        { new(Coins: 40, Cash: 0, CashLocked: 300, Price: 2.5m), Sides.Both, "fee", "0 / (2.5 × (1 + 0.05 %)) = 0 QRL" },
        { new(Coins: 1, Cash: 0, Price: 40), Sides.Both, "exchange_min_notional", "0.5 × 40 = 20 USDT, which reaches the minimum of 1" },
        { new(Coins: 0, Cash: 0, Price: 2.5m), Sides.Both, "total", "0 × 2.5 + 0 = 0 USDT, which is not above 0" },
    };

    [Theory]
    [MemberData(nameof(Stops))]
    public void A_hold_ends_with_the_step_that_stopped_it(Portfolio portfolio, Sides sides, string key, string sum)
    {
        var plan = Recorded.Plan(portfolio, portfolio.Policy with { Sides = sides });

        var lines = Explanation.Of(plan).Lines;

        Assert.Equal((key, sum), (lines[^2].Key, lines[^2].Sum));
        Assert.Equal(("result", $"HOLD: {plan.Reason}"), (lines[^1].Key, lines[^1].Sum));
    }

    [Fact]
    public void A_switched_off_side_is_in_the_headline() => Assert.Equal(
        "HOLD: selling is switched off; 12.5 % above target, 50 USDT", Explanation.Of(Recorded.Plan(Example, Example.Policy with { Sides = Sides.BuyOnly })).Headline);

    [Fact]
    public void A_tick_without_a_plan_says_why()
    {
        var explained = Explanation.Of(Recorded.Read(Sample.Failed(Sample.Tick(0), null)));

        Assert.Equal("NO PLAN: the exchange is down", explained.Headline);
        Assert.Equal("the exchange is down", Assert.Single(explained.Lines).Sum);
    }

    [Fact]
    public void What_an_older_version_did_not_record_is_said_to_be_so_and_the_rest_is_worked_out()
    {
        var plan = Recorded.Plan(Example) with { Base = null, Quote = null, Sides = null, RebalanceTo = null, ExchangeMinQuantity = null, ExchangeMinNotional = null, Checks = [] };

        Expect(
            plan,
            ("price", "2.5 in quote; last trade, bid and ask: not recorded", 2.5m, "in quote"),
            ("total", "100 × 2.5 + 150 = 400 in quote", 400, "in quote"),
            ("sides", "not recorded", null, null),
            ("to_trade", "50 in quote: back to the target is assumed; to the target or to its edge: not recorded", 50, "in quote"),
            ("exchange_min_quantity", "the exchange's minimum is not recorded", null, null),
            ("result", "SELL 20 coins: QRL above target", 20, "coins"));
        Assert.Equal("SELL 20 coins at 2.5: 12.5 % above target, 50 in quote; observed only", Explanation.Of(plan).Headline);
    }

    [Fact]
    public void An_older_plan_that_came_as_far_as_the_exchanges_minimum_has_it_among_its_checks() => Expect(
        Recorded.Plan(Example) with { ExchangeMinQuantity = null, ExchangeMinNotional = null },
        ("exchange_min_quantity", "20 QRL, which reaches the minimum of 1", 20, "QRL"),
        ("exchange_min_notional", "20 × 2.5 = 50 USDT, which reaches the minimum of 1", 50, "USDT"));

    [Fact]
    public void A_record_that_its_own_figures_contradict_is_not_explained_away() => Expect(
        Recorded.Plan(Example) with { TotalValue = 401, Quantity = 21 },
        ("total", "100 × 2.5 + 150 = 400 USDT, but 401 is recorded", 400, "USDT"),
        ("rounded", "the smaller of 20 and 100, in whole steps of 0.01: 20 QRL, but 21 is recorded", 20, "QRL"));

    [Fact]
    public void A_record_without_its_numbers_is_not_worked_out()
    {
        var explained = Explanation.Of(Recorded.Plan(Example) with { Price = null });

        Assert.Equal("SELL: QRL above target; the numbers behind it are not recorded", explained.Headline);
    }

    public static TheoryData<OrderReport, OrderReport?, string, string> Orders => new()
    {
        {
            Recorded.Order(OrderOutcome.Proposed, "waits for its owner until the next tick"), null,
            "; waits for approval", "proposed: waits for its owner until the next tick"
        },
        {
            Recorded.Order(OrderOutcome.Blocked, "spread: too wide", 0, new Guard("halt", 1, 1, true, "not halted"), new Guard("spread", 0.03m, 0.02m, false, "too wide")), null,
            "; blocked by spread: too wide", "blocked, never sent: spread: too wide"
        },
        {
            Recorded.Order(OrderOutcome.Unknown, "under way"), Recorded.Order(OrderOutcome.Filled, "filled", 20),
            "; filled 20 at 2.49 on average", "filled: 20 of 20 at 2.49 on average, fee 0.0249"
        },
        {
            Recorded.Order(OrderOutcome.Unknown, "under way"), null,
            "; what became of the order is not known", "it was about to leave when this was written down, and no outcome is recorded"
        },
        {
            Recorded.Order(OrderOutcome.Unknown, "under way"), Recorded.Order(OrderOutcome.Rejected, "the exchange says no"),
            "; rejected: the exchange says no", "rejected: the exchange says no"
        },
    };

    [Theory]
    [MemberData(nameof(Orders))]
    public void What_became_of_the_order_stands_at_the_end(OrderReport atTheTime, OrderReport? later, string ending, string outcome)
    {
        var plan = Recorded.Plan(Example, order: atTheTime, mode: Mode.Auto);

        var explained = Explanation.Of(plan, later is null ? null : StoredOrder.From(later, Sample.Noon));

        Assert.Equal("SELL 20 QRL at 2.5: 12.5 % above target, 50 USDT" + ending, explained.Headline);
        Assert.Equal(("order", outcome), (explained.Lines[^1].Key, explained.Lines[^1].Sum));
    }

    [Fact]
    public void Guards_that_did_not_pass_are_listed()
    {
        var order = Recorded.Order(OrderOutcome.Blocked, "spread: too wide", 0, new Guard("halt", 1, 1, true, "not halted"), new Guard("spread", 0.03m, 0.02m, false, "too wide"));

        var lines = Explanation.Of(Recorded.Plan(Example, order: order, mode: Mode.Auto)).Lines;

        Assert.Equal("1 of 2 passed; these did not:", lines.Single(line => line.Key == "guards").Sum);
        Assert.Equal(("spread", "too wide", 0.03m), (lines.Single(line => line.Key == "guard_spread") is var spread ? spread.Label : "", spread.Sum, spread.Value));
    }

    [Theory]
    [InlineData("0.000012345678", "0.000012345678")]
    [InlineData("0.0000123456789123", "0.000012345679")]
    [InlineData("-0.5", "−0.5")]
    [InlineData("123456789.123456789", "123456789.12345679")]
    public void A_figure_has_eight_digits_behind_the_point_or_its_zeros(string exact, string shown)
    {
        Assert.True(Decimals.TryParse(exact, out var value));
        var line = Explanation.Of(Recorded.Plan(new(Coins: 1, Cash: 1, Price: value))).Lines[0];
        Assert.Equal((value, shown), (line.Value, line.Sum.Split(' ')[0]));
    }

    /// <summary>These lines, in this order; others may stand between them where fewer are named than there are.</summary>
    private static void Expect(StoredPlan plan, params (string Key, string Sum, decimal? Value, string? Unit)[] expected)
    {
        var lines = Explanation.Of(plan).Lines.Select(line => (line.Key, line.Sum, line.Value, line.Unit)).ToList();
        Assert.Equal(expected, lines.Where(line => expected.Any(row => row.Key == line.Key)));
        if (expected.Length > 15)
            Assert.Equal(expected.Length, lines.Count);
    }
}

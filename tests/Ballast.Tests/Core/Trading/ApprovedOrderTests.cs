using System.Text.RegularExpressions;
using Ballast.Core;
using Ballast.Core.Books;
using Ballast.Core.Trading;

namespace Ballast.Tests.Core.Trading;

/// <summary>What leaves once every guard has passed: 20 QRL at 2.5 USDT, unless a test says otherwise.</summary>
public class ApprovedOrderTests
{
    [Fact]
    public void An_order_that_passes_every_guard_is_what_was_planned_within_its_bound()
    {
        var buy = Approve(Proposed.Buy())!;
        Assert.Equal(QrlUsdt.Symbol, buy.Symbol);
        Assert.Equal(
            new OrderIntent
            {
                ClientOrderId = OrderIntent.IdOf(QrlUsdt.Symbol, Proposed.Tick),
                Tick = Proposed.Tick,
                Side = Side.Buy,
                Type = OrderType.ImmediateOrCancel,
                Quantity = new Quantity(20),
                Limit = new Price(2.525m),
                Price = new Price(2.5m),
                At = QrlUsdt.Noon,
            },
            buy.Intent);
        // 20 × 2.5
        Assert.Equal("50", buy.Intent.Notional.ToString());
        var sell = Approve(Proposed.Sell())!.Intent;
        Assert.Equal((Side.Sell, "20", "2.475"), (sell.Side, sell.Quantity.ToString(), sell.Limit.ToString()));
    }

    [Fact]
    public void Without_even_one_of_the_guards_there_is_no_order()
    {
        var yesterday = Proposed.Approved with { Price = new Price(2) };
        (string Guard, GuardInputs Inputs)[] stopped =
        [
            ("halt", Proposed.Buy() with { Halt = new Halt(null, "hand", "holidays") }),
            ("mode", Proposed.Buy() with { Mode = Mode.Approve }),
            ("symbol_tradable", Proposed.Buy() with { Rules = QrlUsdt.Rules with { Tradable = false } }),
            ("unsettled_order", Proposed.Buy() with { Unsettled = Proposed.Intent() }),
            ("one_order_a_tick", Proposed.Buy() with { AlreadyOrdered = true }),
            ("open_orders", Proposed.Buy() with { OpenOrders = Failure.Unavailable("no answer") }),
            ("books_proven", Proposed.Buy() with { Standing = null }),
            ("price_age", Proposed.Buy() with { Now = QrlUsdt.After(1) }),
            ("spread", Proposed.Buy() with { Quote = new Quote(new Price(2.5m), new Price(2.4m), new Price(2.5m), QrlUsdt.Noon) }),
            ("price_jump", Proposed.Buy() with { State = new TradingState { LastPrice = new Price(2) } }),
            ("price_jump_5m", Proposed.Buy() with { AveragePrice = new Price(2) }),
            ("slippage", Proposed.Buy() with { Depth = Failure.Unavailable("no answer") }),
            ("order_quantity", Proposed.Buy(0.99m)),
            ("order_notional_min", Proposed.Buy() with { Rules = QrlUsdt.Rules with { MinNotional = new Amount(51) } }),
            ("order_notional_max", Proposed.Buy() with { Limits = Proposed.Limits with { MaxOrderNotional = null } }),
            ("daily_notional", Proposed.Buy() with { Limits = Proposed.Limits with { MaxDailyNotional = null } }),
            ("daily_orders", Proposed.Buy() with { Limits = Proposed.Limits with { MaxDailyOrders = 0 } }),
            ("min_interval", Proposed.Buy() with { State = new TradingState { LastOrderAt = QrlUsdt.After(-1) } }),
            ("base_reserve", Proposed.Sell() with { Limits = Proposed.Limits with { BaseReserve = new Quantity(81) } }),
            ("quote_reserve", Proposed.Buy() with { Limits = Proposed.Limits with { QuoteReserve = new Amount(250) } }),
            ("free", Proposed.Sell().Holding(coins: 19, coinsLocked: 81)),
            ("drawdown", Proposed.Buy() with { State = new TradingState { Peak = new Amount(1000) } }),
            ("price_fence", Proposed.Buy() with { Approval = yesterday }),
        ];
        foreach (var (name, inputs) in stopped)
        {
            Assert.Null(ApprovedOrder.Approve(inputs, Proposed.Tick, out var guards));
            Assert.Equal(name, guards.First(guard => !guard.Passed).Name);
        }
        // None is missing from the list.
        var all = Guards.Evaluate(Proposed.Sell()).Concat(Guards.Evaluate(Proposed.Buy() with { Approval = yesterday }));
        Assert.Equal(all.Select(guard => guard.Name).Distinct().Order(), stopped.Select(row => row.Guard).Order());
    }

    [Theory]
    [InlineData("QRLUSDT", "15-min-job/2026-01-01T12:00:00Z")]
    [InlineData("QRLUSDT", "15-min-job/manual/1")]
    [InlineData("QRLUSDT", "")]
    [InlineData("QRLUSDT", "é/人生 &=?#")]
    [InlineData("METALUSDC", "15-min-job/2026-01-01T12:00:00Z")]
    public void An_id_is_ours_and_fit_for_the_exchange_whatever_the_tick_is_called(string symbol, string tick)
    {
        var id = OrderIntent.IdOf(Symbol.Parse(symbol).Must(), tick);
        Assert.Equal(id, OrderIntent.IdOf(Symbol.Parse(symbol).Must(), tick));
        Assert.Matches(new Regex(@"\A[A-Za-z0-9_-]{32}\z"), id);
        Assert.StartsWith("ballast-", id, StringComparison.Ordinal);
    }

    [Fact]
    public void An_id_follows_from_pair_tick_and_leg_and_from_nothing_else()
    {
        string[] ids =
        [
            OrderIntent.IdOf(QrlUsdt.Symbol, Proposed.Tick),
            OrderIntent.IdOf(QrlUsdt.Symbol, Proposed.Tick, leg: 1),
            OrderIntent.IdOf(QrlUsdt.Symbol, Proposed.Tick + "0"),
            OrderIntent.IdOf(QrlUsdt.MetalRules.Symbol, Proposed.Tick),
        ];
        Assert.Equal(ids.Length, ids.Distinct().Count());
        // The first 24 digits of SHA-256 over "QRLUSDT\n15-min-job/2026-01-01T12:00:00Z\n0", worked out with sha256sum.
        Assert.Equal("ballast-560c941f3ca49f0875adac42", ids[0]);
        // Neither amount, nor side, nor the minute makes another.
        Assert.Equal(ids[0], Approve(Proposed.Buy(7))!.Intent.ClientOrderId);
        Assert.Equal(ids[0], Approve(Proposed.Sell() with { Now = QrlUsdt.Noon.AddSeconds(7) })!.Intent.ClientOrderId);
    }

    public static TheoryData<bool, OrderType[], OrderType> Types => new()
    {
        { false, [], OrderType.ImmediateOrCancel },
        // An exchange that refuses it gets a limited order, which is cancelled by us
        { false, [OrderType.ImmediateOrCancel], OrderType.Limit },
        { true, [], OrderType.Market },
        { true, [OrderType.ImmediateOrCancel], OrderType.Market },
        { true, [OrderType.Market], OrderType.ImmediateOrCancel },
        { true, [OrderType.Market, OrderType.ImmediateOrCancel], OrderType.Limit },
        // What was refused and is never used changes nothing
        { false, [OrderType.Market, OrderType.FillOrKill], OrderType.ImmediateOrCancel },
    };

    [Theory]
    [MemberData(nameof(Types))]
    public void The_type_is_the_owners_choice_less_what_the_exchange_refuses(bool market, OrderType[] refused, OrderType expected)
    {
        var intent = Approve(Proposed.Buy() with
        {
            Limits = Proposed.Limits with { MarketOrders = market },
            State = new TradingState { RefusedTypes = [.. refused] },
        })!.Intent;
        Assert.Equal(expected, intent.Type);
        Assert.Equal(expected == OrderType.Market ? null : new Price(2.525m), intent.Limit);
    }

    [Theory]
    [InlineData("20", "30", "20")]              // the plan has grown since
    [InlineData("20", "12", "12")]              // and here it has shrunk
    [InlineData("7.019", "30", "7.01")]         // written by hand, off the grid: rounded down
    public void An_approval_never_orders_more_than_was_proposed(string proposed, string planned, string ordered)
    {
        var inputs = Proposed.Buy(decimal.Parse(planned)) with
        {
            Mode = Mode.Approve,
            Approval = Proposed.Approved with { Quantity = new Quantity(decimal.Parse(proposed)) },
        };
        var intent = Approve(inputs)!.Intent;
        Assert.Equal(ordered, intent.Quantity.ToString());
        // The order belongs to the tick that proposed it, so that it is never sent a second time.
        Assert.Equal(OrderIntent.IdOf(QrlUsdt.Symbol, Proposed.Approved.Tick), intent.ClientOrderId);
        Assert.Equal(Proposed.Tick, intent.Tick);
    }

    [Fact]
    public void The_guards_of_an_approval_judge_what_would_be_sent()
    {
        // 60 are planned, worth 150, more than the 100 that an order may be worth; but 20 were approved, worth 50.
        var inputs = Proposed.Buy(60) with { Mode = Mode.Approve, Approval = Proposed.Approved };
        Assert.Equal(50, inputs.Guard("order_notional_max").Value);
        Assert.NotNull(Approve(inputs));
        // 0.39 × 2.5 = 0.975, less than the exchange takes
        var small = inputs with { Approval = Proposed.Approved with { Quantity = new Quantity(0.39m) } };
        Assert.False(small.Guard("order_notional_min").Passed);
    }

    private static ApprovedOrder? Approve(GuardInputs inputs) => ApprovedOrder.Approve(inputs, Proposed.Tick, out _);
}

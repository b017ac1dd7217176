using Ballast.Core;
using Ballast.Core.Paper;
using Ballast.Core.Planning;
using Ballast.Core.Ticks;
using Ballast.Core.Trading;
using Ballast.Tests.Core.Trading;

namespace Ballast.Tests.Core.Ticks;

/// <summary>Ticks that trade, on the paper market with 10 000 QRL and 500 USDT at about 0.05, a target of 52 % and up to 30 USDT an order.</summary>
public class OrderTests
{
    private readonly TickBench bench = new();
    private readonly MatchingEngine engine = MatchingEngine.QrlUsdt(1, QrlUsdt.Noon);
    private readonly FaultyExchange exchange;
    private int ticks;

    public OrderTests()
    {
        exchange = new FaultyExchange(new InMemoryExchange(engine, bench.Clock));
        Use(Mode.Auto);
    }

    [Fact]
    public async Task In_auto_an_order_fills_is_reported_as_it_was_and_booked_by_the_next_tick()
    {
        await TickAsync();
        var report = await TickAsync();
        // The first order left at noon; the second tick books it.
        var first = bench.History[0].Order!;
        Assert.True(first.Outcome is OrderOutcome.Filled or OrderOutcome.PartiallyFilled, first.Reason);
        Assert.True(first.Executed > Quantity.Zero && first.Average <= first.Limit && first.Fee > 0);
        Assert.Equal("USDT", first.FeeAsset);
        Assert.Equal(exchange.Placed[0], first.ClientOrderId);
        var books = report.Books!.Value.Must();
        Assert.NotEmpty(books.NewTrades);
        Assert.True(books.Ledger.Standing!.Balanced, books.Ledger.Standing.Explain("QRL", "USDT"));
        Assert.Equal(first.Executed.Value, books.NewTrades.Sum(trade => trade.Quantity.Value));
    }

    [Fact]
    public async Task In_observe_nothing_is_asked_and_nothing_leaves()
    {
        Use(Mode.Observe);
        var report = await TickAsync();
        Assert.Equal(Decision.Buy, report.Plan.Must().Action);
        Assert.Null(report.Order);
        Assert.Empty(exchange.Placed);
    }

    [Fact]
    public async Task The_same_tick_never_orders_twice_whatever_became_of_its_first_attempt()
    {
        exchange.LosesAnswers = true;
        exchange.HidesOrders = true;
        bench.Outages.Lost.Add(OutageStore.Step.Finish);
        Assert.IsType<TickOutcome.StoreDown>(await RunAsync("15-min-job/2026-01-01T12:00:00Z"));
        bench.Outages.Lost.Clear();
        (exchange.LosesAnswers, exchange.HidesOrders) = (false, false);
        bench.Clock.Advance(TimeSpan.FromMinutes(2));

        var again = TickBench.Reported(await RunAsync("15-min-job/2026-01-01T12:00:00Z"));
        Assert.Single(exchange.Placed);
        Assert.True(again.Settled!.Executed > Quantity.Zero);
        Assert.Equal(OrderOutcome.Blocked, again.Order?.Outcome ?? OrderOutcome.Blocked);
    }

    [Fact]
    public async Task An_order_whose_answer_was_lost_is_found_by_its_id_in_the_same_tick()
    {
        exchange.LosesAnswers = true;
        exchange.NotFoundFor = 2;
        var order = (await TickAsync()).Order!;
        Assert.True(order.Executed > Quantity.Zero, order.Reason);
        Assert.Single(exchange.Placed);
    }

    [Fact]
    public async Task Until_an_outcome_is_known_no_other_order_leaves_and_then_it_is_reported_as_what_it_was()
    {
        exchange.LosesAnswers = true;
        exchange.HidesOrders = true;
        var unknown = await TickAsync();
        Assert.Equal((OrderOutcome.Unknown, TickStatus.Partial), (unknown.Order!.Outcome, unknown.Status));

        var blocked = (await TickAsync()).Order;
        Assert.True(blocked is null || blocked.Reason.StartsWith("unsettled_order", StringComparison.Ordinal), blocked?.Reason);
        Assert.Single(exchange.Placed);

        (exchange.LosesAnswers, exchange.HidesOrders) = (false, false);
        var settled = (await TickAsync()).Settled!;
        Assert.Equal(exchange.Placed[0], settled.ClientOrderId);
        Assert.True(settled.Executed > Quantity.Zero);
    }

    [Fact]
    public async Task An_order_that_never_arrived_is_given_up_only_after_the_exchange_has_said_so_twice_and_late_enough()
    {
        exchange.LosesRequests = true;
        var first = await TickAsync();
        Assert.Equal(OrderOutcome.Unknown, first.Order!.Outcome);
        exchange.LosesRequests = false;
        var second = await TickAsync();
        Assert.Equal((OrderOutcome.Unfilled, "the exchange never received it"), (second.Settled!.Outcome, second.Settled.Reason));
        Assert.Single(exchange.Placed);
    }

    [Fact]
    public async Task An_order_that_is_not_shown_for_a_minute_is_not_given_up()
    {
        exchange.NotFoundFor = int.MaxValue;
        await TickAsync();
        Assert.Null((await TickAsync(minutes: 1)).Settled);
        exchange.NotFoundFor = 0;
        Assert.True((await TickAsync(minutes: 1)).Settled!.Executed > Quantity.Zero);
    }

    [Fact]
    public async Task An_order_is_not_given_up_for_an_answer_that_waited_while_its_instance_was_frozen()
    {
        exchange.NotFoundFor = int.MaxValue;
        await TickAsync();
        exchange.OnOrderAnswered = () => bench.Clock.Advance(TimeSpan.FromMinutes(8));
        Assert.Null((await TickAsync(minutes: 1)).Settled);
        (exchange.NotFoundFor, exchange.OnOrderAnswered) = (0, () => { });
        Assert.True((await TickAsync()).Settled!.Executed > Quantity.Zero);
    }

    [Fact]
    public async Task Another_order_that_appeared_in_the_store_keeps_its_place_and_none_leaves_beside_it()
    {
        var other = Proposed.Intent(id: "ballast-other", at: bench.Clock.GetUtcNow());
        bench.Outages.BeforeBegin = () => bench.Store.Change(trading => trading with { Open = other });
        var blocked = (await TickAsync()).Order!;
        Assert.Equal(OrderOutcome.Blocked, blocked.Outcome);
        Assert.StartsWith("unsettled_order", blocked.Reason, StringComparison.Ordinal);
        Assert.Empty(exchange.Placed);
        Assert.Equal(other, (await bench.StoredAsync()).Trading.Must().Open);
    }

    [Fact]
    public async Task A_refusal_is_a_refusal_and_a_refused_type_is_not_tried_again()
    {
        exchange.Refuses = new Failure(FailureKind.Rejected, "current order type can not place order", 30041);
        var refused = await TickAsync();
        Assert.Equal((OrderOutcome.Rejected, TickStatus.Partial), (refused.Order!.Outcome, refused.Status));
        exchange.Refuses = null;
        var next = (await TickAsync()).Order!;
        Assert.Equal(OrderType.Limit, next.Type);
        Assert.True(next.Executed > Quantity.Zero);
        Assert.Empty(engine.OpenOrders(null, bench.Clock.GetUtcNow()));
    }

    [Fact]
    public async Task Three_failures_in_a_row_halt_by_themselves()
    {
        exchange.Refuses = new Failure(FailureKind.Rejected, "no", 30005);
        for (var tick = 0; tick < 3; tick++)
            await TickAsync();
        Assert.NotNull((await bench.StoredAsync()).Trading.Must().Halt);
        exchange.Refuses = null;
        Assert.StartsWith("halt: ", (await TickAsync()).Order!.Reason, StringComparison.Ordinal);
        Assert.Equal(3, exchange.Placed.Count);
    }

    [Fact]
    public async Task A_halt_stops_what_has_not_left_even_while_the_tick_is_on_its_way()
    {
        bench.Outages.BeforeBegin = () => bench.Store.Change(trading => trading with { Halt = new Halt(null, "hand", "stop") });
        var report = await TickAsync();
        Assert.Equal(OrderOutcome.Blocked, report.Order!.Outcome);
        Assert.StartsWith("halt", report.Order.Reason, StringComparison.Ordinal);
        Assert.Empty(exchange.Placed);
        Assert.Equal(0, (await bench.StoredAsync()).Trading.Must().State.DayOrders);
    }

    [Fact]
    public async Task In_approve_an_order_waits_and_leaves_after_the_owners_word()
    {
        Use(Mode.Approve);
        var proposed = (await TickAsync()).Order!;
        Assert.Equal(OrderOutcome.Proposed, proposed.Outcome);
        Assert.Empty(exchange.Placed);

        bench.Store.Change(trading => trading with { Proposal = trading.Proposal! with { ApprovedBy = "owner" } });
        var done = (await TickAsync(minutes: 1)).Order!;
        Assert.True(done.Executed > Quantity.Zero, done.Reason);
        Assert.Equal(proposed.ClientOrderId, done.ClientOrderId);
        Assert.Equal(OrderOutcome.Proposed, (await TickAsync()).Order?.Outcome ?? OrderOutcome.Proposed);
        Assert.Single(exchange.Placed);
    }

    [Fact]
    public async Task A_proposal_that_the_market_has_left_behind_does_not_leave()
    {
        Use(Mode.Approve);
        await TickAsync();
        bench.Store.Change(trading => trading with { Proposal = trading.Proposal! with { ApprovedBy = "owner", Price = new Price(trading.Proposal.Price.Value * 0.98m) } });
        var order = (await TickAsync(minutes: 1)).Order!;
        Assert.StartsWith("price_fence", order.Reason, StringComparison.Ordinal);
        Assert.Empty(exchange.Placed);
    }

    [Fact]
    public async Task A_store_that_lost_its_memory_is_an_anomaly()
    {
        await TickAsync();
        Assert.Single(exchange.Placed);
        var fresh = new TickBench(bench.Clock.GetUtcNow().AddMinutes(15)) { Options = bench.Options };
        var report = TickBench.Reported(await fresh.RunAsync(new FaultyExchange(new InMemoryExchange(engine, fresh.Clock))));
        Assert.Equal(Mode.Observe, report.Mode);
        Assert.Contains(exchange.Placed[0], report.Books!.Value.Must().Ledger.Standing!.Explain("QRL", "USDT"), StringComparison.Ordinal);
        Assert.Equal(Mode.Observe, (await fresh.StoredAsync()).Trading.Must().Mode!.Mode);
    }

    [Fact]
    public async Task Nothing_is_sent_that_was_decided_too_long_ago()
    {
        bench.Outages.BeforeBegin = () => bench.Clock.Advance(TimeSpan.FromSeconds(10));
        var order = (await TickAsync()).Order!;
        Assert.Equal(OrderOutcome.Unfilled, order.Outcome);
        Assert.Empty(exchange.Placed);
    }

    [Fact]
    public async Task The_limits_of_a_day_hold()
    {
        bench.Options = bench.Options with
        {
            Policy = Policy.Default with { TargetRatio = new Ratio(0.7m) },
            Limits = new SafetyLimits { MaxOrderNotional = new Amount(500), MaxDailyNotional = new Amount(100) },
        };
        for (var tick = 0; tick < 8; tick++)
            await TickAsync();
        Assert.True((await bench.StoredAsync()).Trading.Must().State.DayNotional <= new Amount(100));
        Assert.Contains(bench.History, report => report.Order?.Reason.StartsWith("daily_notional", StringComparison.Ordinal) == true);
    }

    private void Use(Mode mode) => bench.Options = bench.Options with
    {
        Mode = mode,
        Policy = Policy.Default with { TargetRatio = new Ratio(0.52m) },
        Limits = new SafetyLimits { MaxOrderNotional = new Amount(30), MaxDailyNotional = new Amount(500) },
    };

    private async Task<TickReport> TickAsync(int minutes = 15)
    {
        if (ticks++ > 0)
            bench.Clock.Advance(TimeSpan.FromMinutes(minutes));
        return TickBench.Reported(await RunAsync(null));
    }

    /// <summary>Runs a tick while its own waits pass by themselves.</summary>
    private async Task<TickOutcome> RunAsync(string? id)
    {
        var running = bench.RunAsync(exchange, id);
        while (!running.IsCompleted)
        {
            bench.Clock.Advance(TimeSpan.FromMilliseconds(250));
            await Task.Yield();
        }
        return await running;
    }
}

using Ballast.Core;
using Ballast.Core.Books;
using Ballast.Core.Ticks;
using Ballast.Core.Trading;
using Ballast.Tests.Core;

namespace Ballast.Tests.Server.Store;

/// <summary>What every store promises about orders: the intent first, no other beside it, and a halt that beats all.</summary>
public abstract partial class StoreSuite
{
    /// <summary>A time, a price and a quantity with as many digits as there can be.</summary>
    protected static readonly DateTimeOffset Exactly = Sample.Noon.AddTicks(1_234_567);
    private static readonly Price Thirds = new(0.0333333333333333333333333333m);
    private static readonly Quantity Many = new(123456789012345678.0123456789m);

    protected static readonly TradingAfter Quiet = new() { State = TradingState.New };

    private static readonly TradingAfter Everything = new()
    {
        State = new TradingState
        {
            LastOrderAt = Exactly,
            LastOrderTick = "15-min-job/2026-01-01T12:00:00Z",
            Day = new DateOnly(2026, 1, 1),
            DayNotional = new Amount(7922816251426433759354395.0335m),
            DayOrders = 48,
            LastPrice = Thirds,
            Peak = new Amount(-0.0000000000000000000000000001m),
            Failures = 2,
            RefusedTypes = [OrderType.Market, OrderType.ImmediateOrCancel],
        },
        Open = Intent("ballast-1") with { Quantity = Many, Limit = Thirds, Price = Thirds, At = Exactly, NotFound = 3 },
        Proposal = new Proposal(Sample.Tick(0).Text, Side.Sell, Many, Thirds, Exactly, Exactly.AddHours(1), "owner@example.com"),
        NewHalt = new Halt(Exactly, "Ballast", "3 ticks in a row failed: \"é\""),
        NewMode = new ModeChange(Mode.Approve, Exactly, "owner@example.com", "holidays"),
        Finished = [Done("ballast-7"), Done("ballast-8")],
    };

    public static TheoryData<string> Traces => [.. Remembered.Keys];

    private static Dictionary<string, TradingAfter> Remembered => new()
    {
        ["nothing"] = Quiet,
        ["everything"] = Everything,
        // A market order has no limit, nobody has approved the proposal, and whoever halted did not say when
        ["what may be left out"] = Everything with
        {
            Open = Intent("ballast-2") with { Type = OrderType.Market, Limit = null, Side = Side.Sell },
            Proposal = Everything.Proposal! with { ApprovedBy = null, Side = Side.Buy },
            NewHalt = new Halt(null, "hand", "no reason given"),
            State = TradingState.New with { DayOrders = 1 },
        },
    };

    [Theory]
    [MemberData(nameof(Traces))]
    public async Task What_concerns_orders_is_read_back_to_the_last_digit(string which)
    {
        var (portfolio, written) = (NewPortfolio(), Remembered[which]);
        await CommitAsync(portfolio, 0, written);

        var read = await TradingAsync(portfolio);
        Assert.Equal((written.Open, written.Proposal, written.NewHalt, written.NewMode), (read.Open, read.Proposal, read.Halt, read.Mode));
        Assert.Equal(written.State.RefusedTypes.Order(), read.State.RefusedTypes.Order());
        Assert.Equal(written.State with { RefusedTypes = read.State.RefusedTypes }, read.State);
        Assert.Equal(written.Finished.Select(order => order.ClientOrderId), read.Known.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_store_that_nobody_has_written_to_knows_no_order_and_no_halt()
    {
        var read = await TradingAsync(NewPortfolio());
        Assert.Equal((null, null, null, null), (read.Open, read.Halt, read.Mode, read.Proposal));
        Assert.Equal(TradingState.New with { RefusedTypes = read.State.RefusedTypes }, read.State);
        Assert.Empty(read.Known);
    }

    [Fact]
    public async Task Halt_and_mode_stay_until_somebody_changes_them_and_a_proposal_only_until_the_next_tick()
    {
        var portfolio = NewPortfolio();
        await CommitAsync(portfolio, 0, Everything);
        await CommitAsync(portfolio, 1, Quiet);
        var read = await TradingAsync(portfolio);
        Assert.Equal((Everything.NewHalt, Everything.NewMode, null), (read.Halt, read.Mode, read.Proposal));
        Assert.Equal(["ballast-7", "ballast-8"], read.Known.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_tick_that_could_not_read_what_concerns_orders_leaves_it_alone()
    {
        var portfolio = NewPortfolio();
        await CommitAsync(portfolio, 0, Everything);
        await portfolio.RunAsync(Sample.Report(Sample.Tick(1)));
        var read = await TradingAsync(portfolio);
        Assert.Equal((Everything.Open, Everything.Proposal), (read.Open, read.Proposal));
    }

    [Fact]
    public async Task An_order_begins_with_its_intent_on_record_under_the_lease_and_without_an_answer()
    {
        var portfolio = NewPortfolio();
        var lease = await portfolio.LeaseAsync(Sample.Tick(0));
        Assert.Equal(BeginAnswer.Begun, await BeginAsync(portfolio, lease, "ballast-1", Sample.Rules(portfolio.Symbol)));

        Assert.Equal(Intent("ballast-1"), (await TradingAsync(portfolio)).Open);
        Assert.Equal(1, await portfolio.HistoryLengthAsync());
        Assert.Equal(Sample.Rules(portfolio.Symbol), (await portfolio.Store.ReadAsync()).Rules);
        Assert.IsType<LeaseAnswer.Busy>(await portfolio.OtherInstance.TakeLeaseAsync(Sample.Tick(0), "second", Minute));
        Assert.IsType<LeaseAnswer.Busy>(await portfolio.OtherInstance.TakeLeaseAsync(Sample.Tick(1), "second", Minute));

        // The process dies here: the next attempt of the same tick finds the intent.
        await portfolio.Store.ReleaseAsync(lease);
        await portfolio.LeaseAsync(Sample.Tick(0), "second");
        Assert.Equal("ballast-1", (await TradingAsync(portfolio)).Open!.ClientOrderId);
    }

    [Fact]
    public async Task A_halt_that_came_in_between_stops_the_order_and_nothing_is_written()
    {
        var portfolio = NewPortfolio();
        var lease = await portfolio.LeaseAsync(Sample.Tick(0));
        await portfolio.HaltAsync();
        await NothingBeginsAsync(portfolio, lease, BeginAnswer.Halted);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("ballast-9")]                   // this tick has settled another one
    public async Task Another_order_that_stands_in_the_store_stops_the_order_and_nothing_is_written(string? settled)
    {
        var portfolio = NewPortfolio();
        await CommitAsync(portfolio, 0, Quiet with { Open = Intent("ballast-1") });
        await NothingBeginsAsync(portfolio, await portfolio.LeaseAsync(Sample.Tick(1)), BeginAnswer.Occupied, settled);
    }

    [Fact]
    public async Task An_order_that_was_settled_and_is_gone_from_the_store_stops_the_order_too()
    {
        var portfolio = NewPortfolio();
        await NothingBeginsAsync(portfolio, await portfolio.LeaseAsync(Sample.Tick(0)), BeginAnswer.Occupied, "ballast-1");
    }

    [Fact]
    public async Task A_tick_that_was_overtaken_begins_no_order_whatever_else_there_is()
    {
        var portfolio = NewPortfolio();
        await CommitAsync(portfolio, 0, Everything);
        var late = Granted(await portfolio.Store.TakeLeaseAsync(Sample.Tick(1), "late", Moment));
        await portfolio.LeaseRunsOutAsync(Moment);
        await portfolio.LeaseAsync(Sample.Tick(2), "next");
        await NothingBeginsAsync(portfolio, late, BeginAnswer.Overtaken);
    }

    [Fact]
    public async Task An_order_takes_the_place_of_the_one_that_its_tick_has_settled()
    {
        var portfolio = NewPortfolio();
        await CommitAsync(portfolio, 0, Quiet with { Open = Intent("ballast-1") });
        var lease = await portfolio.LeaseAsync(Sample.Tick(1));
        Assert.Equal(BeginAnswer.Begun, await BeginAsync(portfolio, lease, "ballast-2", settled: "ballast-1"));
        var read = await TradingAsync(portfolio);
        Assert.Equal(("ballast-2", "ballast-1"), (read.Open!.ClientOrderId, Assert.Single(read.Known)));
    }

    [Fact]
    public async Task A_finished_order_frees_its_place_stores_the_answer_and_gives_the_lease_back()
    {
        var portfolio = NewPortfolio();
        var lease = await portfolio.LeaseAsync(Sample.Tick(0));
        Assert.Equal(BeginAnswer.Begun, await BeginAsync(portfolio, lease, "ballast-1"));
        Assert.True(await portfolio.Store.FinishOrderAsync(lease, Report(0, Quiet with { Finished = [Done("ballast-1")] })));

        var read = await TradingAsync(portfolio);
        Assert.Null(read.Open);
        Assert.Equal("ballast-1", Assert.Single(read.Known));
        Assert.Equal(1, await portfolio.HistoryLengthAsync());
        Assert.IsType<LeaseAnswer.Finished>(await portfolio.Store.TakeLeaseAsync(Sample.Tick(0), "second", Minute));
        await portfolio.LeaseAsync(Sample.Tick(1));
    }

    [Fact]
    public async Task An_order_of_unknown_outcome_keeps_its_place()
    {
        var portfolio = NewPortfolio();
        var lease = await portfolio.LeaseAsync(Sample.Tick(0));
        await BeginAsync(portfolio, lease, "ballast-1");
        var unknown = Quiet with { Open = Intent("ballast-1") with { NotFound = 1 } };
        Assert.True(await portfolio.Store.FinishOrderAsync(lease, Report(0, unknown)));
        await NothingBeginsAsync(portfolio, await portfolio.LeaseAsync(Sample.Tick(1)), BeginAnswer.Occupied);
        Assert.Equal(1, (await TradingAsync(portfolio)).Open!.NotFound);
    }

    [Fact]
    public async Task A_tick_that_was_overtaken_after_its_order_left_writes_nothing_and_the_newer_one_finds_the_intent()
    {
        var portfolio = NewPortfolio();
        var late = Granted(await portfolio.Store.TakeLeaseAsync(Sample.Tick(0), "late", Moment));
        await BeginAsync(portfolio, late, "ballast-1");
        await portfolio.LeaseRunsOutAsync(Moment);
        await portfolio.LeaseAsync(Sample.Tick(1), "next");

        var before = await portfolio.ContentAsync();
        Assert.False(await portfolio.Store.FinishOrderAsync(late, Report(0, Quiet with { Finished = [Done("ballast-1")] })));
        Assert.Equal(before, await portfolio.ContentAsync());
        Assert.Equal("ballast-1", (await TradingAsync(portfolio)).Open!.ClientOrderId);
    }

    [Fact]
    public async Task A_commit_after_settling_frees_the_place_for_the_next_order()
    {
        var portfolio = NewPortfolio();
        await CommitAsync(portfolio, 0, Quiet with { Open = Intent("ballast-1") });
        await CommitAsync(portfolio, 1, Quiet with { Finished = [Done("ballast-1")] });
        Assert.Equal(BeginAnswer.Begun, await BeginAsync(portfolio, await portfolio.LeaseAsync(Sample.Tick(2)), "ballast-2"));
        Assert.Equal("ballast-1", Assert.Single((await TradingAsync(portfolio)).Known));
    }

    protected static OrderIntent Intent(string id) => new()
    {
        ClientOrderId = id,
        Tick = "15-min-job/2026-01-01T12:00:00Z",
        Side = Side.Buy,
        Type = OrderType.ImmediateOrCancel,
        Quantity = new Quantity(20),
        Limit = new Price(2.525m),
        Price = new Price(2.5m),
        At = Sample.Noon,
    };

    protected static OrderReport Done(string id) => OrderReport.Of(Intent(id), OrderOutcome.Filled, "filled");

    private static TickReport Report(int tick, TradingAfter after) => Sample.Report(Sample.Tick(tick)) with { Trading = after };

    protected static Task CommitAsync(Portfolio portfolio, int tick, TradingAfter after) => portfolio.RunAsync(Report(tick, after));

    protected static async Task<StoredTrading> TradingAsync(Portfolio portfolio) =>
        (await portfolio.OtherInstance.ReadAsync()).Trading.Must();

    /// <summary>Puts an order on record.</summary>
    /// <param name="settled">An order of an earlier tick that this one has settled.</param>
    private static Task<BeginAnswer> BeginAsync(
        Portfolio portfolio, Lease lease, string id, SymbolRules? rules = null, string? settled = null)
    {
        var before = settled is null ? null : Done(settled);
        var after = Quiet with { Open = Intent(id), Finished = before is null ? [] : [before] };
        var report = Sample.Report(lease.Tick, Sample.Books(Sample.Trade("1", 0))) with { Trading = after, Settled = before };
        return portfolio.Store.BeginOrderAsync(lease, report, rules);
    }

    private static async Task NothingBeginsAsync(Portfolio portfolio, Lease lease, BeginAnswer why, string? settled = null)
    {
        var before = await portfolio.ContentAsync();
        Assert.Equal(why, await BeginAsync(portfolio, lease, "ballast-2", Sample.Rules(portfolio.Symbol), settled));
        Assert.Equal(before, await portfolio.ContentAsync());
    }
}

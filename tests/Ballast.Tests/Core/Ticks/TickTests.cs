using Ballast.Core;
using Ballast.Core.Books;
using Ballast.Core.Paper;
using Ballast.Core.Planning;
using Ballast.Core.Ticks;
using Ballast.Core.Trading;

namespace Ballast.Tests.Core.Ticks;

/// <summary>What one tick makes of what it reads.</summary>
public class TickTests
{
    private static readonly Failure Down = Failure.Unavailable("the exchange is down");

    private readonly TickBench bench = new();

    [Fact]
    public async Task A_tick_keeps_the_books_plans_and_records()
    {
        var report = await bench.ReportAsync("15-min-job/2026-01-01T12:00:00Z");

        Assert.Equal(TickStatus.Success, report.Status);
        Assert.Equal(("15-min-job", "OIDC", Mode.Observe), (report.Request.Task, report.Request.Caller, report.Mode));
        Assert.Equal(QrlUsdt.Noon, report.Timestamp);
        var plan = report.Plan.Must();
        Assert.Equal("Sell 20 QRL above target", $"{plan.Action} {plan.Quantity} {plan.Reason}");
        var books = report.Books!.Value.Must();
        Assert.Equal("100 @2.5", $"{books.Ledger.Current.Quantity} @{books.Ledger.Current.Average}");
        Assert.True(books.Ledger.Standing!.Balanced);
        Assert.Same(report, Assert.Single(bench.History));
    }

    [Fact]
    public async Task Trades_between_two_ticks_are_booked_by_the_second()
    {
        await bench.ReportAsync();
        bench.Exchange.Fill(QrlUsdt.Sell(20, 2.6m, fee: 0.026m, minute: 3));
        bench.Clock.Advance(TimeSpan.FromMinutes(15));
        var books = (await bench.ReportAsync()).Books!.Value.Must();

        // (2.6 − 2.5) × 20 − 0.026; 80 left at 2.5
        Assert.Equal("1.974", books.Profit.Realized.ToString());
        Assert.Equal("80 @2.5", $"{books.Ledger.Current.Quantity} @{books.Ledger.Current.Average}");
        Assert.Single(books.NewTrades);
        Assert.True(books.Ledger.Standing!.Balanced);

        bench.Clock.Advance(TimeSpan.FromMinutes(15));
        Assert.Empty((await bench.ReportAsync()).Books!.Value.Must().NewTrades);
    }

    [Fact]
    public async Task What_is_locked_counts_as_value_and_is_not_spent()
    {
        bench.Exchange.Held["QRL"] = new Balance(15, 85);
        var plan = (await bench.ReportAsync()).Plan.Must();
        Assert.Equal("400 15", $"{plan.TotalValue} {plan.Quantity}");
    }

    [Fact]
    public async Task An_asset_that_the_exchange_does_not_list_is_zero()
    {
        bench.Exchange.Held.Clear();
        bench.Exchange.Held["BTC"] = new Balance(1, 0);
        Assert.Equal("Insufficient price or balance", (await bench.ReportAsync()).Plan.Must().Reason);
    }

    [Fact]
    public async Task Balances_too_large_to_be_added_up_are_a_failure_and_not_the_end()
    {
        await bench.ReportAsync();
        bench.Exchange.Held["QRL"] = new Balance(decimal.MaxValue, decimal.MaxValue);
        var report = await bench.ReportAsync();
        Assert.Equal(TickStatus.Error, report.Status);
        Assert.Equal(FailureKind.BadData, report.Plan.MustFail().Kind);
    }

    [Fact]
    public async Task A_failure_of_the_books_never_stops_the_plan()
    {
        await bench.ReportAsync();
        var before = await BooksAsync();
        bench.Exchange.Fill(QrlUsdt.Sell(20, 2.6m, minute: 3));
        bench.Exchange.Broken[FakeExchange.AskedTrades] = Down;
        bench.Clock.Advance(TimeSpan.FromMinutes(15));
        var report = await bench.ReportAsync();

        Assert.Equal(TickStatus.Partial, report.Status);
        Assert.Equal(Down, report.Books!.Value.MustFail());
        Assert.Equal("80", report.Plan.Must().BaseBalance.ToString());
        Assert.Same(before, await BooksAsync());

        // The next tick makes up for it.
        bench.Exchange.Broken.Clear();
        Assert.Single((await bench.ReportAsync()).Books!.Value.Must().NewTrades);
    }

    /// <summary>Crossed, without a bid, without an ask.</summary>
    public static TheoryData<decimal, decimal?, decimal?> BrokenBooks => new()
    {
        { 2.5m, 2.6m, 2.5m },
        { 2.5m, null, 2.5m },
        { 2.5m, 2.5m, null },
    };

    [Theory]
    [MemberData(nameof(BrokenBooks))]
    public async Task A_broken_order_book_stops_the_plan_and_not_the_books(decimal last, decimal? bid, decimal? ask)
    {
        bench.Exchange.Book = (last, bid, ask);
        var report = await bench.ReportAsync();
        Assert.Equal(TickStatus.Partial, report.Status);
        Assert.Equal(FailureKind.BadData, report.Plan.MustFail().Kind);
        // The last trade is good enough to value what is held.
        Assert.Equal(new Price(2.5m), report.Books!.Value.Must().Profit.Price);
        Assert.Single(bench.History);
    }

    [Fact]
    public async Task Without_a_price_open_books_are_kept_and_unrealised_profit_is_unknown()
    {
        await bench.ReportAsync();
        bench.Exchange.Broken[FakeExchange.AskedQuote] = Down;
        var report = await bench.ReportAsync();
        Assert.Equal(TickStatus.Partial, report.Status);
        Assert.Null(report.Books!.Value.Must().Profit.Unrealized);
        Assert.Equal(Down, report.Plan.MustFail());
    }

    [Fact]
    public async Task With_the_exchange_down_the_tick_is_an_error_and_the_history_records_it()
    {
        bench.Exchange.BreakAll(Down);
        var report = await bench.ReportAsync();
        Assert.Equal(TickStatus.Error, report.Status);
        Assert.Equal((Down, Down), (report.Books!.Value.MustFail(), report.Plan.MustFail()));
        Assert.Null(report.Rules);
        Assert.Same(report, Assert.Single(bench.History));
    }

    [Theory]
    [InlineData(FakeExchange.AskedBalances)]
    [InlineData(FakeExchange.AskedRules)]
    public async Task What_both_books_and_plan_need_fails_both(string question)
    {
        bench.Exchange.Broken[question] = Down;
        Assert.Equal(TickStatus.Error, (await bench.ReportAsync()).Status);
    }

    [Fact]
    public async Task The_plan_alone_leaves_the_books_untouched_and_asks_for_no_trades()
    {
        await bench.ReportAsync();
        var (before, asked) = (await BooksAsync(), bench.Exchange.Asked.Count);
        bench.Exchange.Fill(QrlUsdt.Sell(20, 2.6m, minute: 3));
        bench.Exchange.Broken[FakeExchange.AskedTrades] = Down;
        bench.Clock.Advance(TimeSpan.FromMinutes(15));
        var report = await bench.ReportAsync(withBooks: false);

        Assert.Equal(TickStatus.Success, report.Status);
        Assert.Null(report.Books);
        Assert.Equal("80", report.Plan.Must().BaseBalance.ToString());
        Assert.Same(before, await BooksAsync());
        Assert.DoesNotContain(FakeExchange.AskedTrades, bench.Exchange.Asked.Skip(asked));
    }

    [Fact]
    public async Task The_plan_alone_fails_in_part_when_it_cannot_be_made()
    {
        bench.Exchange.Broken[FakeExchange.AskedQuote] = Down;
        Assert.Equal(TickStatus.Partial, (await bench.ReportAsync(withBooks: false)).Status);
    }

    [Fact]
    public async Task The_owners_settings_are_laid_over_the_configuration()
    {
        bench.Store.Set("target_ratio", "60%");
        // total 400, target 240, Δ = 250 − 240 = 10, / 2.5 = 4
        Assert.Equal("4", (await bench.ReportAsync()).Plan.Must().Quantity.ToString());
        bench.Store.Set("min_notional", "11");
        Assert.Equal("Within threshold", (await bench.ReportAsync()).Plan.Must().Reason);
        bench.Store.Set("target_ratio", null);
        Assert.Equal("20", (await bench.ReportAsync()).Plan.Must().Quantity.ToString());
    }

    [Fact]
    public async Task A_setting_that_cannot_be_read_stops_the_plan_and_is_named()
    {
        bench.Store.Set("threshold", "one per cent");
        var report = await bench.ReportAsync();
        Assert.Equal(TickStatus.Partial, report.Status);
        Assert.StartsWith("setting threshold: ", report.Plan.MustFail().Reason, StringComparison.Ordinal);
        Assert.True(report.Books!.Value.Must().Ledger.Standing!.Balanced);
    }

    [Fact]
    public async Task Rules_are_remembered_for_an_hour()
    {
        await bench.ReportAsync();
        bench.Exchange.Rules = bench.Exchange.Rules with { QuantityStep = new Quantity(3) };
        bench.Clock.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal("20", (await bench.ReportAsync()).Plan.Must().Quantity.ToString());
        Assert.Single(bench.Exchange.Asked, FakeExchange.AskedRules);

        bench.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("18", (await bench.ReportAsync()).Plan.Must().Quantity.ToString());
    }

    [Fact]
    public async Task Rules_that_could_not_be_read_are_asked_for_again()
    {
        bench.Exchange.Broken[FakeExchange.AskedRules] = Down;
        await bench.ReportAsync();
        bench.Exchange.Broken.Clear();
        Assert.Equal(TickStatus.Success, (await bench.ReportAsync()).Status);
    }

    [Fact]
    public async Task Remembered_rules_carry_a_tick_over_an_outage_of_the_rules()
    {
        await bench.ReportAsync();
        bench.Exchange.Broken[FakeExchange.AskedRules] = Down;
        Assert.Equal(TickStatus.Success, (await bench.ReportAsync()).Status);
    }

    [Fact]
    public async Task A_stated_opening_cost_is_used()
    {
        bench.Options = bench.Options with { OpeningCost = new Price(1.5m) };
        var opening = (await bench.ReportAsync()).Books!.Value.Must().Ledger.Opening;
        Assert.Equal((new Price(1.5m), false), (opening.Cost, opening.Assumed));
    }

    [Fact]
    public async Task On_the_paper_exchange_an_order_that_fills_is_planned_booked_and_balanced()
    {
        var engine = MatchingEngine.QrlUsdt(1, QrlUsdt.Noon);
        var exchange = new InMemoryExchange(engine, bench.Clock);
        // 10 000 QRL at about 0.05 and 500 USDT are about half and half; another target makes something to do.
        bench.Options = bench.Options with { Policy = Policy.Default with { TargetRatio = new Ratio(0.6m) } };
        var plan = TickBench.Reported(await bench.RunAsync(exchange)).Plan.Must();

        bench.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(Decision.Buy, plan.Action);
        // A tenth of what is planned: the paper market is thin.
        var tenth = new Quantity(decimal.Round(plan.Quantity.Value / 10, 2));
        var order = new PaperOrderRequest("QRLUSDT", Side.Buy, OrderType.Market) { Quantity = tenth };
        var placed = engine.Place(order, bench.Clock.GetUtcNow()).Must();
        bench.Clock.Advance(TimeSpan.FromMinutes(10));
        var report = TickBench.Reported(await bench.RunAsync(exchange));

        var books = report.Books!.Value.Must();
        Assert.NotEmpty(books.NewTrades);
        Assert.All(books.NewTrades, trade => Assert.Equal(placed.Id, trade.OrderId));
        Assert.True(books.Ledger.Standing!.Balanced, books.Ledger.Standing.Explain("QRL", "USDT"));
        Assert.True(report.Plan.Must().Deviation < plan.Deviation);
    }

    private async Task<Ledger?> BooksAsync() => (await bench.StoredAsync()).Ledger.Must();
}

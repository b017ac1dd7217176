using Ballast.Core;
using Ballast.Core.Books;
using Ballast.Core.Ticks;
using Ballast.Core.Trading;
using Ballast.Server.Notices;
using Ballast.Tests.Server.Store;

namespace Ballast.Tests.Server.Notices;

/// <summary>What a tick gives to tell, and what it keeps to itself because it was told before.</summary>
public class TickNewsTests
{
    private readonly Telling telling = new();

    [Fact]
    public void A_quiet_tick_tells_nothing()
    {
        Assert.Empty(telling.Tick());
        Assert.Empty(telling.Tick());
    }

    [Theory]
    [InlineData(OrderOutcome.Filled, NoticeKind.Order, Severity.Info, "QRLUSDT: SELL 20 QRL: filled", "Sold 20 QRL at 2.5 on average, 50 USDT, fee 0.025.")]
    [InlineData(OrderOutcome.PartiallyFilled, NoticeKind.Order, Severity.Info, "QRLUSDT: SELL 20 QRL: filled in part", "Sold 5 QRL at 2.5 on average, 12.5 USDT.")]
    [InlineData(OrderOutcome.Unfilled, NoticeKind.Order, Severity.Info, "QRLUSDT: SELL 20 QRL: nothing was filled", "why.")]
    [InlineData(OrderOutcome.Rejected, NoticeKind.Refused, Severity.Warning, "QRLUSDT: SELL 20 QRL: the exchange refused it", "why.")]
    [InlineData(OrderOutcome.Unknown, NoticeKind.Unknown, Severity.Alarm, "QRLUSDT: SELL 20 QRL: what became of it is not known", "No other order leaves until it is settled.")]
    public void What_became_of_an_order_is_told_in_figures(OrderOutcome outcome, NoticeKind kind, Severity severity, string title, string says)
    {
        var notice = Assert.Single(telling.Tick(report => report with { Order = Telling.Order(outcome, reason: "why") }));
        Assert.Equal((kind, severity, title), (notice.Kind, notice.Severity, notice.Title));
        Assert.Contains(says, notice.Text, StringComparison.Ordinal);
        Assert.Equal(("ballast-1", "SELL", "20"), (notice.Facts["client_order_id"], notice.Facts["side"], notice.Facts["quantity"]));
        Assert.Equal(Sample.Tick(0).Text, notice.Tick);
    }

    [Fact]
    public void An_order_that_was_settled_later_is_told_beside_the_ticks_own()
    {
        var told = telling.Tick(report => report with { Settled = Telling.Order(OrderOutcome.Filled), Order = Telling.Order(OrderOutcome.Filled, 7) });
        Assert.Equal(["QRLUSDT: an earlier order is settled: SELL 20 QRL: filled", "QRLUSDT: SELL 7 QRL: filled"], told.Select(notice => notice.Title));
        Assert.Equal(2, told.Select(notice => notice.Id).Distinct().Count());
    }

    [Fact]
    public void The_same_block_is_told_once_and_again_after_a_pause_another_one_at_once()
    {
        static TickReport Blocked(TickReport report, string reason) => report with { Order = Telling.Order(OrderOutcome.Blocked, reason: reason) };
        var first = Assert.Single(telling.Tick(report => Blocked(report, "spread: gap between bid and ask: 0.03, at most 0.02")));
        Assert.Equal((NoticeKind.Refused, "QRLUSDT: SELL 20 QRL is blocked by spread", "spread"), (first.Kind, first.Title, first.Facts["guard"]));
        Assert.Empty(telling.Tick(report => Blocked(report, "spread: gap between bid and ask: 0.04, at most 0.02")));
        Assert.Empty(telling.Tick());
        Assert.Empty(telling.Tick(report => Blocked(report, "spread: gap between bid and ask: 0.05, at most 0.02")));
        Assert.Single(telling.Tick(report => Blocked(report, "drawdown: fall of the value")));

        telling.Now += TimeSpan.FromHours(6);
        Assert.Single(telling.Tick(report => Blocked(report, "drawdown: fall of the value")));
        telling.Tick(report => report with { Order = Telling.Order(OrderOutcome.Filled) });
        Assert.Single(telling.Tick(report => Blocked(report, "drawdown: fall of the value")));
    }

    [Fact]
    public void A_proposal_is_told_with_its_key_and_not_each_time_that_a_tick_renews_it()
    {
        var first = Assert.Single(Proposed(20));
        Assert.Equal((NoticeKind.Proposal, "QRLUSDT: SELL 20 QRL waits for you", Notice.ProposalKey(Sample.Tick(0).Text)), (first.Kind, first.Title, first.Proposal));
        Assert.Contains("At about 2.5, 50 USDT.", first.Text, StringComparison.Ordinal);
        Assert.Empty(Proposed(22));
        Assert.Single(Proposed(22.1m));
        telling.Now += TimeSpan.FromHours(6);
        Assert.Single(Proposed(22.1m));
        Assert.Empty(telling.Tick());
        Assert.Single(Proposed(22.1m));

        IReadOnlyList<Notice> Proposed(decimal quantity) => telling.Tick(report => report with
        {
            Order = Telling.Order(OrderOutcome.Proposed, quantity),
            Trading = report.Trading! with
            {
                Proposal = new Proposal(report.Request.Id.Text, Side.Sell, new Quantity(quantity), new Price(2.5m), report.Timestamp, report.Timestamp.AddHours(1)),
            },
        });
    }

    [Fact]
    public void A_halt_is_told_once_whoever_made_it_and_so_is_its_end()
    {
        var halt = new Halt(Sample.Noon, "Ballast", "3 ticks in a row failed");
        var notice = Assert.Single(telling.Tick(report => report with { Trading = report.Trading! with { NewHalt = halt } }));
        Assert.Equal((NoticeKind.Halt, Severity.Alarm, "QRLUSDT: trading is halted"), (notice.Kind, notice.Severity, notice.Title));
        Assert.Contains("3 ticks in a row failed", notice.Text, StringComparison.Ordinal);
        telling.Trading = telling.Trading with { Halt = halt };
        Assert.Empty(telling.Tick());

        telling.Trading = telling.Trading with { Halt = null };
        Assert.Equal("QRLUSDT: trading goes on", Assert.Single(telling.Tick()).Title);
        telling.Trading = telling.Trading with { Halt = new Halt(null, "hand", "the key is set") };
        Assert.Contains("Halted by hand: the key is set", Assert.Single(telling.Tick()).Text, StringComparison.Ordinal);
        Assert.Empty(telling.Tick());
    }

    [Fact]
    public void A_change_of_the_mode_is_told_with_its_reason()
    {
        Assert.Empty(telling.Tick());
        telling.Trading = telling.Trading with { Mode = new ModeChange(Mode.Observe, Sample.Noon, "API", "watching") };
        var notice = Assert.Single(telling.Tick(report => report with { Mode = Mode.Observe }));
        Assert.Equal(("QRLUSDT: the mode is observe", "It was auto. Set by API: watching"), (notice.Title, notice.Text));
        Assert.Empty(telling.Tick(report => report with { Mode = Mode.Observe }));
    }

    [Fact]
    public void What_concerns_orders_and_could_not_be_read_changes_nothing_that_is_told()
    {
        telling.Tick();
        Assert.Empty(telling.Tick(report => report with { Mode = Mode.Observe, Trading = null }));
    }

    [Fact]
    public void Books_are_told_when_they_are_unproven_and_when_they_balance_again()
    {
        telling.Tick();
        var told = Assert.Single(telling.Tick(Unproven));
        Assert.Equal((NoticeKind.Books, Severity.Warning, "QRLUSDT: the books are unproven"), (told.Kind, told.Severity, told.Title));
        Assert.Contains("the account holds 5 QRL more than the books explain", told.Text, StringComparison.Ordinal);
        Assert.Empty(telling.Tick(Unproven));
        Assert.Empty(telling.Tick(report => report with { Books = null }));
        Assert.Equal("QRLUSDT: the books are balanced again", Assert.Single(telling.Tick()).Title);
    }

    [Fact]
    public void Failing_ticks_are_told_ever_more_rarely_and_so_is_that_they_work_again()
    {
        var failing = new Telling(("Ballast:Notify:Events:Summary", "false"));
        var told = new List<int>();
        for (var tick = 1; tick <= 200; tick++)
        {
            if (failing.Tick(Fails).Count > 0)
                told.Add(tick);
        }
        Assert.Equal([1, 4, 16, 96, 192], told);
        Assert.Empty(failing.Tick(report => report with { Books = null }));
        var again = Assert.Single(failing.Tick());
        Assert.Equal("QRLUSDT: ticks work again", again.Title);
        Assert.Contains("200 in a row had failed since 2026-01-01 12:00 UTC", again.Text, StringComparison.Ordinal);
        Assert.Empty(failing.Tick());
    }

    [Fact]
    public void The_first_failure_is_a_warning_with_its_reasons_and_the_fourth_an_alarm()
    {
        var first = Assert.Single(telling.Tick(Fails));
        Assert.Equal((Severity.Warning, "QRLUSDT: a tick failed", "No plan: the exchange is down\nNo books: the exchange is down"), (first.Severity, first.Title, first.Text));
        telling.Tick(Fails);
        telling.Tick(Fails);
        var fourth = Assert.Single(telling.Tick(Fails));
        Assert.Equal((Severity.Alarm, "QRLUSDT: 4 ticks in a row failed"), (fourth.Severity, fourth.Title));
    }

    [Fact]
    public void What_is_switched_off_is_not_told_and_counts_as_told()
    {
        var quiet = new Telling(("Ballast:Notify:Events:Orders", "false"), ("Ballast:Notify:Events:Failures", "false"));
        Assert.Empty(quiet.Tick(report => report with { Order = Telling.Order(OrderOutcome.Filled) }));
        Assert.Empty(quiet.Tick(Fails));
        Assert.Single(quiet.Tick(report => report with { Order = Telling.Order(OrderOutcome.Unknown) }));
    }

    [Fact]
    public void What_was_on_record_before_the_order_left_is_not_told_again_with_its_outcome()
    {
        var news = new TickNews(Ballast.Tests.Core.QrlUsdt.Symbol, Telling.Settings());
        var report = telling.Report(tick => tick with { Settled = Telling.Order(OrderOutcome.Filled), Order = Telling.Order(OrderOutcome.Unknown) });
        Assert.Equal(["QRLUSDT: an earlier order is settled: SELL 20 QRL: filled"], news.BeforeOrder(report).Notices.Select(notice => notice.Title));
        var after = news.AfterOrder(report with { Order = Telling.Order(OrderOutcome.Filled) });
        Assert.Equal(["QRLUSDT: SELL 20 QRL: filled"], after.Notices.Select(notice => notice.Title));
    }

    internal static TickReport Unproven(TickReport report)
    {
        var books = Sample.Books();
        return report with { Books = books with { Ledger = books.Ledger with { Standing = new Standing(new Quantity(5), Amount.Zero, Quantity.Zero, null, Sample.Noon) } } };
    }

    private static TickReport Fails(TickReport report) =>
        report with { Plan = Failure.Unavailable("the exchange is down"), Books = Failure.Unavailable("the exchange is down") };
}

using Ballast.Core;
using Ballast.Core.Books;
using Ballast.Core.Ticks;
using Ballast.Core.Trading;
using Ballast.Server.Configuration;
using Ballast.Server.Diagnosis;
using Ballast.Tests.Core;

namespace Ballast.Tests.Server.Diagnosis;

/// <summary>What the store remembers, and what that means.</summary>
public class TickChecksTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly ScheduleSettings Outside = new(Enabled: false, EveryMinutes: 15);

    [Theory]
    [InlineData(0, "pass", "less than 1 min ago")]
    [InlineData(30, "pass", "30 min ago")]
    [InlineData(31, "warn", "31 min ago")]
    [InlineData(60, "warn", "60 min ago")]
    [InlineData(61, "fail", "61 min ago")]
    [InlineData(600, "fail", "10 h ago")]
    [InlineData(6000, "fail", "4.2 days ago")]
    public void A_ticks_age(int minutes, string status, string says)
    {
        var finding = TickChecks.LastTick(Outside, [At(minutes)], Now);
        Assert.Equal(status, finding.Status);
        Assert.Contains(says, finding.Says, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_ticks_come_once_an_hour_two_hours_are_no_alarm()
    {
        HistoryLine[] hourly = [At(110), At(170), At(230), At(290), At(350)];
        Assert.Equal("pass", TickChecks.LastTick(Outside, hourly, Now).Status);
        Assert.Equal("fail", TickChecks.LastTick(Outside with { Enabled = true }, hourly, Now).Status);
    }

    [Fact]
    public void Many_by_hand_in_a_row_do_not_make_the_next_one_late() =>
        Assert.Equal("pass", TickChecks.LastTick(Outside, [At(20), At(21), At(22), At(23), At(24)], Now).Status);

    [Fact]
    public void What_ballast_did_not_write_is_no_tick()
    {
        Assert.Null(HistoryLine.Read("[]"));
        Assert.Null(HistoryLine.Read("no json"));
        Assert.Null(HistoryLine.Read("""{"tick":"a"}"""));
        Assert.Equal(new HistoryLine("a", Now, "no bid"), HistoryLine.Read("""{"tick":"a","task":"15-min-job","mode":"observe","timestamp":"2026-01-01T12:00:00Z","error":"no bid"}"""));
    }

    [Theory]
    [InlineData(5, "warn")]
    [InlineData(45, "fail")]
    public void An_order_whose_outcome_is_not_known(int minutes, string status)
    {
        var trading = StoredTrading.None with
        {
            Open = new OrderIntent
            {
                ClientOrderId = "ballast-1",
                Tick = "t",
                Side = Side.Sell,
                Type = OrderType.ImmediateOrCancel,
                Quantity = new Quantity(20),
                Limit = null,
                Price = new Price(2.5m),
                At = Now.AddMinutes(-minutes),
            },
        };
        var finding = TickChecks.UnsettledOrder(trading, TimeSpan.FromMinutes(15), Now);
        Assert.Equal(status, finding.Status);
        Assert.Contains("SELL 20 (ballast-1)", finding.Says, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(30, null, "warn")]
    [InlineData(30, "API", "pass")]
    [InlineData(-1, null, "pass")]
    public void A_proposal_waits_until_it_expires(int expiresInMinutes, string? approvedBy, string status) => Assert.Equal(status, TickChecks.Proposal(
        StoredTrading.None with { Proposal = new Proposal("t", Side.Buy, new Quantity(20), new Price(2.5m), Now, Now.AddMinutes(expiresInMinutes), approvedBy) },
        Now).Status);

    [Fact]
    public void A_halt_names_who_since_when_and_why()
    {
        var finding = TickChecks.Halt(StoredTrading.None with { Halt = new Halt(Now, "API", "on holiday") });
        Assert.Equal(("fail", "trading is halted by API since 2026-01-01T12:00:00Z: on holiday"), (finding.Status, finding.Says));
        Assert.Contains("ballast resume", finding.Fix, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Mode.Auto, Mode.Observe, "warn")]
    [InlineData(Mode.Approve, Mode.Auto, "pass")]
    [InlineData(Mode.Observe, Mode.Observe, "pass")]
    public void A_lower_mode_is_told(Mode configured, Mode set, string status) =>
        Assert.Equal(status, TickChecks.Mode(configured, StoredTrading.None with { Mode = new ModeChange(set, Now, "API", "watching") }).Status);

    [Fact]
    public void Lines_for_eyes_are_coloured_and_say_the_same_without()
    {
        var answer = new DoctorAnswer(Now.UtcDateTime, [new("last_tick", "warn", "40 min ago", "ballast tick", 3)], new DoctorSummary(0, 1, 0));
        Assert.Equal(
            ["! warn    last tick            40 min ago (3 ms)", "                               → ballast tick", "1 lines: 0 pass, 1 warn, 0 fail, 0 skipped"],
            DoctorText.Lines(answer, colours: false));
        Assert.StartsWith("\e[33m! warn   \e[0m last tick", DoctorText.Lines(answer, colours: true).First(), StringComparison.Ordinal);
    }

    private static HistoryLine At(int minutesAgo) => new("t", Now.AddMinutes(-minutesAgo), null);
}

using Ballast.Core;
using Ballast.Core.Ticks;

namespace Ballast.Tests.Core.Ticks;

public class TickIdTests
{
    [Theory]
    [InlineData("2026-01-01T12:00:00Z", "15-min-job/2026-01-01T12:00:00Z")]             // now
    [InlineData("2026-01-01T11:45:00Z", "15-min-job/2026-01-01T11:45:00Z")]             // a retry of the run before
    [InlineData("2025-12-25T12:00:00Z", "15-min-job/2025-12-25T12:00:00Z")]             // a week late is late, and still that run
    [InlineData("2026-01-01T12:00:30Z", "15-min-job/2026-01-01T12:00:30Z")]             // the scheduler's clock is a little ahead
    [InlineData("2026-01-01T12:00:30.0000001Z", "15-min-job/manual/7c2f")]
    [InlineData("2026-01-01T12:00:31Z", "15-min-job/manual/7c2f")]
    [InlineData("2026-01-01T12:15:00Z", "15-min-job/manual/7c2f")]                      // forced by hand: the next run's time
    [InlineData(null, "15-min-job/manual/7c2f")]
    [InlineData("2026-01-01T13:00:00+01:00", "15-min-job/2026-01-01T12:00:00Z")]        // the same instant elsewhere
    [InlineData("2026-01-01T06:30:00-05:30", "15-min-job/2026-01-01T12:00:00Z")]
    [InlineData("2026-01-01T13:15:00+01:00", "15-min-job/manual/7c2f")]                 // an offset does not hide that it is ahead
    [InlineData("2026-01-01T12:00:00.123456Z", "15-min-job/2026-01-01T12:00:00.123456Z")]
    [InlineData("2026-01-01T12:00:00.500Z", "15-min-job/2026-01-01T12:00:00.5Z")]
    [InlineData("2026-01-01T12:00:00.000Z", "15-min-job/2026-01-01T12:00:00Z")]         // the same run, written longer
    public void A_regular_delivery_is_named_by_its_run_and_any_other_by_itself(string? scheduled, string id) =>
        Assert.Equal(id, TickId.For("15-min-job", Time(scheduled), QrlUsdt.Noon, () => "7c2f").ToString());

    [Fact]
    public void A_forced_run_does_not_make_the_coming_regular_one_a_repeat()
    {
        var next = QrlUsdt.After(15);
        var forced = TickId.For("15-min-job", next, QrlUsdt.Noon, () => "7c2f");
        Assert.NotEqual(TickId.For("15-min-job", next, next, () => "7c30"), forced);
    }

    [Fact]
    public void Two_runs_by_hand_are_two_runs()
    {
        var made = 0;
        Assert.NotEqual(ByHand(), ByHand());

        TickId ByHand() => TickId.For("15-min-job", null, QrlUsdt.Noon, () => $"{++made}");
    }

    [Fact]
    public void Two_tasks_at_one_time_are_two_ticks() => Assert.NotEqual(
        TickId.For("15-min-job", QrlUsdt.Noon, QrlUsdt.Noon, () => ""), TickId.For("rebalance-symmetric", QrlUsdt.Noon, QrlUsdt.Noon, () => ""));

    private static DateTimeOffset? Time(string? text)
    {
        if (text is null)
            return null;
        Assert.True(UtcText.TryRead(text, out var time), $"{text} is not read");
        return time;
    }
}

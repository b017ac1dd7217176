using Ballast.Server.Overview;
using Ballast.Server.Store;

namespace Ballast.Tests.Server.Overview;

/// <summary>What a glance is made of, on curves written by hand.</summary>
public class GlanceTests
{
    private static readonly DateTime Noon = new(2026, 1, 10, 12, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void The_day_begins_at_the_last_point_that_is_a_day_old()
    {
        // 26, 25, 24 and 1 hours ago, and now
        StoredPoint[] curve = [At(-26, 90), At(-25, 95), At(-24, 100), At(-1, 130), At(0, 110)];
        var day = Glance.DayOf(curve, balanced: true)!;
        Assert.Equal((Noon.AddHours(-24), 100m, 110m, 10m, 0.1m, true), (day.From, day.ValueFrom, day.Value, day.Change, day.ChangeRatio, day.Proven));
        Assert.False(Glance.DayOf(curve, balanced: false)!.Proven);
    }

    [Fact]
    public void A_younger_curve_begins_the_day_at_its_oldest_point_and_one_point_makes_no_day()
    {
        Assert.Equal(100m, Glance.DayOf([At(-2, 100), At(0, 110)], true)!.ValueFrom);
        Assert.Null(Glance.DayOf([At(0, 110)], true));
        Assert.Null(Glance.DayOf([], true));
    }

    [Fact]
    public void The_sparkline_is_the_last_day_or_the_newest_points_when_that_has_few()
    {
        var quarters = Enumerable.Range(0, 100).Select(place => At((place - 99) / 4.0, place)).ToArray();
        Assert.Equal(96, Glance.SparklineOf(quarters).Count);
        var daily = Enumerable.Range(0, 20).Select(place => At((place - 19) * 24, place)).ToArray();
        Assert.Equal(20, Glance.SparklineOf(daily).Count);
        Assert.Empty(Glance.SparklineOf([]));
    }

    [Fact]
    public void The_usual_distance_does_not_change_with_one_run_by_hand()
    {
        Assert.Equal(TimeSpan.FromHours(1), Glance.UsualDistance([At(-3, 1), At(-2, 1), At(-1, 1), At(-0.9, 1), At(0, 1)]));
        Assert.Null(Glance.UsualDistance([At(-1, 1), At(0, 1)]));
        Assert.Null(Glance.UsualDistance([.. Enumerable.Range(0, 9).Select(tick => At(tick * 0.001, 1))]));
    }

    /// <summary>One coin, so that the price is the value.</summary>
    private static StoredPoint At(double hours, decimal value) => new(Noon.AddHours(hours), value, 1, 0, value, []);
}

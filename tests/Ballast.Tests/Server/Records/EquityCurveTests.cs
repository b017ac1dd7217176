using Ballast.Core;
using Ballast.Core.Planning;
using Ballast.Server.Records;
using Ballast.Server.Store;
using Ballast.Tests.Server.Overview;

namespace Ballast.Tests.Server.Records;

public class EquityCurveTests
{
    private static readonly DateTime Noon = new(2026, 1, 10, 12, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void A_point_stands_beside_what_holding_and_all_in_quote_would_be_worth()
    {
        // 100 coins at 2.5 and 150; then 20 sold at 3, which makes 60; then the price falls to 2.
        StoredPoint[] curve =
        [
            new(Noon, 2.5m, 100, 150, 400, []),
            new(Noon.AddMinutes(15), 3, 80, 210, 450, [-20, -60], 2.5m),
            new(Noon.AddMinutes(30), 2, 80, 210, 370, [-20, -60], 2.5m),
        ];
        var answer = EquityCurve.Of(curve, curve[0].ToPoint(), null, null, 600, Policy.Default);

        Assert.Equal(("tick", 0.5m, 0.01m, 3), (answer.Step, answer.TargetRatio, answer.Threshold, answer.Points.Count));
        Assert.Equal([400m, 450m, 370m], answer.Points.Select(point => point.Value));
        // 100 × price + 150
        Assert.Equal([400m, 450m, 350m], answer.Points.Select(point => point.Hold));
        Assert.Equal([400m, 400m, 400m], answer.Points.Select(point => point.Cash));
        // 250 / 400 − 0.5, 240 / 450 − 0.5, 160 / 370 − 0.5
        Assert.Equal([0.125m, 0.0333333333m, -0.0675675676m], answer.Points.Select(point => point.Deviation));
        // 370 / 450 − 1
        Assert.Equal([0m, 0m, -0.1777777778m], answer.Points.Select(point => point.Drawdown));
        Assert.Equal([null, 2.5m, 2.5m], answer.Points.Select(point => point.AvgCost));
    }

    [Fact]
    public void Money_moved_in_is_no_rise_and_money_moved_out_is_no_fall()
    {
        // All quote: 100, then 900 moved in, then 500 moved out, then 50 lost.
        StoredPoint[] curve =
        [
            new(Noon, 2, 0, 100, 100, []),
            new(Noon.AddMinutes(15), 2, 0, 1000, 1000, [0, 0, 0, 0, 0, 0, 0, 0, 900]),
            new(Noon.AddMinutes(30), 2, 0, 500, 500, [0, 0, 0, 0, 0, 0, 0, 0, 400]),
            new(Noon.AddMinutes(45), 2, 0, 450, 450, [0, 0, 0, 0, 0, 0, 0, 0, 400]),
        ];
        var points = EquityCurve.Of(curve, curve[0].ToPoint(), null, null, 600, Policy.Default).Points;
        Assert.Equal([0m, 0m, 0m, -0.1m], points.Select(point => point.Drawdown));
        Assert.Equal([100m, 1000m, 500m, 500m], points.Select(point => point.Cash));
    }

    [Fact]
    public void A_fall_is_from_the_highest_value_before_what_was_asked_for()
    {
        StoredPoint[] curve = [new(Noon, 2, 0, 200, 200, []), new(Noon.AddHours(2), 2, 0, 100, 100, []), new(Noon.AddHours(4), 2, 0, 150, 150, [])];
        var answer = EquityCurve.Of(curve, null, Noon.AddHours(1), Noon.AddHours(3), 600, Policy.Default);
        Assert.Equal((Noon.AddHours(2), -0.5m), (answer.Points.Single().T, answer.Points.Single().Drawdown));
        Assert.Empty(EquityCurve.Of(curve, null, Noon.AddHours(5), null, 600, Policy.Default).Points);
        Assert.Null(EquityCurve.Of([], null, null, null, 600, Policy.Default).From);
    }

    [Fact]
    public void Fewer_points_keep_the_ends_and_the_extremes()
    {
        var values = Enumerable.Range(0, 5000).Select(place => (decimal)(1000 + place % 37)).ToArray();
        (values[1234], values[4321]) = (5000, 1);
        StoredPoint[] curve = [.. values.Select((value, place) => new StoredPoint(Noon.AddMinutes(place), 2, place == 3333 ? value / 2 : value / 4, value / 2, value, []))];
        var points = EquityCurve.Of(curve, null, null, null, 120, Policy.Default).Points;

        Assert.InRange(points.Count, 60, 120);
        Assert.Equal((curve[0].T, curve[^1].T), (points[0].T, points[^1].T));
        Assert.Equal((5000m, 1m), (points.Max(point => point.Value), points.Min(point => point.Value)));
        Assert.Contains(points, point => point.T == curve[3333].T);
        Assert.Equal(points.Select(point => point.T).Order(), points.Select(point => point.T));
        Assert.Equal(points.Count, points.Select(point => point.T).Distinct().Count());
    }

    [Theory]
    [InlineData(60, "hour")]
    [InlineData(15, "tick")]
    public void The_step_is_what_the_curve_begins_with(int minutes, string step)
    {
        StoredPoint[] curve = [.. Enumerable.Range(0, 10).Select(place => new StoredPoint(Noon.AddMinutes(place * minutes), 2, 0, 100, 100, []))];
        Assert.Equal(step, EquityCurve.Of(curve, null, null, null, 600, Policy.Default).Step);
    }

    [Fact]
    public async Task A_tick_adds_a_point_with_the_average_cost_of_its_time()
    {
        await using var server = await LookedAt.StartAsync(("Ballast:Books:OpeningCost", "2"));
        await server.AnswerAsync("/tasks/runtime");
        await server.AnswerAsync("/tasks/runtime");
        var equity = await server.LookAsync("equity");
        Assert.Equal([(400m, 2m), (400m, 2m)], equity["points"]!.AsArray().Select(point => ((decimal)point!["value"]!, (decimal)point["avg_cost"]!)));
        Assert.Empty((await server.LookAsync("equity?to=2020-01-01T00:00:00Z"))["points"]!.AsArray());
        await server.CallAsync("PUT", "settings", """{"target_ratio":"0.6"}""");
        // 250 / 400 − 0.6
        Assert.Equal((0.6m, 0.025m), ((decimal)(await server.LookAsync("equity"))["target_ratio"]!, (decimal)(await server.LookAsync("equity"))["points"]![0]!["deviation"]!));
    }

    [Fact]
    public void Deviation_is_from_the_present_target()
    {
        Assert.True(Policy.Default.With(new Dictionary<string, string> { ["target_ratio"] = "25%" }).TryGet(out var policy, out _));
        StoredPoint[] curve = [new(Noon, 2, 50, 100, 200, [])];
        Assert.Equal((0.25m, 0.25m), (EquityCurve.Of(curve, null, null, null, 600, policy).TargetRatio, EquityCurve.Of(curve, null, null, null, 600, policy).Points[0].Deviation));
        Assert.Equal(new Ratio(0.25m), policy.TargetRatio);
    }
}

using Ballast.Core;
using Ballast.Core.Books;
using Ballast.Core.Planning;
using Ballast.Server.Store;

namespace Ballast.Server.Records;

/// <summary>The curve as a chart wants it, pure.</summary>
public static class EquityCurve
{
    /// <param name="curve">All of it, oldest first: the highest value so far may stand before what is asked for.</param>
    /// <param name="start">The point that profit is counted from; null takes the oldest there is.</param>
    public static EquityAnswer Of(IReadOnlyList<StoredPoint> curve, EquityPoint? start, DateTimeOffset? from, DateTimeOffset? to, int most, Policy policy)
    {
        var rows = Within(curve, start, from, to, policy.TargetRatio);
        var origin = start ?? (curve.Count > 0 ? curve[0].ToPoint() : null);
        var thinned = CurveThinning.Thin(rows, most, row => row.Point.T, row => row.Point.V, row => row.Deviation);
        return new EquityAnswer(
            rows.Count > 0 ? rows[0].Point.T : null,
            rows.Count > 0 ? rows[^1].Point.T : null,
            StepOf(rows),
            [.. thinned.Select(row => Row(row, origin!))],
            Decimals.Trim(policy.TargetRatio.Value),
            Decimals.Trim(policy.Threshold.Value));
    }

    private static List<Falling> Within(IReadOnlyList<StoredPoint> curve, EquityPoint? start, DateTimeOffset? from, DateTimeOffset? to, Ratio target)
    {
        var (first, last) = (from?.UtcDateTime ?? DateTime.MinValue, to?.UtcDateTime ?? DateTime.MaxValue);
        var rows = new List<Falling>(curve.Count);
        var peak = start is null ? decimal.MinValue : start.Value.Value - StoredFlows.Moved([.. StoredFlows.Write(start.Flows)]);
        foreach (var point in curve)
        {
            // What was moved in must not look like a rise, nor what was moved out like a fall: as the guard against falls counts it.
            var moved = StoredFlows.Moved(point.F);
            peak = Math.Max(peak, point.V - moved);
            if (point.T < first || point.T > last)
                continue;
            var highest = peak + moved;
            rows.Add(new Falling(
                point, point.V > 0 ? point.B * point.P / point.V - target.Value : 0, highest > 0 && point.V < highest ? point.V / highest - 1 : 0));
        }
        return rows;
    }

    private static EquityRow Row(Falling row, EquityPoint origin)
    {
        var (point, causes) = (row.Point, ProfitByCause.Between(origin, row.Point.ToPoint()));
        return new EquityRow(
            point.T, point.P, point.B, point.Q, point.V, Decimals.Trim(causes.BuyAndHold.Value), Decimals.Trim(causes.AllQuote.Value),
            Decimals.Trim(Math.Round(row.Deviation, 10)), Decimals.Trim(Math.Round(row.Drawdown, 10)), point.A);
    }

    /// <summary>The oldest part has one point an hour, each of an hour of its own.</summary>
    private static string StepOf(List<Falling> rows)
    {
        for (var place = 1; place < Math.Min(rows.Count, 4); place++)
        {
            if (rows[place].Point.T.Ticks / TimeSpan.TicksPerHour == rows[place - 1].Point.T.Ticks / TimeSpan.TicksPerHour)
                return "tick";
        }
        return rows.Count > 3 ? "hour" : "tick";
    }

    private readonly record struct Falling(StoredPoint Point, decimal Deviation, decimal Drawdown);
}

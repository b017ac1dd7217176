using Ballast.Core;
using Ballast.Core.Books;
using Ballast.Server.Records;
using Ballast.Server.Store;

namespace Ballast.Server.Overview;

/// <summary>What the newest points of the curve say at a glance, pure. They are oldest first.</summary>
public static class Glance
{
    private const int MostSparks = 96;
    private const int FewSparks = 8;

    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    /// <summary>The middle one of the newest distances: one run by hand does not change it.</summary>
    public static TimeSpan? UsualDistance(IReadOnlyList<StoredPoint> curve)
    {
        var distances = new List<TimeSpan>(FewSparks);
        for (var point = curve.Count - 1; point > 0 && distances.Count < FewSparks; point--)
        {
            // No scheduler calls more often than once a minute: what comes sooner was run by hand.
            if (curve[point].T - curve[point - 1].T is var distance && distance >= TimeSpan.FromMinutes(1))
                distances.Add(distance);
        }
        distances.Sort();
        return distances.Count < 2 ? null : distances[distances.Count / 2];
    }

    /// <summary>Null for fewer than two points.</summary>
    /// <param name="balanced">Whether the books explain what is held.</param>
    public static DayAnswer? DayOf(IReadOnlyList<StoredPoint> curve, bool balanced)
    {
        if (curve.Count < 2)
            return null;
        var since = curve[^1].T - Day;
        var place = curve.Count - 1;
        while (place > 0 && curve[place].T > since)
            place--;
        var causes = ProfitByCause.Between(curve[place].ToPoint(), curve[^1].ToPoint());
        var moved = causes.Transfers + causes.Corrections;
        var (change, from) = (causes.Total - moved, causes.Start.Value + moved);
        return new DayAnswer(
            curve[place].T, Decimals.Trim(causes.Start.Value.Value), Decimals.Trim(causes.End.Value.Value),
            Decimals.Trim(moved.Value), Decimals.Trim(change.Value),
            from > Amount.Zero ? Decimals.Trim(change.ShareOf(from).Value) : null, balanced && causes.Unproven == Amount.Zero);
    }

    /// <summary>The last day; the newest points when that has only a few.</summary>
    public static IReadOnlyList<SparkPoint> SparklineOf(IReadOnlyList<StoredPoint> curve)
    {
        if (curve.Count == 0)
            return [];
        var since = curve[^1].T - Day;
        var first = 0;
        while (curve[first].T <= since)
            first++;
        if (curve.Count - first < FewSparks)
            first = Math.Max(0, curve.Count - MostSparks);
        return
        [
            .. CurveThinning.Thin([.. curve.Skip(first)], MostSparks, point => point.T, point => point.V, point => point.P)
                .Select(point => new SparkPoint(point.T, point.V)),
        ];
    }
}

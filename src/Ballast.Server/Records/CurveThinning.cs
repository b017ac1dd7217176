namespace Ballast.Server.Records;

/// <summary>Fewer points of a curve that show the same picture: of each stretch of time the first, the last, and the extremes stay.</summary>
public static class CurveThinning
{
    /// <summary>Of a stretch: first, last, and lowest and highest of two numbers.</summary>
    private const int KeptOfEach = 6;

    /// <param name="points">In the order of time.</param>
    /// <param name="most">At least <c>6</c>; fewer points than that are all kept.</param>
    public static IReadOnlyList<T> Thin<T>(IReadOnlyList<T> points, int most, Func<T, DateTime> time, Func<T, decimal> one, Func<T, decimal> other)
    {
        if (points.Count <= most)
            return points;
        var stretches = Math.Max(1, most / KeptOfEach);
        var (begin, whole) = (time(points[0]).Ticks, time(points[^1]).Ticks - time(points[0]).Ticks + 1);
        var kept = new List<T>(most);
        for (var from = 0; from < points.Count;)
        {
            var stretch = StretchOf(points[from]);
            var to = from + 1;
            while (to < points.Count && StretchOf(points[to]) == stretch)
                to++;
            Keep(points, from, to, one, other, kept);
            from = to;
        }
        return kept;

        // Times that run backwards, as clocks of two servers may, must not make more stretches than there are.
        long StretchOf(T point) => Math.Clamp((long)((Int128)(time(point).Ticks - begin) * stretches / whole), 0, stretches - 1);
    }

    private static void Keep<T>(IReadOnlyList<T> points, int from, int to, Func<T, decimal> one, Func<T, decimal> other, List<T> kept)
    {
        Span<int> places = [from, to - 1, from, from, from, from];
        for (var place = from; place < to; place++)
        {
            if (one(points[place]) < one(points[places[2]]))
                places[2] = place;
            if (one(points[place]) > one(points[places[3]]))
                places[3] = place;
            if (other(points[place]) < other(points[places[4]]))
                places[4] = place;
            if (other(points[place]) > other(points[places[5]]))
                places[5] = place;
        }
        places.Sort();
        for (var place = 0; place < places.Length; place++)
        {
            if (place == 0 || places[place] != places[place - 1])
                kept.Add(points[places[place]]);
        }
    }
}

namespace Ballast.Benchmarks.ColdStart;

/// <summary>The middle of a series, and between what its inner half lies.</summary>
internal readonly record struct Quartiles(decimal Lower, decimal Median, decimal Upper)
{
    /// <param name="values">At least one.</param>
    public static Quartiles Of(IEnumerable<decimal> values)
    {
        decimal[] ordered = [.. values.Order()];
        return new Quartiles(At(0.25m), At(0.5m), At(0.75m));

        // Between two values in proportion.
        decimal At(decimal share)
        {
            var place = share * (ordered.Length - 1);
            var below = (int)place;
            var above = Math.Min(below + 1, ordered.Length - 1);
            return ordered[below] + (place - below) * (ordered[above] - ordered[below]);
        }
    }

    public static Quartiles Milliseconds(IEnumerable<TimeSpan> times) => Of(times.Select(time => (decimal)time.Ticks / TimeSpan.TicksPerMillisecond));
}

namespace Ballast.Benchmarks;

/// <param name="Time">The median tick.</param>
/// <param name="Received">Bytes that the store received, the mean tick.</param>
/// <param name="Sent">The same of what it sent.</param>
internal sealed record Measured(TimeSpan Time, decimal Received, decimal Sent)
{
    public static Measured Of(IReadOnlyCollection<TimeSpan> times, Traffic traffic) =>
        new(Median(times), (decimal)traffic.Received / times.Count, (decimal)traffic.Sent / times.Count);

    /// <summary>The middle one, which a pause of the machine in a few of them does not move.</summary>
    public static TimeSpan Median(IEnumerable<TimeSpan> times)
    {
        TimeSpan[] ordered = [.. times.Order()];
        return (ordered[(ordered.Length - 1) / 2] + ordered[ordered.Length / 2]) / 2;
    }
}

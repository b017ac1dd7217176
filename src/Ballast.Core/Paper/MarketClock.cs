namespace Ballast.Core.Paper;

/// <summary>
/// A market's time beside the exchange's: from <paramref name="start"/> on it runs from <paramref name="marketStart"/> at another speed. A
/// pure function in both directions of time.
/// </summary>
/// <param name="speed">Seconds of the market in one of the exchange. Above 0, at most <see cref="Fastest"/>.</param>
public sealed class MarketClock(DateTimeOffset start, DateTimeOffset marketStart, decimal speed)
{
    public const int Fastest = 100_000;

    // However fast a market is, it shows a new version once a second and not more often: a resting order meets every one of them.
    private const long ShortestVersionMs = 1_000;
    private const long LongestVersionMs = 3_600_000;

    // Beyond these a market stands still, so that no speed leads out of the calendar.
    private static readonly DateTimeOffset Earliest = new(1900, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Latest = new(2300, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly long versionMs = (long)Math.Clamp(SyntheticMarket.VersionMs / speed, ShortestVersionMs, LongestVersionMs);

    /// <summary>What time it is in the market.</summary>
    public DateTimeOffset MarketTime(DateTimeOffset instant) => Bounded(marketStart.UtcTicks + (instant - start).Ticks * speed);

    /// <summary>When the market will reach a time of its own, rounded up to a millisecond.</summary>
    public DateTimeOffset Reaches(DateTimeOffset marketTime)
    {
        var ticks = Bounded(start.UtcTicks + (marketTime - marketStart).Ticks / speed).UtcTicks;
        return new DateTimeOffset(ticks + (TimeSpan.TicksPerMillisecond - ticks % TimeSpan.TicksPerMillisecond) % TimeSpan.TicksPerMillisecond, TimeSpan.Zero);
    }

    /// <summary>A market function of the exchange's time from one of the market's time.</summary>
    /// <param name="market">Asked at the beginning of each version.</param>
    /// <param name="end">In market time: from then on the book stands as it is for ever, and nobody else trades.</param>
    public Func<DateTimeOffset, MarketBook> Show(Func<DateTimeOffset, MarketBook> market, DateTimeOffset? end = null)
    {
        DateTimeOffset? closing = end is { } known ? Reaches(known) : null;
        return instant => closing <= instant ? Standing(market, closing.Value, end!.Value) : Running(market, instant, closing);
    }

    private MarketBook Running(Func<DateTimeOffset, MarketBook> market, DateTimeOffset instant, DateTimeOffset? closing)
    {
        var version = VersionAt(instant);
        var from = DateTimeOffset.FromUnixTimeMilliseconds(version * versionMs);
        var until = from.AddMilliseconds(versionMs);
        return market(MarketTime(from)) with { Version = version, From = from, Until = closing < until ? closing.Value : until };
    }

    private MarketBook Standing(Func<DateTimeOffset, MarketBook> market, DateTimeOffset closing, DateTimeOffset end) => market(end) with
    {
        Version = VersionAt(closing) + 1,
        From = closing,
        Until = DateTimeOffset.MaxValue,
        LastQuantity = Quantity.Zero,
    };

    private long VersionAt(DateTimeOffset instant) => Noise.FloorDivide(instant.ToUnixTimeMilliseconds(), versionMs);

    private static DateTimeOffset Bounded(decimal ticks) => new((long)Math.Clamp(ticks, Earliest.Ticks, Latest.Ticks), TimeSpan.Zero);
}

using Ballast.Core;
using Ballast.Core.Paper;

namespace Ballast.PaperExchange;

/// <summary>
/// How time is cut into candles. Where the original begins its days, weeks and months was never recorded: here at midnight UTC, on Mondays
/// and on the first.
/// </summary>
internal sealed class CandleInterval
{
    private static readonly DateTimeOffset SomeMonday = new(1970, 1, 5, 0, 0, 0, TimeSpan.Zero);

    // Null for months, which are not all of one length.
    private readonly TimeSpan? length;

    private CandleInterval(TimeSpan? length) => this.length = length;

    /// <summary>An hour is written <c>60m</c> here; <c>1h</c> is refused.</summary>
    public static Result<CandleInterval> Read(string word) => word switch
    {
        "1m" => new CandleInterval(TimeSpan.FromMinutes(1)),
        "5m" => new CandleInterval(TimeSpan.FromMinutes(5)),
        "15m" => new CandleInterval(TimeSpan.FromMinutes(15)),
        "30m" => new CandleInterval(TimeSpan.FromMinutes(30)),
        "60m" => new CandleInterval(TimeSpan.FromMinutes(60)),
        "4h" => new CandleInterval(TimeSpan.FromHours(4)),
        "1d" => new CandleInterval(TimeSpan.FromDays(1)),
        "1W" => new CandleInterval(TimeSpan.FromDays(7)),
        "1M" => new CandleInterval(null),
        _ => Refusals.InvalidInterval,
    };

    /// <summary>When the candle opened that <paramref name="time"/> falls into.</summary>
    public DateTimeOffset OpeningAt(DateTimeOffset time) => length is { } span
        ? time.AddTicks(-Remainder((time - SomeMonday).Ticks, span.Ticks))
        : new DateTimeOffset(time.Year, time.Month, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The opening so many candles after another one; before it when <paramref name="count"/> is negative.</summary>
    public DateTimeOffset Step(DateTimeOffset opening, int count) => length is { } span ? opening + span * count : opening.AddMonths(count);

    // Never negative, as it would be in C# for a time before the Monday.
    private static long Remainder(long ticks, long span) => (ticks % span + span) % span;
}

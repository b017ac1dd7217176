using Ballast.Core;
using Ballast.Core.Paper;

namespace Ballast.PaperExchange;

/// <summary>Markets that are functions of time: synthetic, or replayed from a file.</summary>
/// <param name="replayed">The pair whose prices end; null when none does.</param>
/// <param name="endsAt">From then on it is paused, so that nobody trades on a price that no longer moves.</param>
public sealed class ComputedMarkets(PaperOpening opening, Symbol? replayed = null, DateTimeOffset? endsAt = null) : IPaperMarkets
{
    public const int AverageMinutes = 5;

    public PaperOpening Opening => opening;

    public DateTimeOffset? EndsAt => endsAt;

    public Task<Failure?> BringUpToDateAsync(PairBoard pairs, DateTimeOffset now, CancellationToken cancel)
    {
        if (now < endsAt || endsAt is null)
            return Task.FromResult<Failure?>(null);
        var running = pairs.Listings.FirstOrDefault(listing => listing.Symbol == replayed && listing.Status == PairStatus.Online);
        return Task.FromResult(running is null ? null : pairs.Relist(running with { Status = PairStatus.Paused }, now));
    }

    public Task<Result<IReadOnlyList<Candle>>> CandlesAsync(CandleQuery query, DateTimeOffset now, CancellationToken cancel)
    {
        if (!CandleInterval.Read(query.Interval).TryGet(out var interval, out var refusal))
            return Task.FromResult<Result<IReadOnlyList<Candle>>>(refusal);
        var history = new MarketHistory(query.Listing);
        return Task.FromResult(Result<IReadOnlyList<Candle>>.Of(
            [.. Openings(query, interval, now).Select(opening => history.Candle(opening, interval.Step(opening, 1), now))]));
    }

    public Task<Result<IReadOnlyList<Print>>> PrintsAsync(
        Listing listing, DateTimeOffset from, DateTimeOffset to, int most, CancellationToken cancel) =>
        Task.FromResult(Result<IReadOnlyList<Print>>.Of([.. new MarketHistory(listing).Prints(from, to, most)]));

    public Task<Result<Candle>> DayAsync(Listing listing, DateTimeOffset now, CancellationToken cancel) =>
        Task.FromResult<Result<Candle>>(new MarketHistory(listing).Day(now));

    public Task<Result<Price>> AverageAsync(Listing listing, DateTimeOffset now, CancellationToken cancel) =>
        Task.FromResult<Result<Price>>(new MarketHistory(listing).Average(now.AddMinutes(-AverageMinutes), now));

    /// <summary>
    /// Oldest first. Of a window, whose end is exclusive, the first so many that open in it; without one, or with half of one, the newest so
    /// many, the running candle included.
    /// </summary>
    private static IEnumerable<DateTimeOffset> Openings(CandleQuery query, CandleInterval interval, DateTimeOffset now)
    {
        var newest = interval.OpeningAt(now);
        if (query is not { From: { } from, To: { } to })
            return Enumerable.Range(1 - query.Rows, query.Rows).Select(count => interval.Step(newest, count));
        if (from > newest)
            return [];
        var before = interval.OpeningAt(from);
        var first = before < from ? interval.Step(before, 1) : before;
        return Enumerable.Range(0, query.Rows)
            .Select(count => interval.Step(first, count))
            .TakeWhile(opening => opening <= newest && opening < to);
    }
}

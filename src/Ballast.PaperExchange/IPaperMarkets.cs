using Ballast.Core;
using Ballast.Core.Paper;

namespace Ballast.PaperExchange;

/// <summary>Where a paper exchange has its prices from: computed here, or asked of another exchange.</summary>
public interface IPaperMarkets
{
    /// <summary>The pairs and the account on the first day.</summary>
    PaperOpening Opening { get; }

    /// <summary>When the prices end and trading pauses; null when they never do.</summary>
    DateTimeOffset? EndsAt { get; }

    /// <summary>Called before anything is answered that depends on the market.</summary>
    /// <returns>Why the market's present state is not known; then nothing is answered. Null when it is.</returns>
    Task<Failure?> BringUpToDateAsync(PairBoard pairs, DateTimeOffset now, CancellationToken cancel);

    /// <summary>Oldest first.</summary>
    Task<Result<IReadOnlyList<Candle>>> CandlesAsync(CandleQuery query, DateTimeOffset now, CancellationToken cancel);

    /// <summary>What others traded, from <paramref name="from"/> to <paramref name="to"/>, newest first.</summary>
    /// <param name="most">The newest so many.</param>
    Task<Result<IReadOnlyList<Print>>> PrintsAsync(Listing listing, DateTimeOffset from, DateTimeOffset to, int most, CancellationToken cancel);

    /// <summary>The 24 hours up to now.</summary>
    Task<Result<Candle>> DayAsync(Listing listing, DateTimeOffset now, CancellationToken cancel);

    /// <summary>Of five minutes.</summary>
    Task<Result<Price>> AverageAsync(Listing listing, DateTimeOffset now, CancellationToken cancel);
}

/// <summary>Which candles are wanted.</summary>
/// <param name="Interval">One that the exchange knows, such as <c>60m</c>.</param>
/// <param name="To">Exclusive. The two ends count together only; without both of them the newest candles are meant.</param>
/// <param name="Rows">At most.</param>
public sealed record CandleQuery(Listing Listing, string Interval, DateTimeOffset? From, DateTimeOffset? To, int Rows);

namespace Ballast.Core.Paper;

/// <summary>What was traded in a stretch of time.</summary>
/// <param name="Until">When the next one begins.</param>
/// <param name="QuoteVolume">Rounded to the pair's price decimals, ties to even.</param>
public sealed record Candle(
    DateTimeOffset From,
    DateTimeOffset Until,
    Price Open,
    Price High,
    Price Low,
    Price Close,
    Quantity Volume,
    Amount QuoteVolume);

/// <summary>A trade that others made.</summary>
/// <param name="IsBuyerMaker">Whether the seller came to a waiting buyer: it was made below the middle of the book.</param>
public sealed record Print(DateTimeOffset Time, Price Price, Quantity Quantity, bool IsBuyerMaker)
{
    public Amount Value => Price * Quantity;
}

/// <summary>
/// A pair's past: its market function, asked again. The account's own trades are not in it, because they do not move the market.
/// </summary>
public sealed class MarketHistory(Listing listing)
{
    /// <summary>Every version of a minute on a market that turns every five seconds.</summary>
    public const int UsualSamples = 12;

    /// <summary>One every five minutes of a day, whose versions are too many to look at.</summary>
    private const int SamplesOfADay = 288;

    /// <summary>The last trade's price that was on show at the end of the minute that <paramref name="time"/> falls into.</summary>
    /// <param name="now">The end of what has happened: a minute that is not over ends here.</param>
    public Price AtEndOfMinute(DateTimeOffset time, DateTimeOffset now)
    {
        var next = time.AddTicks(TimeSpan.TicksPerMinute - time.UtcTicks % TimeSpan.TicksPerMinute);
        return listing.Market(LastMomentOf(next, now)).Last;
    }

    /// <summary>
    /// Mean of the last prices of every version that was on show in between, each counted once; rounded to the pair's price decimals, ties
    /// to even.
    /// </summary>
    public Price Average(DateTimeOffset from, DateTimeOffset to)
    {
        var version = listing.Market(from);
        var (sum, count) = (version.Last.Value, 1);
        while (version.Until <= to)
        {
            version = listing.Market(version.Until);
            (sum, count) = (sum + version.Last.Value, count + 1);
        }
        return new Price(decimal.Round(sum / count, listing.PriceDecimals));
    }

    /// <summary>
    /// The candle from <paramref name="from"/>, which has begun, to <paramref name="until"/>, or to now if that is earlier. Made of evenly
    /// spaced samples and the very end, not of every version: a day has 17 280 of those. So the extremes of a long candle may lie inside
    /// those of its short ones, while its ends are exact; each sample's volume stands for the versions that it skips.
    /// </summary>
    public Candle Candle(DateTimeOffset from, DateTimeOffset until, DateTimeOffset now, int samples = UsualSamples)
    {
        var stepTicks = (until - from).Ticks / samples;
        var seen = Enumerable.Range(0, samples)
            .Select(sample => from.AddTicks(sample * stepTicks))
            .TakeWhile(instant => instant <= now)
            .Select(listing.Market)
            .ToArray();
        var close = listing.Market(LastMomentOf(until, now)).Last;
        var prices = seen.Select(version => version.Last).Append(close).ToArray();
        return new Candle(
            from, until, prices[0], prices.Max(), prices.Min(), close,
            new Quantity(decimal.Round(seen.Sum(version => Volume(version, stepTicks)), listing.QuantityDecimals)),
            new Amount(decimal.Round(
                seen.Sum(version => Volume(version, stepTicks) * version.Last.Value), listing.PriceDecimals)));
    }

    /// <summary>The 24 hours that end with <paramref name="now"/>, from a sample every five minutes and the very end.</summary>
    public Candle Day(DateTimeOffset now) => Candle(now.AddDays(-1), now.AddTicks(1), now, SamplesOfADay);

    /// <summary>
    /// The tape: one trade for each version that began from <paramref name="from"/> to <paramref name="to"/>, newest first. Looks at no
    /// more versions than the <paramref name="most"/> trades that are wanted.
    /// </summary>
    public IEnumerable<Print> Prints(DateTimeOffset from, DateTimeOffset to, int most)
    {
        var version = listing.Market(to);
        for (var seen = 0; seen < most && version.From >= from; seen++)
        {
            if (version.LastQuantity.Value > 0)
                yield return PrintOf(version);
            var earlier = version.From > DateTimeOffset.UnixEpoch ? listing.Market(version.From.AddTicks(-1)) : version;
            if (earlier.Version == version.Version)
                yield break;
            version = earlier;
        }
    }

    private static Print PrintOf(MarketBook version) => new(
        version.From,
        version.Last,
        version.LastQuantity,
        version is { Bids: [var bid, ..], Asks: [var ask, ..] } && version.Last.Value * 2 < bid.Price.Value + ask.Price.Value);

    private static decimal Volume(MarketBook version, long stepTicks) =>
        version.LastQuantity.Value * stepTicks / (version.Until - version.From).Ticks;

    private static DateTimeOffset LastMomentOf(DateTimeOffset end, DateTimeOffset now) => now < end ? now : end.AddTicks(-1);
}

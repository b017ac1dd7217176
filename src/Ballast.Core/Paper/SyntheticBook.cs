using Ballast.Core.Trading;

namespace Ballast.Core.Paper;

/// <summary>
/// A believable book around a price: thin, with gaps, thinner and wider in quiet hours, in wild spells and after a jump. A pure function of
/// the seed and what it is asked.
/// </summary>
internal sealed class SyntheticBook(long seed, MarketTemper temper, int priceDecimals, int quantityDecimals)
{
    public const int LevelsPerSide = 20;

    /// <summary>An hour: how long a jump frightens those who offer.</summary>
    private const long FrightVersions = 720;

    /// <summary>19 minutes.</summary>
    private const long SpreadPeriod = 228;

    /// <summary>Millionths: however wild it gets, the spread is at most so many times the usual one.</summary>
    private const long WidestMicro = 7_000_000;

    /// <summary>The gaps between a thin coin's levels are drawn for this spread.</summary>
    private const decimal ThinSpread = 0.0035m;

    // Streams of chance; either side takes a hundred.
    private const int SpreadStream = 100;
    private const int SideStream = 101;
    private const int VolumeStream = 102;
    private const int BidStream = 200;
    private const int AskStream = 400;

    private readonly long spreadNano = (long)(temper.Spread * Noise.Billion);
    private readonly long depthMicro = (long)(temper.Depth * 1_000_000);
    private readonly long gapMicro = Math.Max(1, (long)(temper.Spread / ThinSpread * 1_000_000));
    private readonly decimal ticksPerUnit = 1 / Decimals.Step(priceDecimals);
    private readonly decimal stepsPerUnit = 1 / Decimals.Step(quantityDecimals);

    /// <param name="version">Names the chance that the book is drawn by.</param>
    /// <param name="timeMs">Since 1970; for the time of day.</param>
    /// <param name="middle">Above 0.</param>
    /// <param name="last">The last trade when it is known; otherwise it stands on either side, as the version has it.</param>
    /// <returns>A book without its place in time: from, until and version are those of the five seconds around <paramref name="timeMs"/>.</returns>
    public MarketBook Around(long version, long timeMs, decimal middle, MarketMood mood, decimal? last = null)
    {
        var activity = MarketHours.ActivityMicro(timeMs);
        var half = SpreadAt(version, activity, mood) / 2;
        var middleTicks = middle * ticksPerUnit;
        var bid = Math.Max(1, (long)decimal.Floor(middleTicks * (Noise.Billion - half) / Noise.Billion));
        var ask = Math.Max(bid + 1, (long)decimal.Ceiling(middleTicks * (Noise.Billion + half) / Noise.Billion));
        var fright = FrightMicro(mood);

        // Thousandths of a step for a thousandth of the quote asset.
        var stepsPerQuote = (long)(stepsPerUnit / middle * 1000);
        var depth = depthMicro * activity / 1_000_000 * 1_000_000 / (1_000_000 + 2 * fright);
        var volume = Noise.Between(2_000, 40_000, seed, VolumeStream, version) * (depthMicro * activity / 1_000_000) / 1_000_000;
        return new MarketBook
        {
            Version = version,
            From = DateTimeOffset.FromUnixTimeMilliseconds(version * SyntheticMarket.VersionMs),
            Until = DateTimeOffset.FromUnixTimeMilliseconds((version + 1) * SyntheticMarket.VersionMs),
            Last = last is { } known ? Rounded(known, bid, ask) : PriceOf(Noise.Nano(seed, SideStream, version) < 0 ? bid : ask),
            LastQuantity = Worth(volume * Math.Min(4_000_000, mood.WildnessMicro) / 1_000_000, stepsPerQuote),
            Bids = new DrawnLevels(() => Side(version, bid, middleTicks, depth, stepsPerQuote, downwards: true)),
            Asks = new DrawnLevels(() => Side(version, ask, middleTicks, depth, stepsPerQuote, downwards: false)),
        };
    }

    // In nano, from bid to ask.
    private long SpreadAt(long version, long activity, MarketMood mood)
    {
        var slow = 1_050_000 + 350_000 * Noise.NanoBetween(seed, SpreadStream, version, SpreadPeriod) / Noise.Billion;
        var sleepy = 1_700_000 - 7 * activity / 10;
        var wild = 700_000 + 3 * mood.WildnessMicro / 10;
        var frightened = 1_000_000 + 2 * FrightMicro(mood);
        var factor = slow * sleepy / 1_000_000 * wild / 1_000_000 * frightened / 1_000_000;
        return spreadNano * Math.Min(WidestMicro, factor) / 1_000_000;
    }

    // 1 000 000 just after a jump, 0 an hour later.
    private static long FrightMicro(MarketMood mood) =>
        mood.VersionsSinceJump >= FrightVersions ? 0 : 1_000_000 * (FrightVersions - mood.VersionsSinceJump) / FrightVersions;

    /// <summary>
    /// From the best price outwards. Usually a level lies 0.03 to 0.15 % of the price (one tick at least) beyond the one before; one in ten
    /// stands behind a gap of up to 1.2 %. Worth 15 to 165 of the quote asset, more towards the far end, and one in thirty is a wall.
    /// </summary>
    private Level[] Side(long version, long best, decimal middleTicks, long depth, long stepsPerQuote, bool downwards)
    {
        var stream = downwards ? BidStream : AskStream;
        var middle = (long)middleTicks;
        var levels = new Level[LevelsPerSide];
        var ticks = best;
        for (var i = 0; i < levels.Length; i++)
        {
            var worth = Noise.Between(15_000, 165_000, seed, stream + i, version) * (10 + i) / 10;
            var chance = Noise.Between(0, 3_000, seed, stream + LevelsPerSide + i, version);
            if (chance < 100)
                worth *= 6;
            levels[i] = new Level(PriceOf(ticks), Worth(worth * depth / 1_000_000, stepsPerQuote));

            // The same draw gives the distance: 0.3 to 1.5 thousandths, or, from 2700 on, up to 12.
            var gap = chance < 2_700 ? 300_000 + chance * 445 : 2_000_000 + (chance - 2_700) * 33_000;
            ticks += (downwards ? -1 : 1) * Math.Max(1, (long)((Int128)middle * gap * gapMicro / (Noise.Billion * 1_000_000L)));
            if (ticks < 1)
                return levels[..(i + 1)];
        }
        return levels;
    }

    private Price PriceOf(long ticks) => new(OnGrid(ticks, priceDecimals));

    private Price Rounded(decimal price, long bid, long ask) =>
        PriceOf(Math.Clamp((long)decimal.Round(price * ticksPerUnit), bid, ask));

    // Of thousandths of the quote asset. One step at least: a level of nothing is no level.
    private Quantity Worth(long milli, long stepsPerQuote)
    {
        var steps = Math.Max(1, (long)((Int128)milli * stepsPerQuote / 1_000_000));
        return new Quantity(OnGrid(steps, quantityDecimals));
    }

    // The two words are unsigned in signed clothing.
    private static decimal OnGrid(long count, int decimals) =>
        unchecked(new decimal((int)count, (int)(count >> 32), 0, false, (byte)decimals));
}

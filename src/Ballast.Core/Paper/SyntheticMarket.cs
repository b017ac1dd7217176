using Ballast.Core.Trading;

namespace Ballast.Core.Paper;

/// <summary>
/// A thin coin's market as a pure function of a seed and an instant: a restart continues the same path without stored state, and any
/// instant, past or future, can be asked at the same cost. A new version every five seconds.
/// </summary>
/// <param name="around">The price that the path wanders about; it stays within about a fifth of it. Above 0.</param>
/// <param name="priceDecimals">The price grid is 10^-this.</param>
/// <param name="quantityDecimals">The quantity grid is 10^-this.</param>
public sealed class SyntheticMarket(long seed, Price around, int priceDecimals, int quantityDecimals)
{
    public const int VersionMs = 5_000;
    public const int LevelsPerSide = 20;

    // Waves of chance laid over each other. The periods share no common multiple, so that the path has no rhythm of its own. Together
    // they move the price by about 0.2 % in 15 minutes and by several per cent a day.
    private static readonly (long PeriodMs, decimal Amplitude)[] Waves =
    [
        (1_468_800_000, 0.08m),     // 17 days
        (371_500_000, 0.06m),       // 4.3 days
        (90_000_000, 0.035m),       // 25 hours
        (20_520_000, 0.018m),       // 5.7 hours
        (5_820_000, 0.006m),        // 97 minutes
        (1_380_000, 0.0025m),       // 23 minutes
        (330_000, 0.0012m),         // 5.5 minutes
        (70_000, 0.0005m),
    ];

    // Streams of chance; the waves take 0 and up.
    private const int SpreadStream = 100;
    private const int LastStream = 101;
    private const int LastQuantityStream = 102;
    private const int BidStream = 200;
    private const int AskStream = 400;

    private const long SpreadPeriodMs = 1_140_000;

    /// <summary>The version that is on show at <paramref name="instant"/>.</summary>
    public MarketBook At(DateTimeOffset instant)
    {
        var version = Noise.FloorDivide(instant.ToUnixTimeMilliseconds(), VersionMs);
        var timeMs = version * VersionMs;
        var middle = MiddleAt(timeMs);
        var halfSpread = 0.002m + 0.001m * Noise.Smooth(seed, SpreadStream, timeMs, SpreadPeriodMs);
        var last = middle * (1 + halfSpread * 0.6m * Noise.At(seed, LastStream, version));
        return new MarketBook
        {
            Version = version,
            From = DateTimeOffset.FromUnixTimeMilliseconds(timeMs),
            Until = DateTimeOffset.FromUnixTimeMilliseconds(timeMs + VersionMs),
            Last = new Price(decimal.Round(last, priceDecimals)),
            LastQuantity = QuantityWorth(Noise.Between(2, 40, seed, LastQuantityStream, version), middle),
            Bids = Levels(version, middle, middle * (1 - halfSpread), downwards: true),
            Asks = Levels(version, middle, middle * (1 + halfSpread), downwards: false),
        };
    }

    private decimal MiddleAt(long timeMs)
    {
        var move = 0m;
        for (var wave = 0; wave < Waves.Length; wave++)
            move += Waves[wave].Amplitude * Noise.Smooth(seed, wave, timeMs, Waves[wave].PeriodMs);
        return around.Value * (1 + move);
    }

    // From the best price outwards, each level 0.03 to 0.15 % of the price (one tick at least) beyond the one before, worth 15 to 165
    // of the quote asset at the best price and three times that at the far end.
    private Level[] Levels(long version, decimal middle, decimal best, bool downwards)
    {
        var stream = downwards ? BidStream : AskStream;
        var tick = Decimals.Step(priceDecimals);
        var outwards = downwards ? MidpointRounding.ToNegativeInfinity : MidpointRounding.ToPositiveInfinity;
        var price = decimal.Round(best, priceDecimals, outwards);
        var levels = new Level[LevelsPerSide];
        for (var i = 0; i < levels.Length; i++)
        {
            var worth = Noise.Between(15, 165, seed, stream + i, version) * (1 + 0.1m * i);
            levels[i] = new Level(new Price(price), QuantityWorth(worth, middle));
            var gap = decimal.Round(middle * Noise.Between(0.0003m, 0.0015m, seed, stream + LevelsPerSide + i, version), priceDecimals);
            price += (downwards ? -1 : 1) * Math.Max(tick, gap);
        }
        return levels;
    }

    // One step at least: a level of nothing is no level.
    private Quantity QuantityWorth(decimal worth, decimal price) =>
        new(Math.Max(Decimals.Step(quantityDecimals), decimal.Round(worth / price, quantityDecimals)));
}

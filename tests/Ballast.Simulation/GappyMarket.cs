using System.Collections;
using Ballast.Core;
using Ballast.Core.Paper;
using Ballast.Core.Trading;

namespace Ballast.Simulation;

/// <summary>
/// A thin market about 0.05 that drifts by a few per cent, shows a new book every 20 s, and jumps at given instants. Its levels are worth 3 to 25
/// quote each, so that orders often meet less than they saw. Reckoned in whole numbers, because every tick sees fifteen of its versions.
/// </summary>
internal sealed class GappyMarket(ulong seed, IReadOnlyList<(DateTimeOffset At, int Percent)> gaps)
{
    private const long VersionSeconds = 20;
    private const int LevelsPerSide = 6;

    /// <summary>Prices are counted in 10^-9 until they are shown in 10^-6.</summary>
    private const long Shown = 1000;

    /// <summary>Distances from the middle are counted in 10^-7 of it.</summary>
    private const long Halves = 10_000_000;

    /// <summary>10^-4, of which every <see cref="Chance.Noise"/> is a multiple.</summary>
    private const long Noises = 10_000;

    private readonly Dictionary<long, MarketBook> shown = [];

    public MarketBook At(DateTimeOffset instant)
    {
        var seconds = instant.ToUnixTimeMilliseconds() / 1000;
        var version = seconds / VersionSeconds;
        return shown.TryGetValue(version, out var book) ? book : shown[version] = Make(version);
    }

    private MarketBook Make(long version)
    {
        var from = DateTimeOffset.FromUnixTimeSeconds(version * VersionSeconds);
        var middle = 50_000_000 + 200 * Smooth(0, version, 900) + 50 * Smooth(1, version, 90);
        foreach (var gap in gaps)
            middle = gap.At <= from ? middle * gap.Percent / 100 : middle;

        // 0.002 ± 0.001 of the middle.
        var half = 20_000 + Chance.Noise(seed, 2, version);
        var last = middle + middle * half * Chance.Noise(seed, 3, version) * 6 / (10 * Halves * Noises);
        return new MarketBook
        {
            Version = version,
            From = from,
            Until = from.AddSeconds(VersionSeconds),
            Last = PriceOf(last),
            LastQuantity = Worth(10 * Noises + 8 * Chance.Noise(seed, 4, version), middle),
            Bids = new Side(this, version, middle, -half, 10),
            Asks = new Side(this, version, middle, half, 40),
        };
    }

    private Level[] Levels(long version, long middle, long half, int stream)
    {
        var levels = new Level[LevelsPerSide];
        for (var i = 0; i < levels.Length; i++)
        {
            // Each is 0.0022 of the middle further away.
            var away = half + (half < 0 ? -22_000L : 22_000L) * i;
            levels[i] = new Level(PriceOf(middle + middle * away / Halves), Worth(14 * Noises + 11 * Chance.Noise(seed, stream + i, version), middle));
        }
        return levels;
    }

    private static Price PriceOf(long price) => new(Exactly((price + Shown / 2) / Shown, 6));

    /// <param name="worth">In quote, counted in 10^-4.</param>
    private static Quantity Worth(long worth, long price) => new(Exactly(Math.Max(1, worth * 10_000_000 / price), 2));

    private static decimal Exactly(long units, byte places) => new((int)units, (int)(units >> 32), 0, false, places);

    /// <summary>−10 000 to 10 000: a new number every so many versions, and a straight way from one to the next.</summary>
    private long Smooth(int stream, long version, long period)
    {
        var (cell, within) = Math.DivRem(version, period);
        var (left, right) = (Chance.Noise(seed, stream, cell), Chance.Noise(seed, stream, cell + 1));
        return left + (right - left) * within / period;
    }

    /// <summary>Levels that are made when somebody looks: of most versions only the last trade is of interest.</summary>
    private sealed class Side(GappyMarket market, long version, long middle, long half, int stream) : IReadOnlyList<Level>
    {
        private Level[]? levels;

        public int Count => LevelsPerSide;

        public Level this[int index] => Made[index];

        private Level[] Made => levels ??= market.Levels(version, middle, half, stream);

        public IEnumerator<Level> GetEnumerator() => ((IEnumerable<Level>)Made).GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}

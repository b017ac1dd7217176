using Ballast.Core;
using Ballast.Core.Paper;
using Ballast.Core.Trading;

namespace Ballast.Simulation;

/// <summary>
/// A thin market about 0.05 that drifts by a few per cent, shows a new book every 20 s, and jumps at given instants. Its levels are worth 3 to 25
/// quote each, so that orders often meet less than they saw.
/// </summary>
internal sealed class GappyMarket(ulong seed, IReadOnlyList<(DateTimeOffset At, decimal Factor)> gaps)
{
    private const long VersionSeconds = 20;
    private const int LevelsPerSide = 6;
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
        var middle = 0.05m * (1 + 0.04m * Smooth(0, version, 900) + 0.01m * Smooth(1, version, 90));
        foreach (var gap in gaps)
            middle *= gap.At <= from ? gap.Factor : 1;
        var half = 0.002m + 0.001m * Chance.Noise(seed, 2, version);
        return new MarketBook
        {
            Version = version,
            From = from,
            Until = from.AddSeconds(VersionSeconds),
            Last = new Price(decimal.Round(middle * (1 + half * 0.6m * Chance.Noise(seed, 3, version)), 6)),
            LastQuantity = Worth(10 + 8 * Chance.Noise(seed, 4, version), middle),
            Bids = Levels(version, middle, -half, 10),
            Asks = Levels(version, middle, half, 40),
        };
    }

    private Level[] Levels(long version, decimal middle, decimal half, int stream)
    {
        var away = half < 0 ? -1 : 1;
        var levels = new Level[LevelsPerSide];
        for (var i = 0; i < levels.Length; i++)
        {
            var price = decimal.Round(middle * (1 + half + away * 0.0022m * i), 6);
            levels[i] = new Level(new Price(price), Worth(14 + 11 * Chance.Noise(seed, stream + i, version), middle));
        }
        return levels;
    }

    private static Quantity Worth(decimal worth, decimal price) => new(Math.Max(0.01m, decimal.Round(worth / price, 2)));

    /// <summary>−1 to 1: a new number every so many versions, and a straight way from one to the next.</summary>
    private decimal Smooth(int stream, long version, long period)
    {
        var (cell, within) = Math.DivRem(version, period);
        var (left, right) = (Chance.Noise(seed, stream, cell), Chance.Noise(seed, stream, cell + 1));
        return left + (right - left) * within / period;
    }
}

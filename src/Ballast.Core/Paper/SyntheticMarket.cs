namespace Ballast.Core.Paper;

/// <summary>
/// A market as a pure function of a seed and an instant: a restart continues the same path without stored state, and any instant, past or
/// future, can be asked at the same cost. A new version every five seconds. It has calm and wild spells, jumps, quiet hours and thin books.
/// </summary>
/// <param name="around">Where the price always comes back to; it strays by a quarter now and then. Above 0.</param>
/// <param name="priceDecimals">The price grid is 10^-this.</param>
/// <param name="quantityDecimals">The quantity grid is 10^-this.</param>
/// <param name="temper">A thin coin's when absent.</param>
public sealed class SyntheticMarket(long seed, Price around, int priceDecimals, int quantityDecimals, MarketTemper? temper = null)
{
    public const int VersionMs = 5_000;
    public const int LevelsPerSide = SyntheticBook.LevelsPerSide;

    private readonly SyntheticPath path = new(seed);
    private readonly SyntheticBook book = new(seed, temper ?? MarketTemper.ThinCoin, priceDecimals, quantityDecimals);
    private readonly long movesMicro = (long)((temper ?? MarketTemper.ThinCoin).Moves * 1_000_000);

    /// <summary>The version that is on show at <paramref name="instant"/>.</summary>
    public MarketBook At(DateTimeOffset instant)
    {
        var version = Noise.FloorDivide(instant.ToUnixTimeMilliseconds(), VersionMs);
        var mood = path.At(version, out var nano);
        var moved = nano * movesMicro / 1_000_000;

        // As far up as down by the same factor, so that it is above 0 however far it goes.
        var middle = moved >= 0
            ? around.Value * (Noise.Billion + moved) / Noise.Billion
            : around.Value * Noise.Billion / (Noise.Billion - moved);
        return book.Around(version, version * VersionMs, middle, mood);
    }
}

namespace Ballast.Core.Paper;

/// <summary>What kind of market a synthetic one is.</summary>
/// <param name="Moves">How far the price moves, against a thin coin's 4 % a day or so. Above 0.</param>
/// <param name="Spread">Between best bid and best ask in an average hour, as a fraction of the price. Above 0, at most 0.01.</param>
/// <param name="Depth">What a level is worth, against a thin coin's 15 to 165 of the quote asset. Above 0.</param>
public sealed record MarketTemper(decimal Moves, decimal Spread, decimal Depth)
{
    public static readonly MarketTemper ThinCoin = new(1, 0.0035m, 1);

    public static readonly MarketTemper ExchangeToken = new(0.6m, 0.0008m, 10);

    public static readonly MarketTemper Major = new(0.5m, 0.00002m, 150);
}

namespace Ballast.Core.Paper;

/// <summary>What others are quoted in on the original, and the usual grid of a pair at about 1 of it.</summary>
/// <param name="Worth">About this much of a dollar.</param>
/// <param name="MinAmount">Smallest value of an order.</param>
internal sealed record QuoteAsset(string Name, decimal Worth, int PriceDecimals, int QuantityDecimals, Amount MinAmount)
{
    public static readonly IReadOnlyList<QuoteAsset> Known =
    [
        new("USDT", 1, 4, 2, new Amount(1)),
        new("USDC", 1, 4, 2, new Amount(1)),
        new("USDE", 1, 4, 2, new Amount(1)),
        new("USD1", 1, 4, 2, new Amount(1)),
        new("EUR", 1.1m, 4, 2, new Amount(1)),
        new("BTC", 90_000, 6, 6, new Amount(0.00001m)),
        new("ETH", 3_000, 6, 5, new Amount(0.0005m)),
        new("MX", 2, 4, 2, new Amount(1)),
    ];

    /// <summary>Of an asset that nothing is known of, the worth of a dollar.</summary>
    public static decimal WorthOf(string asset) => Known.FirstOrDefault(known => known.Name == asset)?.Worth ?? 1;
}

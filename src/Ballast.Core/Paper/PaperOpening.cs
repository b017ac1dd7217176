namespace Ballast.Core.Paper;

/// <summary>What a paper exchange opens with.</summary>
/// <param name="Balances">Units by asset, all of them free.</param>
public sealed record PaperOpening(IReadOnlyList<Listing> Listings, IReadOnlyDictionary<string, decimal> Balances)
{
    /// <summary>Of either asset, in dollars; about what 10 000 QRL are worth.</summary>
    private const decimal Worth = 500;

    /// <summary>The default pairs, and an account of 10 000 QRL and 500 USDT.</summary>
    public static PaperOpening Default(long seed) => new(DefaultListings.All(seed), Account("QRL", 10_000, "USDT", Worth));

    /// <summary>The default pairs and <paramref name="symbol"/>, and an account for trading it that is worth about as much as the default one.</summary>
    /// <returns>BadData when there can be no synthetic market for the symbol; the reason says which there can be.</returns>
    public static Result<PaperOpening> For(Symbol symbol, long seed)
    {
        var usual = Default(seed);
        if (symbol == usual.Listings[0].Symbol)
            return usual;
        var listed = usual.Listings.FirstOrDefault(listing => listing.Symbol == symbol);
        if (listed is null && !DefaultListings.Invented(symbol, seed).TryGet(out listed, out var failure))
            return failure;
        var price = listed.Market(DateTimeOffset.UnixEpoch).Last;
        return new PaperOpening([.. usual.Listings.Where(listing => listing.Symbol != symbol).Append(listed)], AccountFor(listed, price));
    }

    /// <summary>Half coins, half cash, a thousand dollars in all.</summary>
    public static IReadOnlyDictionary<string, decimal> AccountFor(Listing listing, Price price)
    {
        var cash = Worth / QuoteAsset.WorthOf(listing.Quote);
        return Account(
            listing.Base, decimal.Round(cash / price.Value, listing.QuantityDecimals),
            listing.Quote, decimal.Round(cash, listing.PriceDecimals));
    }

    private static Dictionary<string, decimal> Account(string baseAsset, decimal coins, string quote, decimal cash) =>
        new(StringComparer.Ordinal) { [baseAsset] = coins, [quote] = cash };
}

namespace Ballast.Core.Paper;

/// <summary>What a paper exchange opens with.</summary>
/// <param name="Balances">Units by asset, all of them free.</param>
public sealed record PaperOpening(IReadOnlyList<Listing> Listings, IReadOnlyDictionary<string, decimal> Balances)
{
    /// <summary>Of either asset, in dollars; about what 10 000 QRL are worth.</summary>
    private const decimal Worth = 500;

    /// <summary>The default pairs, and an account of 10 000 QRL and 500 USDT.</summary>
    public static PaperOpening Default(long seed)
    {
        var listings = DefaultListings.All(seed);
        return new PaperOpening(listings, AccountFor(listings[0]));
    }

    /// <summary>The default pairs and <paramref name="symbol"/>, and an account for trading it that is worth about as much as the default one.</summary>
    /// <returns>BadData when there can be no synthetic market for the symbol; the reason says which there can be.</returns>
    public static Result<PaperOpening> For(Symbol symbol, long seed) =>
        DefaultListings.Find(symbol, seed).TryGet(out var listing, out var failure) ? Default(seed).With(listing) : failure;

    /// <summary>The same with recorded prices behind <paramref name="symbol"/>; the other pairs have synthetic markets.</summary>
    /// <param name="start">When the first price is shown.</param>
    /// <param name="speed">See <see cref="MarketClock"/>.</param>
    public static Result<PaperOpening> Replay(Symbol symbol, long seed, RecordedPrices prices, DateTimeOffset start, decimal speed) =>
        DefaultListings.Replayed(symbol, seed, prices, new MarketClock(start, prices.First, speed)).TryGet(out var listing, out var failure)
            ? Default(seed).AtSpeed(start, speed).With(listing)
            : failure;

    /// <summary>All markets at another speed from <paramref name="start"/> on.</summary>
    public PaperOpening AtSpeed(DateTimeOffset start, decimal speed)
    {
        // At its own speed a synthetic market is the same after every restart.
        if (speed == 1)
            return this;
        var clock = new MarketClock(start, start, speed);
        return this with { Listings = [.. Listings.Select(listing => listing with { Market = clock.Show(listing.Market) })] };
    }

    /// <summary>Half coins, half cash, a thousand dollars in all; for QRL as many coins as ever.</summary>
    public static IReadOnlyDictionary<string, decimal> AccountFor(Listing listing)
    {
        var cash = Worth / QuoteAsset.WorthOf(listing.Quote);
        var coins = listing.Symbol.Name == "QRLUSDT" ? 10_000 : cash / listing.Market(DateTimeOffset.UnixEpoch).Last.Value;
        return new Dictionary<string, decimal>(StringComparer.Ordinal)
        {
            [listing.Base] = decimal.Round(coins, listing.QuantityDecimals),
            [listing.Quote] = decimal.Round(cash, listing.PriceDecimals),
        };
    }

    private PaperOpening With(Listing listing) =>
        new([.. Listings.Where(other => other.Symbol != listing.Symbol).Prepend(listing)], AccountFor(listing));
}

namespace Ballast.Core.Paper;

/// <summary>
/// The pairs that a paper exchange has of itself, on synthetic markets with a chance of their own each. Grid, limits and bands are like those
/// of the original; all of them may be traded by programs, which the original does not allow for its largest.
/// </summary>
public static class DefaultListings
{
    /// <summary>Books are drawn in whole ticks; a price of more does not fit.</summary>
    private const decimal LargestInTicks = 10_000_000_000_000_000m;

    /// <summary>In dollars: a step of a quantity is worth no more.</summary>
    private const decimal DearestStep = 0.01m;

    /// <summary>QRL, MX, BTC and ETH against USDT.</summary>
    public static IReadOnlyList<Listing> All(long seed) => [QrlUsdt(seed), MxUsdt(seed), BtcUsdt(seed), EthUsdt(seed)];

    /// <summary>A pair of the owner's choice at about 1.</summary>
    /// <returns>BadData when the name does not end in an asset that others are quoted in.</returns>
    public static Result<Listing> Invented(Symbol symbol, long seed)
    {
        var quote = QuoteAsset.Known.FirstOrDefault(known =>
            symbol.Name.Length > known.Name.Length && symbol.Name.EndsWith(known.Name, StringComparison.Ordinal));
        if (quote is null)
            return Failure.BadData(
                $"{symbol} is no pair that the paper exchange can invent a market for, because it ends in none of "
                + $"{string.Join(", ", QuoteAsset.Known.Select(known => known.Name))}; write a pair such as QRLUSDT");
        var baseAsset = symbol.Name[..^quote.Name.Length];
        return OnSyntheticMarket(Usual(symbol.Name, baseAsset, quote.Name, baseAsset) with
        {
            PriceDecimals = quote.PriceDecimals,
            QuantityDecimals = quote.QuantityDecimals,
            MinQuantity = new Quantity(Decimals.Step(quote.QuantityDecimals)),
            MinAmount = quote.MinAmount,
            MaxAmount = new Amount(quote.MinAmount.Value * 2_000_000),
        }, seed, new Price(1));
    }

    /// <summary>A pair on recorded prices instead of a synthetic market; its grid is fine enough for them.</summary>
    /// <returns>BadData as <see cref="Invented"/>.</returns>
    internal static Result<Listing> Replayed(Symbol symbol, long seed, RecordedPrices prices, MarketClock clock)
    {
        if (!Find(symbol, seed).TryGet(out var usual, out var failure))
            return failure;
        var priceDecimals = Math.Max(usual.PriceDecimals, prices.MostDecimals);
        while (priceDecimals > 0 && prices.Highest > LargestInTicks * Decimals.Step(priceDecimals))
            priceDecimals--;
        var quantityDecimals = usual.QuantityDecimals;
        while (quantityDecimals < 8 && prices.Highest * Decimals.Step(quantityDecimals) > DearestStep / QuoteAsset.WorthOf(usual.Quote))
            quantityDecimals++;
        var book = new SyntheticBook(SeedOf(usual, seed), TemperOf(usual), priceDecimals, quantityDecimals);
        return usual with
        {
            PriceDecimals = priceDecimals,
            QuantityDecimals = quantityDecimals,
            MinQuantity = quantityDecimals == usual.QuantityDecimals ? usual.MinQuantity : new Quantity(Decimals.Step(quantityDecimals)),
            Market = clock.Show(new ReplayMarket(prices, book).At, prices.End),
        };
    }

    /// <summary>The default pair of that name, or an invented one.</summary>
    internal static Result<Listing> Find(Symbol symbol, long seed) =>
        All(seed).FirstOrDefault(listing => listing.Symbol == symbol) is { } listed ? listed : Invented(symbol, seed);

    internal static Listing QrlUsdt(long seed) =>
        OnSyntheticMarket(Usual("QRLUSDT", "QRL", "USDT", "Quantum Resistant Ledger"), seed, new Price(0.05m));

    private static Listing MxUsdt(long seed) => OnSyntheticMarket(Usual("MXUSDT", "MX", "USDT", "MX Token") with
    {
        PriceDecimals = 4,
        MinQuantity = new Quantity(0.01m),
        PriceBand = new Ratio(0.05m),
    }, seed, new Price(2));

    private static Listing BtcUsdt(long seed) => OnSyntheticMarket(Usual("BTCUSDT", "BTC", "USDT", "Bitcoin") with
    {
        PriceDecimals = 2,
        QuantityDecimals = 8,
        MinQuantity = new Quantity(0.000001m),
        MaxAmount = new Amount(4_000_000),
        PriceBand = new Ratio(0.005m),
    }, seed, new Price(90_000));

    private static Listing EthUsdt(long seed) => OnSyntheticMarket(Usual("ETHUSDT", "ETH", "USDT", "Ethereum") with
    {
        PriceDecimals = 2,
        QuantityDecimals = 5,
        MinQuantity = new Quantity(0.0001m),
        MaxAmount = new Amount(4_000_000),
        PriceBand = new Ratio(0.01m),
    }, seed, new Price(3_000));

    // What most of the original's pairs have. The market is put behind it last, when its grid is known.
    private static Listing Usual(string symbol, string baseAsset, string quote, string fullName) => new()
    {
        Symbol = Symbol.Parse(symbol).TryGet(out var parsed, out var failure) ? parsed : throw new InvalidOperationException(failure.Reason),
        Base = baseAsset,
        Quote = quote,
        FullName = fullName,
        PriceDecimals = 6,
        QuantityDecimals = 2,
        MinQuantity = new Quantity(1),
        MinAmount = new Amount(1),
        MaxAmount = new Amount(2_000_000),
        MakerFee = new Ratio(0),
        TakerFee = new Ratio(0.0005m),
        PriceBand = new Ratio(0.1m),
        Market = _ => throw new InvalidOperationException($"{symbol} has no market yet"),
    };

    private static Listing OnSyntheticMarket(Listing listing, long seed, Price around) => listing with
    {
        Market = new SyntheticMarket(
            SeedOf(listing, seed), around, listing.PriceDecimals, listing.QuantityDecimals, TemperOf(listing)).At,
    };

    // Depth is in the quote asset, which may be a coin.
    private static MarketTemper TemperOf(Listing listing) => listing.Symbol.Name switch
    {
        "BTCUSDT" or "ETHUSDT" => MarketTemper.Major,
        "MXUSDT" => MarketTemper.ExchangeToken,
        _ => MarketTemper.ThinCoin with { Depth = 1 / QuoteAsset.WorthOf(listing.Quote) },
    };

    private static long SeedOf(Listing listing, long seed) => Noise.SeedFor(seed, $"{listing.Base}/{listing.Quote}");
}

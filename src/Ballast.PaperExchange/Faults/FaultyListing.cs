using Ballast.Core;
using Ballast.Core.Books;
using Ballast.Core.Paper;
using Ballast.Core.Trading;

namespace Ballast.PaperExchange.Faults;

/// <summary>A pair with faults laid over it. The pair itself is not changed: without the faults it is what it was, in the past too.</summary>
internal static class FaultyListing
{
    /// <param name="faults">Of pairs, in the order of precedence.</param>
    public static Listing Of(Listing listing, IEnumerable<Fault> faults) =>
        faults.Where(fault => fault.Symbol is null || fault.Symbol == listing.Symbol.Name).Aggregate(listing, With);

    private static Listing With(Listing listing, Fault fault) =>
        fault.Kind == FaultKind.HalfFills ? listing with { FillShare = new Ratio(fault.Value!.Value) }
        : fault.Kind == FaultKind.Suspended ? listing with { Status = PairStatus.Paused }
        : fault.Kind == FaultKind.BuyOnly ? listing with { Sides = Narrowed(listing.Sides, OpenSides.BuyOnly) }
        : fault.Kind == FaultKind.SellOnly ? listing with { Sides = Narrowed(listing.Sides, OpenSides.SellOnly) }
        : fault.Kind == FaultKind.NotForApi ? listing with { TradableByApi = false }
        : fault.Kind == FaultKind.NoMarketOrders ? listing with { TakesMarketOrders = false }
        : WithMarket(listing, fault);

    private static OpenSides Narrowed(OpenSides before, OpenSides to) => before is OpenSides.Both || before == to ? to : OpenSides.None;

    private static Listing WithMarket(Listing listing, Fault fault)
    {
        var (usual, decimals) = (listing.Market, listing.PriceDecimals);
        var stood = usual(fault.Since);
        return listing with { Market = instant => fault.Covers(instant) ? Distorted(usual(instant), stood, fault, decimals) : usual(instant) };
    }

    private static MarketBook Distorted(MarketBook book, MarketBook stood, Fault fault, int decimals) =>
        fault.Kind == FaultKind.Frozen ? book with { Last = stood.Last, LastQuantity = stood.LastQuantity, Bids = stood.Bids, Asks = stood.Asks }
        : fault.Kind == FaultKind.NoBids ? book with { Bids = [] }
        : fault.Kind == FaultKind.NoAsks ? book with { Asks = [] }
        : fault.Kind == FaultKind.WideSpread ? Widened(book, fault.Value!.Value, decimals)
        : Scaled(book, fault.Value!.Value, decimals);

    private static MarketBook Scaled(MarketBook book, decimal factor, int decimals)
    {
        var (bids, asks) = (Moved(book.Bids, factor, decimals, down: true), Moved(book.Asks, factor, decimals, down: false));
        return book with { Last = OnGrid(book.Last.Value * factor, decimals, down: true), Bids = bids, Asks = asks };
    }

    // Half of the gap on either side of the last price, and never closer to it than the market's own.
    private static MarketBook Widened(MarketBook book, decimal gap, int decimals)
    {
        var (last, half) = (book.Last.Value, gap / 2);
        return book with
        {
            Bids = book.Bids is [var bid, ..]
                ? Moved(book.Bids, Math.Min(1, last * (1 - half) / bid.Price.Value), decimals, down: true) : book.Bids,
            Asks = book.Asks is [var ask, ..]
                ? Moved(book.Asks, Math.Max(1, last * (1 + half) / ask.Price.Value), decimals, down: false) : book.Asks,
        };
    }

    // Levels that fall on one price of the grid are one level.
    private static Level[] Moved(IReadOnlyList<Level> levels, decimal factor, int decimals, bool down) =>
    [
        .. levels.GroupBy(level => OnGrid(level.Price.Value * factor, decimals, down))
            .Select(level => new Level(level.Key, level.Aggregate(Quantity.Zero, (sum, part) => sum + part.Quantity))),
    ];

    // Bids down and asks up, so that they cannot meet; one step at least, because no coin is free.
    private static Price OnGrid(decimal price, int decimals, bool down)
    {
        var step = Decimals.Step(decimals);
        var rounded = decimal.Round(price, decimals, down ? MidpointRounding.ToNegativeInfinity : MidpointRounding.ToPositiveInfinity);
        return new Price(Math.Max(rounded, down ? step : 2 * step));
    }
}

using Ballast.Core.Books;
using Ballast.Core.Trading;

namespace Ballast.Core.Paper;

/// <summary>
/// Whether an order is well formed for its pair, before anyone asks whether it can be paid. The order in which the exchange itself
/// checks is unknown; here it is: access, presence, characters, decimals, price, size.
/// </summary>
internal static class Admission
{
    /// <summary>More than any order here can mean; what is above would only overflow the sums that refuse it.</summary>
    private const decimal Largest = 1_000_000_000_000m;

    /// <summary>Why the order is refused; null when it is not.</summary>
    public static Failure? Refuse(Listing listing, PaperOrderRequest order, Price last) =>
        Access(listing, order) ?? Presence(order) ?? Characters(order) ?? Scale(listing, order) ?? Price(listing, order, last) ?? Size(listing, order, last);

    private static Failure? Access(Listing listing, PaperOrderRequest order) =>
        !listing.TradableByApi ? Refusals.SymbolNotForApi
        : listing.Status != PairStatus.Online ? Refusals.TradingDisabled
        : listing.Sides != OpenSides.Both && listing.Sides != (order.Side == Side.Buy ? OpenSides.BuyOnly : OpenSides.SellOnly)
            ? Refusals.WrongDirection
        : !listing.TakesMarketOrders && order.Type == OrderType.Market ? Refusals.MarketOrdersDisabled
        : null;

    private static Failure? Presence(PaperOrderRequest order) =>
        order.Quantity is null && (order.Type != OrderType.Market || order.QuoteAmount is null) ? Refusals.Mandatory("quantity")
        : order.Price is null && order.Type != OrderType.Market ? Refusals.Mandatory("price")
        : null;

    private static Failure? Characters(PaperOrderRequest order) =>
        order.ClientOrderId is null || order.ClientOrderId.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-')
            ? null : Refusals.IllegalCharacters("newClientOrderId");

    // Zeros at the end count: the exchange refuses 2.000000 where it takes 2.
    private static Failure? Scale(Listing listing, PaperOrderRequest order) =>
        order.Quantity?.Value.Scale > listing.QuantityDecimals ? Refusals.QuantityScale
        : order.Quantity is null && order.QuoteAmount?.Value.Scale > listing.PriceDecimals ? Refusals.AmountScale
        : order.Type != OrderType.Market && order.Price?.Value.Scale > listing.PriceDecimals ? Refusals.PriceScale
        : null;

    // A LIMIT_MAKER is free of the band: where the band would matter, it is cancelled for taking.
    private static Failure? Price(Listing listing, PaperOrderRequest order, Price last)
    {
        if (order.Type == OrderType.Market || order.Price is not { } price)
            return null;
        if (price.Value <= 0)
            return Refusals.NoPrice;
        if (price.Value > Largest)
            return Refusals.PriceOutOfRange;
        if (order.Type == OrderType.LimitMaker)
            return null;
        var outside = order.Side == Side.Buy
            ? price > last * (1 + listing.PriceBand.Value)
            : price < last * (1 - listing.PriceBand.Value);
        return outside ? Refusals.PriceOutOfRange : null;
    }

    // Of a MARKET order by quantity the value is not known yet; the last trade stands in for it.
    private static Failure? Size(Listing listing, PaperOrderRequest order, Price last)
    {
        if (order.Quantity is { } quantity && quantity < listing.MinQuantity)
            return Refusals.BelowMinimum(listing.MinQuantity.Value, listing.Base);
        if (order.Quantity is { } most && most.Value > Largest)
            return Refusals.AboveMaximum(listing.MaxAmount.Value, listing.Quote);
        var value = order.Quantity is { } asked
            ? (order.Type == OrderType.Market || order.Price is not { } limit ? last : limit) * asked
            : order.QuoteAmount ?? Amount.Zero;
        return value < listing.MinAmount ? Refusals.BelowMinimum(listing.MinAmount.Value, listing.Quote)
            : value > listing.MaxAmount ? Refusals.AboveMaximum(listing.MaxAmount.Value, listing.Quote)
            : null;
    }
}

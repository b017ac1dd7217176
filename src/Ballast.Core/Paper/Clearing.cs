using System.Globalization;
using Ballast.Core.Books;
using Ballast.Core.Trading;

namespace Ballast.Core.Paper;

/// <summary>Where trades become balances: every order, every trade, every unit of both assets.</summary>
/// <param name="mxPrice">What MX costs in an asset at present; null where it cannot be had for it, or must not be taken.</param>
internal sealed class Clearing(
    PaperAccount account, PaperRecords records, Chronicle chronicle, PaperState opened, Func<string, Price?> mxPrice)
{
    private const string Mx = "MX";

    /// <summary>What is left of a fee that is paid in MX.</summary>
    private const decimal MxShare = 0.8m;

    private const int MostFeeDecimals = 18;

    private long sequence = opened.Sequence;

    public long Sequence => sequence;

    /// <summary>
    /// A client id that was used before is accepted again, and from then on names the newer order: nobody has seen MEXC refuse one, so a
    /// client that relies on a refusal must fail here as it may fail there.
    /// </summary>
    public PaperOrder Accept(PaperOrder draft)
    {
        var order = draft with { Id = "C02__" + NextNumber() };
        records.Add(order);
        chronicle.Note(new OrderStored(order));
        return order;
    }

    /// <summary>Books one fill. A maker's part was reserved when it came to rest; a taker pays from what is free.</summary>
    public PaperOrder Fill(Listing listing, PaperOrder order, Offer execution, bool isMaker, bool isSelfTrade, DateTimeOffset at)
    {
        if (isMaker)
            Release(listing, order);
        var value = execution.Price * execution.Quantity;
        Settle(listing, order.Side, execution.Quantity, value);
        var (fee, feeAsset) = FeeOf(listing, value * (isMaker ? listing.MakerFee : listing.TakerFee));
        account.Pay(feeAsset, fee);
        var filled = order.Filled(execution.Price, execution.Quantity, at);
        records.Change(filled);
        if (isMaker)
            Reserve(listing, filled);
        var trade = new PaperTrade(
            NextNumber() + "X1", filled, new Pair(listing.Base, listing.Quote), at, execution.Price, execution.Quantity, fee, feeAsset,
            isMaker, isSelfTrade);
        records.Add(trade);
        chronicle.Note(new TradeBooked(trade));
        return filled;
    }

    public PaperOrder End(PaperOrder order, bool complete, DateTimeOffset at)
    {
        var ended = order.Ended(complete, at);
        records.Change(ended);
        chronicle.Note(new OrderStored(ended));
        return ended;
    }

    public void Reserve(Listing listing, PaperOrder order)
    {
        var (asset, units) = Reservation(listing, order, order.Remaining);
        account.Reserve(asset, units);
    }

    public void Release(Listing listing, PaperOrder order)
    {
        var (asset, units) = Reservation(listing, order, order.Remaining);
        account.Release(asset, units);
    }

    /// <summary>
    /// Why the account cannot pay for the order; null when it can. The fee of a buy comes on top, also where it may come to be paid in MX.
    /// </summary>
    public Failure? Unaffordable(Listing listing, PaperOrder order, Match match)
    {
        var (asset, units) = order switch
        {
            { QuoteAmount: { } amount, Side: Side.Buy } => (listing.Quote, WithFee(listing, amount)),
            { QuoteAmount: not null } => (listing.Base, match.Quantity.Value),
            { Type: OrderType.Market, Side: Side.Buy } => (listing.Quote, WithFee(listing, match.Value)),
            _ => Reservation(listing, order, order.Quantity),
        };
        return units <= account.Free(asset) ? null : order.Side == Side.Buy ? Refusals.InsufficientPosition : Refusals.Oversold;
    }

    private static (string Asset, decimal Units) Reservation(Listing listing, PaperOrder order, Quantity quantity) => order.Side == Side.Buy
        ? (listing.Quote, WithFee(listing, order.Price * quantity))
        : (listing.Base, quantity.Value);

    private static decimal WithFee(Listing listing, Amount value) => (value + value * listing.TakerFee).Value;

    private void Settle(Listing listing, Side side, Quantity quantity, Amount value)
    {
        var (paid, units, received, other) = side == Side.Buy
            ? (listing.Quote, value.Value, listing.Base, quantity.Value)
            : (listing.Base, quantity.Value, listing.Quote, value.Value);
        account.Pay(paid, units);
        account.Receive(received, other);
    }

    // What the original does when MX runs out was never recorded: here a fee is paid in MX as a whole or not at all. In pairs of MX itself
    // it is always paid in quote, because the order counts on every MX that is free.
    private (decimal Units, string Asset) FeeOf(Listing listing, Amount fee)
    {
        if (fee.Value == 0 || listing.Base == Mx || listing.Quote == Mx || mxPrice(listing.Quote) is not { Value: > 0 } price)
            return (fee.Value, listing.Quote);
        var units = decimal.Round(fee.Value * MxShare / price.Value, MostFeeDecimals, MidpointRounding.ToZero);
        return units <= account.Free(Mx) ? (units, Mx) : (fee.Value, listing.Quote);
    }

    // Of equal length, so that the order of ids is the order in which they were given.
    private string NextNumber() =>
        string.Create(CultureInfo.InvariantCulture, $"{opened.Opened.ToUnixTimeMilliseconds()}{++sequence:D9}");
}

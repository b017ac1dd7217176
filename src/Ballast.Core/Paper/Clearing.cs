using System.Globalization;
using Ballast.Core.Books;
using Ballast.Core.Trading;

namespace Ballast.Core.Paper;

/// <summary>Where trades become balances: every order, every trade, every unit of both assets.</summary>
/// <param name="start">Part of every id, so that ids of a later run never repeat those of an earlier one.</param>
internal sealed class Clearing(PaperAccount account, DateTimeOffset start)
{
    private readonly Dictionary<string, PaperOrder> orders = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> newestByClientId = new(StringComparer.Ordinal);
    private readonly List<PaperTrade> trades = [];
    private long sequence;

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<PaperTrade> Trades => trades;

    /// <summary>In any order.</summary>
    public IEnumerable<PaperOrder> Orders => orders.Values;

    /// <summary>
    /// A client id that was used before is accepted again, and from then on names the newer order: nobody has seen MEXC refuse one, so a
    /// client that relies on a refusal must fail here as it may fail there.
    /// </summary>
    public PaperOrder Accept(PaperOrder draft)
    {
        var order = draft with { Id = "C02__" + NextNumber() };
        orders[order.Id] = order;
        if (order.ClientOrderId is { } clientId)
            newestByClientId[clientId] = order.Id;
        return order;
    }

    public PaperOrder? Find(PaperOrderKey key)
    {
        var id = key.OrderId ?? (key.ClientOrderId is { } clientId ? newestByClientId.GetValueOrDefault(clientId) : null);
        var order = id is null ? null : orders.GetValueOrDefault(id);
        return key.Symbol is null || key.Symbol == order?.Symbol.Name ? order : null;
    }

    public PaperOrder Get(string id) => orders[id];

    /// <summary>Books one fill. A maker's part was reserved when it came to rest; a taker pays from what is free.</summary>
    public PaperOrder Fill(Listing listing, PaperOrder order, Offer execution, bool isMaker, bool isSelfTrade, DateTimeOffset at)
    {
        if (isMaker)
            Release(listing, order);
        var value = execution.Price * execution.Quantity;
        var fee = value * (isMaker ? listing.MakerFee : listing.TakerFee);
        Settle(listing, order.Side, execution.Quantity, value, fee);
        var filled = Store(order.Filled(execution.Price, execution.Quantity, at));
        if (isMaker)
            Reserve(listing, filled);
        trades.Add(new PaperTrade(
            NextNumber() + "X1", filled, at, execution.Price, execution.Quantity, fee, listing.Quote, isMaker, isSelfTrade));
        return filled;
    }

    public PaperOrder End(PaperOrder order, bool complete, DateTimeOffset at) => Store(order.Ended(complete, at));

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

    /// <summary>Why the account cannot pay for the order; null when it can. The fee of a buy comes on top.</summary>
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

    private void Settle(Listing listing, Side side, Quantity quantity, Amount value, Amount fee)
    {
        if (side == Side.Buy)
        {
            account.Pay(listing.Quote, (value + fee).Value);
            account.Receive(listing.Base, quantity.Value);
        }
        else
        {
            account.Pay(listing.Base, quantity.Value);
            account.Receive(listing.Quote, (value - fee).Value);
        }
    }

    private PaperOrder Store(PaperOrder order) => orders[order.Id] = order;

    // Of equal length, so that the order of ids is the order in which they were given.
    private string NextNumber() => string.Create(CultureInfo.InvariantCulture, $"{start.ToUnixTimeMilliseconds()}{++sequence:D9}");
}

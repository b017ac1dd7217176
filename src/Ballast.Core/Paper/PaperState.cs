using Ballast.Core.Books;

namespace Ballast.Core.Paper;

/// <summary>
/// All that a matching engine knows of its account, as data: what an engine is opened with, what it gives away to be kept, and what facts
/// are added to afterwards. Reservations are not in it, because they follow from the open orders.
/// </summary>
public sealed class PaperState
{
    /// <summary>When the account was opened. Part of every id, so that another account's ids are never the same.</summary>
    public required DateTimeOffset Opened { get; init; }

    /// <summary>The latest instant that is known of.</summary>
    public required DateTimeOffset Time { get; set; }

    /// <summary>How many orders and trades there ever were: the number of the newest.</summary>
    public long Sequence { get; set; }

    /// <summary>How many transfers there ever were.</summary>
    public long TransferCount { get; set; }

    public bool MxDeduction { get; set; }

    /// <summary>Units by asset, free and reserved together.</summary>
    public Dictionary<string, decimal> Balances { get; init; } = new(StringComparer.Ordinal);

    /// <summary>By id, in the order in which they were placed.</summary>
    public OrderedDictionary<string, PaperOrder> Orders { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Of one pair oldest first.</summary>
    public List<PaperTrade> Trades { get; init; } = [];

    /// <summary>Oldest first.</summary>
    public List<PaperTransfer> Transfers { get; init; } = [];

    /// <param name="opening">Units by asset.</param>
    public static PaperState Open(IReadOnlyDictionary<string, decimal> opening, DateTimeOffset start) => new()
    {
        Opened = start,
        Time = start,
        Balances = new Dictionary<string, decimal>(opening, StringComparer.Ordinal),
    };

    /// <summary>Adds what happened next.</summary>
    public void Apply(PaperFact fact)
    {
        switch (fact)
        {
            case OrderStored { Order: var order }:
                Store(order);
                break;
            case TradeBooked { Trade: var trade }:
                Book(trade);
                break;
            case TransferMade { Transfer: var transfer }:
                Transfer(transfer);
                break;
            case MxDeductionSet { Enabled: var enabled, At: var at }:
                (MxDeduction, Time) = (enabled, Later(at));
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(fact), fact, null);
        }
    }

    private void Store(PaperOrder order)
    {
        Sequence += Orders.ContainsKey(order.Id) ? 0 : 1;
        Orders[order.Id] = order;
        Time = Later(order.UpdatedAt ?? order.PlacedAt);
    }

    private void Book(PaperTrade trade)
    {
        Store(trade.Order);
        var bought = trade.Order.Side == Side.Buy ? 1 : -1;
        Add(trade.Pair.Base, bought * trade.Quantity.Value);
        Add(trade.Pair.Quote, -bought * trade.Value.Value);
        Add(trade.FeeAsset, -trade.Fee);
        Trades.Add(trade);
        Sequence++;
    }

    private void Transfer(PaperTransfer transfer)
    {
        Add(transfer.Asset, transfer.Units);
        Transfers.Add(transfer);
        (TransferCount, Time) = (TransferCount + 1, Later(transfer.Time));
    }

    private void Add(string asset, decimal units) => Balances[asset] = Balances.GetValueOrDefault(asset) + units;

    private DateTimeOffset Later(DateTimeOffset at) => at > Time ? at : Time;
}

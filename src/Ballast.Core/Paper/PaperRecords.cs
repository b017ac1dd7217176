namespace Ballast.Core.Paper;

/// <summary>
/// The orders and trades that can still be asked for, by pair and in the order of their times, so that a question costs what it finds and
/// not what there is. What the exchange would no longer show is forgotten; an open order never is.
/// </summary>
internal sealed class PaperRecords
{
    /// <summary>Trades are shown for a month and orders for a week; an order is kept as long as its trades.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromDays(31);
    private static readonly TimeSpan Sweep = TimeSpan.FromDays(1);

    private readonly Dictionary<string, Row> rows = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Row> newestByClientId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Shelf> shelves = new(StringComparer.Ordinal);
    private DateTimeOffset swept = DateTimeOffset.MinValue;

    private sealed class Row(PaperOrder order)
    {
        public PaperOrder Order { get; set; } = order;
    }

    private sealed class Shelf
    {
        public List<Row> Orders { get; } = [];

        public List<PaperTrade> Trades { get; } = [];
    }

    /// <summary>Pair by pair; of one pair in the order in which they were placed.</summary>
    public IEnumerable<PaperOrder> Orders => shelves.Values.SelectMany(shelf => shelf.Orders).Select(row => row.Order);

    /// <summary>Pair by pair; of one pair oldest first.</summary>
    public IEnumerable<PaperTrade> Trades => shelves.Values.SelectMany(shelf => shelf.Trades);

    /// <summary>Later than all that was added before.</summary>
    public void Add(PaperOrder order)
    {
        var row = new Row(order);
        rows.Add(order.Id, row);
        ShelfOf(order.Symbol.Name).Orders.Add(row);
        if (order.ClientOrderId is { } clientId)
            newestByClientId[clientId] = row;
    }

    public void Change(PaperOrder order) => rows[order.Id].Order = order;

    /// <summary>Not earlier than the pair's trades before.</summary>
    public void Add(PaperTrade trade) => ShelfOf(trade.Order.Symbol.Name).Trades.Add(trade);

    public PaperOrder Get(string id) => rows[id].Order;

    public PaperOrder? Find(PaperOrderKey key)
    {
        var row = key.OrderId is { } id ? rows.GetValueOrDefault(id)
            : key.ClientOrderId is { } clientId ? newestByClientId.GetValueOrDefault(clientId)
            : null;
        return key.Symbol is null || key.Symbol == row?.Order.Symbol.Name ? row?.Order : null;
    }

    /// <summary>Placed from <paramref name="from"/> to <paramref name="to"/>, newest first.</summary>
    public IReadOnlyList<PaperOrder> PlacedBetween(string symbol, DateTimeOffset from, DateTimeOffset to)
    {
        var orders = ShelfOf(symbol).Orders;
        var found = new List<PaperOrder>();
        for (var i = CountUpTo(orders, row => row.Order.PlacedAt <= to) - 1; i >= 0 && orders[i].Order.PlacedAt >= from; i--)
            found.Add(orders[i].Order);
        return found;
    }

    /// <summary>The newest <paramref name="limit"/> of those that match, newest first.</summary>
    public IReadOnlyList<PaperTrade> Matching(PaperTradeFilter filter, int limit)
    {
        if (Narrow(filter) is not { } window)
            return [];
        var trades = ShelfOf(filter.Symbol).Trades;
        var found = new List<PaperTrade>();
        for (var i = CountUpTo(trades, trade => trade.WholeSecond <= window.To) - 1; i >= 0 && found.Count < limit; i--)
        {
            if (trades[i].WholeSecond < window.From)
                break;
            if (filter.Matches(trades[i]))
                found.Add(trades[i]);
        }
        return found;
    }

    /// <summary>Once a day.</summary>
    public void Forget(DateTimeOffset now)
    {
        if (now < swept + Sweep)
            return;
        var oldest = now - Memory;
        foreach (var shelf in shelves.Values)
        {
            shelf.Orders.RemoveAll(row => IsForgotten(row, oldest));
            shelf.Trades.RemoveRange(0, CountUpTo(shelf.Trades, trade => trade.Time < oldest));
        }
        foreach (var row in rows.Values.Where(row => IsForgotten(row, oldest)).ToArray())
            rows.Remove(row.Order.Id);
        foreach (var (clientId, _) in newestByClientId.Where(entry => IsForgotten(entry.Value, oldest)).ToArray())
            newestByClientId.Remove(clientId);
        swept = now;
    }

    // Nothing can have happened to an order outside its own life.
    private (DateTimeOffset From, DateTimeOffset To)? Narrow(PaperTradeFilter filter)
    {
        var (from, to) = (filter.From ?? DateTimeOffset.MinValue, filter.To ?? DateTimeOffset.MaxValue);
        if (filter.OrderId is not { } id)
            return (from, to);
        if (!rows.TryGetValue(id, out var row) || row.Order.UpdatedAt is not { } end)
            return null;
        var begin = DateTimeOffset.FromUnixTimeSeconds(row.Order.PlacedAt.ToUnixTimeSeconds());
        return (from > begin ? from : begin, to < end ? to : end);
    }

    private static bool IsForgotten(Row row, DateTimeOffset oldest) => !row.Order.IsOpen && row.Order.UpdatedAt < oldest;

    private Shelf ShelfOf(string symbol)
    {
        if (!shelves.TryGetValue(symbol, out var shelf))
            shelves[symbol] = shelf = new Shelf();
        return shelf;
    }

    /// <summary>How many at the beginning are early, in a list of which the early ones stand first.</summary>
    private static int CountUpTo<T>(List<T> rows, Func<T, bool> isEarly)
    {
        var (low, high) = (0, rows.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = isEarly(rows[middle]) ? (middle + 1, high) : (low, middle);
        }
        return low;
    }
}

using Ballast.Core.Books;
using Ballast.Core.Trading;

namespace Ballast.Core.Paper;

/// <summary>
/// A spot exchange for one account: the market's book, price-time priority, reservations, fees, refusals in MEXC's own words. It has no
/// clock: every call says what time it is, and the market moves up to then first. Time that goes back counts as standing still.
/// Safe to call from several threads; one call at a time is served.
/// </summary>
public sealed class MatchingEngine
{
    public const int MaxOpenOrders = 500;

    /// <summary>A MARKET order is a limited one in disguise; this far beyond the last trade.</summary>
    private const decimal Protection = 0.05m;

    private readonly Lock gate = new();
    private readonly Dictionary<string, OrderBook> books;
    private readonly PaperAccount account;
    private readonly Clearing clearing;
    private readonly PaperWallet wallet;
    private DateTimeOffset time;
    private bool mxDeduction;

    private sealed record Ticket(OrderBook Book, PaperOrder Order, Match Match);

    /// <param name="opening">Units by asset, all of them free.</param>
    /// <param name="start">The instant it opens for business.</param>
    public MatchingEngine(IReadOnlyList<Listing> listings, IReadOnlyDictionary<string, decimal> opening, DateTimeOffset start)
    {
        time = start;
        books = listings.ToDictionary(listing => listing.Symbol.Name, listing => new OrderBook(listing, start), StringComparer.Ordinal);
        account = new PaperAccount(opening);
        clearing = new Clearing(account, start);
        wallet = new PaperWallet(account, start);
    }

    /// <summary>As they are at present.</summary>
    public IReadOnlyList<Listing> Listings
    {
        get
        {
            lock (gate)
                return [.. books.Values.Select(book => book.Listing)];
        }
    }

    /// <summary>Whether fees are paid in MX while there is enough of it, at a discount.</summary>
    public bool MxDeduction
    {
        get
        {
            lock (gate)
                return mxDeduction;
        }
    }

    public void DeductMx(bool enabled)
    {
        lock (gate)
            mxDeduction = enabled;
    }

    /// <summary>
    /// Puts a listing in the place of the one with its symbol: other rules, another state, another market behind it. Open orders stay.
    /// </summary>
    /// <param name="changed">Its assets, decimals and fees are those of before, because open orders have reserved by them.</param>
    /// <returns>Null when it was done.</returns>
    public Failure? Relist(Listing changed, DateTimeOffset now)
    {
        lock (gate)
        {
            AdvanceTo(now);
            if (!books.TryGetValue(changed.Symbol.Name, out var book))
                return Refusals.InvalidSymbol;
            book.Relist(changed, time);
            FillResting(book);
            return null;
        }
    }

    /// <summary>QRL/USDT on a synthetic market, and an account of 10 000 QRL and 500 USDT.</summary>
    public static MatchingEngine QrlUsdt(long seed, DateTimeOffset start) => new(
        [Listing.QrlUsdt(seed)],
        new Dictionary<string, decimal>(StringComparer.Ordinal) { ["QRL"] = 10_000, ["USDT"] = 500 },
        start);

    /// <summary>The order as it stands after all that it could do at once.</summary>
    public Result<PaperOrder> Place(PaperOrderRequest request, DateTimeOffset now)
    {
        lock (gate)
        {
            AdvanceTo(now);
            return Examine(request).TryGet(out var ticket, out var refusal) ? Execute(ticket) : refusal;
        }
    }

    /// <summary>Why <see cref="Place"/> would refuse; null when it would not. Nothing is traded.</summary>
    public Failure? Test(PaperOrderRequest request, DateTimeOffset now)
    {
        lock (gate)
        {
            AdvanceTo(now);
            return Examine(request).Failure;
        }
    }

    public Result<PaperOrder> Cancel(PaperOrderKey key, DateTimeOffset now)
    {
        lock (gate)
        {
            AdvanceTo(now);
            if (key is { OrderId: null, ClientOrderId: null })
                return Refusals.NoOrderId;
            return clearing.Find(key) is { IsOpen: true } order ? CallOff(order) : Refusals.UnknownOrder;
        }
    }

    /// <summary>Cancels what is open of a pair. Newest first; empty when nothing was.</summary>
    public IReadOnlyList<PaperOrder> CancelAll(string symbol, DateTimeOffset now)
    {
        lock (gate)
        {
            AdvanceTo(now);
            return [.. Open(symbol).Select(CallOff)];
        }
    }

    public Result<PaperOrder> Find(PaperOrderKey key, DateTimeOffset now)
    {
        lock (gate)
        {
            AdvanceTo(now);
            if (key is { OrderId: null, ClientOrderId: null })
                return Refusals.NoOrderId;
            return clearing.Find(key) is { } order ? order : Refusals.OrderDoesNotExist;
        }
    }

    /// <summary>Newest first. Null means every pair.</summary>
    public IReadOnlyList<PaperOrder> OpenOrders(string? symbol, DateTimeOffset now)
    {
        lock (gate)
        {
            AdvanceTo(now);
            return Open(symbol);
        }
    }

    /// <summary>Placed from <paramref name="from"/> to <paramref name="to"/>, in whole seconds, open or final; newest first.</summary>
    public IReadOnlyList<PaperOrder> Orders(string symbol, DateTimeOffset from, DateTimeOffset to, DateTimeOffset now)
    {
        lock (gate)
        {
            AdvanceTo(now);
            return [.. clearing.Orders.Where(order => order.Symbol.Name == symbol && order.PlacedAt >= from && order.PlacedAt <= to)
                .OrderByDescending(order => order.Id, StringComparer.Ordinal)];
        }
    }

    /// <summary>The newest <paramref name="limit"/> of those that match, newest first.</summary>
    public IReadOnlyList<PaperTrade> Trades(PaperTradeFilter filter, int limit, DateTimeOffset now)
    {
        lock (gate)
        {
            AdvanceTo(now);
            return [.. clearing.Trades.Reverse().Where(filter.Matches).Take(limit)];
        }
    }

    /// <summary>Units of any asset, pair or not, that arrive from outside: free at once.</summary>
    public Result<PaperTransfer> Deposit(string asset, decimal units, DateTimeOffset now)
    {
        lock (gate)
        {
            AdvanceTo(now);
            return wallet.Deposit(asset, units, time);
        }
    }

    /// <summary>Refused for more than is free: what sits in open orders cannot leave.</summary>
    public Result<PaperTransfer> Withdraw(string asset, decimal units, DateTimeOffset now)
    {
        lock (gate)
        {
            AdvanceTo(now);
            return wallet.Withdraw(asset, units, time);
        }
    }

    /// <summary>
    /// Deposits and withdrawals from <paramref name="from"/> to <paramref name="to"/>, newest first. Refused, as MEXC does, for more than
    /// seven days at once and for a beginning more than 90 days ago.
    /// </summary>
    public Result<IReadOnlyList<PaperTransfer>> Transfers(DateTimeOffset from, DateTimeOffset to, DateTimeOffset now)
    {
        lock (gate)
        {
            AdvanceTo(now);
            return wallet.Between(from, to, time);
        }
    }

    /// <summary>By asset; an asset that was never held is not listed.</summary>
    public IReadOnlyDictionary<string, Balance> Balances(DateTimeOffset now)
    {
        lock (gate)
        {
            AdvanceTo(now);
            return account.Snapshot();
        }
    }

    public Result<BookView> Book(string symbol, DateTimeOffset now)
    {
        lock (gate)
        {
            AdvanceTo(now);
            return books.TryGetValue(symbol, out var book) ? book.View() : Refusals.InvalidSymbol;
        }
    }

    private PaperOrder[] Open(string? symbol) => [.. books.Values
        .Where(book => symbol is null || book.Listing.Symbol.Name == symbol)
        .SelectMany(book => book.Resting)
        .OrderByDescending(order => order.Id, StringComparer.Ordinal)];

    // Nobody waits in an empty book, so the versions between are skipped; a resting order meets every one of them.
    private void AdvanceTo(DateTimeOffset now)
    {
        foreach (var book in books.Values)
        {
            while (now >= book.Market.Until)
            {
                book.Turn(book.Listing.Market(book.HasResting ? book.Market.Until : now));
                FillResting(book);
            }
        }
        time = now > time ? now : time;
    }

    private void FillResting(OrderBook book)
    {
        var printed = book.Market.LastQuantity;
        foreach (var order in book.Resting.ToArray())
            printed -= FillFromMarket(book, order, printed);
    }

    /// <summary>
    /// A resting order fills at its own price when the market trades through it: with the printed trade, when that was at a worse price
    /// than the order offers, and with whatever the other side now offers at the order's price or better.
    /// </summary>
    private Quantity FillFromMarket(OrderBook book, PaperOrder order, Quantity printed)
    {
        var passed = order.Side == Side.Buy ? book.Market.Last < order.Price : book.Market.Last > order.Price;
        var fromPrint = passed ? Quantity.Min(printed, order.Remaining) : Quantity.Zero;
        var filled = fromPrint;
        var opposite = book.Opposite(order.Side);
        foreach (var level in opposite.LevelsUpTo(order.Price).ToArray())
        {
            var part = Quantity.Min(level.Quantity, order.Remaining - filled);
            if (part.Value == 0)
                break;
            opposite.Take(level.Price, part);
            filled += part;
        }
        if (filled.Value > 0)
        {
            var execution = new Offer(order.Price, filled, order.Id);
            book.Own(order.Side).Update(clearing.Fill(book.Listing, order, execution, isMaker: true, isSelfTrade: false, book.Market.From));
        }
        return fromPrint;
    }

    private Result<Ticket> Examine(PaperOrderRequest request)
    {
        if (!books.TryGetValue(request.Symbol, out var book))
            return Refusals.SymbolNotForApi;
        if (Admission.Refuse(book.Listing, request, book.Market.Last) is { } malformed)
            return malformed;
        var order = Draft(request, book);
        var match = Match.Walk(book.Opposite(order.Side).Offers(), order, book.Listing);
        if (order.Type == OrderType.Market && match.Executions.Count == 0)
            return Refusals.NoOpponent;
        if (clearing.Unaffordable(book.Listing, order, match) is { } unaffordable)
            return unaffordable;
        var open = books.Values.Sum(any => any.Resting.Count());
        return MayRest(order) && open >= MaxOpenOrders ? Refusals.TooManyOrders : new Ticket(book, order, match);
    }

    private PaperOrder Draft(PaperOrderRequest request, OrderBook book) => new()
    {
        Id = string.Empty,
        ClientOrderId = request.ClientOrderId,
        Symbol = book.Listing.Symbol,
        Side = request.Side,
        Type = request.Type,
        Price = request is { Type: not OrderType.Market, Price: { } limit } ? limit : Protected(request.Side, book),
        Quantity = request.Quantity ?? Quantity.Zero,
        QuoteAmount = request.Quantity is null ? request.QuoteAmount : null,
        PlacedAt = time,
    };

    private static Price Protected(Side side, OrderBook book) => new(decimal.Round(
        book.Market.Last.Value * (1 + (side == Side.Buy ? Protection : -Protection)),
        book.Listing.PriceDecimals,
        MidpointRounding.ToNegativeInfinity));

    // What MEXC does with a LIMIT_MAKER that would take, or a FILL_OR_KILL that cannot be filled, was never recorded. Here both are
    // accepted and cancelled at once, without a fill.
    private PaperOrder Execute(Ticket ticket)
    {
        var (book, match) = (ticket.Book, ticket.Match);
        var order = clearing.Accept(ticket.Order);
        var withdrawn = order.Type == OrderType.LimitMaker && match.Executions.Count > 0
            || order.Type == OrderType.FillOrKill && !match.Complete;
        if (withdrawn)
            return clearing.End(order, complete: false, time);
        foreach (var execution in match.Executions)
            order = Take(book, order, execution);
        if (MayRest(order) && !match.Complete)
            return Rest(book, order);
        return order.IsOpen ? clearing.End(order, match.Complete, time) : order;
    }

    private PaperOrder Take(OrderBook book, PaperOrder order, Offer execution)
    {
        var opposite = book.Opposite(order.Side);
        if (execution.RestingId is not { } restingId)
            opposite.Take(execution.Price, execution.Quantity);
        else
            opposite.Update(clearing.Fill(book.Listing, clearing.Get(restingId), execution, isMaker: true, isSelfTrade: true, time));
        return clearing.Fill(book.Listing, order, execution, isMaker: false, isSelfTrade: execution.RestingId is not null, time);
    }

    private PaperOrder Rest(OrderBook book, PaperOrder order)
    {
        clearing.Reserve(book.Listing, order);
        book.Own(order.Side).Rest(order);
        return order;
    }

    private PaperOrder CallOff(PaperOrder order)
    {
        var book = books[order.Symbol.Name];
        clearing.Release(book.Listing, order);
        var ended = clearing.End(order, complete: false, time);
        book.Own(order.Side).Update(ended);
        return ended;
    }

    private static bool MayRest(PaperOrder order) => order.Type is OrderType.Limit or OrderType.LimitMaker;
}

using Ballast.Core.Books;
using Ballast.Core.Trading;

namespace Ballast.Core.Paper;

/// <summary>
/// A spot exchange for one account: the market's book, price-time priority, reservations, fees, refusals in MEXC's own words. It has no
/// clock: every call says what time it is, and the market moves up to then first. Time that goes back counts as standing still.
/// Safe to call from several threads; one call at a time is served. The same account, the same market and the same calls at the same
/// times give the same ids, fills and balances.
/// </summary>
public sealed class MatchingEngine
{
    public const int MaxOpenOrders = 500;

    /// <summary>A MARKET order is a limited one in disguise; this far beyond the last trade.</summary>
    private const decimal Protection = 0.05m;

    private readonly Lock gate = new();
    private readonly Dictionary<string, OrderBook> books;
    private readonly DateTimeOffset opened;
    private readonly PaperAccount account;
    private readonly PaperRecords records = new();
    private readonly Chronicle chronicle;
    private readonly Clearing clearing;
    private readonly PaperWallet wallet;
    private DateTimeOffset time;
    private bool mxDeduction;

    private sealed record Ticket(OrderBook Book, PaperOrder Order, Match Match);

    /// <param name="opening">Units by asset, all of them free.</param>
    /// <param name="start">The instant it opens for business.</param>
    public MatchingEngine(IReadOnlyList<Listing> listings, IReadOnlyDictionary<string, decimal> opening, DateTimeOffset start)
        : this(listings, PaperState.Open(opening, start), keep: null)
    {
    }

    /// <summary>
    /// Goes on with an account. What was taken from the market's present version is there again; that lasts until its next one.
    /// </summary>
    /// <param name="keep">
    /// Is given what each call has changed, in one piece and before the call returns; when it throws, so does the call. Null keeps nothing.
    /// </param>
    /// <exception cref="ArgumentException">An order is open in a pair that is not listed.</exception>
    public MatchingEngine(IReadOnlyList<Listing> listings, PaperState state, Action<IReadOnlyList<PaperFact>>? keep)
    {
        (opened, time, mxDeduction) = (state.Opened, state.Time, state.MxDeduction);
        books = listings.ToDictionary(listing => listing.Symbol.Name, listing => new OrderBook(listing, time), StringComparer.Ordinal);
        chronicle = new Chronicle(keep);
        account = new PaperAccount(state.Balances);
        clearing = new Clearing(account, records, chronicle, state, MxPrice);
        wallet = new PaperWallet(account, chronicle, state);
        foreach (var trade in state.Trades)
            records.Add(trade);
        foreach (var order in state.Orders.Values)
            Restore(order);
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

    /// <summary>Everything that is known of the account, to go on with elsewhere.</summary>
    public PaperState State
    {
        get
        {
            lock (gate)
                return new PaperState
                {
                    Opened = opened,
                    Time = time,
                    Sequence = clearing.Sequence,
                    TransferCount = wallet.Count,
                    MxDeduction = mxDeduction,
                    Balances = account.Totals(),
                    Orders = new(records.Orders.Select(order => KeyValuePair.Create(order.Id, order)), StringComparer.Ordinal),
                    Trades = [.. records.Trades],
                    Transfers = [.. wallet.Transfers],
                };
        }
    }

    /// <summary>QRL/USDT on a synthetic market, and an account of 10 000 QRL and 500 USDT.</summary>
    public static MatchingEngine QrlUsdt(long seed, DateTimeOffset start) => new(
        [Listing.QrlUsdt(seed)],
        new Dictionary<string, decimal>(StringComparer.Ordinal) { ["QRL"] = 10_000, ["USDT"] = 500 },
        start);

    public void DeductMx(bool enabled, DateTimeOffset now) => Serve(now, () =>
    {
        if (mxDeduction != enabled)
            chronicle.Note(new MxDeductionSet(enabled, time));
        return mxDeduction = enabled;
    });

    /// <summary>
    /// Puts a listing in the place of the one with its symbol: other rules, another state, another market behind it. Open orders stay.
    /// </summary>
    /// <param name="changed">Its assets, decimals and fees are those of before, because open orders have reserved by them.</param>
    /// <returns>Null when it was done.</returns>
    public Failure? Relist(Listing changed, DateTimeOffset now) => Serve(now, () =>
    {
        if (Turned(changed.Symbol.Name) is not { } book)
            return Refusals.InvalidSymbol;
        book.Relist(changed, time);
        FillResting(book);
        return null;
    });

    /// <summary>The order as it stands after all that it could do at once.</summary>
    public Result<PaperOrder> Place(PaperOrderRequest request, DateTimeOffset now) => Serve(now, () =>
        Examine(request).TryGet(out var ticket, out var refusal) ? Execute(ticket) : (Result<PaperOrder>)refusal);

    /// <summary>Why <see cref="Place"/> would refuse; null when it would not. Nothing is traded.</summary>
    public Failure? Test(PaperOrderRequest request, DateTimeOffset now) => Serve(now, () => Examine(request).Failure);

    public Result<PaperOrder> Cancel(PaperOrderKey key, DateTimeOffset now) => Serve<Result<PaperOrder>>(now, () =>
        key is { OrderId: null, ClientOrderId: null } ? Refusals.NoOrderId
        : records.Find(key) is { IsOpen: true } order ? CallOff(order)
        : Refusals.UnknownOrder);

    /// <summary>Cancels what is open of a pair. Newest first; empty when nothing was.</summary>
    public IReadOnlyList<PaperOrder> CancelAll(string symbol, DateTimeOffset now) => Serve(now, () => Open(symbol).Select(CallOff).ToArray());

    public Result<PaperOrder> Find(PaperOrderKey key, DateTimeOffset now) => Serve<Result<PaperOrder>>(now, () =>
        key is { OrderId: null, ClientOrderId: null } ? Refusals.NoOrderId
        : records.Find(key) is { } order ? order
        : Refusals.OrderDoesNotExist);

    /// <summary>Newest first. Null means every pair.</summary>
    public IReadOnlyList<PaperOrder> OpenOrders(string? symbol, DateTimeOffset now) => Serve(now, () => Open(symbol));

    /// <summary>Placed from <paramref name="from"/> to <paramref name="to"/>, in whole seconds, open or final; newest first.</summary>
    public IReadOnlyList<PaperOrder> Orders(string symbol, DateTimeOffset from, DateTimeOffset to, DateTimeOffset now) =>
        Serve(now, () => records.PlacedBetween(symbol, from, to));

    /// <summary>The newest <paramref name="limit"/> of those that match, newest first.</summary>
    public IReadOnlyList<PaperTrade> Trades(PaperTradeFilter filter, int limit, DateTimeOffset now) =>
        Serve(now, () => records.Matching(filter, limit));

    /// <summary>Units of any asset, pair or not, that arrive from outside: free at once.</summary>
    public Result<PaperTransfer> Deposit(string asset, decimal units, DateTimeOffset now) =>
        Serve(now, () => wallet.Deposit(asset, units, time));

    /// <summary>Refused for more than is free: what sits in open orders cannot leave.</summary>
    public Result<PaperTransfer> Withdraw(string asset, decimal units, DateTimeOffset now) =>
        Serve(now, () => wallet.Withdraw(asset, units, time));

    /// <summary>
    /// Deposits and withdrawals from <paramref name="from"/> to <paramref name="to"/>, newest first. Refused, as MEXC does, for more than
    /// seven days at once and for a beginning more than 90 days ago.
    /// </summary>
    public Result<IReadOnlyList<PaperTransfer>> Transfers(DateTimeOffset from, DateTimeOffset to, DateTimeOffset now) =>
        Serve(now, () => wallet.Between(from, to, time));

    /// <summary>By asset; an asset that was never held is not listed.</summary>
    public IReadOnlyDictionary<string, Balance> Balances(DateTimeOffset now) => Serve(now, account.Snapshot);

    public Result<BookView> Book(string symbol, DateTimeOffset now) =>
        Serve<Result<BookView>>(now, () => Turned(symbol) is { } book ? book.View() : Refusals.InvalidSymbol);

    /// <summary>One call at a time, on a market that has come up to its time, and with what it has changed handed over at its end.</summary>
    private T Serve<T>(DateTimeOffset now, Func<T> call)
    {
        lock (gate)
        {
            AdvanceTo(now);
            var answer = call();
            records.Forget(time);
            chronicle.HandOver();
            return answer;
        }
    }

    private void Restore(PaperOrder order)
    {
        records.Add(order);
        if (!order.IsOpen)
            return;
        if (!books.TryGetValue(order.Symbol.Name, out var book))
            throw new ArgumentException($"order {order.Id} is open in {order.Symbol.Name}, which is not listed");
        Rest(book, order);
    }

    private PaperOrder[] Open(string? symbol) => [.. books.Values
        .Where(book => symbol is null || book.Listing.Symbol.Name == symbol)
        .SelectMany(book => book.Resting)
        .OrderByDescending(order => order.Id, StringComparer.Ordinal)];

    // A resting order meets every version of its market. Where nobody waits, nothing has to turn before somebody looks.
    private void AdvanceTo(DateTimeOffset now)
    {
        time = now > time ? now : time;
        foreach (var book in books.Values)
        {
            while (book.HasResting && time >= book.Market.Until)
            {
                book.Turn(book.Listing.Market(book.Market.Until));
                FillResting(book);
            }
        }
    }

    /// <summary>A pair's book on the market's present version; null when there is no such pair.</summary>
    private OrderBook? Turned(string symbol)
    {
        if (!books.TryGetValue(symbol, out var book))
            return null;
        if (time >= book.Market.Until)
            book.Turn(book.Listing.Market(time));
        return book;
    }

    private Price? MxPrice(string quote) => mxDeduction && Turned($"MX{quote}") is { } book ? book.Market.Last : null;

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
        if (Turned(request.Symbol) is not { } book)
            return Refusals.SymbolNotForApi;
        if (Admission.Refuse(book.Listing, request, book.Market.Last) is { } malformed)
            return malformed;
        var order = Draft(request, book);
        var match = Match.Walk(book.Opposite(order.Side).Offers(), order, book.Listing);
        if (order.Type == OrderType.Market && match.Executions.Count == 0)
            return Refusals.NoOpponent;
        if (clearing.Unaffordable(book.Listing, order, match) is { } unaffordable)
            return unaffordable;
        var open = books.Values.Sum(any => any.RestingCount);
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
            opposite.Update(clearing.Fill(book.Listing, records.Get(restingId), execution, isMaker: true, isSelfTrade: true, time));
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

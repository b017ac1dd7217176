using Ballast.Core.Books;

namespace Ballast.Core.Trading;

/// <summary>
/// The market as a tick sees it. Two implementations: the MEXC client and the in-memory paper exchange.
/// Every call may fail, and says how; none throws for what the exchange did.
/// </summary>
public interface IExchange
{
    Task<Result<Balances>> BalancesAsync(CancellationToken cancel);

    /// <summary>Last trade and best bid and ask, as the exchange shows them: not yet judged.</summary>
    Task<Result<Quote>> QuoteAsync(Symbol symbol, CancellationToken cancel);

    /// <summary>
    /// One page of the account's own trades with <paramref name="from"/> ≤ time ≤ <paramref name="to"/>, newest first. The exchange cuts
    /// pages where it likes: rows are missing at the old end, and the newest may come late.
    /// </summary>
    Task<Result<IReadOnlyList<Trade>>> TradesAsync(Symbol symbol, DateTimeOffset from, DateTimeOffset to, CancellationToken cancel);

    /// <summary>
    /// Deposits and withdrawals of every asset that began from <paramref name="from"/> to <paramref name="to"/>, in any order. The window
    /// is at most seven days long and begins at most 90 days ago. Rejected when the key may not read them.
    /// </summary>
    Task<Result<IReadOnlyList<WalletRow>>> WalletAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancel);

    Task<Result<SymbolRules>> RulesAsync(Symbol symbol, CancellationToken cancel);

    /// <summary>What a pair traded at by the end of the minute that <paramref name="time"/> falls into, or up to an hour before it.</summary>
    Task<Result<Price>> PriceAtAsync(Symbol symbol, DateTimeOffset time, CancellationToken cancel);

    /// <summary>Last price of one unit of <paramref name="asset"/> in <paramref name="quote"/>; a failure when the two make no pair.</summary>
    Task<Result<Price>> PriceOfAsync(string asset, string quote, CancellationToken cancel);

    /// <summary>Average price of the last five minutes.</summary>
    Task<Result<Price>> AveragePriceAsync(Symbol symbol, CancellationToken cancel);

    /// <summary>The order book, as far as the exchange shows it at once.</summary>
    Task<Result<Depth>> DepthAsync(Symbol symbol, CancellationToken cancel);

    /// <summary>
    /// Sends an order, exactly once. Rejected and RateLimited: the exchange said no. Unavailable and BadData: it never left. UnknownOutcome:
    /// it may stand. One that leaves later than a few seconds after <see cref="OrderIntent.At"/> is refused by the exchange.
    /// </summary>
    /// <returns>The exchange's id. It says nothing of fills.</returns>
    Task<Result<string>> PlaceAsync(ApprovedOrder order, CancellationToken cancel);

    /// <summary>
    /// Orders of the account on the pair from a time on, open or final, newest first, as many as the exchange gives at once.
    /// </summary>
    Task<Result<IReadOnlyList<OrderState>>> RecentOrdersAsync(Symbol symbol, DateTimeOffset from, CancellationToken cancel);

    /// <summary>
    /// An order by the id that we gave it. Rejected with <see cref="Failure.NoSuchOrder"/> when the exchange does not know it, which is
    /// also what it says of an order that was accepted a moment ago.
    /// </summary>
    Task<Result<OrderState>> OrderAsync(Symbol symbol, string clientOrderId, CancellationToken cancel);

    /// <summary>Every order of the account on the pair that is not final.</summary>
    Task<Result<IReadOnlyList<OrderState>>> OpenOrdersAsync(Symbol symbol, CancellationToken cancel);

    /// <summary>Sent exactly once. Null when the exchange has taken the cancellation; what became of the order must be asked.</summary>
    Task<Failure?> CancelAsync(Symbol symbol, string clientOrderId, CancellationToken cancel);

    /// <summary>The exchange's clock; the cheapest proof that it is there.</summary>
    Task<Result<DateTimeOffset>> TimeAsync(CancellationToken cancel);
}

/// <summary>The last trade's price and the best prices on either side. A side that the exchange left empty is null.</summary>
/// <param name="ObservedAt">When the request for it left, by our clock: the quote is at least this fresh.</param>
public sealed record Quote(Price Last, Price? Bid, Price? Ask, DateTimeOffset ObservedAt);

/// <summary>What is offered at one price.</summary>
public readonly record struct Level(Price Price, Quantity Quantity);

/// <param name="Bids">Highest price first.</param>
/// <param name="Asks">Lowest price first.</param>
public sealed record Depth(IReadOnlyList<Level> Bids, IReadOnlyList<Level> Asks);

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

    Task<Result<SymbolRules>> RulesAsync(Symbol symbol, CancellationToken cancel);

    /// <summary>The exchange's clock; the cheapest proof that it is there.</summary>
    Task<Result<DateTimeOffset>> TimeAsync(CancellationToken cancel);
}

/// <summary>The last trade's price and the best prices on either side. A side that the exchange left empty is null.</summary>
/// <param name="ObservedAt">When the request for it left, by our clock: the quote is at least this fresh.</param>
public sealed record Quote(Price Last, Price? Bid, Price? Ask, DateTimeOffset ObservedAt);

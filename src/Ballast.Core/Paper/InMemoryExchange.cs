using Ballast.Core.Books;
using Ballast.Core.Trading;

namespace Ballast.Core.Paper;

/// <summary>The paper exchange without a wire: for simulation and for tests of the tick.</summary>
public sealed class InMemoryExchange(MatchingEngine engine, TimeProvider clock) : IExchange
{
    /// <summary>As many rows as MEXC gives on one page of trades.</summary>
    public const int TradesPerPage = 100;

    private DateTimeOffset Now => clock.GetUtcNow();

    public Task<Result<Balances>> BalancesAsync(CancellationToken cancel)
    {
        var held = engine.Balances(Now).Where(entry => entry.Value.Total != 0);
        return Answer<Balances>(new Balances(new Dictionary<string, Balance>(held, StringComparer.Ordinal)));
    }

    public Task<Result<Quote>> QuoteAsync(Symbol symbol, CancellationToken cancel)
    {
        var now = Now;
        return engine.Book(symbol.Name, now).TryGet(out var book, out var failure)
            ? Answer<Quote>(new Quote(book.Last, BestOf(book.Bids), BestOf(book.Asks), now))
            : Answer<Quote>(failure);
    }

    public Task<Result<IReadOnlyList<Trade>>> TradesAsync(
        Symbol symbol, DateTimeOffset from, DateTimeOffset to, CancellationToken cancel)
    {
        var trades = engine.Trades(new PaperTradeFilter(symbol.Name, null, from, to), TradesPerPage, Now);
        return Answer<IReadOnlyList<Trade>>(trades.Select(trade => trade.ForBooks()).ToArray());
    }

    public Task<Result<SymbolRules>> RulesAsync(Symbol symbol, CancellationToken cancel) =>
        engine.Listings.FirstOrDefault(listing => listing.Symbol == symbol) is { } listing
            ? Answer<SymbolRules>(listing.Rules)
            : Answer<SymbolRules>(Refusals.InvalidSymbol);

    public Task<Result<DateTimeOffset>> TimeAsync(CancellationToken cancel) => Answer<DateTimeOffset>(Now);

    private static Price? BestOf(IReadOnlyList<Level> side) => side.Count > 0 ? side[0].Price : null;

    private static Task<Result<T>> Answer<T>(Result<T> result) => Task.FromResult(result);
}

using Ballast.Core;
using Ballast.Core.Books;
using Ballast.Core.Trading;

namespace Ballast.Mexc;

/// <summary>The market as a tick sees it, on MEXC. Live and paper differ only in the client's base address.</summary>
/// <param name="time">The clock by which a quote's age is told.</param>
public sealed class MexcExchange(MexcClient client, TimeProvider time) : IExchange
{
    public Task<Result<Balances>> BalancesAsync(CancellationToken cancel) => client.BalancesAsync(cancel);

    /// <summary>Two calls side by side. The quote's time is when the first of them left: it never looks younger than it is.</summary>
    public async Task<Result<Quote>> QuoteAsync(Symbol symbol, CancellationToken cancel)
    {
        var asked = time.GetUtcNow();
        var (lastCall, bestCall) = (client.LastPriceAsync(symbol, cancel), client.BestPricesAsync(symbol, cancel));
        await Task.WhenAll(lastCall, bestCall);
        if (!(await lastCall).TryGet(out var last, out var failure)) return failure;
        if (!(await bestCall).TryGet(out var best, out failure)) return failure;
        return new Quote(last, best.Bid, best.Ask, asked);
    }

    public Task<Result<IReadOnlyList<Trade>>> TradesAsync(
        Symbol symbol, DateTimeOffset from, DateTimeOffset to, CancellationToken cancel) =>
        client.TradesAsync(symbol, from, to, cancel);

    public Task<Result<SymbolRules>> RulesAsync(Symbol symbol, CancellationToken cancel) => client.RulesAsync(symbol, cancel);

    public Task<Result<DateTimeOffset>> TimeAsync(CancellationToken cancel) => client.TimeAsync(cancel);
}

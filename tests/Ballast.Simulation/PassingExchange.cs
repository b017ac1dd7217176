using Ballast.Core;
using Ballast.Core.Books;
using Ballast.Core.Trading;

namespace Ballast.Simulation;

/// <summary>Passes everything on; what derives from it changes one thing.</summary>
internal abstract class PassingExchange(IExchange exchange) : IExchange
{
    protected IExchange Exchange => exchange;

    public virtual Task<Result<Balances>> BalancesAsync(CancellationToken cancel) => exchange.BalancesAsync(cancel);

    public virtual Task<Result<Quote>> QuoteAsync(Symbol symbol, CancellationToken cancel) => exchange.QuoteAsync(symbol, cancel);

    public virtual Task<Result<IReadOnlyList<Trade>>> TradesAsync(Symbol symbol, DateTimeOffset from, DateTimeOffset to, CancellationToken cancel) =>
        exchange.TradesAsync(symbol, from, to, cancel);

    public virtual Task<Result<IReadOnlyList<WalletRow>>> WalletAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancel) =>
        exchange.WalletAsync(from, to, cancel);

    public virtual Task<Result<SymbolRules>> RulesAsync(Symbol symbol, CancellationToken cancel) => exchange.RulesAsync(symbol, cancel);

    public virtual Task<Result<Price>> PriceAtAsync(Symbol symbol, DateTimeOffset time, CancellationToken cancel) =>
        exchange.PriceAtAsync(symbol, time, cancel);

    public virtual Task<Result<Price>> PriceOfAsync(string asset, string quote, CancellationToken cancel) => exchange.PriceOfAsync(asset, quote, cancel);

    public virtual Task<Result<Price>> AveragePriceAsync(Symbol symbol, CancellationToken cancel) => exchange.AveragePriceAsync(symbol, cancel);

    public virtual Task<Result<Depth>> DepthAsync(Symbol symbol, CancellationToken cancel) => exchange.DepthAsync(symbol, cancel);

    public virtual Task<Result<string>> PlaceAsync(ApprovedOrder order, CancellationToken cancel) => exchange.PlaceAsync(order, cancel);

    public virtual Task<Result<IReadOnlyList<OrderState>>> RecentOrdersAsync(Symbol symbol, DateTimeOffset from, CancellationToken cancel) =>
        exchange.RecentOrdersAsync(symbol, from, cancel);

    public virtual Task<Result<OrderState>> OrderAsync(Symbol symbol, string clientOrderId, CancellationToken cancel) =>
        exchange.OrderAsync(symbol, clientOrderId, cancel);

    public virtual Task<Result<IReadOnlyList<OrderState>>> OpenOrdersAsync(Symbol symbol, CancellationToken cancel) =>
        exchange.OpenOrdersAsync(symbol, cancel);

    public virtual Task<Failure?> CancelAsync(Symbol symbol, string clientOrderId, CancellationToken cancel) =>
        exchange.CancelAsync(symbol, clientOrderId, cancel);

    public virtual Task<Result<DateTimeOffset>> TimeAsync(CancellationToken cancel) => exchange.TimeAsync(cancel);
}

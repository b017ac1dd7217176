using Ballast.Core;
using Ballast.Core.Books;
using Ballast.Core.Trading;

namespace Ballast.Simulation;

/// <summary>The exchange as an instance reaches it: over a wire, in the words of <see cref="IExchange"/>.</summary>
internal sealed class ExchangeLine(IExchange exchange, Wire wire) : IExchange
{
    public Task<Result<Balances>> BalancesAsync(CancellationToken cancel) => Read("balances", () => exchange.BalancesAsync(default), cancel);

    public Task<Result<Quote>> QuoteAsync(Symbol symbol, CancellationToken cancel) => Read("quote", () => exchange.QuoteAsync(symbol, default), cancel);

    public Task<Result<IReadOnlyList<Trade>>> TradesAsync(Symbol symbol, DateTimeOffset from, DateTimeOffset to, CancellationToken cancel) =>
        Read("trades", () => exchange.TradesAsync(symbol, from, to, default), cancel);

    public Task<Result<IReadOnlyList<WalletRow>>> WalletAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancel) =>
        Read("wallet", () => exchange.WalletAsync(from, to, default), cancel);

    public Task<Result<SymbolRules>> RulesAsync(Symbol symbol, CancellationToken cancel) => Read("rules", () => exchange.RulesAsync(symbol, default), cancel);

    public Task<Result<Price>> PriceAtAsync(Symbol symbol, DateTimeOffset time, CancellationToken cancel) =>
        Read("price then", () => exchange.PriceAtAsync(symbol, time, default), cancel);

    public Task<Result<Price>> PriceOfAsync(string asset, string quote, CancellationToken cancel) =>
        Read("price of", () => exchange.PriceOfAsync(asset, quote, default), cancel);

    public Task<Result<Price>> AveragePriceAsync(Symbol symbol, CancellationToken cancel) =>
        Read("average", () => exchange.AveragePriceAsync(symbol, default), cancel);

    public Task<Result<Depth>> DepthAsync(Symbol symbol, CancellationToken cancel) => Read("depth", () => exchange.DepthAsync(symbol, default), cancel);

    public Task<Result<IReadOnlyList<OrderState>>> RecentOrdersAsync(Symbol symbol, DateTimeOffset from, CancellationToken cancel) =>
        Read("recent orders", () => exchange.RecentOrdersAsync(symbol, from, default), cancel);

    public Task<Result<IReadOnlyList<OrderState>>> OpenOrdersAsync(Symbol symbol, CancellationToken cancel) =>
        Read("open orders", () => exchange.OpenOrdersAsync(symbol, default), cancel);

    public Task<Result<DateTimeOffset>> TimeAsync(CancellationToken cancel) => Read("time", () => exchange.TimeAsync(default), cancel);

    public Task<Result<OrderState>> OrderAsync(Symbol symbol, string clientOrderId, CancellationToken cancel) => wire.SendAsync<Result<OrderState>>(
        Boundary.OrderQuery, new Topic("order", clientOrderId), () => exchange.OrderAsync(symbol, clientOrderId, default), fault => Unread(fault), cancel);

    /// <summary>Once it may have left, nothing but the exchange's own word says what became of it.</summary>
    public Task<Result<string>> PlaceAsync(ApprovedOrder order, CancellationToken cancel) => wire.SendAsync<Result<string>>(
        Boundary.Place, new Topic("place", order.Intent.ClientOrderId), () => exchange.PlaceAsync(order, default), fault => Sent(fault), cancel);

    public Task<Failure?> CancelAsync(Symbol symbol, string clientOrderId, CancellationToken cancel) => wire.SendAsync<Failure?>(
        Boundary.Cancel, new Topic("cancel", clientOrderId), () => exchange.CancelAsync(symbol, clientOrderId, default), fault => Sent(fault), cancel);

    private Task<Result<T>> Read<T>(string what, Func<Task<Result<T>>> act, CancellationToken cancel) =>
        wire.SendAsync<Result<T>>(Boundary.ExchangeRead, what, act, fault => Unread(fault), cancel);

    private static Failure Unread(FaultKind fault) => fault switch
    {
        FaultKind.RateLimited => new Failure(FailureKind.RateLimited, "too many requests", 429),
        FaultKind.Garbage => Failure.BadData("an answer that makes no sense"),
        _ => Failure.Unavailable($"no answer: {fault}"),
    };

    private static Failure Sent(FaultKind fault) => fault switch
    {
        FaultKind.RateLimited => new Failure(FailureKind.RateLimited, "too many requests", 429),
        FaultKind.Refused => Failure.Unavailable("no connection"),
        _ => new Failure(FailureKind.UnknownOutcome, $"no usable answer: {fault}"),
    };
}

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

    /// <summary>Two calls side by side; half a history would pass for a whole one, so either failing fails both.</summary>
    public async Task<Result<IReadOnlyList<WalletRow>>> WalletAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancel)
    {
        var (depositsCall, withdrawalsCall) = (client.DepositsAsync(from, to, cancel), client.WithdrawalsAsync(from, to, cancel));
        await Task.WhenAll(depositsCall, withdrawalsCall);
        if (!(await depositsCall).TryGet(out var deposits, out var failure)) return failure;
        if (!(await withdrawalsCall).TryGet(out var withdrawals, out failure)) return failure;
        return Result<IReadOnlyList<WalletRow>>.Of([.. deposits, .. withdrawals]);
    }

    public Task<Result<SymbolRules>> RulesAsync(Symbol symbol, CancellationToken cancel) => client.RulesAsync(symbol, cancel);

    public Task<Result<Price>> PriceAtAsync(Symbol symbol, DateTimeOffset time, CancellationToken cancel) =>
        client.CloseAsync(symbol, time, cancel);

    /// <summary>
    /// A name is joined here, never split: the exchange names a pair by writing its quote behind its base, so two assets make one name,
    /// while one name may be cut into assets in several places. A joined name could mean another pair only if one quote asset ended
    /// in another's name, and no two of the exchange's do.
    /// </summary>
    public async Task<Result<Price>> PriceOfAsync(string asset, string quote, CancellationToken cancel)
    {
        if (!Symbol.Parse(asset + quote).TryGet(out var pair, out var failure)) return failure;
        if (!(await client.LastPriceAsync(pair, cancel)).TryGet(out var price, out failure)) return failure;
        return price.Value > 0 ? price : Failure.BadData($"the last price of {pair} is {price}, and nothing is traded at that");
    }

    public Task<Result<Price>> AveragePriceAsync(Symbol symbol, CancellationToken cancel) => client.AveragePriceAsync(symbol, cancel);

    public Task<Result<Depth>> DepthAsync(Symbol symbol, CancellationToken cancel) => client.DepthAsync(symbol, cancel);

    public async Task<Result<string>> PlaceAsync(ApprovedOrder order, CancellationToken cancel)
    {
        var intent = order.Intent;
        var request = new NewOrder(order.Symbol, intent.Side, intent.Type, intent.Quantity, QuoteAmount: null, intent.Limit, intent.ClientOrderId);
        return (await client.PlaceAsync(request, cancel, intent.At)).TryGet(out var ack, out var failure) ? ack.OrderId : failure;
    }

    public Task<Result<IReadOnlyList<OrderState>>> RecentOrdersAsync(Symbol symbol, DateTimeOffset from, CancellationToken cancel) =>
        client.OrdersAsync(symbol, from, time.GetUtcNow(), cancel);

    public async Task<Result<OrderState>> OrderAsync(Symbol symbol, string clientOrderId, CancellationToken cancel) =>
        OrderReference.ByClientId(clientOrderId).TryGet(out var order, out var failure)
            ? await client.OrderAsync(symbol, order, cancel)
            : failure;

    /// <summary>The exchange lists some orders that are final already; one whose status is not understood may still be open.</summary>
    public async Task<Result<IReadOnlyList<OrderState>>> OpenOrdersAsync(Symbol symbol, CancellationToken cancel) =>
        (await client.OpenOrdersAsync(symbol, cancel)).TryGet(out var orders, out var failure)
            ? Result<IReadOnlyList<OrderState>>.Of([.. orders.Where(order => !IsFinal(order.Status))])
            : failure;

    public async Task<Failure?> CancelAsync(Symbol symbol, string clientOrderId, CancellationToken cancel) =>
        OrderReference.ByClientId(clientOrderId).TryGet(out var order, out var failure)
            ? (await client.CancelAsync(symbol, order, cancel)).Failure
            : failure;

    public Task<Result<DateTimeOffset>> TimeAsync(CancellationToken cancel) => client.TimeAsync(cancel);

    private static bool IsFinal(OrderStatus status) =>
        status is OrderStatus.Filled or OrderStatus.Canceled or OrderStatus.PartiallyCanceled;
}

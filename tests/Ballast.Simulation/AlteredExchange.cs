using Ballast.Core;
using Ballast.Core.Books;
using Ballast.Core.Trading;

namespace Ballast.Simulation;

/// <summary>An exchange of which some answers are replaced.</summary>
internal sealed class AlteredExchange(IExchange exchange) : PassingExchange(exchange)
{
    public Func<IExchange, ApprovedOrder, Task<Result<string>>>? Place { get; init; }
    public Func<Result<OrderState>, Result<OrderState>>? Order { get; init; }
    public Func<IReadOnlyList<Trade>, IReadOnlyList<Trade>>? Trades { get; init; }
    public Func<IReadOnlyList<WalletRow>, IReadOnlyList<WalletRow>>? Wallet { get; init; }
    public Func<Result<Balances>, Result<Balances>>? Balances { get; init; }

    public bool ForgetsRecentOrders { get; init; }
    public bool NeverCancels { get; init; }

    public override Task<Result<string>> PlaceAsync(ApprovedOrder order, CancellationToken cancel) =>
        Place is { } other ? other(Exchange, order) : base.PlaceAsync(order, cancel);

    public override async Task<Result<OrderState>> OrderAsync(Symbol symbol, string clientOrderId, CancellationToken cancel)
    {
        var answer = await base.OrderAsync(symbol, clientOrderId, cancel);
        return Order is { } other ? other(answer) : answer;
    }

    public override async Task<Result<IReadOnlyList<Trade>>> TradesAsync(Symbol symbol, DateTimeOffset from, DateTimeOffset to, CancellationToken cancel)
    {
        var answer = await base.TradesAsync(symbol, from, to, cancel);
        return Trades is { } other && answer.TryGet(out var rows, out _) ? Result<IReadOnlyList<Trade>>.Of(other(rows)) : answer;
    }

    public override async Task<Result<IReadOnlyList<WalletRow>>> WalletAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancel)
    {
        var answer = await base.WalletAsync(from, to, cancel);
        return Wallet is { } other && answer.TryGet(out var rows, out _) ? Result<IReadOnlyList<WalletRow>>.Of(other(rows)) : answer;
    }

    public override async Task<Result<Balances>> BalancesAsync(CancellationToken cancel)
    {
        var answer = await base.BalancesAsync(cancel);
        return Balances is { } other ? other(answer) : answer;
    }

    public override Task<Result<IReadOnlyList<OrderState>>> RecentOrdersAsync(Symbol symbol, DateTimeOffset from, CancellationToken cancel) =>
        ForgetsRecentOrders ? Task.FromResult(Result<IReadOnlyList<OrderState>>.Of([])) : base.RecentOrdersAsync(symbol, from, cancel);

    public override Task<Failure?> CancelAsync(Symbol symbol, string clientOrderId, CancellationToken cancel) =>
        NeverCancels ? Task.FromResult<Failure?>(null) : base.CancelAsync(symbol, clientOrderId, cancel);
}

using Ballast.Core;
using Ballast.Core.Books;
using Ballast.Core.Trading;

namespace Ballast.Tests.Core.Trading;

/// <summary>A paper exchange between which and its client things get lost, and that counts what really arrived.</summary>
internal sealed class FaultyExchange(IExchange exchange) : IExchange
{
    /// <summary>Ids of the orders that the exchange was really asked to place, in order.</summary>
    public List<string> Placed { get; } = [];

    /// <summary>The request is lost: nothing arrives, and nobody can tell.</summary>
    public bool LosesRequests { get; set; }

    /// <summary>The answer is lost: the order stands.</summary>
    public bool LosesAnswers { get; set; }

    /// <summary>So many questions for an order are answered with "no such order" first.</summary>
    public int NotFoundFor { get; set; }

    /// <summary>What the exchange says to an order instead of taking it.</summary>
    public Failure? Refuses { get; set; }

    /// <summary>Questions for an order get no answer.</summary>
    public bool HidesOrders { get; set; }

    /// <summary>What happens between an answer about an order and whoever has asked.</summary>
    public Action OnOrderAnswered { get; set; } = () => { };

    public Result<Depth>? Book { get; set; }

    public async Task<Result<string>> PlaceAsync(ApprovedOrder order, CancellationToken cancel)
    {
        var lost = new Failure(FailureKind.UnknownOutcome, "the connection broke");
        if (LosesRequests)
            return lost;
        Placed.Add(order.Intent.ClientOrderId);
        if (Refuses is { } refusal)
            return refusal;
        var answer = await exchange.PlaceAsync(order, cancel);
        return LosesAnswers ? lost : answer;
    }

    public Task<Result<OrderState>> OrderAsync(Symbol symbol, string clientOrderId, CancellationToken cancel)
    {
        if (HidesOrders)
            return Task.FromResult<Result<OrderState>>(Failure.Unavailable("no answer"));
        var unknown = NotFoundFor-- > 0;
        OnOrderAnswered();
        return unknown
            ? Task.FromResult<Result<OrderState>>(new Failure(FailureKind.Rejected, "Order does not exist.", Failure.NoSuchOrder))
            : exchange.OrderAsync(symbol, clientOrderId, cancel);
    }

    public Task<Result<Depth>> DepthAsync(Symbol symbol, CancellationToken cancel) =>
        Book is { } book ? Task.FromResult(book) : exchange.DepthAsync(symbol, cancel);

    public Task<Result<Balances>> BalancesAsync(CancellationToken cancel) => exchange.BalancesAsync(cancel);
    public Task<Result<Quote>> QuoteAsync(Symbol symbol, CancellationToken cancel) => exchange.QuoteAsync(symbol, cancel);
    public Task<Result<IReadOnlyList<Trade>>> TradesAsync(Symbol symbol, DateTimeOffset from, DateTimeOffset to, CancellationToken cancel) =>
        exchange.TradesAsync(symbol, from, to, cancel);
    public Task<Result<IReadOnlyList<WalletRow>>> WalletAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancel) =>
        exchange.WalletAsync(from, to, cancel);
    public Task<Result<SymbolRules>> RulesAsync(Symbol symbol, CancellationToken cancel) => exchange.RulesAsync(symbol, cancel);
    public Task<Result<Price>> PriceAtAsync(Symbol symbol, DateTimeOffset time, CancellationToken cancel) => exchange.PriceAtAsync(symbol, time, cancel);
    public Task<Result<Price>> PriceOfAsync(string asset, string quote, CancellationToken cancel) => exchange.PriceOfAsync(asset, quote, cancel);
    public Task<Result<Price>> AveragePriceAsync(Symbol symbol, CancellationToken cancel) => exchange.AveragePriceAsync(symbol, cancel);
    public Task<Result<IReadOnlyList<OrderState>>> RecentOrdersAsync(Symbol symbol, DateTimeOffset from, CancellationToken cancel) =>
        exchange.RecentOrdersAsync(symbol, from, cancel);
    public Task<Result<IReadOnlyList<OrderState>>> OpenOrdersAsync(Symbol symbol, CancellationToken cancel) => exchange.OpenOrdersAsync(symbol, cancel);
    public Task<Failure?> CancelAsync(Symbol symbol, string clientOrderId, CancellationToken cancel) => exchange.CancelAsync(symbol, clientOrderId, cancel);
    public Task<Result<DateTimeOffset>> TimeAsync(CancellationToken cancel) => exchange.TimeAsync(cancel);
}

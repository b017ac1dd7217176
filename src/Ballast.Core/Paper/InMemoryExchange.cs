using Ballast.Core.Books;
using Ballast.Core.Trading;

namespace Ballast.Core.Paper;

/// <summary>The paper exchange without a wire: for simulation and for tests of the tick.</summary>
public sealed class InMemoryExchange(MatchingEngine engine, TimeProvider clock) : IExchange
{
    /// <summary>As many rows as MEXC gives on one page of trades.</summary>
    public const int TradesPerPage = 100;

    /// <summary>As many rows on either side as MEXC shows when it is not asked for more.</summary>
    public const int DepthRows = 100;

    private static readonly TimeSpan AverageOver = TimeSpan.FromMinutes(5);

    /// <summary>How old a signed request may be when it arrives.</summary>
    public static readonly TimeSpan ReceiveWindow = TimeSpan.FromSeconds(5);

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

    public Task<Result<IReadOnlyList<WalletRow>>> WalletAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancel) =>
        engine.Transfers(from, to, Now).TryGet(out var transfers, out var failure)
            ? Answer<IReadOnlyList<WalletRow>>(transfers.Select(transfer => transfer.Row).ToArray())
            : Answer<IReadOnlyList<WalletRow>>(failure);

    public Task<Result<SymbolRules>> RulesAsync(Symbol symbol, CancellationToken cancel) =>
        Find(symbol) is { } listing ? Answer<SymbolRules>(listing.Rules) : Answer<SymbolRules>(Refusals.InvalidSymbol);

    public Task<Result<Price>> PriceAtAsync(Symbol symbol, DateTimeOffset time, CancellationToken cancel) => Find(symbol) is { } listing
        ? Answer<Price>(new MarketHistory(listing).AtEndOfMinute(time, Now))
        : Answer<Price>(Refusals.InvalidSymbol);

    public Task<Result<Price>> PriceOfAsync(string asset, string quote, CancellationToken cancel)
    {
        var pair = engine.Listings.FirstOrDefault(listing => listing.Base == asset && listing.Quote == quote);
        return engine.Book(pair?.Symbol.Name ?? "", Now).TryGet(out var book, out var failure)
            ? Answer<Price>(book.Last)
            : Answer<Price>(failure);
    }

    public Task<Result<Price>> AveragePriceAsync(Symbol symbol, CancellationToken cancel)
    {
        var now = Now;
        return Find(symbol) is { } listing
            ? Answer<Price>(new MarketHistory(listing).Average(now - AverageOver, now))
            : Answer<Price>(Refusals.InvalidSymbol);
    }

    public Task<Result<Depth>> DepthAsync(Symbol symbol, CancellationToken cancel) =>
        engine.Book(symbol.Name, Now).TryGet(out var book, out var failure)
            ? Answer<Depth>(new Depth([.. book.Bids.Take(DepthRows)], [.. book.Asks.Take(DepthRows)]))
            : Answer<Depth>(failure);

    /// <summary>As on the wire: refused when it arrives too long after the time that it was signed for, or too long before it.</summary>
    public Task<Result<string>> PlaceAsync(ApprovedOrder order, CancellationToken cancel)
    {
        var (intent, now) = (order.Intent, Now);
        if (now - intent.At > ReceiveWindow || intent.At - now >= TimeSpan.FromSeconds(1))
            return Answer<string>(Refusals.OutsideReceiveWindow);
        var request = new PaperOrderRequest(order.Symbol.Name, intent.Side, intent.Type, intent.ClientOrderId)
        {
            Quantity = new Quantity(Decimals.Trim(intent.Quantity.Value)),
            Price = intent.Limit is { } limit ? new Price(Decimals.Trim(limit.Value)) : null,
        };
        return engine.Place(request, now).TryGet(out var placed, out var refusal) ? Answer<string>(placed.Id) : Answer<string>(refusal);
    }

    public Task<Result<IReadOnlyList<OrderState>>> RecentOrdersAsync(Symbol symbol, DateTimeOffset from, CancellationToken cancel) =>
        Answer<IReadOnlyList<OrderState>>(engine.Orders(symbol.Name, from, Now, Now).Select(order => order.State).ToArray());

    public Task<Result<OrderState>> OrderAsync(Symbol symbol, string clientOrderId, CancellationToken cancel) =>
        engine.Find(Key(symbol, clientOrderId), Now).TryGet(out var order, out var failure)
            ? Answer<OrderState>(order.State)
            : Answer<OrderState>(failure);

    public Task<Result<IReadOnlyList<OrderState>>> OpenOrdersAsync(Symbol symbol, CancellationToken cancel) =>
        Find(symbol) is null
            ? Answer<IReadOnlyList<OrderState>>(Refusals.InvalidSymbol)
            : Answer<IReadOnlyList<OrderState>>(engine.OpenOrders(symbol.Name, Now).Select(order => order.State).ToArray());

    public Task<Failure?> CancelAsync(Symbol symbol, string clientOrderId, CancellationToken cancel) =>
        Task.FromResult(engine.Cancel(Key(symbol, clientOrderId), Now).Failure);

    public Task<Result<DateTimeOffset>> TimeAsync(CancellationToken cancel) => Answer<DateTimeOffset>(Now);

    private static PaperOrderKey Key(Symbol symbol, string clientOrderId) => new(symbol.Name, OrderId: null, clientOrderId);

    private static Price? BestOf(IReadOnlyList<Level> side) => side.Count > 0 ? side[0].Price : null;

    private static Task<Result<T>> Answer<T>(Result<T> result) => Task.FromResult(result);

    private Listing? Find(Symbol symbol) => engine.Listings.FirstOrDefault(listing => listing.Symbol == symbol);
}

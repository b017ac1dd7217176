using Ballast.Core;
using Ballast.Core.Books;
using Ballast.Core.Trading;

namespace Ballast.Benchmarks;

/// <summary>
/// An account whose exchange answers at once, so that a tick takes only what Ballast and its store take. A question costs what its
/// answer's rows cost, however long the account has traded.
/// </summary>
/// <param name="trades">Oldest first.</param>
internal sealed class InstantExchange(HandClock clock, Balance coins, Balance cash, IEnumerable<Trade> trades) : IExchange
{
    private const int PageLimit = 1000;

    private readonly List<Trade> trades = [.. trades];
    private Balance coins = coins;
    private Balance cash = cash;

    public void Fill(Trade trade)
    {
        var sign = trade.Side == Side.Buy ? 1 : -1;
        coins = coins with { Free = coins.Free + sign * trade.Quantity.Value };
        cash = cash with { Free = cash.Free - sign * trade.Value.Value - trade.Fee };
        trades.Add(trade);
    }

    public Task<Result<Balances>> BalancesAsync(CancellationToken cancel) => Answer(
        new Balances(new Dictionary<string, Balance> { [TradeSeries.Rules.Base] = coins, [TradeSeries.Rules.Quote] = cash }));

    public Task<Result<Quote>> QuoteAsync(Symbol symbol, CancellationToken cancel) =>
        Answer(new Quote(TradeSeries.Price, new Price(2.49m), new Price(2.51m), clock.Now));

    public Task<Result<IReadOnlyList<Trade>>> TradesAsync(
        Symbol symbol, DateTimeOffset from, DateTimeOffset to, CancellationToken cancel) =>
        Answer<IReadOnlyList<Trade>>([.. Enumerable.Reverse(trades)
            .SkipWhile(trade => trade.Time > to).TakeWhile(trade => trade.Time >= from).Take(PageLimit)]);

    public Task<Result<IReadOnlyList<WalletRow>>> WalletAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancel) =>
        Answer<IReadOnlyList<WalletRow>>([]);

    public Task<Result<SymbolRules>> RulesAsync(Symbol symbol, CancellationToken cancel) => Answer(TradeSeries.Rules);

    public Task<Result<Price>> PriceAtAsync(Symbol symbol, DateTimeOffset time, CancellationToken cancel) => Answer(TradeSeries.Price);

    public Task<Result<Price>> PriceOfAsync(string asset, string quote, CancellationToken cancel) => NotAsked<Price>();

    public Task<Result<Price>> AveragePriceAsync(Symbol symbol, CancellationToken cancel) => Answer(TradeSeries.Price);

    public Task<Result<Depth>> DepthAsync(Symbol symbol, CancellationToken cancel) => NotAsked<Depth>();

    public Task<Result<string>> PlaceAsync(ApprovedOrder order, CancellationToken cancel) => NotAsked<string>();

    public Task<Result<IReadOnlyList<OrderState>>> RecentOrdersAsync(Symbol symbol, DateTimeOffset from, CancellationToken cancel) =>
        NotAsked<IReadOnlyList<OrderState>>();

    public Task<Result<OrderState>> OrderAsync(Symbol symbol, string clientOrderId, CancellationToken cancel) => NotAsked<OrderState>();

    public Task<Result<IReadOnlyList<OrderState>>> OpenOrdersAsync(Symbol symbol, CancellationToken cancel) =>
        Answer<IReadOnlyList<OrderState>>([]);

    public Task<Failure?> CancelAsync(Symbol symbol, string clientOrderId, CancellationToken cancel) => Task.FromResult<Failure?>(null);

    public Task<Result<DateTimeOffset>> TimeAsync(CancellationToken cancel) => Answer(clock.Now);

    private static Task<Result<T>> Answer<T>(T answer) => Task.FromResult(Result<T>.Of(answer));

    private static Task<Result<T>> NotAsked<T>() => Task.FromResult<Result<T>>(Failure.Unavailable("no benchmark asks for it"));
}

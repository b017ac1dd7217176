using Ballast.Core;
using Ballast.Core.Books;
using Ballast.Core.Trading;

namespace Ballast.Tests.Core;

/// <summary>
/// An account at an exchange that answers as MEXC does: newest trades first, pages cut at the old end, a month's memory, rows that appear
/// late. Each question can be made to fail, to hang until it is cancelled, or to let something else happen first.
/// </summary>
internal sealed class FakeExchange(TimeProvider clock) : IExchange
{
    public const string AskedBalances = "balances";
    public const string AskedQuote = "quote";
    public const string AskedTrades = "trades";
    public const string AskedRules = "rules";
    public const string AskedWallet = "wallet";
    public const string AskedPriceAt = "price at";
    public const string AskedPriceOf = "price of";

    private readonly Lock gate = new();
    private readonly List<(Trade Trade, DateTimeOffset VisibleFrom)> trades = [];
    private readonly List<string> asked = [];

    public SymbolRules Rules { get; set; } = QrlUsdt.Rules;

    /// <summary>The example of the contract: 100 QRL and 150 USDT at 2.5.</summary>
    public Dictionary<string, Balance> Held { get; } = new() { ["QRL"] = new(100, 0), ["USDT"] = new(150, 0) };

    public (decimal Last, decimal? Bid, decimal? Ask) Book { get; set; } = (2.5m, 2.49m, 2.51m);

    /// <summary>The most rows on a page.</summary>
    public int PageLimit { get; set; } = 1000;

    /// <summary>Answers every question for trades with all of them.</summary>
    public bool IgnoresWindows { get; set; }

    /// <summary>Deposits and withdrawals, as the wallet history would show them now.</summary>
    public List<WalletRow> Wallet { get; } = [];

    /// <summary>What the pair traded at, by the minute; a minute that is not there cannot be asked for.</summary>
    public Dictionary<DateTimeOffset, decimal> Minutes { get; } = [];

    /// <summary>Last prices in quote of assets that are not the pair's.</summary>
    public Dictionary<string, decimal> Prices { get; } = [];

    /// <summary>Failures by question.</summary>
    public Dictionary<string, Failure> Broken { get; } = [];

    /// <summary>Questions that get no answer before they are cancelled.</summary>
    public HashSet<string> Silent { get; } = [];

    /// <summary>Runs once, before the next answer to the question; then it is forgotten.</summary>
    public Dictionary<string, Func<Task>> Before { get; } = [];

    /// <summary>Every question so far, in order.</summary>
    public IReadOnlyList<string> Asked
    {
        get
        {
            lock (gate)
                return [.. asked];
        }
    }

    public void BreakAll(Failure failure)
    {
        foreach (var question in (string[])[AskedBalances, AskedQuote, AskedTrades, AskedRules, AskedWallet, AskedPriceAt, AskedPriceOf])
            Broken[question] = failure;
    }

    /// <summary>Fills that change no balance; a row may become visible later than it was made.</summary>
    public void Remember(IEnumerable<Trade> rows, TimeSpan late = default)
    {
        lock (gate)
            trades.AddRange(rows.Select(row => (row, row.Time + late)));
    }

    /// <summary>A fill with a fee in quote, in the history and in the balances at once.</summary>
    public void Fill(Trade trade)
    {
        var sign = trade.Side == Side.Buy ? 1 : -1;
        Held["QRL"] = Held["QRL"] with { Free = Held["QRL"].Free + sign * trade.Quantity.Value };
        Held["USDT"] = Held["USDT"] with { Free = Held["USDT"].Free - sign * trade.Value.Value - trade.Fee };
        Remember([trade]);
    }

    public Task<Result<Balances>> BalancesAsync(CancellationToken cancel) => AnswerAsync<Balances>(
        AskedBalances, () => new Balances(new Dictionary<string, Balance>(Held)), cancel);

    public Task<Result<Quote>> QuoteAsync(Symbol symbol, CancellationToken cancel)
    {
        var left = clock.GetUtcNow();
        return AnswerAsync<Quote>(AskedQuote, () => new Quote(new Price(Book.Last), Side(Book.Bid), Side(Book.Ask), left), cancel);

        static Price? Side(decimal? price) => price is { } there ? new Price(there) : null;
    }

    public Task<Result<IReadOnlyList<Trade>>> TradesAsync(Symbol symbol, DateTimeOffset from, DateTimeOffset to, CancellationToken cancel) =>
        AnswerAsync(AskedTrades, () => Result<IReadOnlyList<Trade>>.Of(Page(from, to)), cancel);

    public Task<Result<IReadOnlyList<WalletRow>>> WalletAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancel)
    {
        Assert.True(from <= to && to - from <= TimeSpan.FromDays(7), $"a wallet window from {from:O} to {to:O}");
        Assert.True(from >= clock.GetUtcNow().AddDays(-90), $"a wallet window from {from:O}, more than 90 days ago");
        return AnswerAsync(
            AskedWallet, () => Result<IReadOnlyList<WalletRow>>.Of([.. Wallet.Where(row => row.Time >= from && row.Time <= to)]), cancel);
    }

    public Task<Result<Price>> PriceAtAsync(Symbol symbol, DateTimeOffset time, CancellationToken cancel)
    {
        var minute = time.AddTicks(-(time.Ticks % TimeSpan.TicksPerMinute));
        return AnswerAsync<Price>(
            AskedPriceAt, () => Minutes.TryGetValue(minute, out var price) ? new Price(price) : Failure.BadData("nothing was traded then"), cancel);
    }

    public Task<Result<Price>> PriceOfAsync(string asset, string quote, CancellationToken cancel) => AnswerAsync<Price>(
        AskedPriceOf, () => Prices.TryGetValue(asset, out var price) ? new Price(price) : Failure.BadData($"no such pair: {asset}/{quote}"), cancel);

    public Task<Result<Price>> AveragePriceAsync(Symbol symbol, CancellationToken cancel) =>
        AnswerAsync<Price>("average price", () => new Price(Book.Last), cancel);

    public Task<Result<Depth>> DepthAsync(Symbol symbol, CancellationToken cancel) =>
        AnswerAsync<Depth>("depth", () => new Depth(OneLevel(Book.Bid), OneLevel(Book.Ask)), cancel);

    public Task<Result<string>> PlaceAsync(ApprovedOrder order, CancellationToken cancel) =>
        AnswerAsync<string>("place", () => Failure.BadData("this account only looks on"), cancel);

    public Task<Result<IReadOnlyList<OrderState>>> RecentOrdersAsync(Symbol symbol, DateTimeOffset from, CancellationToken cancel) =>
        AnswerAsync("orders", () => Result<IReadOnlyList<OrderState>>.Of([]), cancel);

    public Task<Result<OrderState>> OrderAsync(Symbol symbol, string clientOrderId, CancellationToken cancel) => AnswerAsync<OrderState>(
        "order", () => new Failure(FailureKind.Rejected, "Order does not exist.", Failure.NoSuchOrder), cancel);

    public Task<Result<IReadOnlyList<OrderState>>> OpenOrdersAsync(Symbol symbol, CancellationToken cancel) =>
        AnswerAsync("open orders", () => Result<IReadOnlyList<OrderState>>.Of([]), cancel);

    public async Task<Failure?> CancelAsync(Symbol symbol, string clientOrderId, CancellationToken cancel) =>
        (await AnswerAsync<bool>("cancel", () => true, cancel)).Failure;

    public Task<Result<SymbolRules>> RulesAsync(Symbol symbol, CancellationToken cancel) =>
        AnswerAsync<SymbolRules>(AskedRules, () => symbol == Rules.Symbol ? Rules : Failure.BadData($"no such pair: {symbol}"), cancel);

    public Task<Result<DateTimeOffset>> TimeAsync(CancellationToken cancel) =>
        AnswerAsync<DateTimeOffset>("time", () => clock.GetUtcNow(), cancel);

    private static Level[] OneLevel(decimal? price) => price is { } at ? [new Level(new Price(at), new Quantity(1_000_000))] : [];

    private List<Trade> Page(DateTimeOffset from, DateTimeOffset to)
    {
        Assert.True(from <= to, $"a window from {from:O} to {to:O}");
        lock (gate)
        {
            // Ids are not ordered, so neither are rows of one second; but they stand in the same order each time.
            var now = clock.GetUtcNow();
            return [.. trades.Where(row => row.VisibleFrom <= now && row.Trade.Time >= now.AddDays(-30))
                .Select(row => row.Trade)
                .Where(trade => IgnoresWindows || (trade.Time >= from && trade.Time <= to))
                .OrderByDescending(trade => trade.Time)
                .ThenBy(trade => trade.Id.Reverse().Aggregate(7, (hash, letter) => (hash * 31 + letter) % 10_007))
                .Take(PageLimit)];
        }
    }

    private async Task<Result<T>> AnswerAsync<T>(string question, Func<Result<T>> answer, CancellationToken cancel)
    {
        Func<Task>? first;
        lock (gate)
        {
            asked.Add(question);
            Before.Remove(question, out first);
        }
        if (first is not null)
            await first();
        if (Silent.Contains(question))
            await Task.Delay(Timeout.InfiniteTimeSpan, clock, cancel);
        return Broken.TryGetValue(question, out var failure) ? failure : answer();
    }
}

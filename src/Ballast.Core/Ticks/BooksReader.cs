using Ballast.Core.Books;
using Ballast.Core.Trading;

namespace Ballast.Core.Ticks;

/// <summary>
/// Gathers what the books need in one tick. Usually one page of trades and one window of the wallet, asked side by side with everything
/// else; more only when that is cut, late, or has to be valued.
/// </summary>
internal sealed class BooksReader(IStore store, IExchange exchange, Symbol symbol)
{
    private readonly TradeHistory history = new(exchange, symbol);
    private readonly WalletHistory wallet = new(exchange);

    public FirstReading Begin(DateTimeOffset now, CancellationToken cancel) =>
        new(history.FirstPageAsync(now, cancel), wallet.FirstWindowAsync(now, cancel), now);

    /// <summary>The exchange's half of a statement; balances and price are added where the books are kept.</summary>
    /// <exception cref="StoreUnavailableException">The store was asked for older entries, and could not be reached.</exception>
    public async Task<Result<ReadEntries>> CompleteAsync(
        FirstReading first, Result<Ledger?> stored, Result<SymbolRules> known, Price? openingCost, CancellationToken cancel)
    {
        if (!stored.TryGet(out var ledger, out var failure)
            || !known.TryGet(out var rules, out failure)
            || !(await first.Page).TryGet(out var page, out failure))
            return failure;
        var pair = rules.Pair;
        var reading = history.CompleteAsync(page, ledger, first.Now, cancel);
        var rows = (await first.Window).TryGet(out var window, out var unreadable)
            ? await wallet.CompleteAsync(window, ledger, first.Now, cancel)
            : unreadable;
        if (!(await reading).TryGet(out var trades, out failure))
            return failure;

        var unsettled = await WithoutSettledAsync(trades, ledger);
        var arrivals = Arrivals.Of(ledger, unsettled, rows, pair, first.Now);
        var (fees, prices) = (FeePricesAsync(arrivals.Trades, pair, cancel), RowPricesAsync(arrivals.Rows, pair, cancel));
        var journal = ledger is { SettledCount: > 0 } && (arrivals.NeedJournal(ledger) || Bookkeeping.Restates(ledger, openingCost))
            ? (await store.ReadJournalAsync()).TryGet(out var written, out failure) ? written.Entries : null
            : null;
        return failure is null ? new ReadEntries(arrivals.Trades, rows, await fees, await prices, journal) : failure;
    }

    /// <summary>
    /// Rows from before the settled books end are known by id alone. There are none unless the account trades more than the books keep
    /// unsettled, or everything is being searched for what is missing.
    /// </summary>
    private async Task<IReadOnlyCollection<Trade>> WithoutSettledAsync(IReadOnlyCollection<Trade> trades, Ledger? ledger)
    {
        var old = ledger is null ? [] : trades.Where(trade => trade.Time < ledger.SettledThrough).ToList();
        if (old.Count == 0)
            return trades;
        var booked = await store.TradeIdsAsync(old.Min(trade => trade.Time), ledger!.SettledThrough);
        return [.. trades.Where(trade => trade.Time >= ledger.SettledThrough || !booked.Contains(trade.Id))];
    }

    private async Task<IReadOnlyDictionary<string, Price>> FeePricesAsync(IEnumerable<Trade> trades, Pair pair, CancellationToken cancel)
    {
        var assets = trades.Where(trade => trade.HasForeignFee(pair)).Select(trade => trade.FeeAsset).Distinct(StringComparer.Ordinal);
        return await KnownAsync(assets.Select(asset => (asset, exchange.PriceOfAsync(asset, pair.Quote, cancel))));
    }

    private async Task<IReadOnlyDictionary<string, Price>> RowPricesAsync(IEnumerable<WalletRow> rows, Pair pair, CancellationToken cancel) =>
        await KnownAsync(rows.Where(row => Arrivals.LegOf(row, pair) == Leg.Base).Select(row => (row.Id, exchange.PriceAtAsync(symbol, row.Time, cancel))));

    /// <summary>A price that cannot be had, or is none, is left out: what it is for is then booked without it, and says so.</summary>
    private static async Task<IReadOnlyDictionary<string, Price>> KnownAsync(IEnumerable<(string Name, Task<Result<Price>> Asked)> questions)
    {
        var prices = new Dictionary<string, Price>(StringComparer.Ordinal);
        foreach (var (name, asked) in questions.ToList())
        {
            if ((await asked).TryGet(out var price, out _) && price > Price.Zero)
                prices[name] = price;
        }
        return prices;
    }
}

/// <summary>What every tick asks for at once.</summary>
internal sealed record FirstReading(Task<Result<IReadOnlyList<Trade>>> Page, Task<Result<IReadOnlyList<WalletRow>>> Window, DateTimeOffset Now);

/// <param name="Trades">None that is in the books.</param>
/// <param name="Journal">Null unless the books have to be folded anew.</param>
internal sealed record ReadEntries(
    IReadOnlyCollection<Trade> Trades,
    Result<IReadOnlyCollection<WalletRow>> Wallet,
    IReadOnlyDictionary<string, Price> FeePrices,
    IReadOnlyDictionary<string, Price> RowPrices,
    IReadOnlyList<Entry>? Journal);

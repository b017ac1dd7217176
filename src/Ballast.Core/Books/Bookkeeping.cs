using Ballast.Core.Trading;

namespace Ballast.Core.Books;

/// <summary>The books' part of a tick, pure: what the exchange reported goes in, the books after it come out.</summary>
public static class Bookkeeping
{
    /// <param name="ledger">Null opens the books.</param>
    /// <param name="openingCost">Per coin, as the owner stated it; null takes the statement's price, marked assumed.</param>
    public static Result<BooksAfter> Update(
        Ledger? ledger, Equity equity, Statement statement, Price? openingCost, Pair pair)
    {
        try
        {
            if (ledger is not null && !ledger.Coherent())
                return Failure.BadData(
                    "the stored entries do not give the stored position; a part of the store was lost or changed by hand, so the books were left as they are: run ballast books verify");
            if (ledger is not null && ledger.Opening.Pair != pair)
                return Failure.BadData($"the books are kept in {ledger.Opening.Pair}, and the exchange now calls the pair {pair}; move the old keys away to open new books");
            if (ledger is null && (openingCost ?? statement.Price) is null)
                return Failure.BadData("the opening position has no price to be valued at; the books open on the next tick, or state Ballast:Books:OpeningCost");
            return Book(ledger, equity, statement, openingCost, pair);
        }
        catch (OverflowException)
        {
            return Failure.BadData("a trade or a balance is too large to be booked exactly");
        }
    }

    /// <summary>Whether the owner's cost of the opening position differs from the one that the books were opened with.</summary>
    public static bool Restates(Ledger ledger, Price? openingCost) =>
        openingCost is { } cost && (ledger.Opening.Assumed || ledger.Opening.Cost != cost);

    private static BooksAfter Book(Ledger? ledger, Equity equity, Statement statement, Price? openingCost, Pair pair)
    {
        var now = statement.At;
        var arrivals = Arrivals.Of(ledger, statement.Trades, statement.Wallet, pair, now);
        Trade[] trades = [.. arrivals.Trades.Select(trade => Valued(trade, statement, pair))];
        var (movements, waiting) = Movements(arrivals.Rows, ledger, statement, pair);
        Entry[] added = [.. trades, .. movements];

        var restated = ledger is not null && Restates(ledger, openingCost);
        var next = ledger is null ? Ledger.Open(OpeningOf(statement, openingCost, pair), added, now)
            : restated ? ledger.Rebuild(
                ledger.Opening with { Cost = openingCost!.Value, Assumed = false }, Everything(ledger, statement).Concat(added), now)
            : ledger.Add(added, statement.Journal, now);
        next = Read(next, ledger, arrivals, waiting, statement).Against(statement.Base, statement.Quote, now);

        // What cannot be multiplied cannot be written down either.
        _ = next.Current.Invested;
        var point = statement.Price is { } price ? EquityPoint.Of(next, statement.Base, statement.Quote, price, now) : null;
        return new BooksAfter(next, ProfitAndLoss.At(statement.Price, next.Current), trades, movements)
        {
            OpeningStated = ledger is null || restated || next.Opening != ledger.Opening,
            Equity = point is null ? equity : new Equity(equity.Start ?? point, point),
            NewPoint = point,
            PreviousPoint = equity.Last,
        };
    }

    private static Opening OpeningOf(Statement statement, Price? openingCost, Pair pair) => Opening.On(
        pair,
        statement.Base,
        statement.Quote,
        openingCost ?? statement.Price!.Value,
        assumed: openingCost is null,
        walletFrom: statement.Wallet.Failure is null ? statement.At - TradeHistory.Memory : statement.At,
        statement.At);

    private static IEnumerable<Entry> Everything(Ledger ledger, Statement statement) =>
        ledger.SettledCount == 0 ? ledger.Recent : statement.Journal ?? throw new InvalidOperationException("the journal was not read");

    private static Trade Valued(Trade trade, Statement statement, Pair pair) =>
        trade.HasForeignFee(pair) && statement.FeePrices.TryGetValue(trade.FeeAsset, out var price)
            ? trade with { FeeValue = price * new Quantity(trade.Fee) }
            : trade;

    /// <returns>What can be booked, and the rows that have to wait for a price to be valued at.</returns>
    private static (IReadOnlyList<Movement> Booked, IReadOnlyList<WalletRow> Waiting) Movements(
        IReadOnlyList<WalletRow> rows, Ledger? ledger, Statement statement, Pair pair)
    {
        var (booked, waiting) = (new List<Movement>(rows.Count), new List<WalletRow>());
        foreach (var row in rows)
        {
            var leg = Arrivals.LegOf(row, pair)!.Value;
            var known = leg == Leg.Quote ? new Price(1) : statement.RowPrices.TryGetValue(row.Id, out var then) ? then : (Price?)null;
            if ((known ?? statement.Price) is { } price)
                booked.Add(MovementOf(row, leg, price, assumed: known is null, ledger));
            else
                waiting.Add(row);
        }
        return (booked, waiting);
    }

    // What is done after the books were opened was not in the first balance, even when it had begun before; and it stands behind what is
    // settled, so that the books stay one fold of their entries.
    private static Movement MovementOf(WalletRow row, Leg leg, Price price, bool assumed, Ledger? ledger)
    {
        var earliest = ledger is null ? DateTimeOffset.MinValue
            : ledger.SettledThrough > ledger.Opening.At ? ledger.SettledThrough : ledger.Opening.At;
        return new Movement(
            row.Id,
            row.Time > earliest ? row.Time : earliest,
            row.Units > 0 ? MovementKind.Deposit : MovementKind.Withdrawal,
            leg,
            row.Units,
            price,
            assumed)
        { InOpening = ledger is null };
    }

    private static Ledger Read(Ledger next, Ledger? before, Arrivals arrivals, IReadOnlyList<WalletRow> waiting, Statement statement)
    {
        var now = statement.At;
        var checkedThrough = before?.CheckedThrough ?? now;
        var forgotten = now - TradeHistory.Memory > checkedThrough ? new Gap(checkedThrough, now - TradeHistory.Memory) : null;
        return next with
        {
            CheckedThrough = now > checkedThrough ? now : checkedThrough,
            WalletThrough = waiting.Select(row => row.Time).Append(arrivals.WalletThrough).Min(),
            WalletProblem = arrivals.Problem,
            Gap = before?.Gap is { } open ? open with { To = forgotten?.To ?? open.To }
                : statement.Doubt is { } doubt ? new Gap(checkedThrough, now, doubt)
                : forgotten,
            SearchedAt = before?.MustSearch(now) == true ? now : before?.SearchedAt,
        };
    }
}

/// <param name="NewTrades">Booked for the first time, in book order.</param>
/// <param name="NewMovements">Booked for the first time.</param>
public sealed record BooksAfter(
    Ledger Ledger, ProfitAndLoss Profit, IReadOnlyList<Trade> NewTrades, IReadOnlyList<Movement> NewMovements)
{
    /// <summary>Whether the opening position is new, or another than it was.</summary>
    public bool OpeningStated { get; init; }

    public Equity Equity { get; init; } = Equity.None;

    /// <summary>What this tick adds to the curve; null without a price.</summary>
    public EquityPoint? NewPoint { get; init; }

    /// <summary>The point before it; null when there is none.</summary>
    public EquityPoint? PreviousPoint { get; init; }

    /// <summary>Since the start of the curve; null as long as there is no point.</summary>
    public ProfitByCause? Causes => Equity is { Start: { } start, Last: { } last } ? ProfitByCause.Between(start, last) : null;

    /// <summary>Since the tick before; null when there is no point now or then.</summary>
    public ProfitByCause? CausesOfTick =>
        NewPoint is { } now && PreviousPoint is { } before ? ProfitByCause.Between(before, now) : null;
}

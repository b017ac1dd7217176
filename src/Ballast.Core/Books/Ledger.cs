using System.Collections.Immutable;
using Ballast.Core.Trading;

namespace Ballast.Core.Books;

/// <summary>
/// The books between two ticks. Old trades are folded into <see cref="Settled"/>; the recent ones are kept and folded again each time,
/// so that a row which the exchange delivers late still lands in its place, and the same rows in any order give the same books.
/// </summary>
public sealed record Ledger
{
    /// <summary>
    /// How late a row may come and still be booked, as long as no more than <see cref="RecentLimit"/> booked trades stand at or after its
    /// time.
    /// </summary>
    public static readonly TimeSpan Lateness = TimeSpan.FromHours(24);

    /// <summary>At most so many trades are kept unsettled, which bounds the cost of a tick.</summary>
    public const int RecentLimit = 128;

    public required Opening Opening { get; init; }
    public required AverageCost Settled { get; init; }

    /// <summary>Every trade before this time is inside <see cref="Settled"/>, and none from this time on.</summary>
    public required DateTimeOffset SettledThrough { get; init; }

    /// <summary>The trades from <see cref="SettledThrough"/> on, in <see cref="Trade.BookOrder"/>.</summary>
    public required ImmutableArray<Trade> Recent { get; init; }

    /// <summary>The exchange's trades have been read without a gap up to this time.</summary>
    public required DateTimeOffset CheckedThrough { get; init; }

    public Standing? Standing { get; init; }

    /// <summary>The position with every known trade in it.</summary>
    public required AverageCost Current { get; init; }

    /// <summary>The time of the newest trade in the books; null before the first.</summary>
    public DateTimeOffset? LastTrade { get; init; }

    /// <summary>
    /// Opens the books on the trades that the exchange still remembers. What they do not explain of the balances stands before them.
    /// </summary>
    /// <param name="rows">In any order, with any duplicates.</param>
    /// <param name="cost">Per coin of the opening position.</param>
    public static Ledger Open(
        IEnumerable<Trade> rows, Balance baseBalance, Balance quoteBalance, Price cost, bool assumed, SymbolRules rules, DateTimeOffset now)
    {
        var trades = rows.DistinctBy(row => row.Id, StringComparer.Ordinal).Order(Trade.BookOrder).ToList();
        var flows = Fold(AverageCost.Nothing, trades, rules);
        var opening = new Opening(
            new Quantity(Math.Max(0, baseBalance.Total - flows.Net.Value)),
            new Amount(quoteBalance.Total) - flows.QuoteFlow,
            cost,
            assumed,
            now);
        var start = AverageCost.Nothing with
        {
            Quantity = opening.Base,
            Average = opening.Base == Quantity.Zero ? Price.Zero : cost,
        };
        var empty = new Ledger
        {
            Opening = opening,
            Settled = start,
            SettledThrough = DateTimeOffset.MinValue,
            Recent = [],
            CheckedThrough = now,
            Current = start,
        };
        return empty.Add(trades, rules, now).Ledger;
    }

    /// <summary>
    /// These books with <paramref name="rows"/> booked once each. Rows already known, and rows older than <see cref="SettledThrough"/>,
    /// change nothing.
    /// </summary>
    public (Ledger Ledger, IReadOnlyList<Trade> New) Add(IEnumerable<Trade> rows, SymbolRules rules, DateTimeOffset now)
    {
        var known = Recent.Select(trade => trade.Id).ToHashSet(StringComparer.Ordinal);
        var added = rows.Where(row => row.Time >= SettledThrough && known.Add(row.Id)).Order(Trade.BookOrder).ToList();
        var recent = added.Count == 0 ? Recent : Recent.AddRange(added).Sort(Trade.BookOrder);
        var next = this with
        {
            Recent = recent,
            Current = Fold(Settled, recent, rules),
            CheckedThrough = now > CheckedThrough ? now : CheckedThrough,
            LastTrade = recent.IsEmpty ? LastTrade : recent[^1].Time,
        };
        return (next.Settle(now, rules), added);
    }

    /// <summary>Checks the books against the account.</summary>
    public Ledger Against(Balance baseBalance, Balance quoteBalance, DateTimeOffset now) =>
        this with { Standing = Standing.Of(Current, Opening, baseBalance, quoteBalance, Standing, now) };

    /// <summary>Whether the settled books and the recent trades still give the current position: false when the store lost some of them.</summary>
    public bool Coherent(SymbolRules rules)
    {
        var folded = Fold(Settled, Recent, rules);
        return folded.Quantity == Current.Quantity && folded.Average == Current.Average && folded.Realized == Current.Realized;
    }

    /// <summary>Moves what is too old or too much from the recent trades into the settled books, never splitting an instant.</summary>
    private Ledger Settle(DateTimeOffset now, SymbolRules rules)
    {
        var through = now - Lateness;
        var surplus = Recent.Length - RecentLimit;
        if (surplus > 0 && Recent[surplus - 1].Time.AddTicks(1) is var next && next > through)
            through = next;
        if (through <= SettledThrough)
            return this;
        var (old, recent) = (Recent.RemoveAll(trade => trade.Time >= through), Recent.RemoveAll(trade => trade.Time < through));
        return this with { Settled = Fold(Settled, old, rules), SettledThrough = through, Recent = recent };
    }

    private static AverageCost Fold(AverageCost start, IEnumerable<Trade> trades, SymbolRules rules) =>
        trades.Aggregate(start, (cost, trade) => cost.Apply(trade, rules.Base, rules.Quote));
}

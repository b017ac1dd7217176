using System.Collections.Immutable;
using Ballast.Core.Trading;

namespace Ballast.Core.Books;

/// <summary>
/// The books between two ticks. Old entries are folded into <see cref="Settled"/>; the recent ones are kept and folded again each time,
/// so that a row which the exchange delivers late still lands in its place, and the same rows in any order give the same books. A row that
/// is late even for that makes the books be folded anew from the journal.
/// </summary>
public sealed record Ledger
{
    /// <summary>How late a row may come and still be looked for by every tick.</summary>
    public static readonly TimeSpan Lateness = TimeSpan.FromHours(24);

    /// <summary>How long an entry stays unsettled: an hour more than rows may be late, so that what a tick reads is not settled yet.</summary>
    public static readonly TimeSpan Unsettled = Lateness + TimeSpan.FromHours(1);

    /// <summary>How often books that do not balance are searched for what is missing; a search reads a month.</summary>
    private static readonly TimeSpan SearchEvery = TimeSpan.FromHours(1);

    /// <summary>At most so many entries are kept unsettled, which bounds the cost of a tick.</summary>
    public const int RecentLimit = 128;

    /// <summary>At most so many movements are remembered by name; they have to reach back over one window of the wallet history.</summary>
    public const int MovementLimit = 256;

    private readonly FoldMemory folds = new();

    public required Opening Opening { get; init; }
    public required AverageCost Settled { get; init; }

    /// <summary>How many entries are inside <see cref="Settled"/>.</summary>
    public required long SettledCount { get; init; }

    /// <summary>Every entry before this time is inside <see cref="Settled"/>, and none from this time on.</summary>
    public required DateTimeOffset SettledThrough { get; init; }

    /// <summary>The entries from <see cref="SettledThrough"/> on, in <see cref="Entry.BookOrder"/>.</summary>
    public required ImmutableArray<Entry> Recent { get; init; }

    /// <summary>The newest movements, settled or not, in <see cref="Entry.BookOrder"/>: a row of the wallet history is known by its id.</summary>
    public required ImmutableArray<Movement> Movements { get; init; }

    /// <summary>The exchange's trades have been read without a gap up to this time.</summary>
    public required DateTimeOffset CheckedThrough { get; init; }

    /// <summary>No deposit or withdrawal that began before this is still to be booked.</summary>
    public required DateTimeOffset WalletThrough { get; init; }

    /// <summary>A time of which the exchange has forgotten the trades before they were read; null when there is none.</summary>
    public Gap? Gap { get; init; }

    /// <summary>When everything that the exchange remembers was last gone through for what is missing; null when it never was.</summary>
    public DateTimeOffset? SearchedAt { get; init; }

    /// <summary>Why deposits and withdrawals could not be read in the last tick; null when they could.</summary>
    public string? WalletProblem { get; init; }

    public Standing? Standing { get; init; }

    /// <summary>The position with every known entry in it.</summary>
    public required AverageCost Current { get; init; }

    /// <summary>The time of the newest trade in the books; null before the first.</summary>
    public DateTimeOffset? LastTrade { get; init; }

    /// <summary>From when on trades have to be read for none to be missed.</summary>
    public DateTimeOffset ReadFrom => CheckedThrough - Lateness > SettledThrough ? CheckedThrough - Lateness : SettledThrough;

    /// <summary>
    /// Whether it is time to go through everything that the exchange remembers: something is missing, and may have come so late that
    /// regular reading no longer sees it.
    /// </summary>
    public bool MustSearch(DateTimeOffset now) =>
        Standing is { Balanced: false } && (SearchedAt is not { } last || now - last >= SearchEvery || now < last);

    /// <summary>Opens the books.</summary>
    /// <param name="opening">With nothing explained yet.</param>
    /// <param name="rows">Everything that the exchange still remembers, in any order, with any duplicates.</param>
    public static Ledger Open(Opening opening, IEnumerable<Entry> rows, DateTimeOffset now) =>
        Fold(opening, rows).Settle(now);

    /// <summary>Which of these are not in the books, once each and in order. Trades from before the settled books end count as unknown.</summary>
    public IReadOnlyList<Entry> Unknown(IEnumerable<Entry> rows)
    {
        var known = new HashSet<string>(Recent.Length + Movements.Length, StringComparer.Ordinal);
        foreach (var entry in Recent)
            known.Add(entry.Id);
        foreach (var movement in Movements)
            known.Add(movement.Id);
        return [.. rows.Where(row => known.Add(row.Id)).Order(Entry.BookOrder)];
    }

    /// <summary>Whether <see cref="Add"/> needs the journal: entries that belong among those that are settled already.</summary>
    public bool NeedsJournal(IEnumerable<Entry> added) =>
        SettledCount > 0 && added.Any(entry => entry.InOpening || entry.Time < SettledThrough);

    /// <summary>These books with <paramref name="added"/> booked, none of which is in them.</summary>
    /// <param name="journal">Every entry booked so far; only looked at when <see cref="NeedsJournal"/> says so.</param>
    public Ledger Add(IReadOnlyList<Entry> added, IReadOnlyList<Entry>? journal, DateTimeOffset now)
    {
        if (NeedsJournal(added))
            return Rebuild(Opening, (journal ?? throw new ArgumentNullException(nameof(journal))).Concat(added), now);
        if (added.Any(entry => entry.InOpening || entry.Time < SettledThrough))
            return Rebuild(Opening, Recent.Concat(added), now);
        var recent = added.Count == 0 ? Recent : Recent.AddRange(added).Sort(Entry.BookOrder);
        return (this with
        {
            Recent = recent,
            Movements = added.Any(entry => entry is Movement) ? Newest(Movements.Concat(added.OfType<Movement>())) : Movements,
            Current = Folded(Settled, recent),
            LastTrade = LastOf(recent) ?? LastTrade,
        }).Settle(now);
    }

    /// <summary>The books folded anew from the beginning; what is known about the reading of them stays.</summary>
    /// <param name="entries">All of them, in any order, with any duplicates.</param>
    public Ledger Rebuild(Opening opening, IEnumerable<Entry> entries, DateTimeOffset now)
    {
        var fresh = Fold(opening, entries);
        return (this with
        {
            Opening = fresh.Opening,
            Settled = fresh.Settled,
            SettledCount = 0,
            SettledThrough = fresh.SettledThrough,
            Recent = fresh.Recent,
            Movements = fresh.Movements,
            Current = fresh.Current,
            LastTrade = fresh.LastTrade,
        }).Settle(now);
    }

    /// <summary>Checks the books against the account.</summary>
    public Ledger Against(Balance baseBalance, Balance quoteBalance, DateTimeOffset now) =>
        this with { Standing = Standing.Of(this, baseBalance, quoteBalance, now) };

    /// <summary>The position that the settled books and the recent entries give.</summary>
    public AverageCost Refolded => Folded(Settled, Recent);

    /// <summary>Whether the settled books and the recent entries still give the current position: false when the store lost some of them.</summary>
    public bool Coherent()
    {
        var folded = Refolded;
        return folded.Quantity == Current.Quantity && folded.Average == Current.Average
            && folded.Realized == Current.Realized && folded.Uncovered == Current.Uncovered;
    }

    private static Ledger Fold(Opening opening, IEnumerable<Entry> rows)
    {
        ImmutableArray<Entry> entries = [.. rows.DistinctBy(row => row.Id, StringComparer.Ordinal).Order(Entry.BookOrder)];
        var explained = opening.Before(entries);
        return new Ledger
        {
            Opening = explained,
            Settled = explained.Position,
            SettledCount = 0,
            SettledThrough = DateTimeOffset.MinValue,
            Recent = entries,
            Movements = Newest(entries.OfType<Movement>()),
            CheckedThrough = opening.At,
            WalletThrough = opening.WalletFrom,
            Current = Fold(explained.Position, entries, opening.Pair),
            LastTrade = LastOf(entries),
        };
    }

    /// <summary>Moves what is too old or too much from the recent entries into the settled books, never splitting an instant.</summary>
    private Ledger Settle(DateTimeOffset now)
    {
        var through = now - Unsettled;
        var surplus = Recent.Length - RecentLimit;
        if (surplus > 0 && Recent[surplus - 1].Time.AddTicks(1) is var next && next > through)
            through = next;
        if (through <= SettledThrough)
            return this;
        var (old, recent) = (Recent.RemoveAll(entry => entry.Time >= through), Recent.RemoveAll(entry => entry.Time < through));
        return this with
        {
            Settled = Fold(Settled, old),
            SettledCount = SettledCount + old.Length,
            SettledThrough = through,
            Recent = recent,
        };
    }

    private AverageCost Folded(AverageCost start, ImmutableArray<Entry> entries) => folds.Fold(start, entries, Fold);

    private AverageCost Fold(AverageCost start, ImmutableArray<Entry> entries) => Fold(start, entries, Opening.Pair);

    private static AverageCost Fold(AverageCost start, IEnumerable<Entry> entries, Pair pair) =>
        entries.Aggregate(start, (cost, entry) => cost.Apply(entry, pair));

    private static ImmutableArray<Movement> Newest(IEnumerable<Movement> movements) =>
        [.. movements.Order(Entry.BookOrder).TakeLast(MovementLimit).Cast<Movement>()];

    private static DateTimeOffset? LastOf(IEnumerable<Entry> entries) => entries.OfType<Trade>().LastOrDefault()?.Time;
}

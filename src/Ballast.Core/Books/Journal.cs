namespace Ballast.Core.Books;

/// <summary>Everything that was ever booked, as it was written down.</summary>
/// <param name="Opening">As last stated; null when the books were never opened.</param>
/// <param name="Entries">In the order in which they were booked.</param>
public sealed record Journal(Opening? Opening, IReadOnlyList<Entry> Entries)
{
    /// <summary>The books that these entries make, before they are checked against an account. Null without an opening.</summary>
    /// <param name="before">The books in use, for what is known about the reading of them; null when they were lost.</param>
    public Ledger? Rebuild(Ledger? before, DateTimeOffset now)
    {
        if (Opening is not { } opening)
            return null;
        if (before is not null)
            return before.Rebuild(opening, Entries, now);
        var opened = Ledger.Open(opening, Entries, now);
        return opened with { CheckedThrough = opened.LastTrade ?? opening.At };
    }
}

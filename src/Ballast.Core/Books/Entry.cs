namespace Ballast.Core.Books;

/// <summary>One line of the books: a trade, or a movement without one.</summary>
/// <param name="Id">Text, unique over all entries, not ordered.</param>
/// <param name="Time">Where it stands in the books. Whole seconds for trades on MEXC, so several share one.</param>
public abstract record Entry(string Id, DateTimeOffset Time)
{
    /// <summary>
    /// By time; within an instant what comes in before what goes out, because nothing can be sold before it is there; then by id. The one
    /// order in which books are kept, whatever order the rows arrived in.
    /// </summary>
    public static readonly IComparer<Entry> BookOrder = Comparer<Entry>.Create((left, right) =>
        left.Time.CompareTo(right.Time) is var byTime and not 0 ? byTime
        : left.Rank.CompareTo(right.Rank) is var byRank and not 0 ? byRank
        : string.CompareOrdinal(left.Id, right.Id));

    /// <summary>True when the first balance contains it already: it happened before the books were opened.</summary>
    public bool InOpening { get; init; }

    private protected abstract int Rank { get; }

    private protected const int ComesIn = 0;
    private protected const int Bought = 1;
    private protected const int Sold = 2;
    private protected const int GoesOut = 3;
}

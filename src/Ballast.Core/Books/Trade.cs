namespace Ballast.Core.Books;

public enum Side
{
    Buy,
    Sell,
}

/// <summary>One fill of one of the account's orders.</summary>
/// <param name="Id">The exchange's id: text, unique, not ordered.</param>
/// <param name="Time">Whole seconds on MEXC, so several trades share one.</param>
/// <param name="Value">Price × quantity in quote, as the exchange booked it.</param>
/// <param name="Fee">Units of <paramref name="FeeAsset"/>; 0 when free of charge.</param>
public sealed record Trade(
    string Id,
    DateTimeOffset Time,
    Side Side,
    Price Price,
    Quantity Quantity,
    Amount Value,
    decimal Fee,
    string FeeAsset,
    string OrderId)
{
    /// <summary>By time, then by id: the one order in which books are kept, whatever order the rows arrived in.</summary>
    public static readonly IComparer<Trade> BookOrder = Comparer<Trade>.Create((left, right) =>
        left.Time.CompareTo(right.Time) is var byTime and not 0 ? byTime : string.CompareOrdinal(left.Id, right.Id));
}

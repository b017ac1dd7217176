namespace Ballast.Core.Books;

public enum Side
{
    Buy,
    Sell,
}

/// <summary>One fill of one of the account's orders.</summary>
/// <param name="Id">The exchange's id.</param>
/// <param name="Value">Price × quantity in quote, as the exchange booked it.</param>
/// <param name="Fee">Units of <paramref name="FeeAsset"/>; 0 when free of charge.</param>
/// <param name="FeeValue">
/// What a fee in neither of the pair's assets was worth in quote in the tick that booked it; null when that was not known. No other fee
/// has one.
/// </param>
public sealed record Trade(
    string Id,
    DateTimeOffset Time,
    Side Side,
    Price Price,
    Quantity Quantity,
    Amount Value,
    decimal Fee,
    string FeeAsset,
    string OrderId,
    Amount? FeeValue = null) : Entry(Id, Time)
{
    private protected override int Rank => Side == Side.Buy ? Bought : Sold;

    /// <summary>Whether the fee was paid in an asset that is neither of the pair's.</summary>
    public bool HasForeignFee(Pair pair) => Fee != 0 && FeeAsset != pair.Base && FeeAsset != pair.Quote;
}

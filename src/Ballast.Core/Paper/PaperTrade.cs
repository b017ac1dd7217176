using Ballast.Core.Books;

namespace Ballast.Core.Paper;

/// <summary>One fill of an order.</summary>
/// <param name="Time">To the millisecond; the wire and the books see whole seconds.</param>
/// <param name="Fee">Units of <paramref name="FeeAsset"/>: exact in quote; in MX cut to 18 decimals.</param>
/// <param name="IsSelfTrade">Both sides were the account's own.</param>
public sealed record PaperTrade(
    string Id,
    PaperOrder Order,
    Pair Pair,
    DateTimeOffset Time,
    Price Price,
    Quantity Quantity,
    decimal Fee,
    string FeeAsset,
    bool IsMaker,
    bool IsSelfTrade)
{
    public Amount Value => Price * Quantity;

    /// <summary>The exchange gives the times of trades and orders in whole seconds.</summary>
    public DateTimeOffset WholeSecond => DateTimeOffset.FromUnixTimeSeconds(Time.ToUnixTimeSeconds());

    public Trade ForBooks() => new(Id, WholeSecond, Order.Side, Price, Quantity, Value, Fee, FeeAsset, Order.Id);
}

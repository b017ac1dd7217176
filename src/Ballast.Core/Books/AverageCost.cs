using System.Collections.Immutable;

namespace Ballast.Core.Books;

/// <summary>
/// A position at average cost, folded from trades one by one in <see cref="Trade.BookOrder"/>. Fees in quote add to the cost of a buy and
/// come off the profit of a sell; fees in base are coins that never arrived (or left besides); fees in a third asset are shown apart.
/// </summary>
public sealed record AverageCost
{
    public static readonly AverageCost Nothing = new();

    /// <summary>Coins that the books hold; never negative.</summary>
    public Quantity Quantity { get; init; }

    /// <summary>Quote paid per coin held, fees included. 0 when nothing is held.</summary>
    public Price Average { get; init; }

    /// <summary>Profit of what was sold, after fees.</summary>
    public Amount Realized { get; init; }

    /// <summary>Fees paid in quote, and in base at their trade's price. Already inside the cost and the realised profit.</summary>
    public Amount Fees { get; init; }

    /// <summary>Fees paid in any other asset, by asset, in its units. Not inside any profit: their worth is not known here.</summary>
    public ImmutableSortedDictionary<string, decimal> OtherFees { get; init; } = ImmutableSortedDictionary<string, decimal>.Empty;

    /// <summary>Coins sold that the books did not hold. Their proceeds are not counted as profit.</summary>
    public Quantity Uncovered { get; init; }

    /// <summary>Quote received less quote paid, fees in quote included.</summary>
    public Amount QuoteFlow { get; init; }

    public Amount Invested => Average * Quantity;

    /// <summary>Coins that should be in the account: what is held less what was sold without being held.</summary>
    public Quantity Net => Quantity - Uncovered;

    public AverageCost Apply(Trade trade, string baseAsset, string quoteAsset)
    {
        var quoteFee = trade.FeeAsset == quoteAsset ? new Amount(trade.Fee) : Amount.Zero;
        var baseFee = trade.FeeAsset == baseAsset ? new Quantity(trade.Fee) : Quantity.Zero;
        var next = trade.Side == Side.Buy ? Buy(trade, quoteFee, baseFee) : Sell(trade, quoteFee, baseFee);
        return next with
        {
            Fees = Fees + quoteFee + baseFee * trade.Price,
            OtherFees = trade.Fee == 0 || trade.FeeAsset == quoteAsset || trade.FeeAsset == baseAsset
                ? OtherFees
                : OtherFees.SetItem(trade.FeeAsset, OtherFees.GetValueOrDefault(trade.FeeAsset) + trade.Fee),
        };
    }

    private AverageCost Buy(Trade trade, Amount quoteFee, Quantity baseFee)
    {
        var quantity = Quantity + trade.Quantity - baseFee;
        return this with
        {
            Quantity = quantity,
            Average = (Invested + trade.Value + quoteFee).Per(quantity),
            QuoteFlow = QuoteFlow - trade.Value - quoteFee,
        };
    }

    /// <summary>Realises (price − average) × quantity − fee on what the books hold; the average stays.</summary>
    private AverageCost Sell(Trade trade, Amount quoteFee, Quantity baseFee)
    {
        var leaving = trade.Quantity + baseFee;
        var covered = Quantity.Min(leaving, Quantity);
        var proceeds = covered == leaving ? trade.Value : new Amount(trade.Value.Value * covered.Value / leaving.Value);
        var left = Quantity - covered;
        return this with
        {
            Quantity = left,
            Average = left == Quantity.Zero ? Price.Zero : Average,
            Realized = Realized + proceeds - Average * covered - quoteFee,
            Uncovered = Uncovered + leaving - covered,
            QuoteFlow = QuoteFlow + trade.Value - quoteFee,
        };
    }
}

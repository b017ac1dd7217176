using Ballast.Core.Trading;

namespace Ballast.Core.Books;

/// <summary>Whether opening + trades + fees = balance for both assets, to the last unit.</summary>
/// <param name="BaseDifference">Balance less what the books explain, in base.</param>
/// <param name="QuoteDifference">The same in quote.</param>
/// <param name="Uncovered">Coins sold that the books never held.</param>
/// <param name="Since">Since when the books have not balanced without interruption; null when they balance.</param>
public sealed record Standing(Quantity BaseDifference, Amount QuoteDifference, Quantity Uncovered, DateTimeOffset? Since)
{
    public bool Balanced => Since is null;

    /// <param name="before">The last standing; null when the books have just been opened.</param>
    public static Standing Of(AverageCost cost, Opening opening, Balance baseBalance, Balance quoteBalance, Standing? before, DateTimeOffset now)
    {
        var inBase = new Quantity(baseBalance.Total) - cost.Net;
        var inQuote = new Amount(quoteBalance.Total) - opening.Quote - cost.QuoteFlow;
        var proven = inBase == Quantity.Zero && inQuote == Amount.Zero && cost.Uncovered == Quantity.Zero;
        return new Standing(inBase, inQuote, cost.Uncovered, proven ? null : before?.Since ?? now);
    }

    /// <summary>What does not add up, in one sentence; null when everything does.</summary>
    public string? Explain(string baseAsset, string quoteAsset) => Balanced ? null : string.Join("; ", Sentences(baseAsset, quoteAsset));

    private IEnumerable<string> Sentences(string baseAsset, string quoteAsset)
    {
        if (BaseDifference != Quantity.Zero)
            yield return $"the account holds {new Quantity(Math.Abs(BaseDifference.Value))} {baseAsset} {MoreOrLess(BaseDifference.Value)} than its trades explain";
        if (QuoteDifference != Amount.Zero)
            yield return $"the account holds {QuoteDifference.Abs()} {quoteAsset} {MoreOrLess(QuoteDifference.Value)} than its trades explain";
        if (Uncovered != Quantity.Zero)
            yield return $"{Uncovered} {baseAsset} were sold that the books never held";
    }

    private static string MoreOrLess(decimal difference) => difference > 0 ? "more" : "less";
}

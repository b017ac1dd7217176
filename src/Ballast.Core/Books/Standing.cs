using Ballast.Core.Trading;

namespace Ballast.Core.Books;

/// <summary>A time of which the books cannot know everything, until their owner accepts it.</summary>
/// <param name="Reason">Null when the exchange forgot its trades before they were read.</param>
public sealed record Gap(DateTimeOffset From, DateTimeOffset To, string? Reason = null);

/// <summary>Whether opening + trades − fees + transfers = balance for both assets, to the last unit.</summary>
/// <param name="BaseDifference">Balance less what the books explain, in base.</param>
/// <param name="QuoteDifference">The same in quote.</param>
/// <param name="Uncovered">Coins sold or withdrawn that the books never held.</param>
/// <param name="Gap">A time of which nothing is known; null when there is none.</param>
/// <param name="Since">Since when the books have not balanced without interruption; null when they balance.</param>
public sealed record Standing(Quantity BaseDifference, Amount QuoteDifference, Quantity Uncovered, Gap? Gap, DateTimeOffset? Since)
{
    public bool Balanced => Since is null;

    public static Standing Of(Ledger ledger, Balance baseBalance, Balance quoteBalance, DateTimeOffset now)
    {
        var (opening, flows) = (ledger.Opening, ledger.Current.Flows);
        return Of(
            new Quantity(baseBalance.Total) - opening.FirstBase - opening.Missing - flows.Base,
            new Amount(quoteBalance.Total) - opening.FirstQuote - flows.Quote,
            ledger,
            now);
    }

    /// <summary>The standing after an owner's statement, with the balances of the last tick: what is still to be explained.</summary>
    public static Standing After(Ledger stated, Ledger before, DateTimeOffset now)
    {
        var (known, added) = (before.Standing, stated.Current.Flows - before.Current.Flows);
        return Of(
            (known?.BaseDifference ?? Quantity.Zero) - added.Base, (known?.QuoteDifference ?? Amount.Zero) - added.Quote, stated, now);
    }

    private static Standing Of(Quantity inBase, Amount inQuote, Ledger ledger, DateTimeOffset now)
    {
        var (uncovered, gap) = (ledger.Current.Uncovered, ledger.Gap);
        var proven = inBase == Quantity.Zero && inQuote == Amount.Zero && uncovered == Quantity.Zero && gap is null;
        return new Standing(inBase, inQuote, uncovered, gap, proven ? null : ledger.Standing?.Since ?? gap?.From ?? now);
    }

    /// <summary>What does not add up, in one sentence; null when everything does.</summary>
    public string? Explain(string baseAsset, string quoteAsset) => Balanced ? null : string.Join("; ", Sentences(baseAsset, quoteAsset));

    private IEnumerable<string> Sentences(string baseAsset, string quoteAsset)
    {
        if (BaseDifference != Quantity.Zero)
            yield return $"the account holds {new Quantity(Math.Abs(BaseDifference.Value))} {baseAsset} {MoreOrLess(BaseDifference.Value)} than the books explain";
        if (QuoteDifference != Amount.Zero)
            yield return $"the account holds {QuoteDifference.Abs()} {quoteAsset} {MoreOrLess(QuoteDifference.Value)} than the books explain";
        if (Uncovered != Quantity.Zero)
            yield return $"{Uncovered} {baseAsset} were sold or withdrawn that the books never held";
        if (Gap is { } gap)
            yield return gap.Reason ?? $"the exchange forgot the trades from {UtcText.Write(gap.From)} to {UtcText.Write(gap.To)} before they were read";
    }

    private static string MoreOrLess(decimal difference) => difference > 0 ? "more" : "less";
}

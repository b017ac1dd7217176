namespace Ballast.Core.Books;

/// <summary>An owner's statement about what the books do not explain.</summary>
/// <param name="Kind"><see cref="MovementKind.Transfer"/> or <see cref="MovementKind.Correction"/>.</param>
/// <param name="Reason">The owner's words; never empty.</param>
/// <param name="By">Who says so.</param>
/// <param name="Cost">Quote per coin of what came or went; null takes the last tick's price.</param>
/// <param name="Part">One movement of one asset; null explains all that does not add up.</param>
public sealed record Resolution(MovementKind Kind, string Reason, string By, Price? Cost = null, (Leg Leg, decimal Units)? Part = null)
{
    /// <summary>The books with the statement in them. Nothing is asked of the exchange: the difference is that of the last tick.</summary>
    /// <param name="newId">Makes an id that no other entry has.</param>
    public Result<BooksAfter> Apply(Ledger ledger, Equity equity, DateTimeOffset now, Func<string> newId)
    {
        var price = Cost ?? equity.Last?.Price;
        List<(Leg Leg, decimal Units)> parts = [.. Parts(ledger)];
        if (parts.Count == 0)
            return Failure.BadData("there is nothing to resolve: the books balance");
        if (price is null && parts.Any(part => part.Leg == Leg.Base))
            return Failure.BadData("no tick has seen a price yet; state what a coin cost with --cost");
        if (!ledger.Coherent())
            return Failure.BadData("the stored entries do not give the stored position; run ballast books verify first");
        Movement[] added = [.. parts.Select(part => new Movement(
            $"{(Kind == MovementKind.Transfer ? "transfer" : "correction")}:{newId()}",
            now > ledger.SettledThrough ? now : ledger.SettledThrough,
            Kind,
            part.Leg,
            part.Units,
            part.Leg == Leg.Quote ? new Price(1) : price!.Value,
            Assumed: false,
            Reason,
            By))];
        try
        {
            return After(ledger, equity, added, now);
        }
        catch (OverflowException)
        {
            return Failure.BadData("the amount is too large to be booked exactly");
        }
    }

    private BooksAfter After(Ledger ledger, Equity equity, Movement[] added, DateTimeOffset now)
    {
        // Where the wallet cannot be read, the owner's word stands for all of it up to now: rows that turn up later would count twice.
        var covers = Part is null && ledger.WalletProblem is not null;
        var stated = ledger.Add(added, journal: null, now) with { Gap = Part is null ? null : ledger.Gap };
        if (covers)
            stated = stated with { Opening = stated.Opening with { WalletFrom = now } };
        stated = stated with { Standing = Standing.After(stated, ledger, now) };
        return new BooksAfter(stated, ProfitAndLoss.At(equity.Last?.Price, stated.Current), [], added)
        {
            OpeningStated = covers,
            Equity = equity,
        };
    }

    // Coins that were sold without being held have come in before; the account's own difference is what is left after that.
    private IEnumerable<(Leg Leg, decimal Units)> Parts(Ledger ledger)
    {
        if (Part is { } stated)
        {
            yield return stated;
            yield break;
        }
        if (ledger.Standing is not { Balanced: false } standing)
            yield break;
        var uncovered = standing.Uncovered.Value;
        if (uncovered != 0)
            yield return (Leg.Base, uncovered);
        if (standing.BaseDifference.Value - uncovered is var coins and not 0)
            yield return (Leg.Base, coins);
        if (standing.QuoteDifference.Value is var quote and not 0)
            yield return (Leg.Quote, quote);

        // A time that nothing is known of is accepted in so many words, too.
        if (standing is { Gap: not null, BaseDifference.Value: 0, QuoteDifference.Value: 0, Uncovered.Value: 0 })
            yield return (Leg.Quote, 0);
    }
}

namespace Ballast.Core.Books;

/// <summary>One number of the books in use that the journal does not give.</summary>
/// <param name="Stored">What the books in use say; null when they do not have it at all.</param>
/// <param name="Journalled">What the journal gives; null when it does not have it at all.</param>
public sealed record Discrepancy(string Name, string? Stored, string? Journalled);

/// <summary>Whether the books in use are those that the journal makes.</summary>
/// <param name="Trades">How many the journal has.</param>
/// <param name="Movements">The same.</param>
public sealed record Audit(IReadOnlyList<Discrepancy> Discrepancies, int Trades, int Movements)
{
    /// <param name="ledger">The books in use; null when there are none.</param>
    /// <param name="indexed">The ids of the trades that the store keeps beside the journal.</param>
    public static Audit Of(Ledger? ledger, Journal journal, IReadOnlySet<string> indexed, DateTimeOffset now)
    {
        var rebuilt = journal.Rebuild(ledger, now);
        List<Discrepancy> found = [.. Compare(ledger, rebuilt), .. Index(journal, indexed)];
        return new Audit(found, journal.Entries.OfType<Trade>().Count(), journal.Entries.OfType<Movement>().Count());
    }

    private static IEnumerable<Discrepancy> Compare(Ledger? ledger, Ledger? rebuilt)
    {
        var (stored, journalled) = (Numbers(ledger), Numbers(rebuilt));
        foreach (var name in stored.Keys.Union(journalled.Keys))
        {
            var (mine, its) = (stored.GetValueOrDefault(name), journalled.GetValueOrDefault(name));
            if (mine != its)
                yield return new Discrepancy(name, mine, its);
        }
        if (ledger?.Coherent() == false)
            yield return new Discrepancy("avg_cost", ledger.Current.Average.ToString(), ledger.Refolded.Average.ToString());
    }

    private static IEnumerable<Discrepancy> Index(Journal journal, IReadOnlySet<string> indexed)
    {
        var known = journal.Entries.OfType<Trade>().Select(trade => trade.Id).ToHashSet(StringComparer.Ordinal);
        var (missing, foreign) = (known.Count(id => !indexed.Contains(id)), indexed.Count(id => !known.Contains(id)));
        if (missing + foreign > 0)
            yield return new Discrepancy("trades:history", $"{indexed.Count} trades, {missing} missing, {foreign} not in the journal", $"{known.Count} trades");
    }

    /// <summary>Every number that the books are made of, as text that can be compared.</summary>
    private static Dictionary<string, string> Numbers(Ledger? ledger)
    {
        if (ledger is null)
            return [];
        var (cost, opening) = (ledger.Refolded, ledger.Opening);
        var numbers = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["quantity"] = cost.Quantity.ToString(),
            ["avg_cost"] = cost.Average.ToString(),
            ["realized_pnl"] = cost.Realized.ToString(),
            ["fees"] = cost.Fees.ToString(),
            ["uncovered"] = cost.Uncovered.ToString(),
            ["uncovered_sold"] = cost.UncoveredSold.ToString(),
            ["uncovered_proceeds"] = cost.UncoveredProceeds.ToString(),
            ["base_flow"] = cost.Flows.Base.ToString(),
            ["quote_flow"] = cost.Flows.Quote.ToString(),
            ["opening_quantity"] = opening.Base.ToString(),
            ["opening_quote"] = opening.Quote.ToString(),
            ["opening_cost"] = opening.Cost.ToString(),
            ["entries"] = Decimals.Text(ledger.SettledCount + ledger.Recent.Length),
        };
        foreach (var (asset, units) in cost.OtherFees)
            numbers[$"fee:{asset}"] = Decimals.Text(units);
        return numbers;
    }
}

using Ballast.Core;
using Ballast.Core.Books;
using Ballast.Server.Store;
using Ballast.Server.Tasks;

namespace Ballast.Server.Books;

/// <summary>What an operator says about what the books do not explain.</summary>
/// <param name="Kind"><c>transfer</c> or <c>correction</c>.</param>
/// <param name="Reason">In the operator's words; kept in the journal.</param>
/// <param name="Cost">Quote per coin of what came or went; absent takes the last tick's price.</param>
/// <param name="Asset">One of the pair's assets, together with <paramref name="Amount"/>; absent explains all that does not add up.</param>
/// <param name="Amount">What the account gained; negative for what it lost.</param>
public sealed record ResolveRequest(string Kind, string Reason, decimal? Cost = null, string? Asset = null, decimal? Amount = null)
{
    private const int LongestReason = 500;

    /// <param name="pair">The names of the assets; null when the books are not open.</param>
    /// <param name="by">Who says so, for the journal.</param>
    public Result<Resolution> Read(Pair? pair, string by)
    {
        MovementKind? kind = Kind switch { "transfer" => MovementKind.Transfer, "correction" => MovementKind.Correction, _ => null };
        if (kind is not { } stated)
            return Failure.BadData($"'{Kind}' is neither transfer nor correction");
        if (string.IsNullOrWhiteSpace(Reason) || Reason.Length > LongestReason || Reason.Any(char.IsControl))
            return Failure.BadData($"the reason must be one line of 1 to {LongestReason} characters");
        if (Cost < 0)
            return Failure.BadData("the cost of a coin cannot be negative");
        if (Asset is null != Amount is null || Amount == 0)
            return Failure.BadData("asset and amount go together, and the amount is not 0; leave both out to explain all that does not add up");
        Leg? leg = Asset is null ? null : Asset == pair?.Base ? Leg.Base : Asset == pair?.Quote ? Leg.Quote : null;
        if (Asset is not null && leg is null)
            return Failure.BadData($"'{Asset}' is neither of the pair's assets ({pair?.ToString() ?? "there are no books yet"})");
        return new Resolution(
            stated, Reason.Trim(), by, Cost is { } cost ? new Price(cost) : null, leg is { } part ? (part, Amount!.Value) : null);
    }
}

/// <summary>The books as they stand.</summary>
public sealed record BooksAnswer
{
    public required string Base { get; init; }
    public required string Quote { get; init; }

    /// <summary><c>balanced</c> or <c>unproven</c>.</summary>
    public required string Books { get; init; }

    public required decimal Quantity { get; init; }
    public required decimal AvgCost { get; init; }
    public required decimal RealizedPnl { get; init; }
    public required decimal Fees { get; init; }
    public required decimal Uncovered { get; init; }
    public required decimal OpeningQuantity { get; init; }
    public required decimal OpeningQuote { get; init; }
    public required decimal OpeningCost { get; init; }
    public required bool OpeningCostAssumed { get; init; }
    public string? UnprovenReason { get; init; }
    public DateTime? UnprovenSince { get; init; }
    public decimal? UnprovenBase { get; init; }
    public decimal? UnprovenQuote { get; init; }
    public string? WalletProblem { get; init; }

    /// <summary>What was recorded just now; absent when nothing was.</summary>
    public IReadOnlyList<StoredMovement>? Recorded { get; init; }

    public static BooksAnswer From(Ledger ledger)
    {
        var (cost, opening, standing) = (ledger.Current, ledger.Opening, ledger.Standing is { Balanced: false } doubt ? doubt : null);
        return new BooksAnswer
        {
            Base = opening.Pair.Base,
            Quote = opening.Pair.Quote,
            Books = standing is null ? "balanced" : "unproven",
            Quantity = Decimals.Trim(cost.Quantity.Value),
            AvgCost = Decimals.Trim(cost.Average.Value),
            RealizedPnl = Decimals.Trim(cost.Realized.Value),
            Fees = Decimals.Trim(ledger.Refolded.Fees.Value),
            Uncovered = Decimals.Trim(cost.Uncovered.Value),
            OpeningQuantity = Decimals.Trim(opening.Base.Value),
            OpeningQuote = Decimals.Trim(opening.Quote.Value),
            OpeningCost = Decimals.Trim(opening.Cost.Value),
            OpeningCostAssumed = opening.Assumed,
            UnprovenReason = standing?.Explain(opening.Pair.Base, opening.Pair.Quote),
            UnprovenSince = standing?.Since is { } since ? TaskAnswer.ToMilliseconds(since) : null,
            UnprovenBase = standing is null ? null : Decimals.Trim(standing.BaseDifference.Value),
            UnprovenQuote = standing is null ? null : Decimals.Trim(standing.QuoteDifference.Value),
            WalletProblem = ledger.WalletProblem,
        };
    }

    public static BooksAnswer From(BooksAfter books) =>
        From(books.Ledger) with { Recorded = [.. books.NewMovements.Select(StoredMovement.From)] };
}

/// <summary>Whether the books are those that the journal makes.</summary>
/// <param name="Verified">True when there is no discrepancy.</param>
public sealed record AuditAnswer(bool Verified, int Trades, int Movements, IReadOnlyList<Discrepancy> Discrepancies)
{
    public static AuditAnswer From(Audit audit) => new(audit.Discrepancies.Count == 0, audit.Trades, audit.Movements, audit.Discrepancies);
}

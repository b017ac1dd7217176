using System.Text.Json;
using System.Text.Json.Serialization;
using Ballast.Core;
using Ballast.Core.Books;
using Ballast.Core.Ticks;
using Ballast.Server.Http;

namespace Ballast.Server.Tasks;

/// <summary>
/// The answer of a task: snake_case, decimals as JSON numbers. A step that failed carries <c>"status":"error"</c> and <c>"error"</c> in
/// place of its numbers.
/// </summary>
public sealed record TaskAnswer
{
    /// <summary><c>success</c>, <c>partial</c> or <c>error</c>.</summary>
    public required string Status { get; init; }

    /// <summary><c>15-min-job</c> or <c>rebalance-symmetric</c>.</summary>
    public required string Task { get; init; }

    /// <summary><c>OIDC</c>, <c>X-CloudScheduler</c>, <c>schedule</c> for the server's own clock, or <c>command</c> for one at the machine.</summary>
    public required string Auth { get; init; }

    public required string Tick { get; init; }

    /// <summary>True when this run was finished before and its stored answer is given again.</summary>
    public bool Replayed { get; init; }

    public required string Mode { get; init; }
    public required DateTime Timestamp { get; init; }
    public required long DurationMs { get; init; }

    /// <summary>Null when the task leaves the books alone.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required CostUpdateAnswer? CostUpdate { get; init; }

    public required RebalanceAnswer Rebalance { get; init; }

    /// <summary>The order of this tick; null when nothing was to be traded, and in <c>observe</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public OrderAnswer? Order { get; init; }

    /// <summary>An order of an earlier tick whose outcome is known since this one; absent when there was none.</summary>
    public OrderAnswer? Settled { get; init; }

    /// <summary>Why trading halted, or the mode fell back, in this tick; absent when neither did.</summary>
    public string? Alert { get; init; }

    public static TaskAnswer From(TickReport report) => new()
    {
        Status = Lower(report.Status),
        Task = report.Request.Task,
        Auth = report.Request.Caller,
        Tick = report.Request.Id.Text,
        Mode = Lower(report.Mode),
        Timestamp = ToMilliseconds(report.Timestamp),
        DurationMs = (long)report.Duration.TotalMilliseconds,
        CostUpdate = report.Books is { } books ? CostUpdateAnswer.From(books) : null,
        Rebalance = RebalanceAnswer.From(report.Plan),
        Order = report.Order is { } order ? OrderAnswer.From(order) : null,
        Settled = report.Settled is { } settled ? OrderAnswer.From(settled) : null,
        Alert = AlertOf(report),
    };

    internal static string? AlertOf(TickReport report) => report.Trading switch
    {
        { NewHalt: { } halt } => $"trading is halted: {halt.Reason}",
        { NewMode: { } mode } => $"the mode is {Lower(mode.Mode)} from now on: {mode.Reason}",
        _ => null,
    };

    /// <summary>The answer of a run that was finished before, as it was stored then.</summary>
    public static TaskAnswer Again(string stored) => JsonSerializer.Deserialize(stored, BallastJson.Default.TaskAnswer)! with { Replayed = true };

    internal static string Lower<T>(T value)
        where T : struct, Enum => JsonNames.ConvertName(value.ToString());

    internal static DateTime ToMilliseconds(DateTimeOffset time) =>
        new(time.UtcTicks - time.UtcTicks % TimeSpan.TicksPerMillisecond, DateTimeKind.Utc);

    private static readonly JsonNamingPolicy JsonNames = JsonNamingPolicy.SnakeCaseLower;
}

/// <summary>The books after the tick; amounts in quote, quantities in base.</summary>
public sealed record CostUpdateAnswer
{
    public required string Status { get; init; }
    public string? Error { get; init; }
    public decimal? AvgCost { get; init; }
    public decimal? Quantity { get; init; }
    public decimal? RealizedPnl { get; init; }

    /// <summary>Absent when there is no price to value at.</summary>
    public decimal? UnrealizedPnl { get; init; }

    public int? NewTrades { get; init; }

    /// <summary><c>balanced</c>, or <c>unproven</c>: then the two fields below say what does not add up and since when.</summary>
    public string? Books { get; init; }

    public string? UnprovenReason { get; init; }
    public DateTime? UnprovenSince { get; init; }

    /// <summary>True while the opening position is valued at the first tick's price because its owner has not stated its cost.</summary>
    public bool? OpeningCostAssumed { get; init; }

    /// <summary>Fees paid in assets whose worth is not known, by asset; not part of any profit above.</summary>
    public IReadOnlyDictionary<string, decimal>? UnvaluedFees { get; init; }

    /// <summary>Coins sold or withdrawn that the books never held; absent when there are none.</summary>
    public decimal? Uncovered { get; init; }

    /// <summary>Deposits and withdrawals booked for the first time; absent when there are none.</summary>
    public int? NewMovements { get; init; }

    /// <summary>Why deposits and withdrawals could not be read; absent when they were.</summary>
    public string? WalletProblem { get; init; }

    /// <summary>Where the change of the portfolio's value came from since the start; absent as long as no tick has seen a price.</summary>
    public ProfitAnswer? Profit { get; init; }

    public static CostUpdateAnswer From(Result<BooksAfter> books)
    {
        if (!books.TryGet(out var after, out var failure))
            return new CostUpdateAnswer { Status = "error", Error = failure.Reason };
        var (ledger, cost) = (after.Ledger, after.Ledger.Current);
        return new CostUpdateAnswer
        {
            Status = "success",
            AvgCost = Decimals.Trim(cost.Average.Value),
            Quantity = Decimals.Trim(cost.Quantity.Value),
            RealizedPnl = Decimals.Trim(cost.Realized.Value),
            UnrealizedPnl = after.Profit.Unrealized is { } unrealized ? Decimals.Trim(unrealized.Value) : null,
            NewTrades = after.NewTrades.Count,
            Books = ledger.Standing is { Balanced: true } ? "balanced" : "unproven",
            UnprovenReason = ledger.Standing?.Explain(ledger.Opening.Pair.Base, ledger.Opening.Pair.Quote),
            UnprovenSince = ledger.Standing?.Since is { } since ? TaskAnswer.ToMilliseconds(since) : null,
            OpeningCostAssumed = ledger.Opening.Base > Core.Quantity.Zero ? ledger.Opening.Assumed : null,
            Uncovered = cost.Uncovered > Core.Quantity.Zero ? Decimals.Trim(cost.Uncovered.Value) : null,
            NewMovements = after.NewMovements.Count > 0 ? after.NewMovements.Count : null,
            WalletProblem = ledger.WalletProblem,
            Profit = after.Causes is { } causes ? ProfitAnswer.From(causes) : null,
            UnvaluedFees = cost.OtherFees.IsEmpty ? null : cost.OtherFees.ToDictionary(fee => fee.Key, fee => Decimals.Trim(fee.Value)),
        };
    }
}

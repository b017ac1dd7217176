using Ballast.Core;
using Ballast.Server.Overview;
using Ballast.Server.Store;
using Ballast.Server.Tasks;
using StackExchange.Redis;

namespace Ballast.Server.Records;

/// <summary>A row of the history, cut down to what a table shows.</summary>
public record TickRow
{
    public required string Tick { get; init; }
    public required string Task { get; init; }
    public required DateTime Timestamp { get; init; }
    public required string Mode { get; init; }

    /// <summary><c>HOLD</c>, <c>BUY</c>, <c>SELL</c>, or <c>ERROR</c> when there is no plan.</summary>
    public string? Action { get; init; }

    public string? Reason { get; init; }

    /// <summary>Why there is no plan; absent when there is one.</summary>
    public string? Error { get; init; }

    public decimal? Price { get; init; }
    public decimal? TotalValue { get; init; }
    public decimal? Deviation { get; init; }
    public decimal? Threshold { get; init; }
    public decimal? NotionalUsdt { get; init; }
    public decimal? Quantity { get; init; }

    /// <summary>What is known by now of the tick's order; absent when it has none.</summary>
    public string? OrderState { get; init; }

    public string? ClientOrderId { get; init; }

    /// <summary>The row as it is stored; one that cannot be read says so in place of an error.</summary>
    internal static RecordedTick Read(RedisValue json) => !StoredValue.Parse(json, OverviewJson.Default.RecordedTick).TryGet(out var row, out var failure)
        ? new RecordedTick
        {
            Tick = "",
            Task = "",
            Timestamp = DateTime.UnixEpoch,
            Mode = "",
            Action = Failed,
            Error = $"this row of the history cannot be read ({failure.Reason})",
        }
        : row.Error is null ? row : row with { Action = Failed };

    internal const string Failed = "ERROR";
}

/// <summary>As it is stored, with the order as it stood when the plan was written down.</summary>
internal sealed record RecordedTick : TickRow
{
    public RecordedOrder? Order { get; init; }
}

internal sealed record RecordedOrder(string State, string ClientOrderId);

/// <param name="Items">Newest first.</param>
/// <param name="Next">Where the next page begins; absent at the end. A page may have fewer rows than asked for and still have a next one.</param>
public sealed record TickRowsAnswer(IReadOnlyList<TickRow> Items, string? Next);

/// <param name="Order">What became of its order; absent when it had none, and in <c>observe</c>.</param>
/// <param name="Answer">What the tick answered; absent when it is not kept any more.</param>
public sealed record TickDetailAnswer(ExplainedPlan Plan, OrderAnswer? Order, TaskAnswer? Answer);

/// <param name="Items">Newest first.</param>
/// <param name="Next">Where the next page begins; absent at the end.</param>
public sealed record OrdersAnswer(IReadOnlyList<StoredOrder> Items, string? Next);

/// <param name="Items">Newest first.</param>
/// <param name="Next">Where the next page begins; absent at the end.</param>
public sealed record JournalAnswer(IReadOnlyList<StoredJournalLine> Items, string? Next);

/// <param name="Items">Oldest first; the newest ones of the time that was asked for when there are more than the limit.</param>
public sealed record TradesAnswer(IReadOnlyList<StoredTrade> Items, bool Truncated);

/// <param name="Items">Newest first.</param>
public sealed record FailedTicksAnswer(IReadOnlyList<FailedTickAnswer> Items);

/// <param name="From">Of the first point; absent when there is none.</param>
/// <param name="Step">What the curve is made of at its beginning: <c>tick</c>, or <c>hour</c> where only one point an hour is kept.</param>
/// <param name="Points">Oldest first.</param>
/// <param name="TargetRatio">The present one, which the deviations are from.</param>
public sealed record EquityAnswer(DateTime? From, DateTime? To, string Step, IReadOnlyList<EquityRow> Points, decimal TargetRatio, decimal Threshold);

/// <param name="Value">In quote, as are all that follow but the ratios.</param>
/// <param name="Hold">What it would be worth, had nothing been traded since the start; with the same transfers.</param>
/// <param name="Cash">What it would be worth, had all been quote since the start; with the same transfers.</param>
/// <param name="Deviation">Share of the coin less the present target: above 0 is too much of it.</param>
/// <param name="Drawdown">Fall from the highest value so far, without what was moved; 0 or negative.</param>
/// <param name="AvgCost">As the books had it then; absent where it was not recorded, and when there were no coins.</param>
public sealed record EquityRow(
    DateTime T, decimal Price, decimal Base, decimal Quote, decimal Value, decimal Hold, decimal Cash, decimal Deviation, decimal Drawdown, decimal? AvgCost);

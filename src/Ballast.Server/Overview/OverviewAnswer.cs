using Ballast.Server.Books;
using Ballast.Server.Tasks;
using Ballast.Server.Trading;

namespace Ballast.Server.Overview;

/// <summary>All that its owner needs to see whether all is well, of one moment. Amounts in quote, ratios as fractions of 1, times in UTC.</summary>
public sealed record OverviewAnswer
{
    public required DateTime Now { get; init; }
    public required string Symbol { get; init; }

    /// <summary>The coin. Absent as long as nothing has said what the pair is made of.</summary>
    public string? Base { get; init; }

    public string? Quote { get; init; }
    public required string Environment { get; init; }

    /// <summary><c>paper</c> or <c>mexc</c>.</summary>
    public required string Exchange { get; init; }

    /// <summary><c>synthetic</c>, <c>replay</c> or <c>live</c>; absent on the real exchange.</summary>
    public string? Market { get; init; }

    public required string Version { get; init; }

    /// <summary>
    /// What counts: <c>observe</c>, <c>approve</c> or <c>auto</c>; <c>observe</c> while the state of trading cannot be read, because a tick then trades
    /// nothing.
    /// </summary>
    public required string Mode { get; init; }

    public required string ConfiguredMode { get; init; }

    /// <summary>Absent when it cannot be read; <see cref="TradingError"/> says why.</summary>
    public TradingAnswer? Trading { get; init; }

    public string? TradingError { get; init; }
    public required ScheduleAnswer Schedule { get; init; }

    /// <summary>Absent before the first.</summary>
    public LastTickAnswer? LastTick { get; init; }

    /// <summary>True when the last tick is longer ago than three of its usual distances.</summary>
    public required bool Stale { get; init; }

    /// <summary>The latest good plan; absent before the first.</summary>
    public ExplainedPlan? Plan { get; init; }

    /// <summary>Why the stored plan cannot be shown; absent when it can.</summary>
    public string? PlanError { get; init; }

    /// <summary>Absent when the newest tick has a plan.</summary>
    public FailedTickAnswer? LastFailure { get; init; }

    /// <summary>Absent before the first tick, and when they cannot be read.</summary>
    public BooksAnswer? Books { get; init; }

    public string? BooksError { get; init; }

    /// <summary>Profit on what is held, at the price of the last point of the curve; absent without books or price. Proven as far as the books are.</summary>
    public decimal? UnrealizedPnl { get; init; }

    /// <summary>Where the change of value since the start came from; absent before the first point of the curve.</summary>
    public ProfitAnswer? Profit { get; init; }

    /// <summary>Absent as long as the curve has fewer than two points.</summary>
    public DayAnswer? Day { get; init; }

    /// <summary>Oldest first, at most 96.</summary>
    public required IReadOnlyList<SparkPoint> Sparkline { get; init; }

    /// <summary>Another one whenever a tick, trading, the books or the settings have changed.</summary>
    public required string VersionTag { get; init; }
}

/// <param name="Own">Whether this server runs ticks by its own clock.</param>
/// <param name="EveryMinutes">Its own distance, or the usual one of late; absent when neither is known.</param>
/// <param name="Next">The next run by its own clock; absent when only somebody else calls.</param>
/// <param name="Expected">The last tick and its usual distance; absent with a clock of its own, and when too few ticks are known.</param>
public sealed record ScheduleAnswer(bool Own, decimal? EveryMinutes, DateTime? Next, DateTime? Expected);

/// <param name="Status"><c>success</c>, <c>partial</c> or <c>error</c>.</param>
public sealed record LastTickAnswer(string Tick, string Task, DateTime Timestamp, string Status, string Mode);

public sealed record FailedTickAnswer(string Tick, DateTime Timestamp, string Error);

/// <summary>What the last 24 hours did.</summary>
/// <param name="From">The last point of the curve that is a day old, or the oldest there is.</param>
/// <param name="Moved">What was moved in and corrected since, less what was moved out.</param>
/// <param name="Change">The change of value without that: money moved in is no profit.</param>
/// <param name="ChangeRatio">The change as a share of the value a day ago with what was moved in since; absent where that is nothing.</param>
/// <param name="Proven">False while the books do not balance, or a part of the change is not explained by them.</param>
public sealed record DayAnswer(DateTime From, decimal ValueFrom, decimal Value, decimal Moved, decimal Change, decimal? ChangeRatio, bool Proven);

/// <param name="T">When.</param>
/// <param name="V">Value in quote.</param>
public sealed record SparkPoint(DateTime T, decimal V);

using Ballast.Core.Books;
using Ballast.Core.Planning;
using Ballast.Core.Ticks;
using Ballast.Core.Trading;
using Ballast.Server.Trading;
using static Ballast.Server.Telemetry.TickFigures;

namespace Ballast.Server.Telemetry;

/// <summary>
/// What the gauges show: all that the ticks of this process have found out, and nothing that the latest of them could not. Immutable; each part is
/// null as long as it is not known. Gauges are binary numbers, so exactness ends here.
/// </summary>
internal sealed record TickFigures
{
    public static readonly TickFigures None = new();

    public PlanFigures? Plan { get; private init; }
    public BooksFigures? Books { get; private init; }
    public bool? Halted { get; private init; }
    public bool? Unsettled { get; private init; }
    public Mode? Mode { get; private init; }

    /// <summary>Seconds since 1970 at the end of the last tick that was a success.</summary>
    public double? LastSuccess { get; private init; }

    /// <summary>
    /// A price and a plan are those of one moment, so a tick without them takes the older ones away. What stands in the store stays as it was last
    /// seen, unless a tick tried to renew it and failed.
    /// </summary>
    public TickFigures After(TickOutcome outcome, DateTimeOffset now) => outcome switch
    {
        TickOutcome.Finished { Report: var report } => this with
        {
            Plan = report.Plan.TryGet(out var plan, out _) ? PlanFigures.From(plan) : null,
            Books = report.Books is not { } books ? Books : books.TryGet(out var kept, out _) ? BooksFigures.From(kept) : null,
            Halted = report.Trading is null ? null : report.Halted || report.Trading.NewHalt is not null,
            Unsettled = report.Trading is { } trading ? trading.Open is not null : null,
            Mode = report.Mode,
            LastSuccess = report.Status == TickStatus.Success ? now.ToUnixTimeMilliseconds() / 1000.0 : LastSuccess,
        },
        TickOutcome.StoreDown => this with { Plan = null },
        _ => this,
    };

    /// <summary>What an operator has just been shown, or has just changed.</summary>
    public TickFigures After(TradingAnswer shown) => this with
    {
        Halted = shown.Halt is not null,
        Unsettled = shown.OpenOrder is not null,
        Mode = Enum.TryParse<Mode>(shown.Mode, ignoreCase: true, out var mode) ? mode : Mode,
    };

    /// <summary>A decimal 0 may have a sign; adding 0 takes it away.</summary>
    internal static double Binary(decimal value) => (double)value + 0.0;

    internal static double? Binary(decimal? value) => value is { } known ? Binary(known) : null;
}

/// <param name="Deviation">(base value − target) / total: above 0 there is too much of the coin. Null where there is no value.</param>
internal sealed record PlanFigures(double? Deviation, double Threshold, double Price, double Value, double BaseValue, double QuoteValue)
{
    public static PlanFigures From(Plan plan) => new(
        plan.TotalValue.Value == 0 ? null : Binary((plan.BaseValue - plan.TargetValue).Value / plan.TotalValue.Value),
        Binary(plan.Threshold.Value),
        Binary(plan.Price.Value),
        Binary(plan.TotalValue.Value),
        Binary(plan.BaseValue.Value),
        Binary(plan.QuoteValue.Value));
}

/// <param name="Unrealized">Null where there is no price to value at.</param>
/// <param name="Held">What the portfolio would be worth had nothing been traded; null before the first price.</param>
/// <param name="Causes">Where the change of its value came from; empty before the first price.</param>
internal sealed record BooksFigures(
    double AverageCost, double Realized, double? Unrealized, bool Balanced, double? Held, IReadOnlyList<(string Cause, double Amount)> Causes)
{
    public static BooksFigures From(BooksAfter books) => new(
        Binary(books.Ledger.Current.Average.Value),
        Binary(books.Profit.Realized.Value),
        Binary(books.Profit.Unrealized?.Value),
        books.Ledger.Standing is { Balanced: true },
        Binary(books.Causes?.BuyAndHold.Value),
        books.Causes is not { } causes ? [] :
        [
            ("market", Binary(causes.Market.Value)),
            ("rebalancing", Binary(causes.Rebalancing.Value)),
            ("fees", Binary(causes.Fees.Value)),
            ("transfers", Binary(causes.Transfers.Value)),
            ("corrections", Binary(causes.Corrections.Value)),
            ("unproven", Binary(causes.Unproven.Value)),
        ]);
}

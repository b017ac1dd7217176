using System.Diagnostics;
using System.Diagnostics.Metrics;
using Ballast.Core.Books;
using Ballast.Core.Ticks;
using Ballast.Core.Trading;
using Ballast.Server.Tasks;
using Ballast.Server.Trading;

namespace Ballast.Server.Telemetry;

/// <summary>Counts ticks and what came of them, and shows the figures of the last ones. What is not known is absent, and never 0.</summary>
public sealed class TickMeasures
{
    /// <summary>How a tick can end, in the words of the label.</summary>
    private static readonly string[] Outcomes = ["success", "partial", "error", "replayed", "busy", "overtaken", "store_down"];

    private static readonly string[] Tasks = [TickRunner.Runtime, TickRunner.Symmetric];
    private static readonly string[] Actions = ["hold", "buy", "sell", NoAction];
    private static readonly string[] Sides = ["buy", "sell"];

    /// <summary>No plan could be made.</summary>
    private const string NoAction = "none";

    private readonly Counter<long> ticks;
    private readonly Histogram<double> durations;
    private readonly Counter<long> decisions;
    private readonly Counter<long> orders;
    private readonly Counter<long> guardRefusals;
    private readonly TimeProvider clock;
    private readonly Lock gate = new();
    private TickFigures figures = TickFigures.None;

    internal TickMeasures(Meter meter, TimeProvider clock)
    {
        this.clock = clock;
        ticks = meter.CreateCounter<long>("ballast.ticks", "{tick}", "Runs of a task that were asked for, by how they ended.");
        durations = meter.CreateHistogram("ballast.tick.duration", "s", "How long a run of a task took, lease included.", tags: null, new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30],
        });
        decisions = meter.CreateCounter<long>("ballast.decisions", "{decision}", "Plans by action; none where no plan could be made.");
        orders = meter.CreateCounter<long>("ballast.orders", "{order}", "Orders by side and outcome; one that is settled later counts again then.");
        guardRefusals = meter.CreateCounter<long>("ballast.guard.refusals", "{refusal}", "Orders that were blocked, by the first guard that did not let them pass.");
        ShowPlan(meter);
        ShowBooks(meter);
        ShowTrading(meter);
    }

    /// <summary>Counters that alarms look at begin at 0, so that their first step is seen. Of no use before somebody listens.</summary>
    internal void BeginAtZero()
    {
        foreach (var task in Tasks)
        {
            foreach (var outcome in Outcomes)
                ticks.Add(0, Labels(("task", task), ("outcome", outcome)));
        }
        foreach (var action in Actions)
            decisions.Add(0, Labels(("action", action)));
        foreach (var side in Sides)
        {
            foreach (var outcome in Enum.GetValues<OrderOutcome>())
                orders.Add(0, Labels(("side", side), ("outcome", TaskAnswer.Lower(outcome))));
        }
        foreach (var guard in Guards.Names)
            guardRefusals.Add(0, Labels(("guard", guard)));
    }

    /// <summary>How a tick ended, in the words of the label.</summary>
    internal static string NameOf(TickOutcome outcome) => outcome switch
    {
        TickOutcome.Finished { Report.Status: var status } => TaskAnswer.Lower(status),
        TickOutcome.Replayed => "replayed",
        TickOutcome.Busy => "busy",
        TickOutcome.Overtaken => "overtaken",
        _ => "store_down",
    };

    internal void Record(string task, TickOutcome outcome, TimeSpan took)
    {
        Count(task, NameOf(outcome), took);
        if (outcome is TickOutcome.Finished { Report: var report })
        {
            decisions.Add(1, Labels(("action", ActionOf(report) ?? NoAction)));
            Count(report.Settled);
            Count(report.Order);
        }
        lock (gate)
            figures = figures.After(outcome, clock.GetUtcNow());
    }

    /// <summary>A tick that ended in an exception.</summary>
    internal void RecordBug(string task, TimeSpan took) => Count(task, "error", took);

    internal void Record(TradingAnswer shown)
    {
        lock (gate)
            figures = figures.After(shown);
    }

    internal static string? ActionOf(TickReport report) => report.Plan.TryGet(out var plan, out _) ? TaskAnswer.Lower(plan.Action) : null;

    /// <summary>The guard that an order was blocked by: the first word of its reason.</summary>
    internal static string? GuardOf(OrderReport order) => order.Outcome == OrderOutcome.Blocked
        ? Guards.Names.FirstOrDefault(name => order.Reason.StartsWith($"{name}:", StringComparison.Ordinal)) : null;

    private void Count(string task, string outcome, TimeSpan took)
    {
        var labels = Labels(("task", task), ("outcome", outcome));
        ticks.Add(1, labels);
        durations.Record(took.TotalSeconds, labels);
    }

    private void Count(OrderReport? order)
    {
        if (order is null)
            return;
        orders.Add(1, Labels(("side", order.Side == Side.Buy ? "buy" : "sell"), ("outcome", TaskAnswer.Lower(order.Outcome))));
        if (GuardOf(order) is { } guard)
            guardRefusals.Add(1, Labels(("guard", guard)));
    }

    private void ShowPlan(Meter meter)
    {
        Show(meter, "ballast.plan.deviation", "1", "How far the coin's value is above its target, as a share of the total; negative below.", now => now.Plan?.Deviation);
        Show(meter, "ballast.plan.threshold", "1", "The deviation from which it is worth acting.", now => now.Plan?.Threshold);
        Show(meter, "ballast.price", null, "The price of the last plan, in quote per coin.", now => now.Plan?.Price);
        Show(meter, "ballast.portfolio.value", null, "Worth of the portfolio, in quote.", now => now.Plan?.Value);
        ShowAll(meter, "ballast.portfolio.leg.value", "Worth of either leg of the portfolio, in quote.", now =>
            now.Plan is { } plan ? [Of(plan.BaseValue, "leg", "base"), Of(plan.QuoteValue, "leg", "quote")] : []);
    }

    private void ShowBooks(Meter meter)
    {
        Show(meter, "ballast.portfolio.held.value", null, "Worth, in quote, of what would be held had nothing been traded.", now => now.Books?.Held);
        Show(meter, "ballast.books.average_cost", null, "Average cost of a coin, in quote.", now => now.Books?.AverageCost);
        Show(meter, "ballast.books.realized_profit", null, "Profit of all sales, in quote.", now => now.Books?.Realized);
        Show(meter, "ballast.books.unrealized_profit", null, "Profit that selling everything would realise, in quote.", now => now.Books?.Unrealized);
        Show(meter, "ballast.books.balanced", null, "1 when the books explain the balances to the last unit, 0 when they are unproven.", now => One(now.Books?.Balanced));
        ShowAll(meter, "ballast.books.profit", "Change of the portfolio's worth since the start, in quote, by cause.", now =>
            (now.Books?.Causes ?? []).Select(part => Of(part.Amount, "cause", part.Cause)));
    }

    private void ShowTrading(Meter meter)
    {
        Show(meter, "ballast.order.unsettled", null, "1 while the outcome of an order is not known.", now => One(now.Unsettled));
        Show(meter, "ballast.halted", null, "1 while trading is halted.", now => One(now.Halted));
        ShowAll(meter, "ballast.mode", "1 for the mode in force.", now => now.Mode is not { } mode ? [] :
            Enum.GetValues<Mode>().Select(each => Of(each == mode ? 1 : 0, "mode", TaskAnswer.Lower(each))));
        Show(meter, "ballast.tick.last_success.timestamp", "s", "When the last tick ended that was a success, in seconds since 1970.", now => now.LastSuccess);
    }

    private void Show(Meter meter, string name, string? unit, string description, Func<TickFigures, double?> read) => meter.CreateObservableGauge(
        name, IEnumerable<Measurement<double>> () => read(Read()) is { } value ? [new Measurement<double>(value)] : [], unit, description);

    private void ShowAll(Meter meter, string name, string description, Func<TickFigures, IEnumerable<Measurement<double>>> read) =>
        meter.CreateObservableGauge(name, () => read(Read()), unit: null, description);

    private TickFigures Read()
    {
        lock (gate)
            return figures;
    }

    private static double? One(bool? truth) => truth is { } known ? known ? 1 : 0 : null;

    private static Measurement<double> Of(double value, string label, string word) => new(value, new KeyValuePair<string, object?>(label, word));

    private static TagList Labels(params ReadOnlySpan<(string Name, string Value)> labels)
    {
        var tags = new TagList();
        foreach (var (name, value) in labels)
            tags.Add(name, value);
        return tags;
    }
}

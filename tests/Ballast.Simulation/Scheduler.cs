using Ballast.Core;
using Ballast.Core.Paper;
using Ballast.Core.Ticks;
using Ballast.Core.Trading;

namespace Ballast.Simulation;

/// <summary>
/// Delivers ticks as a cloud scheduler does: at least once, sometimes twice at once, sometimes late, sometimes not at all, to whichever instance
/// is there.
/// </summary>
internal sealed class Scheduler(World world, Chance chance)
{
    public const int QuietSlots = 17;

    /// <summary>The last of these order nothing more: they book and settle what those before them have done.</summary>
    public const int ClosingSlots = 3;

    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(15);

    /// <summary>The longest that a tick may take on an instance that does not freeze: its own deadlines, and the slowest answers between them.</summary>
    private static readonly TimeSpan LongestTick = TimeSpan.FromSeconds(240);

    private readonly Instance?[] fleet = new Instance?[2];
    private int instances;
    private int holders;
    private int runs;
    private bool quieted;

    public long Ticks { get; private set; }

    public IReadOnlyList<TickOutcome> Quiet => quiet;

    private readonly List<TickOutcome> quiet = [];

    /// <summary>The first tick of all.</summary>
    public void Open(DateTimeOffset start) => world.Agenda.At(start, null, () => Deliver(0, Regular(start), "15-min-job", withBooks: true));

    public void Begin(DateTimeOffset start)
    {
        for (var slot = 0; slot < world.Slots; slot++)
            PlanSlot(start + slot * Interval);
    }

    /// <summary>From here on the regular run only, on an instance that nothing is wrong with.</summary>
    public void Quieten(DateTimeOffset from)
    {
        quieted = true;
        fleet[0] = fleet[1] = null;
        for (var slot = 0; slot < QuietSlots; slot++)
        {
            var scheduled = from + slot * Interval;
            world.Agenda.At(scheduled, null, () => Deliver(0, Regular(scheduled), "15-min-job", withBooks: true, outcomes: quiet));
        }
    }

    /// <summary>A run by hand, books left alone as often as not.</summary>
    public void RunByHand()
    {
        var withBooks = chance.PerMille(500);
        Deliver(chance.Below(2), new TickId($"rebalance-symmetric/manual/{++runs}"), "rebalance-symmetric", withBooks);
    }

    private void PlanSlot(DateTimeOffset scheduled)
    {
        if (world.Faults.Strikes(FaultKind.SkippedTick, 40))
            return;
        var first = scheduled + chance.Milliseconds(0, 3000);
        world.Agenda.At(first, null, () => Deliver(0, Regular(scheduled), "15-min-job", withBooks: true));
        if (world.Faults.Strikes(FaultKind.DuplicateAtOnce, world.Faults.Duplicates))
            Again(first + chance.Milliseconds(0, 500), scheduled);
        while (world.Faults.Strikes(FaultKind.DuplicateLater, world.Faults.Duplicates))
            Again(first + chance.Seconds(1, chance.Of(60, 180, 3600)), scheduled);
        if (world.Faults.Strikes(FaultKind.ManualTick, world.Faults.Duplicates / 2))
            world.Agenda.At(first + chance.Seconds(0, chance.Of(5, 120, 850)), null, RunByHand);
    }

    private void Again(DateTimeOffset at, DateTimeOffset scheduled) =>
        world.Agenda.At(at, null, () => Deliver(chance.Below(2), Regular(scheduled), "15-min-job", withBooks: true));

    private static TickId Regular(DateTimeOffset scheduled) => new($"15-min-job/{UtcText.Write(scheduled)}");

    private void Deliver(int place, TickId id, string task, bool withBooks, List<TickOutcome>? outcomes = null)
    {
        // A request that finds its instance gone, or frozen, is often answered by a new one.
        if (outcomes is null && quieted)
            return;
        if (fleet[place] is not { Crashed: false } there || (there.FrozenUntil > world.Agenda.Now && chance.PerMille(700)))
            fleet[place] = there = Boot();
        Ticks++;
        world.Note($"{there.Name} is given {id}");
        _ = RunAsync(there, new TickRequest(id, task, "simulation", withBooks), outcomes);
    }

    private Instance Boot()
    {
        var skewed = world.Faults.Strikes(FaultKind.Skew, world.Faults.SkewedInstances);
        var skew = !skewed ? TimeSpan.Zero
            : chance.PerMille(600) ? chance.Milliseconds(-4000, 900)
            : chance.Milliseconds(-60_000, 60_000);
        return new Instance($"instance-{++instances}", world.Agenda, skew);
    }

    private async Task RunAsync(Instance instance, TickRequest request, List<TickOutcome>? outcomes)
    {
        var (began, freezes) = (world.Agenda.Now, instance.Freezes);
        var wire = new Wire(world, instance);
        try
        {
            var outcome = await world.TickOf(instance, wire, () => $"holder-{++holders}").RunAsync(request);
            wire.Closed = true;
            world.Note($"{instance.Name} ends {request.Id}: {Told(outcome)}");
            outcomes?.Add(outcome);
            if (outcomes?.Count > 2 && world.Engine.OpenOrders(null, world.Agenda.Now).FirstOrDefault(IsOurs) is { } resting)
                world.Break("an order of ours still rests after a quiet tick", resting.ClientOrderId!);
        }
        catch (Exception bug)
        {
            world.Break("a tick threw", bug.ToString());
        }
        if (instance.Freezes == freezes && instance.FrozenUntil <= began && world.Agenda.Now - began > LongestTick)
            world.Break("a tick took too long", $"{request.Id}: {world.Agenda.Now - began}");
    }

    private static bool IsOurs(PaperOrder order) => order.ClientOrderId?.StartsWith(OrderIntent.Prefix, StringComparison.Ordinal) == true;

    private static string Told(TickOutcome outcome) => outcome switch
    {
        TickOutcome.Finished { Report: var report } => $"finished, {report.Status}, "
            + (report.Plan.TryGet(out var plan, out var failure) ? $"{plan.Action} {plan.Quantity} at {plan.Price}" : failure.Reason)
            + (report.Books?.Failure is { } books ? $", books: {books.Reason}" : ""),
        TickOutcome.StoreDown { Reason: var reason } => $"store down: {reason}",
        _ => outcome.GetType().Name,
    };
}

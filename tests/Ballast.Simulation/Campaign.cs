namespace Ballast.Simulation;

/// <summary>What one seed gave.</summary>
internal sealed record Run(ulong Seed, Breach? Breach, TimeSpan Simulated, long Ticks, int Orders, long[] Faults)
{
    public static Run Of(ulong seed, Mutation? mutation = null, EventLog? log = null)
    {
        var world = new World(seed, mutation ?? Mutation.None, log ?? new EventLog(kept: false));
        world.Run();
        return new Run(seed, world.Breach, world.Elapsed, world.Scheduler.Ticks, world.Witness.Orders, world.Faults.Counts);
    }
}

/// <summary>Many seeds, one after the other, until one of them breaks a rule.</summary>
internal sealed class Campaign
{
    public int Seeds { get; private set; }
    public TimeSpan Simulated { get; private set; }
    public long Ticks { get; private set; }
    public long Orders { get; private set; }
    public long[] Faults { get; } = new long[Enum.GetValues<FaultKind>().Length];

    /// <returns>The first run that breaks a rule; null when none does.</returns>
    public Run? Search(ulong first, int seeds, Mutation? mutation = null, Action<Campaign>? progress = null)
    {
        for (var number = 0; number < seeds; number++)
        {
            var run = Run.Of(first + (ulong)number, mutation);
            Seeds++;
            Simulated += run.Simulated;
            Ticks += run.Ticks;
            Orders += run.Orders;
            for (var kind = 0; kind < Faults.Length; kind++)
                Faults[kind] += run.Faults[kind];
            if (run.Breach is not null)
                return run;
            progress?.Invoke(this);
        }
        return null;
    }

    /// <summary>The story of a seed again, for whoever wants to read it.</summary>
    public static EventLog Tell(ulong seed, Mutation? mutation = null)
    {
        var log = new EventLog(kept: true);
        Run.Of(seed, mutation, log);
        return log;
    }
}

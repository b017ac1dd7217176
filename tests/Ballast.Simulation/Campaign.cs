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

/// <summary>Many seeds, until one of them breaks a rule. What comes out is the same however many run side by side.</summary>
internal sealed class Campaign
{
    /// <summary>So many are run before they are counted.</summary>
    private const int Batch = 512;

    public int Seeds { get; private set; }
    public TimeSpan Simulated { get; private set; }
    public long Ticks { get; private set; }
    public long Orders { get; private set; }
    public long[] Faults { get; } = new long[Enum.GetValues<FaultKind>().Length];

    /// <param name="parallel">How many seeds run side by side, each in a world of its own.</param>
    /// <returns>The run of the smallest seed that breaks a rule; null when none does.</returns>
    public Run? Search(ulong first, int seeds, Mutation? mutation = null, int parallel = 1)
    {
        for (var done = 0; done < seeds; done += Batch)
        {
            foreach (var run in Side(first + (ulong)done, Math.Min(Batch, seeds - done), mutation, parallel))
            {
                Count(run);
                if (run.Breach is not null)
                    return run;
            }
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

    /// <summary>In order of their seeds; none after the first that broke a rule is to be relied on.</summary>
    private static IEnumerable<Run> Side(ulong first, int seeds, Mutation? mutation, int parallel)
    {
        var (runs, next, end) = (new Run?[seeds], -1, seeds);
        Task.WaitAll([.. Enumerable.Range(0, Math.Min(parallel, seeds)).Select(_ => Task.Run(Work))]);
        return runs.TakeWhile(run => run is not null).Select(run => run!);

        // Seeds are taken in order, so that all before a broken one have been run when this ends.
        void Work()
        {
            while (Interlocked.Increment(ref next) is var number && number < Volatile.Read(ref end))
            {
                var run = runs[number] = Run.Of(first + (ulong)number, mutation);
                if (run.Breach is not null)
                    Volatile.Write(ref end, 0);
            }
        }
    }

    private void Count(Run run)
    {
        Seeds++;
        Simulated += run.Simulated;
        Ticks += run.Ticks;
        Orders += run.Orders;
        for (var kind = 0; kind < Faults.Length; kind++)
            Faults[kind] += run.Faults[kind];
    }
}

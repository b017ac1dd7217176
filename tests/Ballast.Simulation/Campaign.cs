namespace Ballast.Simulation;

/// <summary>What one seed gave.</summary>
internal sealed record Run(ulong Seed, Breach? Breach, TimeSpan Simulated, long Ticks, int Orders, long[] Faults)
{
    /// <summary>The instance that was made to crash, and where; null when none was.</summary>
    public CrashPoint? Crash { get; private init; }

    /// <summary>How many places there were to crash at.</summary>
    public long Letters { get; private init; }

    public static Run Of(ulong seed, Mutation? mutation = null, EventLog? log = null, CrashPoint? crash = null)
    {
        var world = new World(seed, mutation ?? Mutation.None, log ?? new EventLog(kept: false), crash);
        world.Run();
        return new Run(seed, world.Breach, world.Elapsed, world.Scheduler.Ticks, world.Witness.Orders, world.Faults.Counts) { Crash = crash, Letters = world.Letters };
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
            var start = first + (ulong)done;
            if (Counted(Side(Math.Min(Batch, seeds - done), parallel, number => Run.Of(start + (ulong)number, mutation))) is { } broken)
                return broken;
        }
        return null;
    }

    /// <summary>One seed over and over, each time with a crash at another request: before it leaves, and after it has been carried out.</summary>
    /// <returns>The run of the first place that breaks a rule; null when none does.</returns>
    public Run? CrashEverywhere(ulong seed, Mutation? mutation = null, int parallel = 1)
    {
        var places = (int)Run.Of(seed, mutation).Letters * 2;
        return Counted(Side(places, parallel, number => Run.Of(seed, mutation, crash: new CrashPoint(number / 2 + 1, number % 2 == 1))));
    }

    /// <summary>The story of a seed again, for whoever wants to read it.</summary>
    public static EventLog Tell(ulong seed, Mutation? mutation = null, CrashPoint? crash = null)
    {
        var log = new EventLog(kept: true);
        Run.Of(seed, mutation, log, crash);
        return log;
    }

    /// <summary>In order of their numbers; none after the first that broke a rule is to be relied on.</summary>
    private static IEnumerable<Run> Side(int count, int parallel, Func<int, Run> make)
    {
        var (runs, next, end) = (new Run?[count], -1, count);
        Task.WaitAll([.. Enumerable.Range(0, Math.Min(parallel, count)).Select(_ => Task.Run(Work))]);
        return runs.TakeWhile(run => run is not null).Select(run => run!);

        // Numbers are taken in order, so that all before a broken one have been run when this ends.
        void Work()
        {
            while (Interlocked.Increment(ref next) is var number && number < Volatile.Read(ref end))
            {
                var run = runs[number] = make(number);
                if (run.Breach is not null)
                    Volatile.Write(ref end, 0);
            }
        }
    }

    private Run? Counted(IEnumerable<Run> runs)
    {
        foreach (var run in runs)
        {
            Count(run);
            if (run.Breach is not null)
                return run;
        }
        return null;
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

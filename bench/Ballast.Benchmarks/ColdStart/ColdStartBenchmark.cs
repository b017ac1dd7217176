namespace Ballast.Benchmarks.ColdStart;

/// <summary>
/// From the start of a process to the last byte of its answer: the server's complete tick beside the least that a web server can be, and
/// beside the least that a tick can cost. Every round starts every program afresh, one at a time.
/// </summary>
internal static class ColdStartBenchmark
{
    public static async Task<int> RunAsync(IReadOnlyList<string> words)
    {
        if (ColdStartOptions.Read(words) is not { } options)
        {
            await Console.Error.WriteLineAsync(ColdStartOptions.Usage);
            return 2;
        }
        if (RedisProcess.Program is null)
        {
            await Console.Error.WriteLineAsync("redis-server is not on the PATH; install it, for this measures a real store.");
            return 2;
        }
        // The exchange and the issuer answer from this process, while one of its threads waits for whom is measured.
        ThreadPool.SetMinThreads(32, 32);
        var programs = await PublishAsync(options);
        await using var surroundings = await Surroundings.StartAsync();
        await surroundings.SpendDayAsync(options.Measures(Contestant.Embedded) ? programs[Contestant.Server] : null);
        foreach (var line in Report.Lines(await MeasureAsync(options, programs, surroundings)))
            Console.WriteLine(line);
        return 0;
    }

    private static async Task<Dictionary<string, Executable>> PublishAsync(ColdStartOptions options)
    {
        var (publication, programs) = (new Publication(options), new Dictionary<string, Executable>(StringComparer.Ordinal));
        foreach (var name in Publication.Names)
        {
            if (options.Measures(name) || (name == Contestant.Server && options.Measures(Contestant.Embedded)))
                programs[name] = await publication.OfAsync(name);
        }
        return programs;
    }

    private static async Task<Findings> MeasureAsync(ColdStartOptions options, Dictionary<string, Executable> programs, Surroundings surroundings)
    {
        Contestant[] contestants = [.. Contestant.Names.Where(options.Measures).Select(name => new Contestant(name, Preparation(name, options, programs, surroundings)))];

        // Once without the clock: the store then holds what a server keeps from tick to tick, and the system has read the files.
        foreach (var contestant in contestants)
            await MeasureAsync(contestant);
        Console.WriteLine($"\n{options.Rounds} rounds on {Environment.ProcessorCount} cores, load {Load()}");
        var readings = surroundings.Issuer.Readings;
        var cold = await ColdAsync(contestants, options.Rounds);
        readings = surroundings.Issuer.Readings - readings;
        var warm = new Dictionary<string, Quartiles>(StringComparer.Ordinal);
        foreach (var contestant in contestants.Where(contestant => contestant.Ticks && options.Ticks > 0))
            warm[contestant.Name] = await WarmTicks.MeasureAsync(contestant, surroundings, options.Ticks);
        Console.WriteLine($"load at the end {Load()}\n");
        return new Findings
        {
            Cold = cold,
            Warm = warm,
            Programs = programs,
            Issuer = (options.Rounds * contestants.Count(contestant => contestant is { Ticks: true, Name: not Contestant.Other }), readings),
        };
    }

    private static Func<Start> Preparation(
        string name, ColdStartOptions options, Dictionary<string, Executable> programs, Surroundings surroundings) => name switch
        {
            Contestant.Hello => () => surroundings.Hello(programs[name]),
            Contestant.Floor => () => surroundings.Floor(programs[name]),
            Contestant.Embedded => () => surroundings.Embedded(programs[Contestant.Server]),
            Contestant.Other => () => surroundings.Other(options.Other!),
            _ => () => surroundings.Server(programs[name]),
        };

    private static async Task<IReadOnlyDictionary<string, IReadOnlyList<Sample>>> ColdAsync(Contestant[] contestants, int rounds)
    {
        var samples = contestants.ToDictionary(contestant => contestant.Name, _ => new List<Sample>(rounds), StringComparer.Ordinal);
        for (var turn = 0; turn < rounds * contestants.Length; turn++)
        {
            // Each round begins with another one: nobody always comes after the same neighbour.
            var contestant = contestants[(turn + turn / contestants.Length) % contestants.Length];
            samples[contestant.Name].Add(await MeasureAsync(contestant));
        }
        return samples.ToDictionary(entry => entry.Key, entry => (IReadOnlyList<Sample>)entry.Value, StringComparer.Ordinal);
    }

    private static async Task<Sample> MeasureAsync(Contestant contestant)
    {
        var start = contestant.Prepare();
        try
        {
            return await StartedProgram.MeasureAsync(start);
        }
        finally
        {
            start.Clear();
        }
    }

    /// <summary>Of the last minute, five and fifteen: how many wanted a core.</summary>
    private static string Load() => string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ')[..3]);
}

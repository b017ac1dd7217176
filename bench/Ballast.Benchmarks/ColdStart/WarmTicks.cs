namespace Ballast.Benchmarks.ColdStart;

/// <summary>Tick after tick in one process, over one connection.</summary>
internal static class WarmTicks
{
    /// <summary>Not counted: until a process is warm.</summary>
    private const int WarmUps = 50;

    public static async Task<Quartiles> MeasureAsync(Contestant contestant, Surroundings surroundings, int ticks)
    {
        var start = contestant.Prepare();
        try
        {
            await using var program = StartedProgram.Begin(start);
            using var line = new HttpLine(start.Port!.Value);
            program.Ask(line, start.Question, start);
            var times = new List<TimeSpan>(ticks);
            for (var tick = -WarmUps; tick < ticks; tick++)
            {
                var question = surroundings.NextRun();
                var began = TimeProvider.System.GetTimestamp();
                var answer = line.Ask(question);
                var time = TimeProvider.System.GetElapsedTime(began);
                StartedProgram.Judge(answer, start);
                if (tick >= 0)
                    times.Add(time);
            }
            return Quartiles.Milliseconds(times);
        }
        finally
        {
            start.Clear();
        }
    }
}

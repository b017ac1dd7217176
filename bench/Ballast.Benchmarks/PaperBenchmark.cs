namespace Ballast.Benchmarks;

/// <summary>How many orders a second the matching engine carries in memory, from one thread.</summary>
internal static class PaperBenchmark
{
    private const int Rounds = 5;

    /// <summary>Orders between two looks at the clock.</summary>
    private const int Batch = 500;

    private static readonly TimeSpan RoundLength = TimeSpan.FromSeconds(1);

    private static readonly (string Name, int Resting, Action<PaperFlow> Order)[] Mixes =
    [
        ("rest and cancel", 0, flow => flow.RestAndCancel()),
        ("take", 0, flow => flow.Take()),
        ("mixed, with questions", 0, flow => flow.Mixed()),
        ("mixed, with questions, 400 others resting", 400, flow => flow.Mixed()),
    ];

    public static async Task<int> RunAsync()
    {
        await Console.Out.WriteLineAsync("orders/s: median of five rounds of a second on one engine (slowest); bytes allocated per order");
        foreach (var (name, resting, order) in Mixes)
        {
            var flow = new PaperFlow(resting);
            Round(flow, order);
            var rounds = Enumerable.Range(0, Rounds).Select(_ => Round(flow, order)).Order().ToArray();
            await Console.Out.WriteLineAsync(FormattableString.Invariant(
                $"{name,-45}{rounds[Rounds / 2].PerSecond,10:N0} ({rounds[0].PerSecond:N0}){rounds[Rounds / 2].Bytes,8:N0}"));
        }
        return 0;
    }

    private static (long PerSecond, long Bytes) Round(PaperFlow flow, Action<PaperFlow> order)
    {
        var (begin, orders, bytes) = (TimeProvider.System.GetTimestamp(), 0L, GC.GetAllocatedBytesForCurrentThread());
        while (TimeProvider.System.GetElapsedTime(begin) < RoundLength)
        {
            for (var i = 0; i < Batch; i++)
                order(flow);
            orders += Batch;
        }
        var elapsed = TimeProvider.System.GetElapsedTime(begin);
        return (orders * TimeSpan.TicksPerSecond / elapsed.Ticks, (GC.GetAllocatedBytesForCurrentThread() - bytes) / orders);
    }
}

using Ballast.Core;
using Ballast.Core.Books;

namespace Ballast.Benchmarks;

/// <summary>
/// Whether keeping the books costs the same however old they are, and how long it takes to make them again from their journal.
/// </summary>
internal static class BooksBenchmark
{
    private const int WarmUps = 300;
    private const int Repetitions = 1_000;

    /// <summary>Fewer, because every one of them makes the books longer.</summary>
    private const int Fills = 400;

    private const int Rebuilds = 5;

    /// <summary>
    /// The first is what the others are compared with. The second fills the store's page of newest trades as the third does, which the
    /// first cannot.
    /// </summary>
    private static readonly int[] Lengths = [100, 1_000, 1_000_000];

    public static async Task<int> RunAsync()
    {
        if (RedisProcess.Program is null)
        {
            await Console.Error.WriteLineAsync("redis-server is not on the PATH; install it, for this measures a real store.");
            return 2;
        }
        var sides = new List<AgedBooks>();
        try
        {
            foreach (var length in Lengths)
                sides.Add(await AgedBooks.SeedAsync(length));
            GC.Collect();
            await TicksAsync(sides);
            await JournalAsync(sides[^1]);
            return 0;
        }
        finally
        {
            foreach (var side in sides)
                await side.DisposeAsync();
        }
    }

    private static async Task TicksAsync(IReadOnlyList<AgedBooks> sides)
    {
        await MeasureAsync(sides, WarmUps, _ => { });
        Print($"a tick with nothing to book, median of {Repetitions}", sides, await MeasureAsync(sides, Repetitions, _ => { }));
        Print($"a tick that books a trade, median of {Fills}", sides, await MeasureAsync(sides, Fills, side => side.Trade()));
    }

    /// <summary>The sides take turns, so that whatever else the machine does falls on all of them.</summary>
    private static async Task<IReadOnlyList<Measured>> MeasureAsync(
        IReadOnlyList<AgedBooks> sides, int repetitions, Action<AgedBooks> before)
    {
        var times = sides.Select(_ => new List<TimeSpan>(repetitions)).ToList();
        var traffic = new List<Traffic>();
        foreach (var side in sides)
            traffic.Add(await side.TrafficAsync());
        for (var turn = 0; turn < repetitions * sides.Count; turn++)
        {
            // Each turn begins with another side: nobody always comes after the same neighbour.
            var at = (turn + turn / sides.Count) % sides.Count;
            before(sides[at]);
            times[at].Add(await TimeAsync(sides[at].TickAsync));
        }
        for (var at = 0; at < sides.Count; at++)
            traffic[at] = await sides[at].TrafficAsync() - traffic[at];
        return [.. times.Zip(traffic, (time, bytes) => Measured.Of(time, bytes))];
    }

    private static void Print(string title, IReadOnlyList<AgedBooks> sides, IReadOnlyList<Measured> measured)
    {
        Console.WriteLine($"{title}\n{"past trades",12}{"time",12}{"ratio",8}{"received",12}{"ratio",8}{"sent",12}{"ratio",8}");
        foreach (var (side, its) in sides.Zip(measured))
        {
            Console.WriteLine(
                $"{side.Trades,12}{its.Time.TotalMicroseconds,9:F0} µs{its.Time / measured[0].Time,8:F2}"
                + $"{its.Received,10:F0} B{its.Received / measured[0].Received,8:F3}{its.Sent,10:F0} B{its.Sent / measured[0].Sent,8:F3}");
        }
        Console.WriteLine();
    }

    private static async Task JournalAsync(AgedBooks side)
    {
        var (reads, folds) = (new List<TimeSpan>(), new List<TimeSpan>());
        var ledger = Value((await side.Store.ReadAsync()).Ledger);
        for (var turn = 0; turn < Rebuilds; turn++)
        {
            Journal? journal = null;
            reads.Add(await TimeAsync(async () => journal = Value(await side.Store.ReadJournalAsync())));
            Ledger? rebuilt = null;
            folds.Add(await TimeAsync(() => Task.FromResult(rebuilt = journal!.Rebuild(ledger, side.Now))));
            if (rebuilt is null || ledger is null || rebuilt.Refolded.Realized != ledger.Current.Realized)
                throw new InvalidOperationException("the journal does not give the books in use");
        }
        var (read, fold) = (Measured.Median(reads), Measured.Median(folds));
        Console.WriteLine($"books of {side.Trades} trades made again from their journal, median of {Rebuilds}");
        Console.WriteLine($"  read {read.TotalSeconds:F2} s, fold {fold.TotalSeconds:F2} s, together {(read + fold).TotalSeconds:F2} s");
    }

    private static T Value<T>(Result<T> result) =>
        result.TryGet(out var value, out var failure) ? value : throw new InvalidOperationException(failure.Reason);

    private static async Task<TimeSpan> TimeAsync(Func<Task> work)
    {
        var began = TimeProvider.System.GetTimestamp();
        await work();
        return TimeProvider.System.GetElapsedTime(began);
    }
}

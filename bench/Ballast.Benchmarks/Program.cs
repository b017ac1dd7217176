using Ballast.Benchmarks;

var benchmarks = new Dictionary<string, Func<Task<int>>>(StringComparer.Ordinal)
{
    ["books"] = BooksBenchmark.RunAsync,
    ["paper"] = PaperBenchmark.RunAsync,
};
if (args is [var name] && benchmarks.TryGetValue(name, out var run))
    return await run();
await Console.Error.WriteLineAsync($"Say which benchmark is to run: {string.Join(", ", benchmarks.Keys)}.");
return 2;

using Ballast.Benchmarks;
using Ballast.Benchmarks.ColdStart;
using Ballast.Benchmarks.Parts;

var benchmarks = new Dictionary<string, Func<IReadOnlyList<string>, Task<int>>>(StringComparer.Ordinal)
{
    ["books"] = _ => BooksBenchmark.RunAsync(),
    ["paper"] = _ => PaperBenchmark.RunAsync(),
    ["cold-start"] = ColdStartBenchmark.RunAsync,
    ["parts"] = PartsBenchmark.RunAsync,
};
if (args is [var name, .. var words] && benchmarks.TryGetValue(name, out var run))
    return await run(words);
await Console.Error.WriteLineAsync($"Say which benchmark is to run: {string.Join(", ", benchmarks.Keys)}.");
return 2;

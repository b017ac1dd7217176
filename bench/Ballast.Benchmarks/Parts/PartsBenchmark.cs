using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;

namespace Ballast.Benchmarks.Parts;

/// <summary>What of a tick's time is our own code's: its pure parts, one by one, warm.</summary>
internal static class PartsBenchmark
{
    private static readonly Type[] Parts = [typeof(PlannerParts), typeof(SigningParts), typeof(JsonParts), typeof(BooksParts)];

    /// <param name="words">Filters such as <c>--filter *Planner*</c>, as BenchmarkDotNet understands them; all when there are none.</param>
    public static Task<int> RunAsync(IReadOnlyList<string> words)
    {
        // In this process: nothing is generated or built, so it needs no package source and no second configuration.
        var job = Job.Default.WithToolchain(InProcessEmitToolchain.Instance)
            .WithWarmupCount(5).WithIterationCount(15).WithIterationTime(TimeInterval.FromMilliseconds(100));
        var config = ManualConfig.CreateEmpty()
            .AddJob(job)
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddDiagnoser(MemoryDiagnoser.Default)
            .AddLogger(ConsoleLogger.Default)
            .AddExporter(MarkdownExporter.GitHub)
            .HideColumns(Column.Type)
            .WithArtifactsPath(Path.Combine(Repository.Artifacts, "parts"))
            .WithOptions(ConfigOptions.JoinSummary);
        var found = BenchmarkSwitcher.FromTypes(Parts).Run([.. words.Count > 0 ? words : ["--filter", "*"]], config);
        return Task.FromResult(found.Any() && found.All(summary => summary.Reports.All(report => report.Success)) ? 0 : 1);
    }
}

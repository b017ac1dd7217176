using Ballast.Core;
using Ballast.Core.Planning;
using Ballast.Core.Trading;
using BenchmarkDotNet.Attributes;

namespace Ballast.Benchmarks.Parts;

/// <summary>The decision.</summary>
public class PlannerParts
{
    private readonly Snapshot balanced = Of(100, 250);
    private readonly Snapshot tooManyCoins = Of(100, 150);

    [Benchmark(Description = "plan: HOLD")]
    public Result<Plan> Hold() => Planner.Plan(balanced, Policy.Default, TradeSeries.Rules);

    [Benchmark(Description = "plan: SELL, all checks")]
    public Result<Plan> Sell() => Planner.Plan(tooManyCoins, Policy.Default, TradeSeries.Rules);

    private static Snapshot Of(decimal coins, decimal cash) =>
        Snapshot.Of(TradeSeries.Price, new Balance(coins, 0), new Balance(cash, 0)).TryGet(out var snapshot, out var failure)
            ? snapshot
            : throw new InvalidOperationException(failure.Reason);
}

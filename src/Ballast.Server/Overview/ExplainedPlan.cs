using Ballast.Server.Tasks;

namespace Ballast.Server.Overview;

/// <summary>A recorded plan, or why there is none.</summary>
public sealed record ExplainedPlan : RebalanceAnswer
{
    public required string Tick { get; init; }
    public required string Task { get; init; }
    public required string Mode { get; init; }
    public required DateTime Timestamp { get; init; }
}

using System.Diagnostics.CodeAnalysis;
using Ballast.Server.Explain;
using Ballast.Server.Store;

namespace Ballast.Server.Overview;

/// <summary>A recorded plan, or why there is none, with the whole decision in words and figures.</summary>
public sealed record ExplainedPlan : StoredPlan
{
    /// <summary>For the compiled description of its JSON; it is never read.</summary>
    public ExplainedPlan()
    {
    }

    [SetsRequiredMembers]
    private ExplainedPlan(StoredPlan plan, StoredOrder? order)
        : base(plan) => Explanation = Explanation.Of(plan, order);

    public required Explanation Explanation { get; init; }

    /// <param name="order">What became of its order; null when that is not known.</param>
    public static ExplainedPlan Of(StoredPlan plan, StoredOrder? order) => new(plan, order);
}

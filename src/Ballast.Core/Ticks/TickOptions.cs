using Ballast.Core.Planning;
using Ballast.Core.Trading;

namespace Ballast.Core.Ticks;

/// <summary>What the owner configured for a portfolio's ticks.</summary>
public sealed record TickOptions
{
    public required Symbol Symbol { get; init; }
    public Mode Mode { get; init; } = Mode.Observe;
    public Policy Policy { get; init; } = Policy.Default;

    public SafetyLimits Limits { get; init; } = new();

    /// <summary>Cost per coin of what was held before the books were opened; null takes the first tick's price, marked assumed.</summary>
    public Price? OpeningCost { get; init; }

    /// <summary>The longest a tick may take before it gives up on the exchange.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a crashed tick keeps others out; longer than the deadline.</summary>
    public TimeSpan LeaseLifetime { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The oldest quote a plan may be made from.</summary>
    public TimeSpan MaxQuoteAge { get; init; } = TimeSpan.FromSeconds(20);
}

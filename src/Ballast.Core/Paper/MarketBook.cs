using Ballast.Core.Trading;

namespace Ballast.Core.Paper;

/// <summary>
/// One version of a market: what it shows from <see cref="From"/> until just before <see cref="Until"/>, when the next one begins.
/// </summary>
public sealed record MarketBook
{
    /// <summary>Ascends with time.</summary>
    public required long Version { get; init; }

    public required DateTimeOffset From { get; init; }

    /// <summary>Later than <see cref="From"/>.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>The trade that others made as this version began; from the best bid to the best ask.</summary>
    public required Price Last { get; init; }

    public required Quantity LastQuantity { get; init; }

    /// <summary>Highest price first.</summary>
    public required IReadOnlyList<Level> Bids { get; init; }

    /// <summary>Lowest price first; every one above every bid.</summary>
    public required IReadOnlyList<Level> Asks { get; init; }
}

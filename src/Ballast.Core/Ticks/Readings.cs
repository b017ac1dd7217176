using Ballast.Core.Trading;

namespace Ballast.Core.Ticks;

/// <summary>All that one tick knows: what the store remembered and what the exchange answered, each on its own terms.</summary>
internal sealed record Readings
{
    public required StoredState State { get; init; }
    public required Result<SymbolRules> Rules { get; init; }
    public required Result<Balances> Balances { get; init; }
    public required Result<Quote> Quote { get; init; }

    /// <summary>Every entry the books may lack; null when the books are left alone.</summary>
    public required Result<ReadEntries>? Entries { get; init; }

    /// <summary>What an order needs to know besides; null in observe.</summary>
    public required MarketReadings? Market { get; init; }

    /// <summary>When the last of them had arrived.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Rules that the exchange had to be asked for, and that the store should remember.</summary>
    public SymbolRules? NewRules => State.Rules is null && Rules.TryGet(out var rules, out _) ? rules : null;
}

/// <summary>What is asked for only where orders may leave.</summary>
internal sealed record MarketReadings(
    Result<Depth> Depth, Result<Price> AveragePrice, Result<IReadOnlyList<OrderState>> OpenOrders, Result<IReadOnlyList<OrderState>> RecentOrders);

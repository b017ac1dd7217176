namespace Ballast.Core;

/// <summary>What the exchange says about a pair: its two assets, its grid, its limits, its fee.</summary>
public sealed record SymbolRules
{
    public required Symbol Symbol { get; init; }
    public required string Base { get; init; }
    public required string Quote { get; init; }

    public Pair Pair => new(Base, Quote);

    /// <summary>Prices are multiples of this; &gt; 0.</summary>
    public required Price PriceStep { get; init; }

    /// <summary>Quantities are multiples of this; &gt; 0.</summary>
    public required Quantity QuantityStep { get; init; }

    /// <summary>Smallest quantity of an order; 0 means one step.</summary>
    public Quantity MinQuantity { get; init; }

    /// <summary>Smallest value of an order in quote; 0 means no limit.</summary>
    public Amount MinNotional { get; init; }

    /// <summary>Largest value of an order in quote; null means no limit was given.</summary>
    public Amount? MaxNotional { get; init; }

    /// <summary>How far above the last trade a limited purchase may bid, as a fraction of it; null where the exchange sets no bound.</summary>
    public Ratio? BuyBand { get; init; }

    /// <summary>How far below the last trade a limited sale may ask, as a fraction of it; null where the exchange sets no bound.</summary>
    public Ratio? SellBand { get; init; }

    /// <summary>Fee of an order that takes liquidity, as a fraction of its value.</summary>
    public required Ratio TakerFee { get; init; }

    /// <summary>False when the pair is paused, delisted, or closed to orders that come through the API.</summary>
    public bool Tradable { get; init; } = true;
}

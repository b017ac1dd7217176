namespace Ballast.Core.Planning;

/// <summary>
/// A decision with everything that led to it, so that "why?" is answered by the plan alone. Values in quote.
/// </summary>
public sealed record Plan
{
    public required Decision Action { get; init; }

    /// <summary>What to trade: a multiple of the exchange's step, never more than is free. 0 with HOLD.</summary>
    public required Quantity Quantity { get; init; }

    /// <summary>|base × price − target|: how far off the portfolio is, whether or not that much can be traded.</summary>
    public required Amount Notional { get; init; }

    public required string Reason { get; init; }
    public required Price Price { get; init; }
    public required Quantity BaseBalance { get; init; }
    public required Amount QuoteBalance { get; init; }
    public required Quantity BaseFree { get; init; }
    public required Amount QuoteFree { get; init; }
    public required Amount BaseValue { get; init; }
    public required Amount QuoteValue { get; init; }
    public required Amount TotalValue { get; init; }
    public required Amount TargetValue { get; init; }
    public required Ratio TargetRatio { get; init; }

    /// <summary>Notional as a share of the total value; never negative. 0 when there is no value.</summary>
    public required Ratio Deviation { get; init; }

    public required Ratio Threshold { get; init; }
    public required Amount MinNotional { get; init; }

    /// <summary>The taker fee that a BUY leaves room for.</summary>
    public required Ratio FeeRate { get; init; }

    public required Quantity QuantityStep { get; init; }

    /// <summary>The exchange's smallest quantity of an order; 0 means one step.</summary>
    public required Quantity ExchangeMinQuantity { get; init; }

    /// <summary>The exchange's smallest value of an order; 0 means no limit.</summary>
    public required Amount ExchangeMinNotional { get; init; }

    public required RebalanceTo RebalanceTo { get; init; }
    public required Sides Sides { get; init; }
    public required Pair Pair { get; init; }

    /// <summary>The comparisons made, in order. A HOLD ends with the step that stopped it, of which all comparisons are shown.</summary>
    public required IReadOnlyList<Check> Checks { get; init; }
}

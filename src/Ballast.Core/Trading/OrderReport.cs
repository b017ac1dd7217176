using Ballast.Core.Books;

namespace Ballast.Core.Trading;

/// <summary>What came of an order, in the words of the contract.</summary>
public enum OrderOutcome
{
    /// <summary>Waits for its owner.</summary>
    Proposed,

    /// <summary>A guard did not let it pass; nothing left.</summary>
    Blocked,

    Filled,
    PartiallyFilled,

    /// <summary>Taken by the exchange, or never sent, and nothing was traded.</summary>
    Unfilled,

    /// <summary>The exchange said no.</summary>
    Rejected,

    /// <summary>It left, and nobody knows what became of it. No other leaves until that is known.</summary>
    Unknown,
}

/// <param name="Executed">Coins traded.</param>
/// <param name="Average">What they were traded at; null for none.</param>
/// <param name="Fee">Units of the fee asset, as far as the fills have been shown; null when they have not.</param>
/// <param name="Reason">One sentence.</param>
/// <param name="Guards">Empty for an order that was settled later.</param>
public sealed record OrderReport(
    OrderOutcome Outcome,
    string ClientOrderId,
    Side Side,
    OrderType Type,
    Quantity Quantity,
    Price? Limit,
    Quantity Executed,
    Price? Average,
    decimal? Fee,
    string Reason,
    IReadOnlyList<Guard> Guards)
{
    /// <summary>What <see cref="Fee"/> is counted in; null as long as that is not known.</summary>
    public string? FeeAsset { get; init; }

    public static OrderReport Of(OrderIntent intent, OrderOutcome outcome, string reason, IReadOnlyList<Guard>? guards = null) => new(
        outcome, intent.ClientOrderId, intent.Side, intent.Type, intent.Quantity, intent.Limit, Quantity.Zero, null, null, reason, guards ?? []);

    /// <summary>From what the exchange says of an order that is final.</summary>
    public static OrderReport Of(OrderIntent intent, OrderState state, IReadOnlyList<Guard>? guards = null) => Of(
        intent,
        state.Executed >= intent.Quantity ? OrderOutcome.Filled : state.Executed > Quantity.Zero ? OrderOutcome.PartiallyFilled : OrderOutcome.Unfilled,
        state.Executed >= intent.Quantity ? "filled" : state.Executed > Quantity.Zero ? "filled in part; the rest was cancelled" : "nothing was offered at its price",
        guards) with
    {
        Executed = state.Executed,
        Average = state.Executed > Quantity.Zero ? state.CumulativeQuote.Per(state.Executed) : null,
    };
}

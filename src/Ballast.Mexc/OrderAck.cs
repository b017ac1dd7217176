namespace Ballast.Mexc;

/// <summary>The exchange has taken an order. It says nothing of fills; ask for the order's state.</summary>
/// <param name="Time">When, by the exchange's clock; null when not given.</param>
public sealed record OrderAck(string OrderId, DateTimeOffset? Time);

/// <summary>
/// The exchange has taken a cancellation. What became of the order must be asked: the answer's own status is sometimes the one
/// before the cancellation, and fills may have come first.
/// </summary>
public readonly record struct CancelAck;

using Ballast.Core.Books;

namespace Ballast.Core.Trading;

/// <summary>An order as the exchange shows it. Fees are not in here; they come with the trades.</summary>
/// <param name="ClientOrderId">Null when the exchange leaves it out.</param>
/// <param name="Type">Null for a type that Ballast does not know.</param>
/// <param name="Price">The limit; on a market order a protective one, never the price it was filled at. 0 when not given.</param>
/// <param name="Quantity">Base that was asked for; 0 on a market order by amount.</param>
/// <param name="Executed">Base filled so far.</param>
/// <param name="CumulativeQuote">Quote paid or received so far; over <paramref name="Executed"/> it is the average price.</param>
/// <param name="Time">When it was placed, in whole seconds; null when not given.</param>
public sealed record OrderState(
    string OrderId,
    string? ClientOrderId,
    OrderStatus Status,
    Side Side,
    OrderType? Type,
    Price Price,
    Quantity Quantity,
    Quantity Executed,
    Amount CumulativeQuote,
    DateTimeOffset? Time);

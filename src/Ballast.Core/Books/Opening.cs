namespace Ballast.Core.Books;

/// <summary>
/// What the account held before the first trade that the exchange still remembered when the books were opened: the part of the first
/// balance that those trades do not explain.
/// </summary>
/// <param name="Base">Never negative.</param>
/// <param name="Quote">May be negative: quote that was withdrawn before the books were opened.</param>
/// <param name="Cost">Per coin.</param>
/// <param name="Assumed">True when nobody stated the cost and the price of the first tick stands in for it.</param>
public sealed record Opening(Quantity Base, Amount Quote, Price Cost, bool Assumed, DateTimeOffset At);

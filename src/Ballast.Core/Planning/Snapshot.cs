namespace Ballast.Core.Planning;

/// <summary>
/// The portfolio and its price at one moment. Totals (free and locked) are what it is worth; only the free part can be spent.
/// </summary>
/// <param name="Price">Judged by <see cref="MarketPrice"/>; may be zero or negative, which trades nothing.</param>
public sealed record Snapshot(Price Price, Quantity BaseTotal, Quantity BaseFree, Amount QuoteTotal, Amount QuoteFree);

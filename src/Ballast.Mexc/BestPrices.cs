using Ballast.Core;

namespace Ballast.Mexc;

/// <summary>The highest bid and the lowest ask. A side without orders is null; the two are not compared here.</summary>
public readonly record struct BestPrices(Price? Bid, Price? Ask);

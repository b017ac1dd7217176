namespace Ballast.Core.Planning;

public enum Decision
{
    Hold,
    Buy,
    Sell,
}

/// <summary>One comparison behind a decision. What the two numbers are follows from the name; the sentence is in docs/ARCHITECTURE.md.</summary>
/// <param name="Limit">The number that <paramref name="Value"/> was held against.</param>
public sealed record Check(string Name, decimal Value, decimal Limit, bool Passed);

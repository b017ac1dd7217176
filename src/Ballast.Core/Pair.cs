namespace Ballast.Core;

/// <summary>The exact names of a pair's two assets, as the exchange gives them; never split off a symbol.</summary>
public sealed record Pair(string Base, string Quote)
{
    public override string ToString() => $"{Base}/{Quote}";
}

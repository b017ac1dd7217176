namespace Ballast.Tests;

/// <summary>Tests that count in real time, and want the machine to themselves: they run one after the other, after all others.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}

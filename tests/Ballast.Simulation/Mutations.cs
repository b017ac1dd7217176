namespace Ballast.Simulation;

/// <summary>Every mistake that the simulation must notice, and those that it must not mind.</summary>
internal static class Mutations
{
    public static readonly IReadOnlyList<Mutation> All = [.. StoreMutations.All, .. ExchangeMutations.All];

    /// <summary>Mistakes that the engine is built to survive: nothing may come of them.</summary>
    public static readonly IReadOnlyList<Mutation> Harmless = [StoreMutations.LeaseOfNoTime];

    public static Mutation Named(string name) => All.Concat(Harmless).Single(mutation => mutation.Name == name);
}

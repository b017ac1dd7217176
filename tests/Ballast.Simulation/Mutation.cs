using Ballast.Core.Ticks;
using Ballast.Core.Trading;

namespace Ballast.Simulation;

/// <summary>
/// One mistake, put into the engine from outside. The client's side sees what the wire lets through; the other side stands before the true
/// store and the true exchange.
/// </summary>
/// <param name="Name">Letters, digits and hyphens.</param>
/// <param name="Mistake">In one line.</param>
internal sealed record Mutation(string Name, string Mistake)
{
    public static readonly Mutation None = new("none", "none");

    public Func<IStore, World, IStore> StoreClient { get; init; } = (store, _) => store;
    public Func<IStore, World, IStore> Store { get; init; } = (store, _) => store;
    public Func<IExchange, World, IExchange> ExchangeClient { get; init; } = (exchange, _) => exchange;
    public Func<IExchange, World, IExchange> Exchange { get; init; } = (exchange, _) => exchange;
}

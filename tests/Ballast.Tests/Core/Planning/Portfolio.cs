using Ballast.Core;
using Ballast.Core.Planning;
using Ballast.Core.Trading;

namespace Ballast.Tests.Core.Planning;

/// <summary>What a plan is made from, with everything that a row of a table does not name at its usual value.</summary>
/// <param name="Coins">Free QRL.</param>
/// <param name="Cash">Free USDT.</param>
/// <param name="CoinsLocked">QRL in open orders.</param>
/// <param name="CashLocked">USDT in open orders.</param>
/// <param name="Step">The grid of quantities.</param>
/// <param name="LeastQuantity">The exchange's.</param>
/// <param name="LeastWorth">The exchange's.</param>
/// <param name="MinNotional">The owner's.</param>
public sealed record Portfolio(
    decimal Coins,
    decimal Cash,
    decimal Price,
    decimal Target = 0.5m,
    decimal CoinsLocked = 0,
    decimal CashLocked = 0,
    decimal Threshold = 0.01m,
    decimal MinNotional = 5,
    decimal Fee = 0.0005m,
    decimal Step = 0.01m,
    decimal LeastQuantity = 1,
    decimal LeastWorth = 1)
{
    internal Result<Snapshot> Snapshot => Ballast.Core.Planning.Snapshot.Of(
        new Price(Price), new Balance(Coins, CoinsLocked), new Balance(Cash, CashLocked));

    internal Policy Policy => new(new Ratio(Target), new Ratio(Threshold), new Amount(MinNotional));

    internal SymbolRules Rules => QrlUsdt.Rules with
    {
        TakerFee = new Ratio(Fee),
        QuantityStep = new Quantity(Step),
        MinQuantity = new Quantity(LeastQuantity),
        MinNotional = new Amount(LeastWorth),
    };

    internal Result<Plan> Planned =>
        Snapshot.TryGet(out var snapshot, out var failure) ? Planner.Plan(snapshot, Policy, Rules) : failure;
}

using Ballast.Core.Books;
using Ballast.Core.Planning;

namespace Ballast.Core.Trading;

/// <summary>
/// An order that passed every guard. There is no other way to make one, and the exchange takes nothing else: what was not approved cannot
/// be sent.
/// </summary>
public sealed class ApprovedOrder
{
    private ApprovedOrder(Symbol symbol, OrderIntent intent) => (Symbol, Intent) = (symbol, intent);

    public Symbol Symbol { get; }

    public OrderIntent Intent { get; }

    /// <returns>Null with the guards that say why.</returns>
    public static ApprovedOrder? Approve(GuardInputs inputs, string tick, out IReadOnlyList<Guard> guards)
    {
        guards = Guards.Evaluate(inputs);
        if (guards.Any(guard => !guard.Passed) || inputs.Size is not { } size)
            return null;
        var type = TypeOf(inputs);
        return new ApprovedOrder(inputs.Rules.Symbol, new OrderIntent
        {
            ClientOrderId = OrderIntent.IdOf(inputs.Rules.Symbol, inputs.Approval?.Tick ?? tick),
            Tick = tick,
            Side = inputs.Plan.Action == Decision.Buy ? Side.Buy : Side.Sell,
            Type = type,
            Quantity = size.Quantity,
            Limit = type == OrderType.Market ? null : size.Bound,
            Price = inputs.Plan.Price,
            At = inputs.Now,
        });
    }

    // What the exchange refused once is not tried again: a limited order that rests is cancelled by us where the exchange would not do it.
    private static OrderType TypeOf(GuardInputs inputs)
    {
        var refused = inputs.State.RefusedTypes;
        return inputs.Limits.MarketOrders && !refused.Contains(OrderType.Market) ? OrderType.Market
            : refused.Contains(OrderType.ImmediateOrCancel) ? OrderType.Limit
            : OrderType.ImmediateOrCancel;
    }
}

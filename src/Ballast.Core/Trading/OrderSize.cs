using Ballast.Core.Books;
using Ballast.Core.Planning;

namespace Ballast.Core.Trading;

/// <summary>
/// How much of a plan the market can take: what the real order book offers within the price bound, what can be paid for at that bound with
/// its fee, in whole steps.
/// </summary>
/// <param name="Quantity">0 when nothing is offered within the bound.</param>
/// <param name="Bound">The worst price that the order may fill at, on the price grid, never beyond the slippage limit or the exchange's band.</param>
/// <param name="Offered">What the book offers up to the bound.</param>
/// <param name="Average">What the quantity would fill at on average; null for nothing.</param>
public sealed record OrderSize(Quantity Quantity, Price Bound, Quantity Offered, Price? Average)
{
    /// <summary>The exchange takes no limit outside its band. A tenth of that is left for what its price moves until the order arrives.</summary>
    private const decimal ShareOfBand = 0.9m;

    public static OrderSize Of(Plan plan, Depth depth, Snapshot snapshot, Ratio maxSlippage, SymbolRules rules)
    {
        var buys = plan.Action == Decision.Buy;
        var bound = BoundOf(plan.Price, buys, Reach(buys ? rules.BuyBand : rules.SellBand, maxSlippage), rules.PriceStep);
        var levels = buys ? depth.Asks.TakeWhile(level => level.Price <= bound) : depth.Bids.TakeWhile(level => level.Price >= bound);
        var within = levels.ToList();
        var offered = within.Aggregate(Quantity.Zero, (sum, level) => sum + level.Quantity);
        var most = Quantity.Min(plan.Quantity, offered);
        if (buys && bound > Price.Zero)
            most = Quantity.Min(most, snapshot.QuoteFree.DivideDown(bound.WithFee(rules.TakerFee)));
        var quantity = most.FloorTo(rules.QuantityStep);
        return new OrderSize(quantity, bound, offered, AverageOf(within, quantity));
    }

    /// <summary>By how much worse than the planned price the fill would be, as a share of it; never negative.</summary>
    public Ratio Slippage(Plan plan) => Average is { } average && plan.Price > Price.Zero
        ? new Ratio(Math.Max(0, (plan.Action == Decision.Buy ? average - plan.Price : plan.Price - average).Value / plan.Price.Value))
        : default;

    private static Ratio Reach(Ratio? band, Ratio maxSlippage) =>
        band is { } theirs && theirs.Value * ShareOfBand < maxSlippage.Value ? new Ratio(theirs.Value * ShareOfBand) : maxSlippage;

    private static Price BoundOf(Price price, bool buys, Ratio maxSlippage, Price step)
    {
        var exact = price.Value * (buys ? 1 + maxSlippage.Value : 1 - maxSlippage.Value);
        var floored = exact - exact % step.Value;
        return new Price(buys || floored == exact ? floored : floored + step.Value);
    }

    private static Price? AverageOf(IEnumerable<Level> levels, Quantity quantity)
    {
        var (left, paid) = (quantity, Amount.Zero);
        foreach (var level in levels)
        {
            var part = Quantity.Min(left, level.Quantity);
            (left, paid) = (left - part, paid + part * level.Price);
        }
        return quantity > Quantity.Zero ? paid.Per(quantity) : null;
    }
}

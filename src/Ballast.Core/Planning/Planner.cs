namespace Ballast.Core.Planning;

/// <summary>
/// The decision: HOLD, BUY or SELL, and how much. Pure; the same snapshot, policy and rules always give the same plan.
/// <code>
/// total = base × price + quote · target = total × ratio · delta = base × price − target · notional = |delta|
/// 1  price or total not positive                        HOLD  Insufficient price or balance
/// 2  notional below its minimum or below the threshold  HOLD  Within threshold
/// 3  delta &gt; 0: min(notional / price, free base)        SELL  QRL above target
///    delta &lt; 0: min(notional / price, free quote / (price × (1 + fee)))   BUY  QRL below target
///    with rebalance_to=edge only what exceeds the threshold; a side that is switched off   HOLD
/// 4  nothing free to trade with                         HOLD  Insufficient USDT, Insufficient QRL
/// 5  rounded down to the step, below a minimum          HOLD  Below exchange minimum
/// </code>
/// </summary>
public static class Planner
{
    /// <returns>A plan, or BadData when the numbers are too large to be multiplied exactly.</returns>
    public static Result<Plan> Plan(Snapshot snapshot, Policy policy, SymbolRules rules)
    {
        try
        {
            return Decide(snapshot, policy, rules);
        }
        catch (OverflowException)
        {
            return Failure.BadData(
                $"{snapshot.BaseTotal} {rules.Base} at {snapshot.Price} and {snapshot.QuoteTotal} {rules.Quote} are too large to be valued exactly");
        }
    }

    private static Plan Decide(Snapshot snapshot, Policy policy, SymbolRules rules)
    {
        var (price, checks) = (snapshot.Price, new List<Check>(6));
        var plan = Value(snapshot, policy, rules, checks);

        // 1
        if (!Passes("price", price.Value, 0, price > Price.Zero)
            | !Passes("total_value", plan.TotalValue.Value, 0, plan.TotalValue > Amount.Zero))
            return Hold("Insufficient price or balance");

        // 2: compared as notional < threshold × total, which is exact where notional / total would be rounded
        if (!Passes("min_notional", plan.Notional.Value, policy.MinNotional.Value, plan.Notional >= policy.MinNotional)
            | !Passes("threshold", plan.Deviation.Value, policy.Threshold.Value,
                plan.Notional > Amount.Zero && plan.Notional >= plan.TotalValue * policy.Threshold))
            return Hold("Within threshold");

        // 3
        var selling = plan.BaseValue > plan.TargetValue;
        if (policy.Sides == (selling ? Sides.BuyOnly : Sides.SellOnly))
            return Hold(selling ? "Selling is switched off" : "Buying is switched off");
        var back = policy.RebalanceTo == RebalanceTo.Edge ? plan.Notional - plan.TotalValue * policy.Threshold : plan.Notional;
        var wanted = back.DivideDown(price);
        var affordable = selling ? snapshot.BaseFree : snapshot.QuoteFree.DivideDown(price.WithFee(rules.TakerFee));
        var quantity = Quantity.Min(wanted, affordable);

        // 4
        if (!Passes(selling ? "free_base" : "free_quote", selling ? snapshot.BaseFree.Value : snapshot.QuoteFree.Value, 0, affordable > Quantity.Zero))
            return Hold($"Insufficient {(selling ? rules.Base : rules.Quote)}");

        // 5
        quantity = quantity.FloorTo(rules.QuantityStep);
        var least = rules.MinQuantity > rules.QuantityStep ? rules.MinQuantity : rules.QuantityStep;
        var worth = quantity * price;
        if (!Passes("exchange_min_quantity", quantity.Value, least.Value, quantity >= least)
            | !Passes("exchange_min_notional", worth.Value, rules.MinNotional.Value, worth >= rules.MinNotional))
            return Hold("Below exchange minimum");

        return plan with
        {
            Action = selling ? Decision.Sell : Decision.Buy,
            Quantity = quantity,
            Reason = $"{rules.Base} {(selling ? "above" : "below")} target",
        };

        Plan Hold(string reason) => plan with { Reason = reason };

        bool Passes(string name, decimal value, decimal limit, bool passed)
        {
            checks.Add(new Check(name, value, limit, passed));
            return passed;
        }
    }

    /// <summary>A HOLD with every value worked out and its reason still open.</summary>
    private static Plan Value(Snapshot snapshot, Policy policy, SymbolRules rules, IReadOnlyList<Check> checks)
    {
        var baseValue = snapshot.BaseTotal * snapshot.Price;
        var total = baseValue + snapshot.QuoteTotal;
        var target = total * policy.TargetRatio;
        var notional = (baseValue - target).Abs();
        return new Plan
        {
            Action = Decision.Hold,
            Quantity = Quantity.Zero,
            Notional = notional,
            Reason = "",
            Price = snapshot.Price,
            BaseBalance = snapshot.BaseTotal,
            QuoteBalance = snapshot.QuoteTotal,
            BaseFree = snapshot.BaseFree,
            QuoteFree = snapshot.QuoteFree,
            BaseValue = baseValue,
            QuoteValue = snapshot.QuoteTotal,
            TotalValue = total,
            TargetValue = target,
            TargetRatio = policy.TargetRatio,
            Deviation = total > Amount.Zero ? notional.ShareOf(total) : default,
            Threshold = policy.Threshold,
            MinNotional = policy.MinNotional,
            FeeRate = rules.TakerFee,
            QuantityStep = rules.QuantityStep,
            ExchangeMinQuantity = rules.MinQuantity,
            ExchangeMinNotional = rules.MinNotional,
            RebalanceTo = policy.RebalanceTo,
            Sides = policy.Sides,
            Pair = rules.Pair,
            Checks = checks,
        };
    }
}

using Ballast.Core;
using Ballast.Core.Planning;
using Ballast.Server.Store;

namespace Ballast.Server.Explain;

/// <summary>Where a decision ended.</summary>
internal enum Stop
{
    /// <summary>The price, or all that is held, is not above 0.</summary>
    NoValue,
    WithinThreshold,
    SideOff,
    NothingFree,
    BelowExchangeMinimum,

    /// <summary>Nowhere: there is something to trade.</summary>
    Trade,
}

/// <summary>
/// The sums of <see cref="Planner"/> once more, line by line, from the recorded figures. Results that are recorded, too, are compared.
/// </summary>
internal sealed class DecisionSums
{
    private readonly StoredPlan plan;
    private readonly RecordedInputs inputs;
    private readonly List<ExplanationLine> lines = [];
    private readonly string coin;
    private readonly string cash;

    private DecisionSums(StoredPlan plan, RecordedInputs inputs)
    {
        (this.plan, this.inputs) = (plan, inputs);
        (coin, cash) = (plan.Base ?? "coins", plan.Quote ?? "in quote");
    }

    private decimal Price => inputs.Snapshot.Price.Value;

    /// <exception cref="OverflowException">The numbers cannot be multiplied exactly; no plan was made from them by this version.</exception>
    public static Stop Of(StoredPlan plan, RecordedInputs inputs, out IReadOnlyList<ExplanationLine> lines)
    {
        var sums = new DecisionSums(plan, inputs);
        var stop = sums.Decide();
        sums.Result();
        lines = sums.lines;
        return stop;
    }

    private Stop Decide()
    {
        var snapshot = inputs.Snapshot;
        AddPrice();
        AddBalance("base_balance", "Coins", snapshot.BaseTotal.Value, snapshot.BaseFree.Value, coin);
        AddBalance("quote_balance", "Cash", snapshot.QuoteTotal.Value, snapshot.QuoteFree.Value, cash);
        var (baseValue, total) = AddValues();
        if (Price <= 0 || total <= 0)
            return Stop.NoValue;
        var difference = AddDifference(baseValue, total, out var sells);
        if (!AddLimits(difference, total))
            return Stop.WithinThreshold;
        if (!AddSides(sells))
            return Stop.SideOff;
        var wanted = AddWanted(difference, total);
        var affordable = AddAffordable(sells);
        if (affordable <= Quantity.Zero)
            return Stop.NothingFree;
        var quantity = AddRounded(wanted, affordable);
        if (sells)
            AddSalesFee(quantity);
        return AddExchangeMinimum(quantity) ? Stop.Trade : Stop.BelowExchangeMinimum;
    }

    private void AddPrice()
    {
        var f = new Figures();
        var text = plan is { LastPrice: { } last, Bid: { } bid, Ask: { } ask } && last > 0
            ? f.Complete(last < bid ? $"last trade {f[last]}, moved up to the bid of {f[bid]}"
                : last > ask ? $"last trade {f[last]}, moved down to the ask of {f[ask]}"
                : $"last trade {f[last]}, between the bid of {f[bid]} and the ask of {f[ask]}",
                Math.Min(Math.Max(last, bid), ask), Price, cash)
            : plan.LastPrice is { } only ? f.Complete($"last trade {f[only]}", only, Price, cash)
            : $"{f[Price]} {cash}; last trade, bid and ask: {Explanation.NotRecorded}";
        Add("price", "Price", Price > 0 ? text : $"{text}, which is not above 0", Price, cash);
    }

    private void AddBalance(string key, string label, decimal total, decimal free, string unit)
    {
        var f = new Figures();
        Add(key, label, f.Complete($"{f[free]} free + {f[total - free]} in orders", total, null, unit), total, unit);
    }

    private (decimal BaseValue, decimal Total) AddValues()
    {
        var (coins, held) = (inputs.Snapshot.BaseTotal.Value, inputs.Snapshot.QuoteTotal.Value);
        var (f, g) = (new Figures(), new Figures());
        var baseValue = coins * Price;
        Add("base_value", "Value of the coins", f.Complete($"{f[coins]} × {f[Price]}", baseValue, plan.BaseValue, cash), baseValue, cash);
        var total = baseValue + held;
        var sum = g.Complete($"{g[coins]} × {g[Price]} + {g[held]}", total, plan.TotalValue, cash);
        Add("total", "Total value", total > 0 ? sum : $"{sum}, which is not above 0", total, cash);
        return (baseValue, total);
    }

    /// <returns>How far off the coins' value is, without its sign.</returns>
    private decimal AddDifference(decimal baseValue, decimal total, out bool sells)
    {
        var (f, g, ratio) = (new Figures(), new Figures(), inputs.Policy.TargetRatio.Value);
        var target = total * ratio;
        Add("target", "Target", f.Complete($"{f[total]} × {f.Percent(ratio)}", target, plan.TargetValue, cash), target, cash);
        var difference = baseValue - target;
        sells = difference > 0;
        var sum = g.Complete($"{g[baseValue]} − {g[target]}", difference, null, cash);
        var side = difference == 0 ? "exactly on target" : $"{coin} {(sells ? "above" : "below")} target";
        Add("difference", "Difference", $"{sum}: {side}{Figures.Contradiction(Math.Abs(difference), plan.NotionalUsdt)}", difference, cash);
        return Math.Abs(difference);
    }

    private bool AddLimits(decimal difference, decimal total)
    {
        var (f, g, policy) = (new Figures(), new Figures(), inputs.Policy);
        var deviation = new Amount(difference).ShareOf(new Amount(total)).Value;

        // Compared without the division, as the planner does it.
        var far = difference > 0 && difference >= total * policy.Threshold.Value;
        var sum = f.Complete($"{f[difference]} / {f[total]}", deviation * 100, plan.Deviation * 100, "%");
        Add("deviation", "Deviation", $"{sum}, {Against(far, "threshold", Figures.Text(policy.Threshold.Value * 100) + " %")}", deviation, "ratio");
        var large = difference >= policy.MinNotional.Value;
        Add("min_notional", "Amount", $"{g[difference]} {cash}, {Against(large, "minimum", Figures.Text(policy.MinNotional.Value))}", difference, cash);
        return far && large;
    }

    private bool AddSides(bool sells)
    {
        var sides = inputs.Policy.Sides;
        var open = sides != (sells ? Sides.BuyOnly : Sides.SellOnly);
        Add("sides", "Sides", plan.Sides is null ? Explanation.NotRecorded
            : sides == Sides.Both ? "both may be traded"
            : $"{plan.Sides}: {(sells ? "selling" : "buying")} is switched {(open ? "on" : "off")}");
        return open;
    }

    /// <returns>What would be traded if all of it were free.</returns>
    private Quantity AddWanted(decimal difference, decimal total)
    {
        var (f, g, threshold) = (new Figures(), new Figures(), inputs.Policy.Threshold.Value);
        var back = difference;
        string text;
        if (inputs.Policy.RebalanceTo == RebalanceTo.Edge)
        {
            back = difference - total * threshold;
            text = $"{f.Complete($"{f[difference]} − {f[total]} × {f.Percent(threshold)}", back, null, cash)}: back to the edge of the threshold";
        }
        else
        {
            var assumed = plan.RebalanceTo is null ? $" is assumed; to the target or to its edge: {Explanation.NotRecorded}" : "";
            text = $"{f[difference]} {cash}: back to the target{assumed}";
        }
        Add("to_trade", "To trade", text, back, cash);
        var wanted = new Amount(back).DivideDown(inputs.Snapshot.Price);
        Add("wanted", "Quantity wanted", g.Complete($"{g[back]} / {g[Price]}", wanted.Value, null, coin), wanted.Value, coin);
        return wanted;
    }

    /// <returns>What can be paid for or delivered.</returns>
    private Quantity AddAffordable(bool sells)
    {
        var (f, snapshot, fee) = (new Figures(), inputs.Snapshot, inputs.FeeRate);
        if (sells)
        {
            Add("free", "Free to sell", $"{f[snapshot.BaseFree.Value]} {coin}", snapshot.BaseFree.Value, coin);
            return snapshot.BaseFree;
        }
        var free = snapshot.QuoteFree.Value;
        Add("free", "Free to spend", $"{f[free]} {cash}", free, cash);
        var affordable = snapshot.QuoteFree.DivideDown(snapshot.Price.WithFee(fee));
        f = new Figures();
        Add("fee", "Enough with the fee for",
            f.Complete($"{f[free]} / ({f[Price]} × (1 + {f.Percent(fee.Value)}))", affordable.Value, null, coin), affordable.Value, coin);
        return affordable;
    }

    private Quantity AddRounded(Quantity wanted, Quantity affordable)
    {
        var f = new Figures();
        var quantity = Quantity.Min(wanted, affordable).FloorTo(inputs.Step);
        var contradiction = Figures.Contradiction(quantity.Value, plan.Action == "HOLD" ? null : plan.Quantity);
        Add("rounded", "Rounded down",
            $"the smaller of {f[wanted.Value]} and {f[affordable.Value]}, in whole steps of {f[inputs.Step.Value]}: "
            + $"{Figures.Text(quantity.Value)} {coin}{contradiction}",
            quantity.Value, coin);
        return quantity;
    }

    private void AddSalesFee(Quantity quantity)
    {
        var (f, fee) = (new Figures(), inputs.FeeRate.Value);
        var paid = quantity.Value * Price * fee;
        Add("fee", "Fee", f.Complete($"{f[quantity.Value]} × {f[Price]} × {f.Percent(fee)}", paid, null, cash) + " at most, out of the proceeds", paid, cash);
    }

    private bool AddExchangeMinimum(Quantity quantity)
    {
        var (f, worth) = (new Figures(), (quantity * inputs.Snapshot.Price).Value);
        var enough = true;
        if (inputs.MinQuantity is { } stated)
        {
            var least = stated > inputs.Step ? stated : inputs.Step;
            enough = quantity >= least;
            var against = Against(enough, "minimum", Figures.Text(least.Value));
            Add("exchange_min_quantity", "Exchange's quantity", $"{f[quantity.Value]} {coin}, {against}", quantity.Value, coin);
        }
        else
        {
            Add("exchange_min_quantity", "Exchange's quantity", $"the exchange's minimum is {Explanation.NotRecorded}");
        }
        if (inputs.MinNotional is not { } limit)
        {
            Add("exchange_min_notional", "Exchange's amount", $"the exchange's minimum is {Explanation.NotRecorded}");
            return enough && plan.Action != "HOLD";
        }
        f = new Figures();
        var sum = f.Complete($"{f[quantity.Value]} × {f[Price]}", worth, null, cash);
        Add("exchange_min_notional", "Exchange's amount", $"{sum}, {Against(worth >= limit.Value, "minimum", Figures.Text(limit.Value))}", worth, cash);
        return enough && worth >= limit.Value;
    }

    private void Result()
    {
        var quantity = plan.Quantity ?? 0;
        var what = plan.Action == "HOLD" ? "HOLD" : $"{plan.Action} {Figures.Text(quantity)} {coin}";
        Add("result", "Result", $"{what}: {plan.Reason}", quantity, coin);
    }

    private static string Against(bool reached, string limit, string value) => $"{(reached ? "which reaches" : "below")} the {limit} of {value}";

    private void Add(string key, string label, string sum, decimal? value = null, string? unit = null) =>
        lines.Add(new ExplanationLine(key, label, sum, value is { } exact ? Decimals.Trim(exact) : null, unit));
}

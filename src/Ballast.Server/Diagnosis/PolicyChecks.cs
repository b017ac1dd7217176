using Ballast.Core;
using Ballast.Core.Planning;
using Ballast.Core.Trading;

namespace Ballast.Server.Diagnosis;

/// <summary>The owner's settings against the exchange's rules and the account.</summary>
internal static class PolicyChecks
{
    /// <summary>A deviation beyond which "worth acting" has lost its meaning.</summary>
    private const decimal Late = 0.25m;

    /// <param name="overrides">The run-time settings that are laid over the configured policy.</param>
    /// <param name="price">Null where there is none.</param>
    /// <param name="total">The portfolio's value; null where it is not known.</param>
    public static Finding Rules(
        Policy policy, IReadOnlyDictionary<string, string> overrides, SafetyLimits limits, SymbolRules rules, Price? price, Amount? total)
    {
        if (!policy.With(overrides).TryGet(out var current, out var unreadable))
            return Finding.Fail(
                $"a run-time setting cannot be read, and no plan is made: {unreadable.Reason}",
                "replace the settings with PUT /api/v1/settings; {} goes back to the configuration");
        var (least, quote) = (current.MinNotional, rules.Quote);
        var set = overrides.ContainsKey("min_notional") ? "min_notional in the run-time settings (PUT /api/v1/settings) to" : "Ballast__Policy__MinNotional to";
        if (least < rules.MinNotional)
            return Finding.Fail(
                $"decisions begin at {least} {quote} (MinNotional), and the exchange takes no order below {rules.MinNotional} {quote}: "
                + "those in between end as HOLD, Below exchange minimum",
                $"set {set} {rules.MinNotional} or more");
        if (price is { } known && rules.MinQuantity * known > least)
            return Finding.Fail(
                $"the exchange's smallest order is {rules.MinQuantity} {rules.Base}, which is {Rounded((rules.MinQuantity * known).Value)} {quote}; "
                + $"decisions begin at {least} {quote} (MinNotional)",
                $"set {set} {Rounded((rules.MinQuantity * known).Value)} or more");
        foreach (var (name, most) in new[] { ("MaxOrderNotional", limits.MaxOrderNotional), ("MaxDailyNotional", limits.MaxDailyNotional) })
        {
            if (most is { } limit && limit < least)
                return Finding.Fail(
                    $"{name} is {limit} {quote}, less than any order: decisions begin at {least} {quote} (MinNotional), "
                    + $"and the exchange's minimum is {rules.MinNotional}",
                    $"set Ballast__Safety__{name} above {least}");
        }
        return Reachable(current, rules, total);
    }

    private static Finding Reachable(Policy policy, SymbolRules rules, Amount? total)
    {
        var (least, quote) = (policy.MinNotional, rules.Quote);
        var minimum = $"decisions begin at {least} {quote}, the exchange's minimum is {rules.MinNotional} {quote}";
        if (total is not { } value || value <= Amount.Zero)
            return Finding.Pass(minimum);
        var farthest = value * new Ratio(Math.Max(policy.TargetRatio.Value, 1 - policy.TargetRatio.Value));
        var worth = $"the portfolio is worth {Rounded(value.Value)} {quote}";
        if (farthest < least)
            return Finding.Fail(
                $"{worth} and can never be {least} {quote} (MinNotional) off its target: nothing would ever be traded",
                $"deposit more, or set Ballast__Policy__MinNotional lower, down to the exchange's {rules.MinNotional}");
        var threshold = value * policy.Threshold;
        var trigger = Math.Max(threshold.Value, least.Value);
        var figures = $"{minimum}; {worth}, of which {Percent(policy.Threshold.Value)} (Threshold) are {Rounded(threshold.Value)}: "
            + $"it acts from {Rounded(trigger)} {quote} ({Percent(trigger / value.Value)}) on";
        return trigger / value.Value > Late
            ? Finding.Warn($"{figures}, which is late", "deposit more, or set Ballast__Policy__MinNotional and Ballast__Policy__Threshold lower")
            : Finding.Pass(figures);
    }

    /// <param name="plan">What would be decided now; null where there is no price.</param>
    public static Finding Balances(SymbolRules rules, Balance coins, Balance cash, Plan? plan)
    {
        var free = $"{Decimals.Text(coins.Free)} {rules.Base} and {Decimals.Text(cash.Free)} {rules.Quote} are free";
        if (coins.Total == 0 && cash.Total == 0)
            return Finding.Fail(
                $"the account holds neither {rules.Base} nor {rules.Quote} on the spot market",
                $"deposit one of them, or transfer it to the spot account: {Wallet}");
        var locked = coins.Locked > 0 || cash.Locked > 0
            ? $"; {Decimals.Text(coins.Locked)} {rules.Base} and {Decimals.Text(cash.Locked)} {rules.Quote} are locked in open orders" : "";
        var way = locked.Length > 0 ? "cancel the open orders of the pair on the exchange, or deposit" : $"deposit, or transfer to the spot account: {Wallet}";
        if (coins.Free == 0 && cash.Free == 0)
            return Finding.Fail($"no free balance{locked}", way);
        if (plan is null)
            return Finding.Pass(free + locked);
        if (plan.Reason.StartsWith("Insufficient", StringComparison.Ordinal))
            return Finding.Fail($"an order is due and there is no free balance for it ({plan.Reason}): {free}{locked}", way);
        if (plan.Reason == "Below exchange minimum")
            return Finding.Warn($"an order is due, and what is free is not enough for the exchange's minimum: {free}{locked}", way);
        var now = plan.Action == Decision.Hold ? $"HOLD, {plan.Reason}" : $"{(plan.Action == Decision.Buy ? "BUY" : "SELL")} {plan.Quantity}";
        return (coins.Free == 0 && coins.Total > 0) || (cash.Free == 0 && cash.Total > 0)
            ? Finding.Warn($"{free}{locked}: an order that needs what is locked could not leave", way)
            : Finding.Pass($"{free}{locked}; now: {now} at {plan.Price}");
    }

    /// <param name="own">What the account itself pays; null where it is not told.</param>
    /// <param name="inMx">Whether fees are paid in MX; null where it is not told.</param>
    /// <param name="mx">Free MX.</param>
    public static Finding Fees(SymbolRules rules, Ratio? own, bool? inMx, decimal mx, Balance cash)
    {
        var deduction = inMx switch
        {
            true => mx > 0 ? $"fees are paid in MX, {Decimals.Text(mx)} MX are free"
                : "fees are to be paid in MX and there is none, so they are taken in the quote asset",
            false => "fees are paid in the quote asset",
            null => "whether fees are paid in MX is not told",
        };
        if (own is not { } rate)
            return Finding.Pass($"taker fee {Percent(rules.TakerFee.Value)} by the pair's list, the account's own rate is not told; {deduction}");
        var figures = $"taker fee {Percent(rate.Value)}, and plans leave room for {Percent(rules.TakerFee.Value)}; {deduction}";
        if (rate <= rules.TakerFee || (inMx == true && mx > 0))
            return Finding.Pass(figures);
        var gap = Math.Ceiling(cash.Total * (rate.Value - rules.TakerFee.Value) * 100) / 100;
        return Finding.Warn(
            $"{figures}: a purchase with all the money would be {Decimals.Text(gap)} {rules.Quote} short",
            $"set Ballast__Safety__QuoteReserve to {Decimals.Text(Math.Max(gap, 0.01m))} or more");
    }

    private const string Wallet = "https://www.mexc.com/assets/spot";

    private static string Percent(decimal ratio) => $"{Decimals.Text(decimal.Round(ratio * 100, 3))} %";

    private static string Rounded(decimal value) => Decimals.Text(decimal.Round(value, 2, MidpointRounding.ToPositiveInfinity));
}

using System.Diagnostics.CodeAnalysis;
using Ballast.Core;
using Ballast.Core.Planning;
using Ballast.Server.Store;

namespace Ballast.Server.Explain;

/// <summary>What a recorded decision was made from, read back.</summary>
/// <param name="Policy">With <c>target</c> and <c>both</c> where an older version did not record them.</param>
/// <param name="MinQuantity">The exchange's; null where it is not recorded.</param>
/// <param name="MinNotional">The exchange's; null where it is not recorded.</param>
internal sealed record RecordedInputs(Snapshot Snapshot, Policy Policy, Ratio FeeRate, Quantity Step, Quantity? MinQuantity, Amount? MinNotional)
{
    /// <returns>False when the record lacks what nothing can be worked out without.</returns>
    public static bool TryRead(StoredPlan plan, [MaybeNullWhen(false)] out RecordedInputs inputs)
    {
        inputs = null;
        if (plan is not
            {
                Price: { } price, BaseBalance: { } coins, BaseFree: { } coinsFree, QuoteBalance: { } cash, QuoteFree: { } cashFree,
                TargetRatio: { } target, Threshold: { } threshold, MinNotional: { } least, FeeRate: { } fee, QuantityStep: { } step,
            } || step <= 0)
            return false;
        inputs = new RecordedInputs(
            new Snapshot(new Price(price), new Quantity(coins), new Quantity(coinsFree), new Amount(cash), new Amount(cashFree)),
            new Policy(new Ratio(target), new Ratio(threshold), new Amount(least), RebalanceToOf(plan), SidesOf(plan)),
            new Ratio(fee),
            new Quantity(step),
            (plan.ExchangeMinQuantity ?? LimitOf(plan, "exchange_min_quantity")) is { } quantity ? new Quantity(quantity) : null,
            (plan.ExchangeMinNotional ?? LimitOf(plan, "exchange_min_notional")) is { } notional ? new Amount(notional) : null);
        return true;
    }

    /// <summary>A plan that came as far as the exchange's minimum has it among its checks, in older versions, too.</summary>
    private static decimal? LimitOf(StoredPlan plan, string check) => plan.Checks?.FirstOrDefault(made => made.Name == check)?.Limit;

    private static RebalanceTo RebalanceToOf(StoredPlan plan) =>
        plan.RebalanceTo is { } word && Policy.ParseRebalanceTo(word).TryGet(out var to, out _) ? to : RebalanceTo.Target;

    private static Sides SidesOf(StoredPlan plan) => plan.Sides is { } word && Policy.ParseSides(word).TryGet(out var sides, out _) ? sides : Sides.Both;
}

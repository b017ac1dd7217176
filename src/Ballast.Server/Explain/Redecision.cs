using Ballast.Core;
using Ballast.Core.Planning;
using Ballast.Server.Store;

namespace Ballast.Server.Explain;

/// <summary>
/// Recorded decisions made again under another policy, by the real planner. Each stands for itself, on the balances and the price that were recorded: what
/// an earlier one would have changed of them is not followed up.
/// </summary>
public sealed class Redecision
{
    /// <summary>What the numbers of a summary mean, for whoever reads them.</summary>
    public const string Note =
        "Each tick is decided for itself, on the balances and the price that were recorded; what an earlier order would have changed is not followed up. "
        + "Sums are those of the plans, whether or not an order left.";

    private readonly Sums before = new();
    private readonly Sums after = new();
    private int ticks;
    private int withoutPlan;
    private int unreadable;
    private int changed;
    private int assumed;
    private DateTime? first;
    private DateTime? last;

    /// <summary>The policy that a plan was made under; null when the plan cannot be read back. Older plans do not say more than the three numbers.</summary>
    public static Policy? PolicyOf(StoredPlan plan) => plan.Error is null && RecordedInputs.TryRead(plan, out var inputs) ? inputs.Policy : null;

    /// <returns>BadData for a tick without a plan, or one that lacks its numbers.</returns>
    public static Result<Plan> Decide(StoredPlan recorded, Policy policy)
    {
        if (recorded.Error is not null)
            return Failure.BadData($"the tick {recorded.Tick} had no plan");
        if (!RecordedInputs.TryRead(recorded, out var inputs))
            return Failure.BadData($"the record of the tick {recorded.Tick} lacks its numbers");
        return Planner.Plan(inputs.Snapshot, policy, new SymbolRules
        {
            Symbol = default,
            Base = recorded.Base ?? "coins",
            Quote = recorded.Quote ?? "quote",
            PriceStep = new Price(1),
            QuantityStep = inputs.Step,
            MinQuantity = inputs.MinQuantity ?? Quantity.Zero,
            MinNotional = inputs.MinNotional ?? Amount.Zero,
            TakerFee = inputs.FeeRate,
        });
    }

    /// <summary>Decides one more row of the history again and adds it up.</summary>
    /// <param name="policy">From the policy that it was decided under to the one that it is to be decided under.</param>
    /// <returns>The new plan; null where there was none to make.</returns>
    public Plan? Add(Result<StoredPlan> row, Func<Policy, Policy> policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        if (!row.TryGet(out var recorded, out _))
        {
            unreadable++;
            return null;
        }
        ticks++;
        first = first < recorded.Timestamp ? first : recorded.Timestamp;
        last = last > recorded.Timestamp ? last : recorded.Timestamp;
        if (PolicyOf(recorded) is not { } then || !Decide(recorded, policy(then)).TryGet(out var plan, out _))
        {
            withoutPlan++;
            return null;
        }
        if (recorded.ExchangeMinQuantity is null)
            assumed++;
        before.Add(recorded.Action!, recorded.Quantity ?? 0, recorded.Price ?? 0, recorded.FeeRate ?? 0);
        var action = plan.Action.ToString().ToUpperInvariant();
        after.Add(action, plan.Quantity.Value, plan.Price.Value, plan.FeeRate.Value);
        if (action != recorded.Action || plan.Quantity.Value != recorded.Quantity)
            changed++;
        return plan;
    }

    public RedecisionSummary Summary() => new(ticks, withoutPlan, unreadable, changed, first, last, before.Total(), after.Total(), assumed, Note);

    private sealed class Sums
    {
        private int buys;
        private int sells;
        private int holds;
        private decimal turnover;
        private decimal fees;

        public void Add(string action, decimal quantity, decimal price, decimal feeRate)
        {
            if (action == "HOLD")
            {
                holds++;
                return;
            }
            if (action == "BUY")
                buys++;
            else
                sells++;
            turnover += quantity * price;
            fees += quantity * price * feeRate;
        }

        public DecisionTotals Total() => new(buys, sells, holds, Decimals.Trim(turnover), Decimals.Trim(fees));
    }
}

/// <param name="Ticks">Rows read, those without a plan among them.</param>
/// <param name="WithoutPlan">Failed ticks, and records that lack their numbers; they count in neither sum.</param>
/// <param name="Unreadable">Rows of the history that are not a plan at all.</param>
/// <param name="Changed">Decisions that would have been others.</param>
/// <param name="From">The oldest row; null when there is none.</param>
/// <param name="Assumed">
/// Older records that do not say what the exchange's minimum was, or which sides might be traded: at most what their checks show is kept to.
/// </param>
public sealed record RedecisionSummary(
    int Ticks, int WithoutPlan, int Unreadable, int Changed, DateTime? From, DateTime? To,
    DecisionTotals Before, DecisionTotals After, int Assumed, string Note);

/// <param name="Turnover">Value of everything bought and sold, in quote, at the recorded prices.</param>
/// <param name="Fees">Estimated at the recorded fee rate, in quote.</param>
public sealed record DecisionTotals(int Buys, int Sells, int Holds, decimal Turnover, decimal Fees);

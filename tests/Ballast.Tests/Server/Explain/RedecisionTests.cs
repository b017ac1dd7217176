using Ballast.Core;
using Ballast.Core.Planning;
using Ballast.Server.Explain;
using Ballast.Server.Store;
using Ballast.Tests.Server.Store;
using Portfolio = Ballast.Tests.Core.Planning.Portfolio;

namespace Ballast.Tests.Server.Explain;

public class RedecisionTests
{
    private static readonly Portfolio Example = new(Coins: 100, Cash: 150, Price: 2.5m);

    [Fact]
    public void Under_its_own_policy_every_decision_is_made_again_as_it_was()
    {
        Portfolio[] portfolios =
        [
            Example, new(Coins: 40, Cash: 300, Price: 2.5m), new(Coins: 253.1m, Cash: 246.9m, Price: 1), new(Coins: 1, Cash: 0, Price: 40),
            new(Coins: 40, Cash: 50, CashLocked: 250, Price: 2.7m, Step: 0.25m), new(Coins: 105, Cash: 95, Price: 1, LeastWorth: 6), new(Coins: 0, Cash: 0, Price: 1),
        ];
        foreach (var portfolio in portfolios)
        {
            foreach (var to in Enum.GetValues<RebalanceTo>())
            {
                foreach (var sides in Enum.GetValues<Sides>())
                {
                    var plan = Recorded.Plan(portfolio, portfolio.Policy with { RebalanceTo = to, Sides = sides });
                    var again = Redecision.Decide(plan, Redecision.PolicyOf(plan)!).TryGet(out var made, out _) ? made : null;
                    Assert.Equal((plan.Action, plan.Quantity, plan.Reason), (again!.Action.ToString().ToUpperInvariant(), again.Quantity.Value, again.Reason));
                }
            }
        }
    }

    [Fact]
    public void The_sums_are_those_of_the_plans_before_and_after()
    {
        // Threshold 1 %: SELL 20 at 2.5 = 50, fee 0.025; BUY 40 at 2.5 = 100, fee 0.05; HOLD. Threshold 20 %: only the BUY of 25 % is left.
        Result<StoredPlan>[] rows =
        [
            Recorded.Plan(Example, number: 0), Recorded.Plan(new(Coins: 40, Cash: 300, Price: 2.5m), number: 1), Recorded.Plan(new(Coins: 253.1m, Cash: 246.9m, Price: 1), number: 2),
            Recorded.Read(Sample.Failed(Sample.Tick(3), null)), Failure.BadData("nonsense"),
        ];
        var redecision = new Redecision();

        foreach (var row in rows)
            redecision.Add(row, policy => policy with { Threshold = new Ratio(0.2m) });

        var summary = redecision.Summary();
        Assert.Equal((4, 1, 1, 1, 0), (summary.Ticks, summary.WithoutPlan, summary.Unreadable, summary.Changed, summary.Assumed));
        Assert.Equal(new DecisionTotals(Buys: 1, Sells: 1, Holds: 1, Turnover: 150, Fees: 0.075m), summary.Before);
        Assert.Equal(new DecisionTotals(Buys: 1, Sells: 0, Holds: 2, Turnover: 100, Fees: 0.05m), summary.After);
        Assert.Equal(Sample.Noon.AddMilliseconds(123).UtcDateTime, summary.From);
    }

    [Fact]
    public void Another_target_turns_a_sale_into_a_purchase()
    {
        // Target 80 % of 400 = 320, Δ = 250 − 320 = −70, 70 / 2.5 = 28
        var plan = new Redecision().Add(Recorded.Plan(Example), policy => policy with { TargetRatio = new Ratio(0.8m) });

        Assert.Equal((Decision.Buy, 28m), (plan!.Action, plan.Quantity.Value));
    }

    [Fact]
    public void Older_records_are_counted_and_decided_with_what_they_have()
    {
        var redecision = new Redecision();

        var plan = redecision.Add(Recorded.Plan(Example) with { ExchangeMinQuantity = null, ExchangeMinNotional = null, Base = null, Checks = null }, policy => policy);

        Assert.Equal((20m, 1), (plan!.Quantity.Value, redecision.Summary().Assumed));
    }

    [Fact]
    public void Without_rows_there_is_no_time_and_no_sum() =>
        Assert.Equal(new RedecisionSummary(0, 0, 0, 0, null, null, new(0, 0, 0, 0, 0), new(0, 0, 0, 0, 0), 0, Redecision.Note), new Redecision().Summary());
}

using Ballast.Core;
using Ballast.Core.Planning;

namespace Ballast.Tests.Core.Planning;

/// <summary>How far back an order goes, and which sides may be traded. Usual values as in <see cref="PlannerTests"/>.</summary>
public class RebalanceChoiceTests
{
    /// <summary>What is traded with rebalance_to=edge: what exceeds the threshold, and no more.</summary>
    public static TheoryData<Portfolio, string> Edges => new()
    {
        // Total 400, target 200, Δ = +50; 10 % of 400 may stay: 50 − 40 = 10, / 2.5 = 4;
        // then 96 × 2.5 = 240 beside 160 are exactly 10 % above
        { new(Coins: 100, Cash: 150, Price: 2.5m, Threshold: 0.1m), "SELL 4" },
        // The same at 1 %: 50 − 4 = 46, / 2.5 = 18.4
        { new(Coins: 100, Cash: 150, Price: 2.5m), "SELL 18.4" },
        // From the other side: Δ = −100, 100 − 40 = 60, / 2.5 = 24
        { new(Coins: 40, Cash: 300, Price: 2.5m, Threshold: 0.1m), "BUY 24" },
        // Without a threshold the edge is the target: 50 / 2.5
        { new(Coins: 100, Cash: 150, Price: 2.5m, Threshold: 0), "SELL 20" },
        // Exactly on the edge there is nothing to bring back
        { new(Coins: 600, Cash: 400, Price: 1, Threshold: 0.1m), "HOLD 0" },
        // Just over it, less than the exchange takes: 100.5 − 100 = 0.5
        { new(Coins: 600.5m, Cash: 399.5m, Price: 1, Threshold: 0.1m), "HOLD 0" },
        // 101 − 100 = 1, which it takes
        { new(Coins: 601, Cash: 399, Price: 1, Threshold: 0.1m), "SELL 1" },
        // What is free bounds it as ever: 4 wanted, 3 free
        { new(Coins: 3, CoinsLocked: 97, Cash: 150, Price: 2.5m, Threshold: 0.1m), "SELL 3" },
        // Within the threshold nothing is done
        { new(Coins: 104, Cash: 96, Price: 1, Threshold: 0.1m), "HOLD 0" },
    };

    /// <summary>The portfolio, then what both, buy-only and sell-only make of it.</summary>
    public static TheoryData<Portfolio, string, string, string> Switched => new()
    {
        // Δ = +50
        { new(Coins: 100, Cash: 150, Price: 2.5m), "SELL: QRL above target", "HOLD: Selling is switched off", "SELL: QRL above target" },
        // Δ = −100
        { new(Coins: 40, Cash: 300, Price: 2.5m), "BUY: QRL below target", "BUY: QRL below target", "HOLD: Buying is switched off" },
        // On target, no side is asked for
        { new(Coins: 100, Cash: 250, Price: 2.5m), "HOLD: Within threshold", "HOLD: Within threshold", "HOLD: Within threshold" },
        { new(Coins: 104, Cash: 96, Price: 1), "HOLD: Within threshold", "HOLD: Within threshold", "HOLD: Within threshold" },
    };

    [Theory]
    [MemberData(nameof(Edges), DisableDiscoveryEnumeration = true)]
    public void To_the_edge_only_what_exceeds_the_threshold_is_traded(Portfolio portfolio, string expected)
    {
        var plan = Planned(portfolio, policy => policy with { RebalanceTo = RebalanceTo.Edge });
        Assert.Equal(expected, $"{Word(plan.Action)} {plan.Quantity}");
    }

    [Theory]
    [MemberData(nameof(Edges), DisableDiscoveryEnumeration = true)]
    public void What_is_off_is_told_in_full_however_far_back_it_is_brought(Portfolio portfolio, string _)
    {
        var target = Planned(portfolio, policy => policy);
        var edge = Planned(portfolio, policy => policy with { RebalanceTo = RebalanceTo.Edge });
        Assert.Equal((target.Notional, target.Deviation), (edge.Notional, edge.Deviation));
        Assert.True(edge.Quantity <= target.Quantity);
    }

    [Theory]
    [InlineData(100, 150)]
    [InlineData(40, 300)]
    public void After_it_the_deviation_is_exactly_the_threshold(int coins, int cash)
    {
        // 4 sold at 2.5 for 10, 24 bought for 60, without a fee: 40 of 400 are off, which is 10 %
        var before = new Portfolio(coins, cash, Price: 2.5m, Threshold: 0.1m, Fee: 0);
        var plan = Planned(before, policy => policy with { RebalanceTo = RebalanceTo.Edge });
        var traded = plan.Action == Decision.Sell ? -plan.Quantity.Value : plan.Quantity.Value;
        var after = before with { Coins = coins + traded, Cash = cash - traded * 2.5m };
        Assert.Equal("0.1", after.Planned.Must().Deviation.ToString());
    }

    [Theory]
    [MemberData(nameof(Switched), DisableDiscoveryEnumeration = true)]
    public void A_side_that_is_switched_off_holds_and_says_so(Portfolio portfolio, string both, string buyOnly, string sellOnly)
    {
        var plans = new[] { Sides.Both, Sides.BuyOnly, Sides.SellOnly }
            .Select(sides => Planned(portfolio, policy => policy with { Sides = sides }));
        Assert.Equal([both, buyOnly, sellOnly], plans.Select(plan => $"{Word(plan.Action)}: {plan.Reason}"));
    }

    [Fact]
    public void By_default_both_sides_are_traded_back_to_the_target() =>
        Assert.Equal((RebalanceTo.Target, Sides.Both), (Policy.Default.RebalanceTo, Policy.Default.Sides));

    [Theory]
    [InlineData("rebalance_to", "edge", RebalanceTo.Edge, Sides.Both)]
    [InlineData("rebalance_to", " Edge ", RebalanceTo.Edge, Sides.Both)]
    [InlineData("rebalance_to", "target", RebalanceTo.Target, Sides.Both)]
    [InlineData("sides", "buy-only", RebalanceTo.Target, Sides.BuyOnly)]
    [InlineData("sides", "SELL-ONLY", RebalanceTo.Target, Sides.SellOnly)]
    [InlineData("sides", "both", RebalanceTo.Target, Sides.Both)]
    public void A_choice_is_read_from_its_word(string name, string text, RebalanceTo rebalanceTo, Sides sides) => Assert.Equal(
        Policy.Default with { RebalanceTo = rebalanceTo, Sides = sides },
        Policy.Default.With(new Dictionary<string, string> { [name] = text }).Must());

    [Theory]
    [InlineData("rebalance_to", "middle", "write target or edge")]
    [InlineData("rebalance_to", "1", "write target or edge")]
    [InlineData("rebalance_to", "", "write target or edge")]
    [InlineData("sides", "buy", "write both, buy-only or sell-only")]
    [InlineData("sides", "BuyOnly", "write both, buy-only or sell-only")]
    [InlineData("sides", "", "write both, buy-only or sell-only")]
    public void A_word_that_is_no_choice_fails_with_those_there_are(string name, string text, string expected)
    {
        var failure = Policy.Default.With(new Dictionary<string, string> { [name] = text }).MustFail();
        Assert.StartsWith($"setting {name}: ", failure.Reason, StringComparison.Ordinal);
        Assert.Contains(expected, failure.Reason, StringComparison.Ordinal);
    }

    private static Plan Planned(Portfolio portfolio, Func<Policy, Policy> change) =>
        Planner.Plan(portfolio.Snapshot.Must(), change(portfolio.Policy), portfolio.Rules).Must();

    private static string Word(Decision decision) => decision.ToString().ToUpperInvariant();
}

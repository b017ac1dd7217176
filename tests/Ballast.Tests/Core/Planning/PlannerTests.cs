using Ballast.Core;
using Ballast.Core.Planning;

namespace Ballast.Tests.Core.Planning;

/// <summary>
/// Unless a row says otherwise: half in QRL, threshold 1 %, at least 5 USDT, fee 0.05 %, step 0.01, the exchange takes orders from 1 QRL
/// and 1 USDT on. "Total" is base × price + quote; Δ is base × price − target.
/// </summary>
public class PlannerTests
{
    public static TheoryData<Portfolio, string> Sells => new()
    {
        // The example of the contract: total 250 + 150 = 400, target 200, Δ = +50, 50 / 2.5 = 20
        { new(Coins: 100, Cash: 150, Price: 2.5m), "20" },
        // All in coins: total 400, target 200, Δ = +200, / 4 = 50
        { new(Coins: 100, Cash: 0, Price: 4), "50" },
        // Target 60 %: total 400, target 240, Δ = 250 − 240 = +10 (2.5 %), / 2.5 = 4
        { new(Coins: 100, Cash: 150, Price: 2.5m, Target: 0.6m), "4" },
        // Target 30 %: total 400, target 120, Δ = +130, / 2.5 = 52
        { new(Coins: 100, Cash: 150, Price: 2.5m, Target: 0.3m), "52" },
        // Exactly 5 USDT: total 105 + 95 = 200, target 100, Δ = +5 (2.5 %), / 1 = 5
        { new(Coins: 105, Cash: 95, Price: 1), "5" },
        // Exactly 1 %: total 510 + 490 = 1000, target 500, Δ = +10 = 1 % of 1000
        { new(Coins: 510, Cash: 490, Price: 1), "10" },
        // Locked coins count as value, so Δ is the example's +50 and 20 are wanted; only 15 are free
        { new(Coins: 15, CoinsLocked: 85, Cash: 150, Price: 2.5m), "15" },
        // The same with 40 free: more than the 20 that are wanted
        { new(Coins: 40, CoinsLocked: 60, Cash: 150, Price: 2.5m), "20" },
        // Locked cash counts as value too: the example with 150 USDT in an order
        { new(Coins: 100, Cash: 0, CashLocked: 150, Price: 2.5m), "20" },
        // A free amount off the grid: 20 wanted, 15.019 free, rounded down to 15.01
        { new(Coins: 15.019m, CoinsLocked: 84.981m, Cash: 150, Price: 2.5m), "15.01" },
        // Rounded down: total 270 + 150 = 420, target 210, Δ = +60, / 2.7 = 22.2222…
        { new(Coins: 100, Cash: 150, Price: 2.7m), "22.22" },
        // 22.2222… on a grid of 1, and on a grid of 0.00000001
        { new(Coins: 100, Cash: 150, Price: 2.7m, Step: 1), "22" },
        { new(Coins: 100, Cash: 150, Price: 2.7m, Step: 0.00000001m), "22.22222222" },
        // A grid that is no power of ten: total 380, target 190, Δ = +40, / 2.3 = 17.39…, on steps of 0.25
        { new(Coins: 100, Cash: 150, Price: 2.3m, Step: 0.25m), "17.25" },
        // Exactly the exchange's smallest quantity: total 200, target 100, Δ = +100, / 100 = 1
        { new(Coins: 2, Cash: 0, Price: 100), "1" },
        // Exactly the exchange's smallest value: 5 QRL at 1 are worth 5
        { new(Coins: 105, Cash: 95, Price: 1, LeastWorth: 5), "5" },
        // No minimum of quantity means one step: total 2, target 1, Δ = +1, / 100 = 0.01
        { new(Coins: 0.02m, Cash: 0, Price: 100, MinNotional: 0, LeastQuantity: 0), "0.01" },
        // Enormous and tiny: 10^20 coins at 10^-8 = 10^12, target 5 × 10^11, / 10^-8 = 5 × 10^19
        { new(Coins: 100_000_000_000_000_000_000m, Cash: 0, Price: 0.00000001m), "50000000000000000000" },
        // Exact to the last of 28 digits: Δ = 3 × 1.000000000000000000000000001 / 2, over the price = 1.5
        { new(Coins: 3, Cash: 0, Price: 1.000000000000000000000000001m, MinNotional: 0), "1.5" },
    };

    public static TheoryData<Portfolio, string> Buys => new()
    {
        // The example from the other side: total 100 + 300 = 400, target 200, Δ = −100, / 2.5 = 40
        { new(Coins: 40, Cash: 300, Price: 2.5m), "40" },
        // All in cash: total 1000, target 500, Δ = −500, / 2 = 250
        { new(Coins: 0, Cash: 1000, Price: 2), "250" },
        // Target 60 %: total 400, target 240, Δ = −140, / 2.5 = 56
        { new(Coins: 40, Cash: 300, Price: 2.5m, Target: 0.6m), "56" },
        // Target 30 %: total 400, target 120, Δ = −20, / 2.5 = 8
        { new(Coins: 40, Cash: 300, Price: 2.5m, Target: 0.3m), "8" },
        // Exactly 5 USDT: total 95 + 105 = 200, target 100, Δ = −5
        { new(Coins: 95, Cash: 105, Price: 1), "5" },
        // Exactly 1 %: total 490 + 510 = 1000, target 500, Δ = −10
        { new(Coins: 490, Cash: 510, Price: 1), "10" },
        // Locked cash counts as value: 40 wanted as in the first row; 50 free / (2.5 × 1.0005 = 2.50125) = 19.9900049…
        { new(Coins: 40, Cash: 50, CashLocked: 250, Price: 2.5m), "19.99" },
        // Fee headroom: 999.9 wanted, all 1000 USDT free, 1000 / 1.0005 = 999.50024…; 999.9 would cost 1000.39995
        { new(Coins: 0, Cash: 1000, Price: 1, Target: 0.9999m), "999.5" },
        // Without a fee all of it can be spent: 999.9
        { new(Coins: 0, Cash: 1000, Price: 1, Target: 0.9999m, Fee: 0), "999.9" },
        // A fee of 25 %: 50 wanted of 50 free, 50 / 1.25 = 40
        { new(Coins: 0, Cash: 50, CashLocked: 50, Price: 1, Fee: 0.25m), "40" },
        // Rounded down: total 1000, target 500, Δ = −500, / 3 = 166.6666…
        { new(Coins: 0, Cash: 1000, Price: 3), "166.66" },
        { new(Coins: 0, Cash: 1000, Price: 3, Step: 1), "166" },
        { new(Coins: 0, Cash: 1000, Price: 3, Step: 0.00000001m), "166.66666666" },
        // Enormous and tiny: 10^20 USDT, target 5 × 10^19, / 10^-8 = 5 × 10^27
        { new(Coins: 0, Cash: 100_000_000_000_000_000_000m, Price: 0.00000001m), "5000000000000000000000000000" },
    };

    public static TheoryData<Portfolio, string> Holds => new()
    {
        { new(Coins: 100, Cash: 150, Price: 0), "Insufficient price or balance" },
        { new(Coins: 100, Cash: 150, Price: -2.5m), "Insufficient price or balance" },
        { new(Coins: 0, Cash: 0, Price: 2.5m), "Insufficient price or balance" },
        // Total 10 × 2.5 − 30 = −5
        { new(Coins: 10, Cash: -30, Price: 2.5m), "Insufficient price or balance" },

        // On target: Δ = 0, and nothing to trade even where the owner set no limits at all
        { new(Coins: 100, Cash: 250, Price: 2.5m), "Within threshold" },
        { new(Coins: 100, Cash: 250, Price: 2.5m, Threshold: 0, MinNotional: 0), "Within threshold" },
        // Just below 5 USDT: (104.99999998 − 95) / 2 = 4.99999999, although it is 2.5 %
        { new(Coins: 104.99999998m, Cash: 95, Price: 1), "Within threshold" },
        { new(Coins: 95, Cash: 104.99999998m, Price: 1), "Within threshold" },
        // Just below 1 %: total 1000, Δ = +9.99999999, although it is more than 5 USDT
        { new(Coins: 509.99999999m, Cash: 490.00000001m, Price: 1), "Within threshold" },
        { new(Coins: 490.00000001m, Cash: 509.99999999m, Price: 1), "Within threshold" },
        // So little below 1 % that the share, in 28 digits, reads 0.01: total 4 × 10^10, Δ = 4 × 10^8 − 10^-18
        { new(Coins: 20_399_999_999.999999999999999999m, Cash: 19_600_000_000.000000000000000001m, Price: 1), "Within threshold" },

        // 100 QRL too many, and all of them in open orders
        { new(Coins: 0, CoinsLocked: 200, Cash: 0, Price: 1), "Insufficient QRL" },
        { new(Coins: -1, CoinsLocked: 201, Cash: 0, Price: 1), "Insufficient QRL" },
        // 100 USDT too many, and all of them in open orders
        { new(Coins: 0, Cash: 0, CashLocked: 200, Price: 1), "Insufficient USDT" },
        { new(Coins: 0, Cash: -1, CashLocked: 201, Price: 1), "Insufficient USDT" },

        // Total 100, target 50, Δ = +50, / 100 = 0.5, below 1 QRL
        { new(Coins: 1, Cash: 0, Price: 100), "Below exchange minimum" },
        // 1.98 / 2 = 0.99 QRL, just below 1
        { new(Coins: 1.98m, Cash: 0, Price: 100), "Below exchange minimum" },
        // 5 QRL at 1 are worth 5, below the exchange's 10
        { new(Coins: 105, Cash: 95, Price: 1, LeastWorth: 10), "Below exchange minimum" },
        // 5 / 3 = 1.666…, rounded to 1.66, worth 4.98: enough before rounding, not after
        { new(Coins: 35, Cash: 95, Price: 3, LeastWorth: 4.99m), "Below exchange minimum" },
        // 0.5 on a grid of 1 is nothing
        { new(Coins: 1, Cash: 0, Price: 100, Step: 1, LeastQuantity: 0, LeastWorth: 0), "Below exchange minimum" },
        // 20 wanted, 0.5 free
        { new(Coins: 0.5m, CoinsLocked: 99.5m, Cash: 150, Price: 2.5m), "Below exchange minimum" },
        // 40 wanted, 1 USDT free buys 1 / 2.50125 = 0.39
        { new(Coins: 40, Cash: 1, CashLocked: 299, Price: 2.5m), "Below exchange minimum" },
    };

    [Theory]
    [MemberData(nameof(Sells), DisableDiscoveryEnumeration = true)]
    public void Too_much_in_coins_is_sold(Portfolio portfolio, string quantity) =>
        Expect(portfolio, Decision.Sell, quantity, "QRL above target");

    [Theory]
    [MemberData(nameof(Buys), DisableDiscoveryEnumeration = true)]
    public void Too_little_in_coins_is_bought(Portfolio portfolio, string quantity) =>
        Expect(portfolio, Decision.Buy, quantity, "QRL below target");

    [Theory]
    [MemberData(nameof(Holds), DisableDiscoveryEnumeration = true)]
    public void Otherwise_nothing_is_done_and_the_reason_says_why(Portfolio portfolio, string reason) =>
        Expect(portfolio, Decision.Hold, "0", reason);

    [Fact]
    public void A_plan_carries_every_number_it_was_made_from()
    {
        var plan = new Portfolio(Coins: 90, CoinsLocked: 10, Cash: 110, CashLocked: 40, Price: 2.5m).Planned.Must();

        Assert.Equal("2.5", plan.Price.ToString());
        Assert.Equal("100", plan.BaseBalance.ToString());
        Assert.Equal("90", plan.BaseFree.ToString());
        Assert.Equal("150", plan.QuoteBalance.ToString());
        Assert.Equal("110", plan.QuoteFree.ToString());
        Assert.Equal("250", plan.BaseValue.ToString());
        Assert.Equal("150", plan.QuoteValue.ToString());
        Assert.Equal("400", plan.TotalValue.ToString());
        Assert.Equal("200", plan.TargetValue.ToString());
        Assert.Equal("50", plan.Notional.ToString());
        Assert.Equal("0.125", plan.Deviation.ToString());
        Assert.Equal("0.5", plan.TargetRatio.ToString());
        Assert.Equal("0.01", plan.Threshold.ToString());
        Assert.Equal("5", plan.MinNotional.ToString());
        Assert.Equal("0.0005", plan.FeeRate.ToString());
        Assert.Equal("0.01", plan.QuantityStep.ToString());
    }

    [Fact]
    public void Deviation_and_notional_have_no_sign()
    {
        // total 400, target 200, Δ = −100, a quarter
        var plan = new Portfolio(Coins: 40, Cash: 300, Price: 2.5m).Planned.Must();
        Assert.Equal(("100", "0.25"), (plan.Notional.ToString(), plan.Deviation.ToString()));
    }

    [Fact]
    public void What_can_be_traded_does_not_change_what_is_off() =>
        // 20 wanted and 15 free: 50 USDT are off all the same
        Assert.Equal("50", new Portfolio(Coins: 15, CoinsLocked: 85, Cash: 150, Price: 2.5m).Planned.Must().Notional.ToString());

    [Theory]
    [InlineData("100", "150", "METAL above target")]
    [InlineData("40", "300", "METAL below target")]
    public void The_reason_of_a_trade_names_the_pairs_own_coin(string coins, string cash, string reason) =>
        Assert.Equal(reason, Metal(decimal.Parse(coins), 0, decimal.Parse(cash), 0).Reason);

    [Fact]
    public void The_reason_of_a_hold_names_the_asset_that_is_missing()
    {
        Assert.Equal("Insufficient METAL", Metal(0, 100, 0, 0).Reason);
        Assert.Equal("Insufficient USDC", Metal(0, 0, 0, 100).Reason);
    }

    public static TheoryData<Portfolio> TooLarge => new()
    {
        new Portfolio(Coins: 100_000_000_000_000_000_000m, Cash: 0, Price: 100_000_000_000_000_000_000m),
        new Portfolio(Coins: 1, Cash: decimal.MaxValue, Price: 1),
        // Free and locked together are already too much
        new Portfolio(Coins: decimal.MaxValue, CoinsLocked: 1, Cash: 0, Price: 1),
        new Portfolio(Coins: 0, Cash: decimal.MaxValue, CashLocked: 1, Price: 1),
        // 10^6 USDT buy 5 × 10^33 coins, more than a decimal counts
        new Portfolio(Coins: 0, Cash: 1_000_000, Price: 0.0000000000000000000000000001m),
        // The fee on top of the price is too much
        new Portfolio(Coins: 0, Cash: 1_000_000, Price: decimal.MaxValue, MinNotional: 0),
    };

    [Theory]
    [MemberData(nameof(TooLarge), DisableDiscoveryEnumeration = true)]
    public void Numbers_that_cannot_be_multiplied_exactly_are_bad_data(Portfolio portfolio) =>
        Assert.Equal(FailureKind.BadData, portfolio.Planned.MustFail().Kind);

    private static Plan Metal(decimal coins, decimal coinsLocked, decimal cash, decimal cashLocked)
    {
        var portfolio = new Portfolio(coins, cash, 2.5m, CoinsLocked: coinsLocked, CashLocked: cashLocked);
        return Planner.Plan(portfolio.Snapshot.Must(), Policy.Default, QrlUsdt.MetalRules).Must();
    }

    private static void Expect(Portfolio portfolio, Decision action, string quantity, string reason)
    {
        var plan = portfolio.Planned.Must();
        Assert.Equal((action, quantity, reason), (plan.Action, plan.Quantity.ToString(), plan.Reason));
    }
}

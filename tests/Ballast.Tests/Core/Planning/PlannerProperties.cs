using Ballast.Core.Planning;
using CsCheck;

namespace Ballast.Tests.Core.Planning;

public class PlannerProperties
{
    private static readonly Gen<decimal> Ratios = Gen.Int[1, 9_999].Select(share => share / 10_000m);

    /// <summary>Digits as exchanges send them: every product in the plan fits a decimal, so that the sums below have no rounding in them.</summary>
    private static readonly Gen<Portfolio> Ordinary = Portfolios(Numbers(1_000_000, 6), Numbers(1_000, 5), 8);

    /// <summary>Up to 29 digits and 28 decimals everywhere: products are rounded, and the plan must stand all the same.</summary>
    private static readonly Gen<Portfolio> Extreme = Portfolios(AnyDecimal, AnyDecimal, 28);

    [Fact]
    public void A_plan_never_spends_more_than_is_free()
    {
        Ordinary.Sample(SpendsWhatIsFree, iter: 10_000);
        Extreme.Sample(SpendsWhatIsFree, iter: 10_000);

        static void SpendsWhatIsFree(Portfolio portfolio)
        {
            if (!portfolio.Planned.TryGet(out var plan, out _))
                return;
            var quantity = plan.Quantity.Value;
            if (plan.Action == Decision.Sell)
                Assert.True(quantity <= portfolio.Coins, $"sells {quantity} of {portfolio.Coins}");
            if (plan.Action == Decision.Buy)
                Assert.True((Exact)quantity * portfolio.Price * (1 + portfolio.Fee) <= portfolio.Cash, $"buys {quantity} with {portfolio.Cash}");
        }
    }

    [Fact]
    public void A_quantity_is_a_multiple_of_the_step_and_never_negative()
    {
        Ordinary.Sample(IsOnTheGrid, iter: 10_000);
        Extreme.Sample(IsOnTheGrid, iter: 10_000);

        static void IsOnTheGrid(Portfolio portfolio)
        {
            if (!portfolio.Planned.TryGet(out var plan, out _))
                return;
            Assert.True(plan.Quantity.Value >= 0);
            Assert.Equal(0, plan.Quantity.Value % portfolio.Step);
            Assert.Equal(plan.Action == Decision.Hold, plan.Quantity.Value == 0);
        }
    }

    /// <summary>
    /// What is still off after the trade, carried out at its price and free of charge, is less than one step is worth; or the free side is
    /// used up to less than a step; and it is never on the other side of the target.
    /// </summary>
    [Fact]
    public void A_trade_ends_within_a_step_of_the_target_or_with_nothing_free() => Ordinary.Sample(portfolio =>
    {
        var plan = portfolio.Planned.Must();
        if (plan.Action == Decision.Hold)
            return;
        var (quantity, step, costly) = (plan.Quantity.Value, portfolio.Step, portfolio.Price * (1 + portfolio.Fee));
        var sold = plan.Action == Decision.Sell ? quantity : -quantity;
        var after = portfolio with { Coins = portfolio.Coins - sold, Cash = portfolio.Cash + sold * portfolio.Price };
        var rest = plan.Notional.Value - quantity * portfolio.Price;
        var usedUp = plan.Action == Decision.Sell ? after.Coins < step : portfolio.Cash - quantity * costly < step * costly;

        Assert.Equal(plan.TotalValue, after.Planned.Must().TotalValue);
        Assert.Equal(rest, after.Planned.Must().Notional.Value);
        Assert.True(rest >= 0, $"{-rest} too much was traded");
        Assert.True(rest < step * portfolio.Price || usedUp, $"{rest} is still off, and there was more to trade with");
    }, iter: 10_000);

    /// <summary>
    /// A HOLD of a portfolio that is off by the threshold or more has a reason in numbers: no price, nothing free, or that what is wanted
    /// and free is less than a step above the exchange's minimum.
    /// </summary>
    [Fact]
    public void A_hold_is_on_target_or_cannot_trade() => Ordinary.Sample(portfolio =>
    {
        var plan = portfolio.Planned.Must();
        if (plan.Action != Decision.Hold || portfolio.Price == 0 || plan.TotalValue.Value == 0)
            return;
        var onTarget = plan.Notional.Value < portfolio.MinNotional || plan.Notional.Value < portfolio.Threshold * plan.TotalValue.Value
            || plan.Notional.Value == 0;
        var selling = plan.BaseValue > plan.TargetValue;
        var wanted = selling ? plan.Notional.Value : plan.Notional.Value * (1 + portfolio.Fee);
        var free = selling ? portfolio.Coins * portfolio.Price : portfolio.Cash;
        var minimum = Math.Max(portfolio.LeastQuantity * portfolio.Price, portfolio.LeastWorth) + portfolio.Step * portfolio.Price;
        var tooLittle = Math.Min(wanted, free) < minimum * (selling ? 1 : 1 + portfolio.Fee);

        Assert.Equal(onTarget, plan.Reason == "Within threshold");
        Assert.True(onTarget || tooLittle, $"{plan.Reason}: {wanted} wanted, {free} free, {minimum} is enough");
    }, iter: 10_000);

    [Fact]
    public void Everything_times_k_gives_the_plan_times_k() => Gen.Select(Ordinary, Gen.Int[2, 100]).Sample((portfolio, k) =>
    {
        var scaled = portfolio with
        {
            Coins = portfolio.Coins * k,
            CoinsLocked = portfolio.CoinsLocked * k,
            Cash = portfolio.Cash * k,
            CashLocked = portfolio.CashLocked * k,
            MinNotional = portfolio.MinNotional * k,
            Step = portfolio.Step * k,
            LeastQuantity = portfolio.LeastQuantity * k,
            LeastWorth = portfolio.LeastWorth * k,
        };
        var (plan, larger) = (portfolio.Planned.Must(), scaled.Planned.Must());

        Assert.Equal(plan.TotalValue.Value * k, larger.TotalValue.Value);
        Assert.Equal(plan.TargetValue.Value * k, larger.TargetValue.Value);
        Assert.Equal(plan.Notional.Value * k, larger.Notional.Value);
        Assert.Equal((plan.Action, plan.Reason), (larger.Action, larger.Reason));
        Assert.Equal(plan.Quantity.Value * k, larger.Quantity.Value);
    }, iter: 10_000);

    /// <summary>On an unchanged grid the quantity scales as far as the grid lets it: the part that rounding cut off is below one step.</summary>
    [Fact]
    public void Balances_times_k_give_the_quantity_times_k() => Gen.Select(Ordinary, Gen.Int[2, 100]).Sample((drawn, k) =>
    {
        var portfolio = drawn with { MinNotional = 0, LeastQuantity = 0, LeastWorth = 0, Step = 0.00000001m };
        var scaled = portfolio with
        {
            Coins = portfolio.Coins * k,
            CoinsLocked = portfolio.CoinsLocked * k,
            Cash = portfolio.Cash * k,
            CashLocked = portfolio.CashLocked * k,
        };
        var (quantity, larger) = (portfolio.Planned.Must().Quantity.Value, scaled.Planned.Must().Quantity.Value);

        Assert.InRange(larger, quantity * k, (quantity + portfolio.Step) * k - portfolio.Step);
    }, iter: 10_000);

    [Fact]
    public void The_same_portfolio_always_gets_the_same_plan() => Ordinary.Sample(portfolio =>
    {
        var (one, other) = (portfolio.Planned.Must(), (portfolio with { }).Planned.Must());
        Assert.Equal(one.Checks, other.Checks);
        Assert.Equal(one with { Checks = [] }, other with { Checks = [] });
    }, iter: 2_000);

    [Fact]
    public void What_is_free_never_changes_what_the_portfolio_is_worth() => Ordinary.Sample(portfolio =>
    {
        var swapped = portfolio with
        {
            Coins = portfolio.CoinsLocked,
            CoinsLocked = portfolio.Coins,
            Cash = portfolio.CashLocked,
            CashLocked = portfolio.Cash,
        };
        Assert.Equal(Values(portfolio), Values(swapped));

        static object Values(Portfolio portfolio)
        {
            var plan = portfolio.Planned.Must();
            return (plan.BaseBalance, plan.QuoteBalance, plan.BaseValue, plan.QuoteValue, plan.TotalValue, plan.TargetValue, plan.Notional,
                plan.Deviation);
        }
    }, iter: 5_000);

    private static Gen<decimal> AnyDecimal => Gen.Select(
        Gen.Int, Gen.Int, Gen.Int, Gen.Int[0, 2], Gen.Int[0, 28],
        (low, middle, high, words, scale) => new decimal(low, words > 0 ? middle : 0, words > 1 ? high : 0, false, (byte)scale));

    /// <summary>From dust to <paramref name="most"/>, with up to so many decimals.</summary>
    private static Gen<decimal> Numbers(long most, int decimals) =>
        from places in Gen.Int[0, decimals]
        from shorter in Gen.Int[0, 4]
        from digits in Gen.Long[0, (long)(most / Ballast.Core.Decimals.Step(places) * Ballast.Core.Decimals.Step(shorter))]
        select digits * Ballast.Core.Decimals.Step(places);

    private static Gen<Portfolio> Portfolios(Gen<decimal> balances, Gen<decimal> prices, int stepDecimals) =>
        from coins in balances
        from cash in balances
        from coinsLocked in Gen.OneOf(Gen.Const(0m), balances)
        from cashLocked in Gen.OneOf(Gen.Const(0m), balances)
        from price in prices
        from target in Ratios
        from threshold in Gen.Int[0, 2_000]
        from minNotional in Gen.Int[0, 1_000]
        from fee in Gen.Int[0, 100]
        from decimals in Gen.Int[0, stepDecimals]
        from leastQuantity in Gen.Int[0, 200]
        from leastWorth in Gen.Int[0, 1_000]
        select new Portfolio(
            coins, cash, price, target, coinsLocked, cashLocked, threshold / 10_000m, minNotional / 100m, fee / 10_000m,
            Ballast.Core.Decimals.Step(decimals), leastQuantity / 100m, leastWorth / 100m);
}

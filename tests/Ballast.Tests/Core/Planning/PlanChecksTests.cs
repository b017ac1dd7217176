namespace Ballast.Tests.Core.Planning;

/// <summary>Each check as <c>name value limit</c>, with a cross where it failed.</summary>
public class PlanChecksTests
{
    public static TheoryData<Portfolio, string[]> Chains => new()
    {
        // A trade passes them all: total 400, 50 off, 12.5 %, 100 free, 20 to sell, worth 50
        {
            new(Coins: 100, Cash: 150, Price: 2.5m),
            ["price 2.5 0", "total_value 400 0", "min_notional 50 5", "threshold 0.125 0.01", "free_base 100 0",
                "exchange_min_quantity 20 1", "exchange_min_notional 50 1"]
        },
        // The other side looks at the free quote: total 400, 100 off, a quarter, 300 free, 40 to buy, worth 100
        {
            new(Coins: 40, Cash: 300, Price: 2.5m),
            ["price 2.5 0", "total_value 400 0", "min_notional 100 5", "threshold 0.25 0.01", "free_quote 300 0",
                "exchange_min_quantity 40 1", "exchange_min_notional 100 1"]
        },
        { new(Coins: 100, Cash: 150, Price: 0), ["price 0 0 x", "total_value 150 0"] },
        { new(Coins: 0, Cash: 0, Price: 2.5m), ["price 2.5 0", "total_value 0 0 x"] },
        // 4 USDT off, 2 %
        { new(Coins: 104, Cash: 96, Price: 1), ["price 1 0", "total_value 200 0", "min_notional 4 5 x", "threshold 0.02 0.01"] },
        // 9 USDT off, 0.9 %
        { new(Coins: 509, Cash: 491, Price: 1), ["price 1 0", "total_value 1000 0", "min_notional 9 5", "threshold 0.009 0.01 x"] },
        // 1 USDT off, 0.1 %: both
        { new(Coins: 501, Cash: 499, Price: 1), ["price 1 0", "total_value 1000 0", "min_notional 1 5 x", "threshold 0.001 0.01 x"] },
        {
            new(Coins: 0, CoinsLocked: 200, Cash: 0, Price: 1),
            ["price 1 0", "total_value 200 0", "min_notional 100 5", "threshold 0.5 0.01", "free_base 0 0 x"]
        },
        {
            new(Coins: 0, Cash: 0, CashLocked: 200, Price: 1),
            ["price 1 0", "total_value 200 0", "min_notional 100 5", "threshold 0.5 0.01", "free_quote 0 0 x"]
        },
        // 0.5 QRL, worth 50
        {
            new(Coins: 1, Cash: 0, Price: 100),
            ["price 100 0", "total_value 100 0", "min_notional 50 5", "threshold 0.5 0.01", "free_base 1 0",
                "exchange_min_quantity 0.5 1 x", "exchange_min_notional 50 1"]
        },
        // 5 QRL, worth 5 of at least 10
        {
            new(Coins: 105, Cash: 95, Price: 1, LeastWorth: 10),
            ["price 1 0", "total_value 200 0", "min_notional 5 5", "threshold 0.025 0.01", "free_base 105 0",
                "exchange_min_quantity 5 1", "exchange_min_notional 5 10 x"]
        },
        // Without a minimum of its own the exchange still takes no less than a step
        {
            new(Coins: 1, Cash: 0, Price: 100, Step: 1, LeastQuantity: 0, LeastWorth: 0),
            ["price 100 0", "total_value 100 0", "min_notional 50 5", "threshold 0.5 0.01", "free_base 1 0",
                "exchange_min_quantity 0 1 x", "exchange_min_notional 0 0"]
        },
    };

    [Theory]
    [MemberData(nameof(Chains), DisableDiscoveryEnumeration = true)]
    public void A_plan_shows_every_comparison_up_to_the_step_that_stopped_it(Portfolio portfolio, string[] checks)
    {
        var shown = portfolio.Planned.Must().Checks.Select(check =>
            $"{check.Name} {Text(check.Value)} {Text(check.Limit)}{(check.Passed ? "" : " x")}");
        Assert.Equal(checks, shown);
    }

    private static string Text(decimal value) => Ballast.Core.Decimals.Text(value);
}

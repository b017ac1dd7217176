using Ballast.Core;
using Ballast.Core.Books;
using Ballast.Core.Planning;
using Ballast.Core.Trading;
using Ballast.Server.Diagnosis;
using Ballast.Tests.Core;

namespace Ballast.Tests.Server.Diagnosis;

/// <summary>An owner's numbers against the exchange's: smallest order 1 USDT, price 2.5.</summary>
public class PolicyChecksTests
{
    private static readonly SymbolRules Rules = new()
    {
        Symbol = Symbol.Parse("QRLUSDT").TryGet(out var symbol, out _) ? symbol : default,
        Base = "QRL",
        Quote = "USDT",
        PriceStep = new Price(0.0001m),
        QuantityStep = new Quantity(0.01m),
        MinNotional = new Amount(1),
        TakerFee = new Ratio(0.0005m),
    };

    [Theory]
    [InlineData("5", "0", null, 400, "pass", "it acts from 5 USDT (1.25 %) on")]
    [InlineData("5", "0", null, 4000, "pass", "it acts from 40 USDT (1 %) on")]
    [InlineData("1", "0", null, 400, "pass", "minimum is 1 USDT")]
    [InlineData("0.99", "0", null, 400, "fail", "no order below 1 USDT")]
    [InlineData("5", "3", null, 400, "fail", "3 QRL, which is 7.5 USDT")]
    [InlineData("5", "0", "4", 400, "fail", "MaxOrderNotional is 4 USDT")]
    [InlineData("5", "0", "5", 400, "pass", "minimum is 1 USDT")]
    [InlineData("5", "0", null, 9, "fail", "can never be 5 USDT")]
    [InlineData("5", "0", null, 16, "warn", "which is late")]
    [InlineData("5", "0", null, 0, "pass", "minimum is 1 USDT")]
    public void The_policy_fits_the_exchange_and_the_portfolio(string least, string minQuantity, string? most, int total, string status, string says)
    {
        var limits = new SafetyLimits { MaxOrderNotional = most is null ? null : new Amount(Number(most)) };
        var finding = PolicyChecks.Rules(
            Policy.Default with { MinNotional = new Amount(Number(least)) }, new Dictionary<string, string>(), limits,
            Rules with { MinQuantity = new Quantity(Number(minQuantity)) }, new Price(2.5m), new Amount(total));
        Assert.Equal(status, finding.Status);
        Assert.Contains(says, finding.Says, StringComparison.Ordinal);
        Assert.Equal(status is "pass", finding.Fix is null);
    }

    [Fact]
    public void Run_time_settings_count_and_are_named()
    {
        var finding = PolicyChecks.Rules(Policy.Default, new Dictionary<string, string> { ["min_notional"] = "0.5" }, new SafetyLimits(), Rules, null, null);
        Assert.Equal("fail", finding.Status);
        Assert.Contains("PUT /api/v1/settings", finding.Fix, StringComparison.Ordinal);
        var unreadable = new Dictionary<string, string> { ["threshold"] = "x" };
        Assert.Equal("fail", PolicyChecks.Rules(Policy.Default, unreadable, new SafetyLimits(), Rules, null, null).Status);
    }

    [Theory]
    [InlineData(100, 0, 150, 0, "pass", "now: SELL 20 at 2.5")]
    [InlineData(60, 0, 150, 0, "pass", "now: HOLD, Within threshold at 2.5")]
    [InlineData(0, 0, 0, 0, "fail", "neither QRL nor USDT")]
    [InlineData(0, 100, 0, 150, "fail", "no free balance; 100 QRL and 150 USDT are locked")]
    [InlineData(0, 100, 150, 0, "fail", "Insufficient QRL")]
    [InlineData(20, 0, 0, 150, "fail", "Insufficient USDT")]
    [InlineData(0, 60, 150, 0, "warn", "an order that needs what is locked could not leave")]
    [InlineData(0.2, 99.8, 150, 0, "warn", "not enough for the exchange's minimum")]
    public void Free_balances_are_enough_for_what_would_be_done_now(
        decimal coins, decimal lockedCoins, decimal cash, decimal lockedCash, string status, string says)
    {
        var (held, money) = (new Balance(coins, lockedCoins), new Balance(cash, lockedCash));
        Assert.True(Snapshot.Of(new Price(2.5m), held, money).TryGet(out var snapshot, out _));
        Assert.True(Planner.Plan(snapshot, Policy.Default, Rules).TryGet(out var plan, out _));
        var finding = PolicyChecks.Balances(Rules, held, money, plan);
        Assert.Equal(status, finding.Status);
        Assert.Contains(says, finding.Says, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0.0005", false, 0, "pass")]
    [InlineData("0.002", false, 0, "warn")]
    [InlineData("0.002", true, 0, "warn")]
    [InlineData("0.002", true, 3, "pass")]
    [InlineData(null, null, 0, "pass")]
    public void Plans_leave_room_for_the_fee_that_is_paid(string? own, bool? inMx, int mx, string status)
    {
        var finding = PolicyChecks.Fees(Rules, own is null ? null : new Ratio(Number(own)), inMx, mx, new Balance(1000, 0));
        Assert.Equal(status, finding.Status);
        // 1000 × (0.2 % − 0.05 %) = 1.5
        Assert.Equal(status == "warn" ? "set Ballast__Safety__QuoteReserve to 1.5 or more" : null, finding.Fix);
    }

    [Theory]
    [InlineData(100, 150, "Sell", "0.43", "2.49")]
    [InlineData(0, 150, "Buy", "0.42", "2.51")]
    [InlineData(0.42, 1, null, null, null)]
    public void The_test_order_is_the_smallest_that_can_be_paid(decimal coins, decimal cash, string? side, string? quantity, string? price)
    {
        // 1.05 / 2.49 = 0.4217 and 1.05 / 2.51 = 0.4183, rounded up to the step
        var order = TestOrder.For(Rules, new Quote(new Price(2.5m), new Price(2.49m), new Price(2.51m), default), new Balance(coins, 0), new Balance(cash, 0));
        Assert.Equal((side, quantity, price), (order?.Side.ToString(), order?.Quantity.ToString(), order?.Price.ToString()));
    }

    private static decimal Number(string text) => Decimals.TryParse(text, out var number) ? number : throw new ArgumentException(text);
}

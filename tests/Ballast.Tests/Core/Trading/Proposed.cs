using System.Globalization;
using Ballast.Core;
using Ballast.Core.Books;
using Ballast.Core.Planning;
using Ballast.Core.Trading;

namespace Ballast.Tests.Core.Trading;

/// <summary>
/// An order before its guards, with everything that passes them by far: 20 QRL to buy or to sell at 2.5 USDT, which is 50 USDT; 100 QRL and
/// 300 USDT free; 1000 QRL offered at 2.501 and wanted at 2.499; bid 2.499, ask 2.501; up to 100 USDT an order and 1000 a day; fee 0.05 %;
/// price step 0.0001, quantity step 0.01; fills up to 1 % from the price, so from 2.475 to 2.525.
/// </summary>
internal static class Proposed
{
    public const string Tick = "15-min-job/2026-01-01T12:00:00Z";

    public static readonly SafetyLimits Limits = new() { MaxOrderNotional = new Amount(100), MaxDailyNotional = new Amount(1000) };

    public static readonly Depth Deep = Book(["2.499 x 1000"], ["2.501 x 1000"]);

    public static readonly Standing Balanced = new(Quantity.Zero, Amount.Zero, Quantity.Zero, null, null);

    public static readonly Proposal Approved = new(
        "15-min-job/2026-01-01T11:45:00Z", Side.Buy, new Quantity(20), new Price(2.5m), QrlUsdt.After(-15), QrlUsdt.After(45),
        ApprovedBy: "owner@example.com");

    public static GuardInputs Buy(decimal quantity = 20, decimal price = 2.5m) => Order(Decision.Buy, quantity, price);

    public static GuardInputs Sell(decimal quantity = 20, decimal price = 2.5m) => Order(Decision.Sell, quantity, price);

    /// <summary>Levels such as <c>2.501 x 1000</c>, best first.</summary>
    public static Depth Book(string[] bids, string[] asks) => new([.. bids.Select(Level)], [.. asks.Select(Level)]);

    /// <summary>The same with other balances: free and in open orders.</summary>
    public static GuardInputs Holding(
        this GuardInputs inputs, decimal coins = 100, decimal cash = 300, decimal coinsLocked = 0, decimal cashLocked = 0) => inputs with
        {
            Snapshot = new Snapshot(
                inputs.Plan.Price,
                new Quantity(coins + coinsLocked), new Quantity(coins), new Amount(cash + cashLocked), new Amount(cash)),
        };

    public static Guard Guard(this GuardInputs inputs, string name) =>
        Assert.Single(Guards.Evaluate(inputs), guard => guard.Name == name);

    public static OrderIntent Intent(decimal quantity = 20, decimal price = 2.5m, DateTimeOffset? at = null, string id = "ballast-1") => new()
    {
        ClientOrderId = id,
        Tick = Tick,
        Side = Side.Buy,
        Type = OrderType.ImmediateOrCancel,
        Quantity = new Quantity(quantity),
        Limit = new Price(price * 1.01m),
        Price = new Price(price),
        At = at ?? QrlUsdt.Noon,
    };

    private static GuardInputs Order(Decision action, decimal quantity, decimal price)
    {
        var snapshot = new Snapshot(new Price(price), new Quantity(100), new Quantity(100), new Amount(300), new Amount(300));
        var plan = Planner.Plan(snapshot, Policy.Default, QrlUsdt.Rules).Must();
        return new GuardInputs
        {
            Plan = plan with { Action = action, Quantity = new Quantity(quantity) },
            Snapshot = snapshot,
            Rules = QrlUsdt.Rules,
            Limits = Limits,
            State = TradingState.New,
            Quote = new Quote(new Price(price), new Price(price - 0.001m), new Price(price + 0.001m), QrlUsdt.Noon),
            Now = QrlUsdt.Noon,
            MaxQuoteAge = TimeSpan.FromSeconds(30),
            Mode = Mode.Auto,
            Approval = null,
            Halt = null,
            Unsettled = null,
            AlreadyOrdered = false,
            OpenOrders = Result<IReadOnlyList<OrderState>>.Of([]),
            Standing = Balanced,
            Depth = Deep,
            AveragePrice = new Price(price),
            Moved = Amount.Zero,
        };
    }

    private static Level Level(string text)
    {
        var numbers = text.Split(" x ").Select(number => decimal.Parse(number, CultureInfo.InvariantCulture)).ToArray();
        return new Level(new Price(numbers[0]), new Quantity(numbers[1]));
    }
}

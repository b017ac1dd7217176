using Ballast.Core;
using Ballast.Core.Books;
using Ballast.Core.Trading;

namespace Ballast.Tests.Core.Trading;

/// <summary>
/// Every guard at its limit, just within and just beyond. What a row does not name is as <see cref="Proposed"/> says: 20 QRL at 2.5 USDT.
/// </summary>
public class GuardsTests
{
    /// <summary>The guards as they are reported; where several fail, the first names the refusal.</summary>
    private static readonly string[] InOrder =
    [
        "halt", "mode", "symbol_tradable", "unsettled_order", "one_order_a_tick", "open_orders", "books_proven",
        "price_age", "spread", "price_jump", "price_jump_5m",
        "slippage", "order_quantity", "order_notional_min", "order_notional_max",
        "daily_notional", "daily_orders", "min_interval",
    ];

    private static readonly Failure Silent = Failure.Unavailable("the exchange is down");

    private static readonly OrderState Resting = new(
        "C02__1", null, OrderStatus.New, Side.Buy, OrderType.Limit, new Price(2), new Quantity(1), Quantity.Zero, Amount.Zero, null);

    /// <summary>A guard's case: what it is about, whether it passes, and the numbers that its sentence must contain.</summary>
    private sealed record Case(string Guard, bool Passes, GuardInputs Inputs, params string[] Says)
    {
        public override string ToString() => $"{Guard} {(Passes ? "passes" : "stops")} {string.Join(' ', Says)}";
    }

    private static IEnumerable<Case> Permissions =>
    [
        new("halt", true, Proposed.Buy(), "not halted"),
        new("halt", false, Proposed.Buy() with { Halt = new Halt(null, "hand", "holidays") }, "hand", "holidays"),
        new("mode", true, Proposed.Buy()),
        new("mode", false, Proposed.Buy() with { Mode = Mode.Approve }),
        new("mode", false, Proposed.Buy() with { Mode = Mode.Observe }),
        new("mode", true, Proposed.Buy() with { Mode = Mode.Approve, Approval = Proposed.Approved }, "owner@example.com"),
        // A proposal that nobody has approved is no approval
        new("mode", false, Proposed.Buy() with { Mode = Mode.Approve, Approval = Proposed.Approved with { ApprovedBy = null } }),
        // Whatever was approved before: nothing leaves in observe
        new("mode", false, Proposed.Buy() with { Mode = Mode.Observe, Approval = Proposed.Approved }, "no order leave"),
        new("symbol_tradable", true, Proposed.Buy(), "QRLUSDT"),
        new("symbol_tradable", false, Proposed.Buy() with { Rules = QrlUsdt.Rules with { Tradable = false } }, "QRLUSDT", "does not take"),
        new("unsettled_order", true, Proposed.Buy()),
        new("unsettled_order", false, Proposed.Buy() with { Unsettled = Proposed.Intent(id: "ballast-7") }, "ballast-7"),
        new("one_order_a_tick", true, Proposed.Buy()),
        new("one_order_a_tick", false, Proposed.Buy() with { AlreadyOrdered = true }),
        new("open_orders", true, Proposed.Buy()),
        new("open_orders", false, Proposed.Buy() with { OpenOrders = Result<IReadOnlyList<OrderState>>.Of([Resting]) }),
        // Not to know whether there are any is as bad as any
        new("open_orders", false, Proposed.Buy() with { OpenOrders = Silent }, "the exchange is down"),
        new("books_proven", true, Proposed.Buy()),
        new("books_proven", false, Proposed.Buy() with { Standing = Unproven }, "7 QRL more"),
        new("books_proven", false, Proposed.Buy() with { Standing = null }, "no books"),
        new("books_proven", true, With(limits => limits with { RequireProvenBooks = false }, Proposed.Buy() with { Standing = Unproven })),
        new("books_proven", true, With(limits => limits with { RequireProvenBooks = false }, Proposed.Buy() with { Standing = null })),
    ];

    private static IEnumerable<Case> Market =>
    [
        // Asked for at noon; good for 30 seconds
        new("price_age", true, Proposed.Buy() with { Now = QrlUsdt.Noon.AddSeconds(29) }, "29", "30"),
        new("price_age", true, Proposed.Buy() with { Now = QrlUsdt.Noon.AddSeconds(30) }, "30, at most 30"),
        new("price_age", false, Proposed.Buy() with { Now = QrlUsdt.Noon.AddSeconds(30).AddTicks(1) }, "30.0000001, at most 30"),
        // Up to 2 % of 2.5, which is 0.05
        new("spread", true, Between(2.4751m, 2.525m), "0.01996, at most 0.02"),
        new("spread", true, Between(2.475m, 2.525m), "0.02, at most 0.02"),
        new("spread", false, Between(2.475m, 2.5251m), "0.02004, at most 0.02"),
        new("spread", false, Between(null, 2.501m), "one-sided"),
        new("spread", false, Between(2.499m, null), "one-sided"),
        // Up to 10 % from the tick before: from 2 that is 2.2 upwards, from 2.5 it is 2.25 downwards
        new("price_jump", true, After(2, now: 2.1999m), "0.09995, at most 0.1"),
        new("price_jump", true, After(2, now: 2.2m), "0.1, at most 0.1"),
        new("price_jump", false, After(2, now: 2.2001m), "0.10005, at most 0.1"),
        new("price_jump", true, After(2.5m, now: 2.25m), "0.1, at most 0.1"),
        new("price_jump", false, After(2.5m, now: 2.2499m), "0.10004, at most 0.1"),
        new("price_jump", true, Proposed.Buy(), "no earlier tick"),
        // The same against the average of five minutes
        new("price_jump_5m", true, Proposed.Buy(price: 2.2m) with { AveragePrice = new Price(2) }, "0.1, at most 0.1"),
        new("price_jump_5m", false, Proposed.Buy(price: 2.2001m) with { AveragePrice = new Price(2) }, "0.10005, at most 0.1"),
        new("price_jump_5m", true, Proposed.Buy(price: 2.25m) with { AveragePrice = new Price(2.5m) }, "0.1, at most 0.1"),
        new("price_jump_5m", false, Proposed.Buy(price: 2.2499m) with { AveragePrice = new Price(2.5m) }, "0.10004, at most 0.1"),
        // Without it, the tick before stands in; without either, nothing says that the price is sane
        new("price_jump_5m", true, After(2.5m, now: 2.5m) with { AveragePrice = Silent }, "the tick before"),
        new("price_jump_5m", false, Proposed.Buy() with { AveragePrice = Silent }, "the exchange is down"),
        new("price_jump_5m", false, Proposed.Buy() with { AveragePrice = Price.Zero }, "not above 0"),
    ];

    private static IEnumerable<Case> Sizes =>
    [
        // Up to 1 %: bought at 2.525 at most, sold at 2.475 at least; beyond that nothing is taken, so nothing slips
        new("slippage", true, Proposed.Buy() with { Depth = Proposed.Book([], ["2.525 x 20"]) }, "0.01, at most 0.01"),
        new("slippage", true, Proposed.Sell() with { Depth = Proposed.Book(["2.475 x 20"], []) }, "0.01, at most 0.01"),
        // A better price than planned is no slippage
        new("slippage", true, Proposed.Buy() with { Depth = Proposed.Book([], ["2.4 x 20"]) }, "0, at most 0.01"),
        new("slippage", false, Proposed.Buy() with { Depth = Silent }, "the exchange is down"),
        // The exchange's least is 1 QRL
        new("order_quantity", true, Proposed.Buy(1.01m), "1.01, at least 1"),
        new("order_quantity", true, Proposed.Buy(1), "1, at least 1"),
        new("order_quantity", false, Proposed.Buy(0.99m), "0.99, at least 1"),
        // Where it names none, one step
        new("order_quantity", true, Unbounded(0.01m), "0.01, at least 0.01"),
        new("order_quantity", false, Unbounded(0), "0, at least 0.01"),
        new("order_quantity", false, Proposed.Buy() with { Depth = Silent }, "0, at least 1"),
        // 20 × 2.5 = 50; 20.01 × 2.5 = 50.025
        new("order_notional_min", true, Theirs(least: 49.99m), "50, at least 49.99"),
        new("order_notional_min", true, Theirs(least: 50), "50, at least 50"),
        new("order_notional_min", false, Theirs(least: 50.01m), "50, at least 50.01"),
        new("order_notional_max", true, Largest(50.01m), "50, at most 50.01"),
        new("order_notional_max", true, Largest(50), "50, at most 50"),
        new("order_notional_max", false, Largest(50, quantity: 20.01m), "50.025, at most 50"),
        // The lower of the owner's 100 and the exchange's
        new("order_notional_max", true, Theirs(most: 50), "50, at most 50"),
        new("order_notional_max", false, Theirs(most: 49), "50, at most 49"),
        new("order_notional_max", true, Theirs(most: 2_000_000), "50, at most 100"),
        // No limit is no permission
        new("order_notional_max", false, Largest(null), "no largest order"),
    ];

    private static IEnumerable<Case> Rhythm =>
    [
        // Up to 1000 a day, 50 with this one
        new("daily_notional", true, Today(949.99m, 1), "999.99, at most 1000"),
        new("daily_notional", true, Today(950, 1), "1000, at most 1000"),
        new("daily_notional", false, Today(950.01m, 1), "1000.01, at most 1000"),
        new("daily_notional", true, Yesterday(Today(999, 1)), "50, at most 1000"),
        new("daily_notional", false, With(limits => limits with { MaxDailyNotional = null }, Proposed.Buy()), "no largest value of a day"),
        // Up to 48 a day with this one
        new("daily_orders", true, Today(0, 46), "47, at most 48"),
        new("daily_orders", true, Today(0, 47), "48, at most 48"),
        new("daily_orders", false, Today(0, 48), "49, at most 48"),
        new("daily_orders", true, Yesterday(Today(0, 48)), "1, at most 48"),
        // A quarter of an hour, whole minutes to the nearest: 14:30 is 14, 14:31 is 15
        new("min_interval", true, LastOrder(TimeSpan.FromMinutes(16)), "16, at least 15"),
        new("min_interval", true, LastOrder(TimeSpan.FromMinutes(15)), "15, at least 15"),
        new("min_interval", true, LastOrder(new TimeSpan(0, 14, 31)), "15, at least 15"),
        new("min_interval", false, LastOrder(new TimeSpan(0, 14, 30)), "14, at least 15"),
        new("min_interval", true, Proposed.Buy(), "no order has left"),
        // Midnight begins a new day and ends no rest
        new("min_interval", false, Yesterday(LastOrder(TimeSpan.FromMinutes(14))), "14, at least 15"),
        new("min_interval", true, With(limits => limits with { MinMinutesBetweenOrders = 0 }, LastOrder(TimeSpan.Zero)), "0, at least 0"),
    ];

    private static IEnumerable<Case> Reserves =>
    [
        // 100 held, 20 sold, 80 left
        new("base_reserve", true, KeepingCoins(79.99m), "80, at least 79.99"),
        new("base_reserve", true, KeepingCoins(80), "80, at least 80"),
        new("base_reserve", false, KeepingCoins(80.01m), "80, at least 80.01"),
        // 20 × 2.525 × 1.0005 = 50.52525 at worst; 300 held, 249.47475 left
        new("quote_reserve", true, KeepingCash(249.47475m), "249.47475, at least 249.47475"),
        new("quote_reserve", false, KeepingCash(249.47476m), "249.47475, at least 249.47476"),
        // Coins in open orders are kept, but cannot be sold
        new("free", true, Proposed.Sell().Holding(coins: 20.01m), "20, at most 20.01"),
        new("free", true, Proposed.Sell().Holding(coins: 20), "20, at most 20"),
        new("free", false, Proposed.Sell().Holding(coins: 19.99m, coinsLocked: 80), "20, at most 19.99"),
        new("free", true, Proposed.Buy().Holding(cash: 50.52525m), "50.52525, at most 50.52525"),
        // The highest was 500; 100 × 2.5 + 300 = 550 is above it, and a quarter below 733.33…
        new("drawdown", true, Highest(500), "0, at most 0.25"),
        new("drawdown", true, Highest(733.33m), "0.24999", "at most 0.25"),
        new("drawdown", true, Highest(550 / 0.75m), "0.25, at most 0.25"),
        new("drawdown", false, Highest(733.34m), "0.25000", "at most 0.25"),
        new("drawdown", true, Proposed.Buy(), "0, at most 0.25"),
        // 500 withdrawn are no loss: 1050 − 500 = 550
        new("drawdown", true, Highest(1050) with { Moved = new Amount(-500) }, "0, at most 0.25"),
        // Proposed at 2.5; 1 % more is 2.525, and 1 % less 2.475
        new("price_fence", true, Proposed.Buy(price: 2.525m) with { Approval = Proposed.Approved }, "0.01, at most 0.01"),
        new("price_fence", false, Proposed.Buy(price: 2.5251m) with { Approval = Proposed.Approved }, "0.01004, at most 0.01"),
        new("price_fence", true, Proposed.Buy(price: 2.475m) with { Approval = Proposed.Approved }, "0.01, at most 0.01"),
        new("price_fence", false, Proposed.Buy(price: 2.4749m) with { Approval = Proposed.Approved }, "0.01004, at most 0.01"),
        new("price_fence", false, Proposed.Buy() with { Approval = Proposed.Approved with { Price = Price.Zero } }, "no price"),
    ];

    public static TheoryData<string> Cases => [.. All.Select(guarded => guarded.Key)];

    private static Dictionary<string, Case> All => Permissions.Concat(Market).Concat(Sizes).Concat(Rhythm).Concat(Reserves)
        .Select((guarded, number) => ($"{number:000} {guarded}", guarded)).ToDictionary();

    private static Standing Unproven => Proposed.Balanced with { BaseDifference = new Quantity(7), Since = QrlUsdt.Noon };

    [Theory]
    [MemberData(nameof(Cases), DisableDiscoveryEnumeration = true)]
    public void A_guard_passes_at_its_limit_and_not_beyond_it_and_says_its_numbers(string key)
    {
        var expected = All[key];
        var guard = expected.Inputs.Guard(expected.Guard);
        Assert.True(guard.Passed == expected.Passes, guard.Sentence);
        Assert.All(expected.Says, words => Assert.Contains(words, guard.Sentence, StringComparison.Ordinal));
    }

    [Fact]
    public void What_lies_within_every_limit_passes_every_guard()
    {
        foreach (var inputs in new[] { Proposed.Buy(), Proposed.Sell() })
            Assert.All(Guards.Evaluate(inputs), guard => Assert.True(guard.Passed, $"{guard.Name}: {guard.Sentence}"));
    }

    [Fact]
    public void The_guards_stand_in_the_order_in_which_they_name_a_refusal()
    {
        Assert.Equal([.. InOrder, "quote_reserve", "free", "drawdown"], Names(Proposed.Buy()));
        Assert.Equal([.. InOrder, "base_reserve", "free", "drawdown"], Names(Proposed.Sell()));
        Assert.Equal(
            [.. InOrder, "quote_reserve", "free", "drawdown", "price_fence"], Names(Proposed.Buy() with { Approval = Proposed.Approved }));
        Assert.Equal([.. InOrder, "base_reserve", "quote_reserve", "free", "drawdown", "price_fence"], Guards.Names);
    }

    [Fact]
    public void Everything_is_evaluated_and_reported_however_early_the_first_one_fails()
    {
        var guards = Guards.Evaluate(Hopeless);
        Assert.Equal([.. InOrder, "base_reserve", "free", "drawdown"], guards.Select(guard => guard.Name));
        // A sell of nothing leaves every coin where it is.
        Assert.Equal(["base_reserve", "free"], guards.Where(guard => guard.Passed).Select(guard => guard.Name));
        Assert.All(guards, guard => Assert.NotEmpty(guard.Sentence));
    }

    private static GuardInputs Hopeless => Proposed.Sell() with
    {
        Halt = new Halt(null, "hand", "holidays"),
        Mode = Mode.Observe,
        Rules = QrlUsdt.Rules with { Tradable = false },
        Unsettled = Proposed.Intent(),
        AlreadyOrdered = true,
        OpenOrders = Silent,
        Standing = null,
        Now = QrlUsdt.After(1),
        Quote = new Quote(new Price(2.5m), null, null, QrlUsdt.Noon),
        AveragePrice = new Price(1),
        Depth = Silent,
        Limits = new SafetyLimits(),
        State = new TradingState
        {
            LastOrderAt = QrlUsdt.Noon,
            Day = new DateOnly(2026, 1, 1),
            DayOrders = 48,
            LastPrice = new Price(1),
            Peak = new Amount(10_000),
        },
    };

    private static IEnumerable<string> Names(GuardInputs inputs) => Guards.Evaluate(inputs).Select(guard => guard.Name);

    private static GuardInputs With(Func<SafetyLimits, SafetyLimits> change, GuardInputs inputs) =>
        inputs with { Limits = change(inputs.Limits) };

    private static GuardInputs Largest(decimal? notional, decimal quantity = 20) => With(
        limits => limits with { MaxOrderNotional = notional is { } most ? new Amount(most) : null }, Proposed.Buy(quantity));

    private static GuardInputs KeepingCoins(decimal reserve) =>
        With(limits => limits with { BaseReserve = new Quantity(reserve) }, Proposed.Sell());

    private static GuardInputs KeepingCash(decimal reserve) =>
        With(limits => limits with { QuoteReserve = new Amount(reserve) }, Proposed.Buy());

    /// <summary>20 QRL under the exchange's limits of an order's value.</summary>
    private static GuardInputs Theirs(decimal least = 1, decimal? most = null) => Proposed.Buy() with
    {
        Rules = QrlUsdt.Rules with { MinNotional = new Amount(least), MaxNotional = most is { } largest ? new Amount(largest) : null },
    };

    /// <summary>The exchange names no smallest quantity.</summary>
    private static GuardInputs Unbounded(decimal quantity) =>
        Proposed.Buy(quantity) with { Rules = QrlUsdt.Rules with { MinQuantity = Quantity.Zero } };

    private static GuardInputs Between(decimal? bid, decimal? ask) => Proposed.Buy() with
    {
        Quote = new Quote(
            new Price(2.5m), bid is { } best ? new Price(best) : null, ask is { } least ? new Price(least) : null, QrlUsdt.Noon),
    };

    private static GuardInputs After(decimal before, decimal now) =>
        Proposed.Buy(price: now) with { State = new TradingState { LastPrice = new Price(before) } };

    private static GuardInputs Today(decimal notional, int orders) => Proposed.Buy() with
    {
        State = new TradingState { Day = new DateOnly(2026, 1, 1), DayNotional = new Amount(notional), DayOrders = orders },
    };

    private static GuardInputs Yesterday(GuardInputs inputs) =>
        inputs with { State = inputs.State with { Day = new DateOnly(2025, 12, 31) } };

    private static GuardInputs LastOrder(TimeSpan ago) => Today(0, 1) is var inputs
        ? inputs with { State = inputs.State with { LastOrderAt = QrlUsdt.Noon - ago } } : inputs;

    private static GuardInputs Highest(decimal peak) => Proposed.Buy() with { State = new TradingState { Peak = new Amount(peak) } };
}

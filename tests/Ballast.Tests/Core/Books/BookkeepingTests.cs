using Ballast.Core;
using Ballast.Core.Books;
using Ballast.Core.Trading;
using static Ballast.Tests.Core.QrlUsdt;

namespace Ballast.Tests.Core.Books;

public class BookkeepingTests
{
    private static readonly Amount Most = new(decimal.MaxValue);

    [Fact]
    public void The_first_update_opens_the_books_and_counts_the_remembered_trades_as_new()
    {
        var after = Update(null, Statement([Sell(4, 3, minute: -30), Buy(10, 2, minute: -60)], 106, 142)).Must();

        Assert.Equal(["10", "4"], after.NewTrades.Select(trade => trade.Quantity.ToString()));
        Assert.True(after.OpeningStated);
        Assert.True(after.Ledger.Standing!.Balanced);
        // 100 at 3 and 10 for 20 make 320 / 110 = 2.909090…; (3 − that) × 106 unrealised
        Assert.Equal((3 - 320m / 110) * 106, after.Profit.Unrealized!.Value.Value);
    }

    [Fact]
    public void Rows_that_come_twice_are_new_once()
    {
        var after = Update(null, Statement([Buy(10, 2, minute: -60), Buy(10, 2, minute: -60)], 110, 130)).Must();
        Assert.Single(after.NewTrades);
        Assert.Equal("100 150", $"{after.Ledger.Opening.Base} {after.Ledger.Opening.Quote}");
        Assert.True(after.Ledger.Standing!.Balanced);
    }

    [Fact]
    public void Later_updates_add_what_is_new_and_value_it()
    {
        // 100 at 3 and 20 for 40: 340 / 120; at 3 that is 360 − 340 = 20 (the average is rounded in its 28th digit)
        var after = Update(Opened(), Later([Buy(20, 2, minute: 5)], 120, 110)).Must();
        Assert.Single(after.NewTrades);
        Assert.Equal("120 @2.8333333333333333333333333333", $"{after.Profit.Quantity} @{after.Ledger.Current.Average}");
        Assert.Equal(20, after.Profit.Unrealized!.Value.Value, 20);
        Assert.True(after.Ledger.Standing!.Balanced);
        Assert.False(after.OpeningStated);
    }

    [Fact]
    public void A_deposit_is_booked_at_its_worth_and_no_profit()
    {
        var statement = Later([], 150, 1150, Deposit("QRL", 50, 5), Deposit("USDT", 1000, 6), Deposit("BTC", 1, 7)) with
        {
            RowPrices = new Dictionary<string, Price> { ["deposit:QRL-5"] = new(4) },
        };
        var after = Update(Opened(), statement).Must();

        Assert.Equal("0", after.Profit.Realized.ToString());
        Assert.True(after.Ledger.Standing!.Balanced, after.Ledger.Standing.Explain("QRL", "USDT"));
        Assert.Equal(["QRL-5 50 @4 False", "USDT-6 1000 @1 False"], after.NewMovements.Select(row => $"{row.Id[8..]} {row.Units} @{row.Price} {row.Assumed}"));
        // 100 × 3 + 50 × 4 = 500, / 150
        Assert.Equal(500m / 150, after.Ledger.Current.Average.Value);
    }

    [Fact]
    public void A_deposit_whose_worth_is_not_known_takes_the_ticks_price_and_says_so()
    {
        var movement = Assert.Single(Update(Opened(), Later([], 150, 150, Deposit("QRL", 50, 5))).Must().NewMovements);
        Assert.Equal("3 True", $"{movement.Price} {movement.Assumed}");
    }

    [Fact]
    public void A_deposit_without_any_price_waits_and_is_booked_when_there_is_one()
    {
        var row = Deposit("QRL", 50, 5);
        var waiting = Update(Opened(), Later([], 150, 150, row) with { Price = null }).Must();
        Assert.Empty(waiting.NewMovements);
        Assert.Equal("50", waiting.Ledger.Standing!.BaseDifference.ToString());
        Assert.Equal(After(5), waiting.Ledger.WalletThrough);

        var booked = Update(waiting.Ledger, Later([], 150, 150, row) with { At = After(30) }).Must();
        Assert.True(booked.Ledger.Standing!.Balanced);
    }

    [Fact]
    public void A_row_is_booked_once_however_often_it_is_shown()
    {
        var row = Deposit("USDT", 1000, 5);
        var once = Update(Opened(), Later([], 100, 1150, row, row)).Must();
        Assert.Single(once.NewMovements);
        Assert.Empty(Update(once.Ledger, Later([], 100, 1150, row) with { At = After(30) }).Must().NewMovements);
        Assert.Empty(Update(once.Ledger, Later([], 100, 1150, row) with { At = Noon.AddDays(6) }).Must().NewMovements);
    }

    [Fact]
    public void A_withdrawal_counts_when_it_is_done()
    {
        var row = new WalletRow("withdrawal:1", After(5), "USDT", -100, WalletState.UnderWay);
        var under = Update(Opened(), Later([], 100, 150, row)).Must();
        Assert.Equal((0, After(5)), (under.NewMovements.Count, under.Ledger.WalletThrough));

        var still = Update(under.Ledger, Later([], 100, 150, row) with { At = Noon.AddDays(2) }).Must().Ledger;
        Assert.Equal(After(5), still.WalletThrough);
        var done = Update(still, Later([], 100, 50, row with { State = WalletState.Done }) with { At = Noon.AddDays(2).AddMinutes(15) }).Must();
        // The settled books have gone past its own time by then.
        Assert.Equal((-100m, Noon.AddHours(23)), (Assert.Single(done.NewMovements).Units, done.NewMovements[0].Time));
        Assert.True(done.Ledger.Standing!.Balanced);
        Assert.Equal(Noon.AddDays(2).AddMinutes(15), done.Ledger.WalletThrough);
    }

    [Fact]
    public void A_withdrawal_that_fails_is_nothing() =>
        Assert.Empty(Update(Opened(), Later([], 100, 150, new WalletRow("withdrawal:1", After(5), "USDT", -100, WalletState.Void))).Must().NewMovements);

    [Fact]
    public void A_wallet_that_cannot_be_read_is_named_and_the_difference_shows()
    {
        var after = Update(Opened(), Later([], 100, 1150) with { Wallet = Failure.Unavailable("no permission") }).Must();
        Assert.Equal("no permission", after.Ledger.WalletProblem);
        Assert.Equal("1000", after.Ledger.Standing!.QuoteDifference.ToString());
        Assert.Equal("0", after.Profit.Realized.ToString());
    }

    [Fact]
    public void What_the_wallet_shows_from_before_unread_books_were_opened_stays_in_the_opening()
    {
        var opened = Update(null, Statement([], 100, 150) with { Wallet = Failure.Unavailable("no permission") }).Must().Ledger;
        var after = Update(opened, Later([], 100, 150, Deposit("USDT", 50, -60))).Must();
        Assert.Empty(after.NewMovements);
        Assert.True(after.Ledger.Standing!.Balanced);
    }

    [Fact]
    public void A_trade_from_before_the_opening_that_is_shown_after_it_belongs_to_the_opening()
    {
        var after = Update(Opened(), Later([Buy(10, 2, minute: -10)], 100, 150)).Must();
        Assert.True(after.Ledger.Standing!.Balanced, after.Ledger.Standing.Explain("QRL", "USDT"));
        Assert.Equal("90 170", $"{after.Ledger.Opening.Base} {after.Ledger.Opening.Quote}");
        Assert.True(after.OpeningStated);
    }

    [Fact]
    public void A_fee_in_a_third_asset_is_valued_at_the_ticks_price_and_apart_without_one()
    {
        Trade[] trades = [Buy(10, 2, fee: 0.5m, feeAsset: "MX", minute: 5), Buy(10, 2, fee: 0.1m, feeAsset: "BNB", minute: 6)];
        var after = Update(Opened(), Later(trades, 120, 110) with { FeePrices = new Dictionary<string, Price> { ["MX"] = new(2) } }).Must();

        // 300 + 20 + 1 + 20 = 341, / 120
        Assert.Equal(341m / 120, after.Ledger.Current.Average.Value, 25);
        Assert.Equal(["BNB 0.1"], after.Ledger.Current.OtherFees.Select(fee => $"{fee.Key} {fee.Value}"));
        Assert.True(after.Ledger.Standing!.Balanced);
        // Known by its id from then on, whatever the price is later.
        Assert.Empty(Update(after.Ledger, Later(trades, 120, 110)).Must().NewTrades);
    }

    [Fact]
    public void The_opening_takes_the_owners_cost_before_the_price()
    {
        var stated = Update(null, Statement([], 100, 0), openingCost: 1.5m).Must().Ledger.Opening;
        Assert.Equal((new Price(1.5m), false), (stated.Cost, stated.Assumed));
        var assumed = Update(null, Statement([], 100, 0)).Must().Ledger.Opening;
        Assert.Equal((new Price(3), true), (assumed.Cost, assumed.Assumed));
    }

    [Fact]
    public void A_cost_that_is_stated_later_is_as_good_as_one_that_was_stated_at_once()
    {
        Trade[] rows = [Buy(20, 2, minute: 5), Sell(50, 3, minute: 6)];
        var assumed = Update(Opened(), Later(rows, 70, 260)).Must().Ledger;
        var later = Update(assumed, Later(rows, 70, 260) with { At = After(30) }, openingCost: 1.5m).Must();
        var atOnce = Update(Update(null, Statement([], 100, 150), openingCost: 1.5m).Must().Ledger, Later(rows, 70, 260) with { At = After(30) }, openingCost: 1.5m).Must();

        Assert.True(later.OpeningStated);
        Assert.False(later.Ledger.Opening.Assumed);
        LedgerTests.AssertSame(atOnce.Ledger.Current, later.Ledger.Current);
        Assert.False(Update(later.Ledger, Later([], 70, 260), openingCost: 1.5m).Must().OpeningStated);
    }

    [Fact]
    public void Without_a_price_the_books_wait_to_be_opened_unless_the_cost_is_stated()
    {
        var closed = Update(null, Statement([], 0, 0, price: null)).MustFail();
        Assert.Contains("OpeningCost", closed.Reason, StringComparison.Ordinal);
        Assert.Null(Update(null, Statement([], 100, 0, price: null), openingCost: 1.5m).Must().Profit.Unrealized);
    }

    [Fact]
    public void Without_a_price_open_books_are_kept_all_the_same()
    {
        var after = Update(Opened(), Later([Buy(20, 2, minute: 5)], 120, 110) with { Price = null }).Must();
        Assert.Single(after.NewTrades);
        Assert.Null(after.Profit.Unrealized);
        Assert.Null(after.NewPoint);
    }

    [Theory]
    [InlineData(29, null)]
    [InlineData(31, "the exchange forgot the trades from 2026-01-01T12:00:00Z to 2026-01-02T12:00:00Z before they were read")]
    public void After_an_outage_longer_than_the_exchanges_memory_the_books_are_unproven_since_it_began(int days, string? reason)
    {
        var after = Update(Opened(), Statement([], 100, 150, at: Noon.AddDays(days))).Must().Ledger;
        Assert.Equal(reason, after.Standing!.Explain("QRL", "USDT"));
        Assert.Equal(reason is null ? null : Noon, after.Standing.Since);

        // It does not go away by itself.
        var next = Update(after, Statement([], 100, 150, at: Noon.AddDays(days).AddMinutes(15))).Must().Ledger;
        Assert.Equal(reason, next.Standing!.Explain("QRL", "USDT"));
    }

    [Fact]
    public void Books_whose_entries_were_lost_are_left_as_they_are()
    {
        var ledger = Update(Opened(), Later([Buy(20, 2, minute: 5)], 120, 110)).Must().Ledger;
        var failure = Update(ledger with { Recent = [] }, Later([Buy(20, 2, minute: 5)], 120, 110)).MustFail();
        Assert.Equal(FailureKind.BadData, failure.Kind);
        Assert.Contains("lost or changed by hand", failure.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Books_in_other_assets_are_left_as_they_are() => Assert.Contains(
        "QRL/USDT", Bookkeeping.Update(Opened(), Equity.None, Later([], 100, 150), null, MetalRules.Pair).MustFail().Reason, StringComparison.Ordinal);

    public static TheoryData<Trade[], decimal, decimal> TooLarge => new()
    {
        { [Buy(1, 1) with { Value = Most }, Buy(1, 1, minute: 1) with { Value = Most }], 100, 150 },
        { [Buy(1, 1) with { Quantity = new Quantity(decimal.MaxValue) }], 100, 150 },
        { [Sell(1, 1, fee: decimal.MaxValue, feeAsset: "QRL")], 100, 150 },
        { [], decimal.MaxValue, 150 },
    };

    [Theory]
    [MemberData(nameof(TooLarge), DisableDiscoveryEnumeration = true)]
    public void Numbers_too_large_to_be_booked_are_bad_data(Trade[] rows, decimal coins, decimal cash)
    {
        var statement = Statement(rows, coins, cash) with { Base = new Balance(coins, 1), Quote = new Balance(cash, 1) };
        Assert.Equal(FailureKind.BadData, Update(null, statement).MustFail().Kind);
        Assert.Equal(FailureKind.BadData, Update(Opened(), statement with { At = After(15) }).MustFail().Kind);
    }

    [Fact]
    public void A_position_whose_cost_no_decimal_can_hold_is_bad_data() =>
        Assert.Equal(FailureKind.BadData, Update(null, Statement([], decimal.MaxValue / 2, 150)).MustFail().Kind);

    private static Ledger Opened() => Update(null, Statement([], 100, 150)).Must().Ledger;

    private static Statement Later(IReadOnlyCollection<Trade> trades, decimal coins, decimal cash, params WalletRow[] wallet) =>
        Statement(trades, coins, cash, at: After(15), wallet: wallet);

    private static WalletRow Deposit(string asset, decimal units, int minute) => new($"deposit:{asset}-{minute}", After(minute), asset, units, WalletState.Done);

    private static Result<BooksAfter> Update(Ledger? ledger, Statement statement, decimal? openingCost = null) => Bookkeeping.Update(
        ledger, Equity.None, statement, openingCost is { } cost ? new Price(cost) : null, Rules.Pair);
}

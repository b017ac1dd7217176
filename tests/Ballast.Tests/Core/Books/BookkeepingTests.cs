using Ballast.Core;
using Ballast.Core.Books;
using Ballast.Core.Trading;
using static Ballast.Tests.Core.QrlUsdt;

namespace Ballast.Tests.Core.Books;

public class BookkeepingTests
{
    private static readonly Price Now = new(3);
    private static readonly Amount Most = new(decimal.MaxValue);

    [Fact]
    public void The_first_update_opens_the_books_and_counts_the_remembered_trades_as_new()
    {
        var after = Update(null, [Sell(4, 3, minute: -30), Buy(10, 2, minute: -60)], 106, 142).Must();

        Assert.Equal(["10", "4"], after.NewTrades.Select(trade => trade.Quantity.ToString()));
        Assert.True(after.Ledger.Standing!.Balanced);
        // 100 at 3 and 10 for 20 make 320 / 110 = 2.909090…; (3 − that) × 106 unrealised
        Assert.Equal((3 - 320m / 110) * 106, after.Profit.Unrealized!.Value.Value);
    }

    [Fact]
    public void Rows_that_come_twice_are_new_once()
    {
        var after = Update(null, [Buy(10, 2, minute: -60), Buy(10, 2, minute: -60)], 110, 130).Must();
        Assert.Single(after.NewTrades);
        Assert.Equal("100 150", $"{after.Ledger.Opening.Base} {after.Ledger.Opening.Quote}");
        Assert.True(after.Ledger.Standing!.Balanced);
    }

    [Fact]
    public void Later_updates_add_what_is_new_and_value_it()
    {
        var opened = Update(null, [], 100, 150).Must().Ledger;
        // 100 at 3 and 20 for 40: 340 / 120; at 3 that is 360 − 340 = 20 (the average is rounded in its 28th digit)
        var after = Update(opened, [Buy(20, 2, minute: 5)], 120, 110).Must();
        Assert.Single(after.NewTrades);
        Assert.Equal("120 @2.8333333333333333333333333333", $"{after.Profit.Quantity} @{after.Ledger.Current.Average}");
        Assert.Equal(20, after.Profit.Unrealized!.Value.Value, 20);
        Assert.True(after.Ledger.Standing!.Balanced);
    }

    [Fact]
    public void A_deposit_is_no_profit_and_leaves_the_books_unproven()
    {
        var opened = Update(null, [], 100, 150).Must().Ledger;
        var after = Update(opened, [], 100, 1150).Must();
        Assert.Equal("0", after.Profit.Realized.ToString());
        Assert.Equal("1000", after.Ledger.Standing!.QuoteDifference.ToString());
        Assert.False(after.Ledger.Standing.Balanced);
    }

    [Fact]
    public void The_opening_takes_the_owners_cost_before_the_price()
    {
        var stated = Bookkeeping.Update(null, [], new Balance(100, 0), default, Now, new Price(1.5m), Rules, Noon).Must().Ledger.Opening;
        Assert.Equal((new Price(1.5m), false), (stated.Cost, stated.Assumed));
        var assumed = Bookkeeping.Update(null, [], new Balance(100, 0), default, Now, null, Rules, Noon).Must().Ledger.Opening;
        Assert.Equal((Now, true), (assumed.Cost, assumed.Assumed));
    }

    [Fact]
    public void Without_a_price_the_books_wait_to_be_opened_unless_the_cost_is_stated()
    {
        var closed = Bookkeeping.Update(null, [], default, default, null, null, Rules, Noon).MustFail();
        Assert.Contains("OpeningCost", closed.Reason, StringComparison.Ordinal);
        var opened = Bookkeeping.Update(null, [], new Balance(100, 0), default, null, new Price(1.5m), Rules, Noon).Must();
        Assert.Null(opened.Profit.Unrealized);
    }

    [Fact]
    public void Without_a_price_open_books_are_kept_all_the_same()
    {
        var opened = Update(null, [], 100, 150).Must().Ledger;
        var after = Bookkeeping.Update(
            opened, [Buy(20, 2, minute: 5)], new Balance(120, 0), new Balance(110, 0), null, null, Rules, After(15)).Must();
        Assert.Single(after.NewTrades);
        Assert.Null(after.Profit.Unrealized);
    }

    [Fact]
    public void Books_whose_trades_were_lost_are_left_as_they_are()
    {
        var ledger = Update(Update(null, [], 100, 150).Must().Ledger, [Buy(20, 2, minute: 5)], 120, 110).Must().Ledger;
        var failure = Update(ledger with { Recent = [] }, [Buy(20, 2, minute: 5)], 120, 110).MustFail();
        Assert.Equal(FailureKind.BadData, failure.Kind);
        Assert.Contains("lost or changed by hand", failure.Reason, StringComparison.Ordinal);
    }

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
        Assert.Equal(FailureKind.BadData, Update(null, rows, coins, cash, locked: 1).MustFail().Kind);
        Assert.Equal(FailureKind.BadData, Update(Update(null, [], 100, 150).Must().Ledger, rows, coins, cash, locked: 1).MustFail().Kind);
    }

    [Fact]
    public void A_position_whose_cost_no_decimal_can_hold_is_bad_data() =>
        Assert.Equal(FailureKind.BadData, Update(null, [], decimal.MaxValue / 2, 150).MustFail().Kind);

    [Fact]
    public void Stored_numbers_too_large_to_be_folded_are_bad_data()
    {
        var opened = Update(null, [], 100, 150).Must().Ledger;
        var full = opened.Settled with { Quantity = new Quantity(decimal.MaxValue) };
        var broken = opened with { Settled = full, Recent = [Buy(1, 1, minute: 1)] };
        Assert.Equal(FailureKind.BadData, Update(broken, [], 100, 150).MustFail().Kind);
    }

    private static Result<BooksAfter> Update(Ledger? ledger, Trade[] rows, decimal coins, decimal cash, decimal locked = 0) =>
        Bookkeeping.Update(
            ledger, rows, new Balance(coins, locked), new Balance(cash, locked), Now, null, Rules, ledger is null ? Noon : After(15));
}

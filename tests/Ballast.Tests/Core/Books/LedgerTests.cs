using Ballast.Core;
using Ballast.Core.Books;
using Ballast.Core.Trading;
using static Ballast.Tests.Core.QrlUsdt;

namespace Ballast.Tests.Core.Books;

public class LedgerTests
{
    private const int Day = 24 * 60;

    [Fact]
    public void The_opening_is_what_the_remembered_trades_do_not_explain()
    {
        // +10 − 4 coins, −20 − 0.01 + 12 − 0.02 USDT: of 106 and 141.97 there were 100 and 150 before
        var ledger = Open([Buy(10, 2, fee: 0.01m, minute: -60), Sell(4, 3, fee: 0.02m, minute: -30)], coins: 106, cash: 141.97m);

        Assert.Equal("100 150 @2.5", $"{ledger.Opening.Base} {ledger.Opening.Quote} @{ledger.Opening.Cost}");
        Assert.Equal(Noon, ledger.Opening.At);
        Assert.True(ledger.Against(new Balance(106, 0), new Balance(141.97m, 0), Noon).Standing!.Balanced);
    }

    [Fact]
    public void Remembered_transfers_are_taken_out_of_the_opening_too()
    {
        // 30 deposited at 4 and 10 bought, 20 USDT withdrawn: of 140 and 110 there were 100 and 150
        var ledger = Open([Coins(30, 4, minute: -90), Buy(10, 2, minute: -60), Cash(-20, minute: -30)], coins: 140, cash: 110);
        Assert.Equal("100 150", $"{ledger.Opening.Base} {ledger.Opening.Quote}");
        // 100 × 2.5 + 30 × 4 + 20 = 390, / 140
        Assert.Equal(390m / 140, ledger.Current.Average.Value, 26);
    }

    [Fact]
    public void When_trades_and_transfers_explain_everything_the_opening_is_zero()
    {
        var ledger = Open([Cash(100, minute: -90), Buy(10, 2, minute: -60)], coins: 10, cash: 80);
        Assert.Equal("0 0", $"{ledger.Opening.Base} {ledger.Opening.Quote}");
        Assert.Equal("10 @2", $"{ledger.Current.Quantity} @{ledger.Current.Average}");
    }

    [Fact]
    public void The_opening_position_has_its_stated_cost()
    {
        // 100 at 2.5, and 10 more for 20.01: 270.01 / 110
        var ledger = Open([Buy(10, 2, fee: 0.01m, minute: -60)], coins: 110, cash: 129.99m);
        Assert.Equal(270.01m / 110, ledger.Current.Average.Value);
        // (3 − that) × 4
        Assert.Equal(12 - 4 * (270.01m / 110), Add(ledger, [Sell(4, 3, minute: 1)], After(15)).Ledger.Current.Realized.Value);
    }

    [Fact]
    public void Without_trades_everything_stands_before_the_books()
    {
        var ledger = Open([], coins: 100, cash: 150);
        Assert.Equal("100 150", $"{ledger.Opening.Base} {ledger.Opening.Quote}");
        Assert.Equal("100 @2.5", $"{ledger.Current.Quantity} @{ledger.Current.Average}");
        Assert.Null(ledger.LastTrade);
    }

    [Fact]
    public void Coins_that_left_before_the_books_were_opened_leave_them_unproven()
    {
        // 10 bought, 4 there: the opening cannot be −6
        var ledger = Open([Buy(10, 2, minute: -60)], coins: 4, cash: 130).Against(new Balance(4, 0), new Balance(130, 0), Noon);
        Assert.Equal("0", ledger.Opening.Base.ToString());
        Assert.Equal("-6", ledger.Standing!.BaseDifference.ToString());
    }

    [Fact]
    public void Cash_that_left_before_the_books_were_opened_makes_a_negative_opening()
    {
        // 12 received, 5 there
        var ledger = Open([Sell(4, 3, minute: -60)], coins: 6, cash: 5);
        Assert.Equal("-7", ledger.Opening.Quote.ToString());
        Assert.True(ledger.Against(new Balance(6, 0), new Balance(5, 0), Noon).Standing!.Balanced);
    }

    [Fact]
    public void A_row_from_before_the_opening_that_comes_after_it_is_taken_out_of_the_opening()
    {
        // Bought an hour before the books were opened, and shown only now: 90 and 170 were there before it.
        var late = Buy(10, 2, minute: -60) with { InOpening = true };
        var ledger = Add(Open([], coins: 100, cash: 150), [late], After(15)).Ledger.Against(new Balance(100, 0), new Balance(150, 0), After(15));
        Assert.Equal("90 170", $"{ledger.Opening.Base} {ledger.Opening.Quote}");
        Assert.True(ledger.Standing!.Balanced);
        AssertSame(Open([late], coins: 100, cash: 150).Current, ledger.Current);
    }

    [Fact]
    public void Rows_that_appear_twice_open_the_same_books_as_rows_that_appear_once()
    {
        Entry[] rows = [Buy(10, 2, minute: -60), Sell(4, 3, minute: -30)];
        AssertSame(Open(rows, coins: 106, cash: 142), Open([.. rows, .. rows, rows[0]], coins: 106, cash: 142));
    }

    [Fact]
    public void The_order_of_rows_does_not_matter()
    {
        Entry[] rows = [.. Enumerable.Range(0, 20).Select(i =>
            i % 3 == 2 ? (Entry)Sell(2, 3 + i, minute: i / 4) : i % 5 == 3 ? Coins(i - 8, 2 + i, minute: i / 4) : Buy(1 + i, 2 + i, minute: i / 4))];
        var start = Open([], coins: 5, cash: 1000);
        var inOrder = Add(start, rows, After(15));
        var backwards = Add(start, rows.Reverse(), After(15));
        var shuffled = Add(start, rows.OrderBy(row => row.Id.Length * 7 % 11).ThenBy(row => row.Id[^1]).Concat(rows), After(15));

        AssertSame(inOrder.Ledger, backwards.Ledger);
        AssertSame(inOrder.Ledger, shuffled.Ledger);
        Assert.Equal(inOrder.New, backwards.New);
        Assert.Equal(inOrder.New, shuffled.New);
        Assert.Equal(20, inOrder.New.Count);
    }

    [Fact]
    public void A_row_that_is_already_booked_is_not_booked_again()
    {
        var ledger = Add(Open([], coins: 100, cash: 150), [Buy(10, 2, minute: 1)], After(15)).Ledger;
        var (again, added) = Add(ledger, [Buy(10, 2, minute: 1), Buy(5, 2, minute: 16)], After(30));
        Assert.Equal("Buy-16-5@2", Assert.Single(added).Id);
        Assert.Equal("115", again.Current.Quantity.ToString());
    }

    [Fact]
    public void A_movement_that_is_settled_is_still_known_by_its_id()
    {
        var ledger = Add(Open([], coins: 100, cash: 150), [Coins(10, 2, minute: 1)], After(15)).Ledger;
        ledger = Add(ledger, [], After(3 * Day)).Ledger;
        Assert.Empty(ledger.Recent);
        Assert.Empty(ledger.Unknown([Coins(10, 2, minute: 1)]));
    }

    [Fact]
    public void A_late_row_lands_in_its_place()
    {
        // In their order: 10 at 2, then 10 sold at 3, then 10 at 4: 10 realised, and 10 at 4 are left.
        Trade[] rows = [Buy(10, 2, minute: 0), Sell(10, 3, minute: 5), Buy(10, 4, minute: 10)];
        var start = Open([], coins: 0, cash: 100);
        var late = Add(Add(start, [rows[0], rows[2]], After(15)).Ledger, [rows[1]], After(Day)).Ledger;

        Assert.Equal("10 @4 10", $"{late.Current.Quantity} @{late.Current.Average} {late.Current.Realized}");
        AssertSame(Add(start, rows, After(Day)).Ledger, late);
    }

    [Fact]
    public void A_row_that_is_late_for_the_settled_books_makes_them_be_folded_anew()
    {
        Trade[] rows = [Buy(10, 2, minute: 0), Sell(10, 3, minute: 5), Buy(10, 4, minute: 10)];
        var start = Open([], coins: 0, cash: 100);
        var settled = Add(start, [rows[0], rows[2]], After(3 * Day)).Ledger;
        Assert.Equal(2, settled.SettledCount);
        Assert.True(settled.NeedsJournal([rows[1]]));

        var late = settled.Add([rows[1]], [rows[2], rows[0]], After(3 * Day));
        AssertSame(Add(start, rows, After(3 * Day)).Ledger, late);
    }

    [Fact]
    public void Nothing_settled_needs_no_journal()
    {
        var quiet = Add(Open([], coins: 100, cash: 150), [], After(3 * Day)).Ledger;
        Assert.Equal(After(2 * Day - 60), quiet.SettledThrough);
        var late = Buy(10, 2, minute: 5);
        Assert.False(quiet.NeedsJournal([late]));
        Assert.Equal("110", quiet.Add([late], null, After(3 * Day)).Current.Quantity.ToString());
    }

    [Fact]
    public void Trades_older_than_a_row_may_be_late_are_settled_and_still_counted()
    {
        var ledger = Add(Open([], coins: 100, cash: 150), [Buy(10, 2, minute: 0), Sell(4, 3, minute: 30)], After(Day + 70)).Ledger;
        Assert.Equal("110", ledger.Settled.Quantity.ToString());
        Assert.Equal("Sell-30-4@3", Assert.Single(ledger.Recent).Id);
        Assert.Equal("106", ledger.Current.Quantity.ToString());
        Assert.Equal(After(30), ledger.LastTrade);
        Assert.True(ledger.Coherent());
    }

    [Fact]
    public void The_time_of_the_last_trade_outlives_its_settling()
    {
        var ledger = Add(Open([], coins: 100, cash: 150), [Buy(10, 2, minute: 0)], After(15)).Ledger;
        var later = Add(ledger, [], After(5 * Day)).Ledger;
        Assert.Empty(later.Recent);
        Assert.Equal(Noon, later.LastTrade);
    }

    [Theory]
    [InlineData(128, 1, 128)]           // all of them fit
    [InlineData(129, 1, 128)]
    [InlineData(1000, 1, 128)]
    [InlineData(1000, 5, 125)]          // 1000 in instants of five: 25 instants fit whole, the 26th would not
    [InlineData(130, 3, 127)]           // instants of three and one left over at the end: 42 × 3 + 1
    [InlineData(300, 128, 44)]          // instants of 128, 128 and 44: the last one alone fits
    [InlineData(300, 300, 0)]           // one instant that is too large is settled whole
    public void At_most_the_limit_stays_unsettled_and_no_instant_is_split(int trades, int perInstant, int unsettled)
    {
        var rows = Enumerable.Range(0, trades).Select(i => Buy(1, 2, minute: i / perInstant, id: $"{i:0000}")).ToArray();
        var (ledger, added) = Add(Open([], coins: 0, cash: 10_000), rows, After(trades));

        Assert.Equal(trades, added.Count);
        Assert.Equal((unsettled, trades - unsettled), (ledger.Recent.Length, ledger.SettledCount));
        Assert.Equal(trades, ledger.Current.Quantity.Value);
        Assert.Equal(trades - unsettled, ledger.Settled.Quantity.Value);
        Assert.All(rows, row => Assert.Equal(row.Time >= ledger.SettledThrough, ledger.Recent.Contains(row)));
    }

    [Fact]
    public void After_many_trades_at_once_the_ones_to_come_are_still_booked()
    {
        // 199 in instants of three, the last one alone; its instant gets a second row later, and one comes late among the newest.
        var rows = Enumerable.Range(0, 199).Select(i => Buy(1, 2, minute: i / 3 * 2, id: $"{i:0000}")).ToArray();
        var ledger = Add(Open([], coins: 0, cash: 10_000), rows, After(150)).Ledger;
        var (next, added) = Add(ledger, [Buy(1, 2, minute: 132, id: "second"), Buy(1, 2, minute: 101, id: "late")], After(165));

        Assert.Equal(2, added.Count);
        Assert.Equal("201", next.Current.Quantity.ToString());
    }

    [Fact]
    public void Books_that_lost_a_recent_entry_are_not_coherent()
    {
        var ledger = Add(
            Open([], coins: 100, cash: 150), [Buy(10, 2, minute: 0), Sell(4, 3, minute: 5), Buy(4, 3, minute: 6), Coins(3, 3, minute: 7)], After(15)).Ledger;
        Assert.True(ledger.Coherent());
        Assert.All(ledger.Recent, lost => Assert.False((ledger with { Recent = ledger.Recent.Remove(lost) }).Coherent()));
        Assert.False((ledger with { Recent = ledger.Recent.Add(Buy(1, 2, minute: 8)) }).Coherent());
        Assert.False((ledger with { Settled = AverageCost.Nothing }).Coherent());
    }

    /// <summary>Opened on balances that already contain <paramref name="entries"/>.</summary>
    private static Ledger Open(Entry[] entries, decimal coins, decimal cash) =>
        Ledger.Open(OpeningOn(coins, cash), entries.Select(entry => entry with { InOpening = true }), Noon);

    /// <summary>These books with rows as an exchange would show them: of those that are booked, nothing is made.</summary>
    private static (Ledger Ledger, IReadOnlyList<Entry> New) Add(Ledger ledger, IEnumerable<Entry> rows, DateTimeOffset now)
    {
        var added = ledger.Unknown(rows);
        return (ledger.Add(added, null, now), added);
    }

    /// <summary>Equal in every part; the collections inside have no equality of their own.</summary>
    internal static void AssertSame(Ledger expected, Ledger actual)
    {
        Assert.Equal(expected.Recent, actual.Recent);
        Assert.Equal(expected.Movements, actual.Movements);
        AssertSame(expected.Settled, actual.Settled);
        AssertSame(expected.Current, actual.Current);
        Assert.Equal(Bare(expected), Bare(actual));

        static Ledger Bare(Ledger ledger) => ledger with { Recent = [], Movements = [], Settled = AverageCost.Nothing, Current = AverageCost.Nothing };
    }

    internal static void AssertSame(AverageCost expected, AverageCost actual)
    {
        Assert.Equal(expected.OtherFees, actual.OtherFees);
        var none = AverageCost.Nothing.OtherFees;
        Assert.Equal(expected with { OtherFees = none }, actual with { OtherFees = none });
    }
}

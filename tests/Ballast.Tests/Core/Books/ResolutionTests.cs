using Ballast.Core;
using Ballast.Core.Books;
using Ballast.Core.Trading;
using static Ballast.Tests.Core.QrlUsdt;

namespace Ballast.Tests.Core.Books;

/// <summary>Books opened on 100 QRL and 150 USDT at 2, in an account that holds something else by now.</summary>
public class ResolutionTests
{
    private static readonly Equity Seen = new(null, new EquityPoint(Noon, new Price(3), new Quantity(100), new Amount(150), Flows.None));

    /// <summary>What the account holds, how it is resolved, and what the books say after it.</summary>
    public static TheoryData<string, decimal, decimal, MovementKind, decimal?, string> Tables => new()
    {
        // 100 × 2 + 50 × 3 = 350, / 150
        { "Coins came, worth the last price", 150, 150, MovementKind.Transfer, null, "150 @2.3333333333333333333333333333 moved 50 0 corrected 0 0" },
        { "Coins came at a stated cost", 150, 150, MovementKind.Transfer, 5, "150 @3 moved 50 0 corrected 0 0" },
        { "Coins went", 60, 150, MovementKind.Transfer, null, "60 @2 moved -40 0 corrected 0 0" },
        { "Quote came", 100, 250, MovementKind.Transfer, null, "100 @2 moved 0 100 corrected 0 0" },
        { "Both, as a correction", 110, 140, MovementKind.Correction, 2, "110 @2 moved 0 0 corrected 10 -10" },
    };

    [Theory]
    [MemberData(nameof(Tables))]
    public void A_difference_becomes_an_entry_and_the_books_balance(string table, decimal coins, decimal cash, MovementKind kind, decimal? cost, string expected)
    {
        var ledger = Books([]).Against(new Balance(coins, 0), new Balance(cash, 0), After(15));
        var after = Apply(ledger, kind, cost).Must();

        var (position, flows) = (after.Ledger.Current, after.Ledger.Current.Flows);
        Assert.Equal(
            $"{table}: {expected}",
            $"{table}: {position.Quantity} @{position.Average} moved {flows.BaseMoved} {flows.QuoteMoved} corrected {flows.BaseCorrected} {flows.QuoteCorrected}");
        Assert.True(after.Ledger.Standing!.Balanced);
        Assert.Equal("0", after.Profit.Realized.ToString());
        Assert.All(after.NewMovements, movement => Assert.Equal(("moved to another account", "owner"), (movement.Reason, movement.By)));

        // The account itself says the same in the next tick.
        Assert.True(after.Ledger.Against(new Balance(coins, 0), new Balance(cash, 0), After(30)).Standing!.Balanced);
    }

    [Fact]
    public void Coins_that_were_sold_without_being_held_are_made_up_for_first()
    {
        // 40 more sold than there were: the account holds 0 where the books say −40.
        var ledger = Books([Sell(140, 3, minute: 1)]).Against(new Balance(0, 0), new Balance(570, 0), After(15));
        Assert.Equal("40 40", $"{ledger.Standing!.BaseDifference} {ledger.Standing.Uncovered}");
        var after = Apply(ledger, MovementKind.Transfer, 1).Must();

        // (3 − 2) × 100, and the 40 had cost 1 each: (3 − 1) × 40
        Assert.Equal("180", after.Profit.Realized.ToString());
        Assert.True(after.Ledger.Standing!.Balanced);
        Assert.Single(after.NewMovements);
    }

    [Fact]
    public void Coins_that_came_before_a_sale_and_went_after_it_take_two_entries()
    {
        // 40 more sold than held, 50 bought after; the account holds what the sums say, and the books 40 too many.
        var ledger = Books([Sell(140, 3, minute: 1), Buy(50, 3, minute: 2)]).Against(new Balance(10, 0), new Balance(420, 0), After(15));
        Assert.Equal("0 40", $"{ledger.Standing!.BaseDifference} {ledger.Standing.Uncovered}");
        var after = Apply(ledger, MovementKind.Correction, 3).Must();
        Assert.Equal([40, -40], after.NewMovements.Select(movement => movement.Units));
        Assert.Equal("10", after.Ledger.Current.Quantity.ToString());
        Assert.True(after.Ledger.Standing!.Balanced);
    }

    [Fact]
    public void One_part_can_be_explained_by_itself()
    {
        var ledger = Books([]).Against(new Balance(150, 0), new Balance(160, 0), After(15));
        var part = new Resolution(MovementKind.Transfer, "a friend", "owner", new Price(2), (Leg.Base, 45)).Apply(ledger, Seen, After(15), () => "id").Must();
        Assert.Equal("5 10", $"{part.Ledger.Standing!.BaseDifference} {part.Ledger.Standing.QuoteDifference}");
        Assert.Equal(ledger.Standing!.Since, part.Ledger.Standing.Since);
    }

    [Fact]
    public void A_time_that_nothing_is_known_of_is_accepted_by_name()
    {
        var ledger = (Books([]) with { Gap = new Gap(Noon.AddDays(-5), Noon) }).Against(new Balance(100, 0), new Balance(150, 0), After(15));
        var after = Apply(ledger, MovementKind.Correction, null).Must();
        Assert.True(after.Ledger.Standing!.Balanced);
        Assert.Equal(0, Assert.Single(after.NewMovements).Units);
    }

    [Fact]
    public void Where_the_wallet_could_not_be_read_its_older_rows_do_not_count_a_second_time()
    {
        var ledger = (Books([]) with { WalletProblem = "no permission" }).Against(new Balance(100, 0), new Balance(250, 0), After(15));
        var after = Apply(ledger, MovementKind.Transfer, null).Must();
        Assert.True(after.OpeningStated);

        var row = new WalletRow("deposit:1", After(5), "USDT", 100, WalletState.Done);
        var next = Bookkeeping.Update(after.Ledger, Seen, Statement([], 100, 250, at: After(30), wallet: row), null, Rules.Pair).Must();
        Assert.Empty(next.NewMovements);
        Assert.True(next.Ledger.Standing!.Balanced);
    }

    [Fact]
    public void Books_that_balance_have_nothing_to_resolve() =>
        Assert.Contains("balance", Apply(Books([]).Against(new Balance(100, 0), new Balance(150, 0), After(15)), MovementKind.Transfer, 1).MustFail().Reason, StringComparison.Ordinal);

    [Fact]
    public void Without_a_price_a_cost_has_to_be_stated()
    {
        var ledger = Books([]).Against(new Balance(150, 0), new Balance(150, 0), After(15));
        var failure = new Resolution(MovementKind.Transfer, "a friend", "owner").Apply(ledger, Equity.None, After(15), () => "id").MustFail();
        Assert.Contains("--cost", failure.Reason, StringComparison.Ordinal);
    }

    private static Ledger Books(Entry[] entries) => Ledger.Open(OpeningOn(100, 150, cost: 2), [], Noon).Add(entries, null, After(15));

    private static Result<BooksAfter> Apply(Ledger ledger, MovementKind kind, decimal? cost)
    {
        var ids = 0;
        return new Resolution(kind, "moved to another account", "owner", cost is { } price ? new Price(price) : null)
            .Apply(ledger, Seen, After(15), () => $"{++ids}");
    }
}

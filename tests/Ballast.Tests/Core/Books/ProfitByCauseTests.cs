using Ballast.Core;
using Ballast.Core.Books;
using Ballast.Core.Trading;
using CsCheck;
using static Ballast.Tests.Core.QrlUsdt;

namespace Ballast.Tests.Core.Books;

public class ProfitByCauseTests
{
    /// <summary>From 100 QRL and 150 USDT at 2.5, worth 400: entries, the price after them, and where the change came from.</summary>
    public static TheoryData<string, Entry[], decimal, string> Tables => new()
    {
        { "Nothing", [], 2.5m, "0 = market 0 rebalancing 0 fees 0 transfers 0 corrections 0 unproven 0; hold 400 quote 400" },
        // 100 × (3 − 2.5)
        { "The price rises", [], 3, "50 = market 50 rebalancing 0 fees 0 transfers 0 corrections 0 unproven 0; hold 450 quote 400" },
        // 20 sold at 2.6 for 52 are worth 50 now: 2 gained, 0.026 paid
        { "Sold at a better price", [Sell(20, 2.6m, fee: 0.026m)], 2.5m, "1.974 = market 0 rebalancing 2 fees -0.026 transfers 0 corrections 0 unproven 0; hold 400 quote 400" },
        // the 10 bought at 2.5 are worth 30: 5; a fee of 1 coin, worth 2.5 then, would be worth 3 now: −0.5
        { "Bought with a fee in coins", [Buy(10, 2.5m, fee: 1, feeAsset: "QRL")], 3, "52 = market 50 rebalancing 4.5 fees -2.5 transfers 0 corrections 0 unproven 0; hold 450 quote 400" },
        // 10 came in at 2.8 and are worth 3 now: 28 moved, 2 more by the market
        { "Coins are deposited", [Coins(10, 2.8m)], 3, "80 = market 52 rebalancing 0 fees 0 transfers 28 corrections 0 unproven 0; hold 480 quote 428" },
        { "Quote is withdrawn", [Cash(-50)], 2.5m, "-50 = market 0 rebalancing 0 fees 0 transfers -50 corrections 0 unproven 0; hold 350 quote 350" },
        { "Quote is corrected", [Cash(7, kind: MovementKind.Correction)], 2.5m, "7 = market 0 rebalancing 0 fees 0 transfers 0 corrections 7 unproven 0; hold 407 quote 407" },
        // paid from outside: nothing of the 400 is gone
        { "A fee in a third asset", [Buy(10, 2.5m, fee: 0.1m, feeAsset: "MX") with { FeeValue = new Amount(0.2m) }], 2.5m, "0 = market 0 rebalancing 0 fees 0 transfers 0 corrections 0 unproven 0; hold 400 quote 400" },
    };

    [Theory]
    [MemberData(nameof(Tables), DisableDiscoveryEnumeration = true)]
    public void A_change_of_value_is_the_sum_of_its_causes(string table, Entry[] entries, decimal price, string expected)
    {
        var (coins, cash) = After(entries);
        Assert.Equal($"{table}: {expected}", $"{table}: {Text(Between(entries, price, coins, cash))}");
    }

    [Fact]
    public void What_the_books_do_not_explain_is_a_cause_of_its_own() => Assert.Equal(
        // 4 coins and 6 USDT more than there should be, at 3
        "68 = market 50 rebalancing 0 fees 0 transfers 0 corrections 0 unproven 18; hold 450 quote 400", Text(Between([], 3, 104, 156)));

    /// <summary>Times, sides, prices in hundredths, quantities in thousandths, and what kind of entry it is.</summary>
    private static readonly Gen<Entry[]> Histories = Gen.Select(
        Gen.Int[0, 8], Gen.Int[1, 1_000], Gen.Int[1, 100_000], Gen.Int[0, 500]).Array[0, 40].Select(rows => rows.Select(EntryOf).ToArray());

    [Fact]
    public void The_identity_is_exact_over_any_history_any_difference_and_any_two_points() => Gen.Select(
        Histories, Gen.Int[1, 500], Gen.Int[1, 500], Gen.Int[-1_000, 1_000], Gen.Int[-1_000, 1_000]).Sample((entries, first, last, coinsOff, cashOff) =>
    {
        var (middle, end) = (entries.Take(entries.Length / 2).ToArray(), entries);
        var start = Point([], first / 100m, 100, 150);
        var half = Point(middle, (first + last) / 200m, After(middle).Coins + coinsOff / 10m, After(middle).Cash);
        var whole = Point(end, last / 100m, After(end).Coins, After(end).Cash + cashOff / 10m);

        foreach (var (from, to) in new[] { (start, half), (half, whole), (start, whole), (whole, start) })
        {
            var causes = ProfitByCause.Between(from, to);
            Assert.Equal(to.Value - from.Value, causes.Total);
            Assert.Equal(
                causes.Total,
                causes.Market + causes.Rebalancing + causes.Fees + causes.Transfers + causes.Corrections + causes.Unproven);
        }

        // What nothing was traded is worth is what buy-and-hold is worth, whatever came and went besides.
        var held = ProfitByCause.Between(start, Point([.. end.OfType<Movement>()], last / 100m, After(end.OfType<Movement>()).Coins, After(end.OfType<Movement>()).Cash));
        Assert.Equal(held.BuyAndHold, held.End.Value);
    }, iter: 2_000);

    private static Entry EntryOf((int Kind, int Price, int Quantity, int Fee) row)
    {
        var (price, quantity, fee) = (row.Price / 100m, row.Quantity / 1000m, row.Fee / 1000m);
        return row.Kind switch
        {
            0 or 1 => Buy(quantity, price, fee),
            2 or 3 => Sell(quantity, price, fee),
            4 => Buy(quantity, price, fee, "QRL"),
            5 => Sell(quantity, price, fee, "MX") with { FeeValue = new Amount(fee) },
            6 => Coins(quantity - 30, price),
            7 => Cash(quantity - 30, kind: MovementKind.Correction),
            _ => Coins(30 - quantity, price, kind: MovementKind.Correction),
        };
    }

    private static ProfitByCause Between(Entry[] entries, decimal price, decimal coins, decimal cash) =>
        ProfitByCause.Between(Point([], 2.5m, 100, 150), Point(entries, price, coins, cash));

    private static EquityPoint Point(Entry[] entries, decimal price, decimal coins, decimal cash) => new(
        Noon, new Price(price), new Quantity(coins), new Amount(cash), entries.Aggregate(Flows.None, (sum, entry) => sum + Flows.Of(entry, Rules.Pair)));

    /// <summary>The exchange's own arithmetic.</summary>
    private static (decimal Coins, decimal Cash) After(IEnumerable<Entry> entries)
    {
        var (coins, cash) = (100m, 150m);
        foreach (var entry in entries)
        {
            if (entry is Movement { Leg: Leg.Base } moved)
                coins += moved.Units;
            else if (entry is Movement paid)
                cash += paid.Units;
            else if (entry is Trade trade)
                (coins, cash) = BooksProperties.AfterTrade(coins, cash, trade);
        }
        return (coins, cash);
    }

    private static string Text(ProfitByCause causes) =>
        $"{causes.Total} = market {causes.Market} rebalancing {causes.Rebalancing} fees {causes.Fees} transfers {causes.Transfers} "
        + $"corrections {causes.Corrections} unproven {causes.Unproven}; hold {causes.BuyAndHold} quote {causes.AllQuote}";
}

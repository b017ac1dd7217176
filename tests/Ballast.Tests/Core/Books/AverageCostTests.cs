using Ballast.Core;
using Ballast.Core.Books;
using static Ballast.Tests.Core.QrlUsdt;

namespace Ballast.Tests.Core.Books;

public class AverageCostTests
{
    /// <summary>Trades, and then: quantity, average, realised, fees, quote flow, uncovered.</summary>
    public static TheoryData<string, Trade[], string> Tables => new()
    {
        { "Nothing", [], "0 @0 realized 0 fees 0 flow 0 uncovered 0" },
        // 10 × 2 = 20
        { "One buy", [Buy(10, 2)], "10 @2 realized 0 fees 0 flow -20 uncovered 0" },
        // 10 × 2 + 30 × 3 = 110, / 40 = 2.75
        { "Two prices", [Buy(10, 2), Buy(30, 3, minute: 1)], "40 @2.75 realized 0 fees 0 flow -110 uncovered 0" },
        // 10 × 2 + 0.5 = 20.5, / 10 = 2.05
        { "Fee in quote on a buy adds to the cost", [Buy(10, 2, fee: 0.5m)], "10 @2.05 realized 0 fees 0.5 flow -20.5 uncovered 0" },
        // 20 paid for 10 − 2 = 8 coins, 2.5 each; the fee was worth 2 × 2 = 4
        { "Fee in base on a buy makes fewer coins", [Buy(10, 2, fee: 2, feeAsset: "QRL")], "8 @2.5 realized 0 fees 4 flow -20 uncovered 0" },
        // (3 − 2) × 4 = 4; 6 are left at 2; −20 + 12
        { "A part is sold and the average stays", [Buy(10, 2), Sell(4, 3, minute: 1)], "6 @2 realized 4 fees 0 flow -8 uncovered 0" },
        // (3 − 2) × 4 − 0.5 = 3.5; −20 + 12 − 0.5
        { "Fee in quote on a sell comes off the profit", [Buy(10, 2), Sell(4, 3, fee: 0.5m, minute: 1)], "6 @2 realized 3.5 fees 0.5 flow -8.5 uncovered 0" },
        // 4 sold and 1 more taken: 12 − 5 × 2 = 2; 5 are left; the fee was worth 1 × 3
        { "Fee in base on a sell takes coins besides", [Buy(10, 2), Sell(4, 3, fee: 1, feeAsset: "QRL", minute: 1)], "5 @2 realized 2 fees 3 flow -8 uncovered 0" },
        // (1.5 − 2) × 4 = −2
        { "A loss", [Buy(10, 2), Sell(4, 1.5m, minute: 1)], "6 @2 realized -2 fees 0 flow -14 uncovered 0" },
        // (3 − 2) × 4 + (4 − 2) × 3 = 10; 3 left; −20 + 12 + 12
        { "Two partial sells", [Buy(10, 2), Sell(4, 3, minute: 1), Sell(3, 4, minute: 2)], "3 @2 realized 10 fees 0 flow 4 uncovered 0" },
        // 4 realised, 6 × 2 = 12 left, + 4 × 3.5 = 26, / 10 = 2.6
        { "Bought on after a partial sell", [Buy(10, 2), Sell(4, 3, minute: 1), Buy(4, 3.5m, minute: 2)], "10 @2.6 realized 4 fees 0 flow -22 uncovered 0" },
        // (3 − 2) × 10
        { "Sold to nothing", [Buy(10, 2), Sell(10, 3, minute: 1)], "0 @0 realized 10 fees 0 flow 10 uncovered 0" },
        // the second position starts at its own price
        { "Sold to nothing and bought again", [Buy(10, 2), Sell(10, 3, minute: 1), Buy(5, 4, minute: 2)], "5 @4 realized 10 fees 0 flow -10 uncovered 0" },
        // 10 of 15 were held: two thirds of the 45 are proceeds, 30 − 20 = 10; 5 coins came from nowhere
        { "More sold than held", [Buy(10, 2), Sell(15, 3, minute: 1)], "0 @0 realized 10 fees 0 flow 25 uncovered 5" },
        // nothing of the 12 is profit
        { "Sold out of nothing", [Sell(4, 3)], "0 @0 realized 0 fees 0 flow 12 uncovered 4" },
        // what is bought later has its own cost; the 4 stay unexplained
        { "Sold out of nothing and bought after", [Sell(4, 3), Buy(10, 2, minute: 1)], "10 @2 realized 0 fees 0 flow -8 uncovered 4" },
        // 5 held; 4 sold and 2 taken as fee leave 1 uncovered: 12 × 5 / 6 = 10 − 10 = 0; the fee was worth 6
        { "A fee in base that is not held", [Buy(5, 2), Sell(4, 3, fee: 2, feeAsset: "QRL", minute: 1)], "0 @0 realized 0 fees 6 flow 2 uncovered 1" },
    };

    [Theory]
    [MemberData(nameof(Tables), DisableDiscoveryEnumeration = true)]
    public void A_position_is_the_sum_of_its_trades(string table, Trade[] trades, string expected)
    {
        var cost = Fold(trades);
        Assert.Equal(
            $"{table}: {expected}",
            $"{table}: {cost.Quantity} @{cost.Average} realized {cost.Realized} fees {cost.Fees} flow {cost.Flows.Quote} uncovered {cost.Uncovered}");
        Assert.Equal(cost.Average.Value * cost.Quantity.Value, cost.Invested.Value);
        Assert.Equal(cost.Quantity.Value - cost.Uncovered.Value, cost.Flows.Base.Value);
    }

    [Fact]
    public void A_fee_in_a_third_asset_is_shown_apart_and_inside_nothing_else()
    {
        var cost = Fold(
            Buy(10, 2, fee: 0.3m, feeAsset: "MX"),
            Sell(4, 3, fee: 0.2m, feeAsset: "MX", minute: 1),
            Buy(1, 2, fee: 0.7m, feeAsset: "BNB", minute: 2));

        // 10 × 2, less 4 of them, and 1 × 2 more: 7 at 2; (3 − 2) × 4 realised; 0.3 + 0.2 MX
        Assert.Equal("7 @2 4 0", $"{cost.Quantity} @{cost.Average} {cost.Realized} {cost.Fees}");
        Assert.Equal("-10", cost.Flows.Quote.ToString());
        Assert.Equal(["BNB 0.7", "MX 0.5"], cost.OtherFees.Select(fee => $"{fee.Key} {fee.Value}"));
    }

    [Theory]
    [InlineData("MX")]
    [InlineData("")]
    public void No_fee_is_no_fee_whatever_asset_it_is_named_in(string asset) => Assert.Empty(Fold(Buy(10, 2, fee: 0, feeAsset: asset)).OtherFees);

    [Fact]
    public void What_the_exchange_booked_counts_where_it_differs_from_price_times_quantity()
    {
        // 3 × 3.333 would be 9.999
        var cost = Fold(Buy(3, 3.333m) with { Value = new Amount(10) });
        Assert.Equal("-10", cost.Flows.Quote.ToString());
        Assert.Equal("3.3333333333333333333333333333", cost.Average.ToString());
    }

    [Fact]
    public void The_pairs_own_assets_decide_what_kind_a_fee_is()
    {
        var cost = AverageCost.Nothing.Apply(Buy(10, 2, fee: 0.5m, feeAsset: "USDT"), new Pair("METAL", "USDC"));
        Assert.Equal("0", cost.Fees.ToString());
        Assert.Equal("USDT", Assert.Single(cost.OtherFees).Key);
    }

    [Theory]
    [InlineData("3", "10 @2, 3 now: 10")]
    [InlineData("1.5", "10 @2, 1.5 now: -5")]
    [InlineData(null, "10 @2, nothing now: unknown")]
    public void Unrealised_profit_is_what_selling_at_the_price_would_bring_and_unknown_without_one(string? now, string expected)
    {
        Price? price = now is null ? null : new Price(decimal.Parse(now));
        // 2 realised before: 12 bought at 2, 2 sold at 3
        var profit = ProfitAndLoss.At(price, Fold(Buy(12, 2), Sell(2, 3, minute: 1)));
        Assert.Equal(expected, $"{profit.Quantity} @2, {profit.Price?.ToString() ?? "nothing"} now: {profit.Unrealized?.ToString() ?? "unknown"}");
        Assert.Equal("2", profit.Realized.ToString());
        Assert.Equal(profit.Unrealized is { } unrealized ? unrealized + profit.Realized : null, profit.Total);
    }

    /// <summary>Movements among trades, and then: quantity, average, realised, flows of both assets, uncovered.</summary>
    public static TheoryData<string, Entry[], string> Movements => new()
    {
        // 10 × 2 + 5 × 4 = 40, / 15
        { "A deposit enters at its worth", [Buy(10, 2), Coins(5, 4, minute: 1)], "15 @2.6666666666666666666666666667 realized 0 flows 15 -20 uncovered 0" },
        // 40 / 15 × 6 sold for 18: 18 − 16 = 2
        { "A deposit between trades", [Buy(10, 2), Coins(5, 4, minute: 1), Sell(6, 3, minute: 2)], "9 @2.6666666666666666666666666667 realized 2 flows 9 -2 uncovered 0" },
        { "A withdrawal leaves at cost and realises nothing", [Buy(10, 2), Coins(-4, 9, minute: 1)], "6 @2 realized 0 flows 6 -20 uncovered 0" },
        { "All of it is withdrawn", [Buy(10, 2), Coins(-10, 9, minute: 1)], "0 @0 realized 0 flows 0 -20 uncovered 0" },
        { "More is withdrawn than held", [Buy(10, 2), Coins(-12, 9, minute: 1)], "0 @0 realized 0 flows -2 -20 uncovered 2" },
        { "Quote comes and goes without touching the coins", [Buy(10, 2), Cash(100, minute: 1), Cash(-30, minute: 2)], "10 @2 realized 0 flows 10 50 uncovered 0" },
        // sold for 12 without being held; they had come in at 2 each: 12 − 8
        { "A deposit makes up for what was sold before", [Sell(4, 3), Coins(4, 2, minute: 1)], "0 @0 realized 4 flows 0 12 uncovered 0" },
        // 4 of the 10 make up for the sale, 6 stay at 2
        { "A larger deposit leaves the rest in the books", [Sell(4, 3), Coins(10, 2, minute: 1)], "6 @2 realized 4 flows 6 12 uncovered 0" },
        // half of the 12, less 2 × 2
        { "A smaller deposit makes up for a part", [Sell(4, 3), Coins(2, 2, minute: 1)], "0 @0 realized 2 flows -2 12 uncovered 2" },
        { "What was withdrawn without being held is made up for without a loss", [Coins(-4, 3), Coins(4, 2, minute: 1)], "0 @0 realized 0 flows 0 0 uncovered 0" },
        // of the 6 that were not held 4 were sold, for 12; 5 came in at 2 each: 12 − 4 × 2
        { "What was sold is made up for before what was withdrawn", [Sell(4, 3), Coins(-2, 3, minute: 1), Coins(5, 2, minute: 2)], "0 @0 realized 4 flows -1 12 uncovered 1" },
        { "What the first balance contains changes the cost and no flow", [Buy(10, 2) with { InOpening = true }], "10 @2 realized 0 flows 0 0 uncovered 0" },
        { "A correction is like a transfer for the cost", [Buy(10, 2), Coins(5, 4, minute: 1, MovementKind.Correction)], "15 @2.6666666666666666666666666667 realized 0 flows 15 -20 uncovered 0" },
    };

    [Theory]
    [MemberData(nameof(Movements), DisableDiscoveryEnumeration = true)]
    public void Movements_enter_and_leave_without_profit(string table, Entry[] entries, string expected)
    {
        var cost = Fold(entries);
        Assert.Equal(
            $"{table}: {expected}",
            $"{table}: {cost.Quantity} @{cost.Average} realized {cost.Realized} flows {cost.Flows.Base} {cost.Flows.Quote} uncovered {cost.Uncovered}");
    }

    [Fact]
    public void A_fee_in_a_third_asset_counts_as_a_cost_where_its_worth_is_known()
    {
        // 20 and 0.4 for 10 coins: 2.04; then 12 − 4 × 2.04 − 0.3 = 3.54. No quote left for either fee.
        var cost = Fold(
            Buy(10, 2, fee: 0.2m, feeAsset: "MX") with { FeeValue = new Amount(0.4m) },
            Sell(4, 3, fee: 0.15m, feeAsset: "MX", minute: 1) with { FeeValue = new Amount(0.3m) });

        Assert.Equal("6 @2.04 3.54 0.7", $"{cost.Quantity} @{cost.Average} {cost.Realized} {cost.Fees}");
        Assert.Equal("-8 0.7", $"{cost.Flows.Quote} {cost.Flows.OutsideFees}");
        Assert.Empty(cost.OtherFees);
    }

    [Fact]
    public void Within_an_instant_coins_come_in_before_they_go_out_whatever_their_ids()
    {
        Entry[] entries =
        [
            Sell(4, 3, id: "a"), Coins(-2, 1) with { Id = "b" }, Buy(3, 2, id: "c"), Coins(3, 2) with { Id = "d" },
        ];
        var cost = Fold([.. entries.Order(Entry.BookOrder)]);
        Assert.Equal("0 @0 realized 4 uncovered 0", $"{cost.Quantity} @{cost.Average} realized {cost.Realized} uncovered {cost.Uncovered}");
    }

    private static AverageCost Fold(params Entry[] entries) =>
        entries.Aggregate(AverageCost.Nothing, (cost, entry) => cost.Apply(entry, Rules.Pair));
}

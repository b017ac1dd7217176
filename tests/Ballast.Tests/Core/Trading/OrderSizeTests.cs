using Ballast.Core;
using Ballast.Core.Trading;

namespace Ballast.Tests.Core.Trading;

/// <summary>
/// Unless a row says otherwise: 20 QRL planned at 2.5 USDT, filled at most 1 % from it, so bought at 2.525 at most and sold at 2.475 at
/// least; 300 USDT and 100 QRL free, fee 0.05 %, price step 0.0001, quantity step 0.01.
/// </summary>
public class OrderSizeTests
{
    public static TheoryData<string[], string, string, string> Asks => new()
    {
        // One level has it all
        { ["2.501 x 1000"], "20", "1000", "2.501" },
        // Walked at our size: 5 × 2.5 + 10 × 2.51 + 5 × 2.52 = 12.5 + 25.1 + 12.6 = 50.2, / 20 = 2.51
        { ["2.5 x 5", "2.51 x 10", "2.52 x 100"], "20", "115", "2.51" },
        // Shrunk to what is offered: 3 × 2.5 + 4 × 2.525 = 7.5 + 10.1 = 17.6 for 7; the level at 2.5251 is beyond the bound
        { ["2.5 x 3", "2.525 x 4", "2.5251 x 1000"], "7", "7", "2.5142857142857142857142857143" },
        // Cheaper than planned is taken, too
        { ["2.4 x 1000"], "20", "1000", "2.4" },
        // Rounded down to whole steps: 7.019 offered
        { ["2.5 x 7.019"], "7.01", "7.019", "2.5" },
        // Less than a step is nothing
        { ["2.5 x 0.009"], "0", "0.009", "" },
        // Everything is dearer than the bound
        { ["2.5251 x 1000"], "0", "0", "" },
        // Nothing is there
        { [], "0", "0", "" },
    };

    public static TheoryData<string[], string, string, string> Bids => new()
    {
        { ["2.499 x 1000"], "20", "1000", "2.499" },
        // 5 × 2.5 + 10 × 2.49 + 5 × 2.48 = 12.5 + 24.9 + 12.4 = 49.8, / 20 = 2.49
        { ["2.5 x 5", "2.49 x 10", "2.48 x 100"], "20", "115", "2.49" },
        // 3 × 2.5 + 5 × 2.475 = 7.5 + 12.375 = 19.875, / 8 = 2.484375; the level at 2.4749 is beyond the bound
        { ["2.5 x 3", "2.475 x 5", "2.4749 x 1000"], "8", "8", "2.484375" },
        { ["2.6 x 1000"], "20", "1000", "2.6" },
        { ["2.4749 x 1000"], "0", "0", "" },
        { [], "0", "0", "" },
    };

    /// <summary>The price, the slippage and the step; then the bound of a buy and of a sell.</summary>
    public static TheoryData<string, string, string, string, string> Bounds => new()
    {
        // 2.5 × 1.01 = 2.525 and 2.5 × 0.99 = 2.475 are on the grid
        { "2.5", "0.01", "0.0001", "2.525", "2.475" },
        // 2.5001 × 1.01 = 2.525101, down; × 0.99 = 2.475099, up
        { "2.5001", "0.01", "0.0001", "2.5251", "2.4751" },
        // 0.0333 × 1.01 = 0.033633, down; × 0.99 = 0.032967, up
        { "0.0333", "0.01", "0.0001", "0.0336", "0.033" },
        // A grid of 0.25: 2.6 × 1.05 = 2.73, down; × 0.95 = 2.47, up
        { "2.6", "0.05", "0.25", "2.5", "2.5" },
    };

    /// <summary>The exchange's band and the slippage limit; then the bound of a buy and of a sell.</summary>
    public static TheoryData<string, string, string, string> Bands => new()
    {
        // Nine tenths of 0.5 %: 2.5 × 1.0045 = 2.51125, down; × 0.9955 = 2.48875, up
        { "0.005", "0.01", "2.5112", "2.4888" },
        // A wide band changes nothing
        { "0.1", "0.01", "2.525", "2.475" },
        // Nine tenths of 1 % are less than 1 %: 2.5 × 1.009 = 2.5225; × 0.991 = 2.4775
        { "0.01", "0.01", "2.5225", "2.4775" },
        { "", "0.01", "2.525", "2.475" },
    };

    /// <summary>All the quote there is; how much it buys at the worst price with its fee.</summary>
    public static TheoryData<string, string> Cash => new()
    {
        // 20 × 2.525 × 1.0005 = 50.52525: to the last digit enough
        { "50.52525", "20" },
        // One digit less, one step less
        { "50.52524", "19.99" },
        // 50 USDT are worth 20 QRL at the planned price, but 50 / 2.5262625 = 19.7920881…
        { "50", "19.79" },
        { "0", "0" },
    };

    [Theory]
    [MemberData(nameof(Asks))]
    public void A_buy_takes_what_is_asked_up_to_its_bound(string[] asks, string quantity, string offered, string average) =>
        Expect(Proposed.Buy() with { Depth = Proposed.Book(["2.499 x 1000"], asks) }, quantity, offered, average);

    [Theory]
    [MemberData(nameof(Bids))]
    public void A_sell_takes_what_is_bid_down_to_its_bound(string[] bids, string quantity, string offered, string average) =>
        Expect(Proposed.Sell() with { Depth = Proposed.Book(bids, ["2.501 x 1000"]) }, quantity, offered, average);

    [Theory]
    [MemberData(nameof(Bounds))]
    public void The_bound_is_on_the_grid_and_never_beyond_the_slippage(string price, string slippage, string step, string buy, string sell)
    {
        GuardInputs On(GuardInputs inputs) => inputs with
        {
            Limits = Proposed.Limits with { MaxSlippage = Ratio.Parse(slippage).Must() },
            Rules = QrlUsdt.Rules with { PriceStep = new Price(decimal.Parse(step)) },
        };
        Assert.Equal(buy, On(Proposed.Buy(price: decimal.Parse(price))).Size!.Bound.ToString());
        Assert.Equal(sell, On(Proposed.Sell(price: decimal.Parse(price))).Size!.Bound.ToString());
    }

    [Theory]
    [MemberData(nameof(Bands))]
    public void The_bound_is_within_the_exchange_s_band(string band, string slippage, string buy, string sell)
    {
        Ratio? width = band.Length > 0 ? Ratio.Parse(band).Must() : null;
        GuardInputs On(GuardInputs inputs) => inputs with
        {
            Limits = Proposed.Limits with { MaxSlippage = Ratio.Parse(slippage).Must() },
            Rules = QrlUsdt.Rules with { PriceStep = new Price(0.0001m), BuyBand = width, SellBand = width },
        };
        Assert.Equal(buy, On(Proposed.Buy(price: 2.5m)).Size!.Bound.ToString());
        Assert.Equal(sell, On(Proposed.Sell(price: 2.5m)).Size!.Bound.ToString());
    }

    [Theory]
    [MemberData(nameof(Cash))]
    public void All_the_quote_pays_for_the_worst_price_and_its_fee(string cash, string quantity) =>
        Assert.Equal(quantity, Proposed.Buy().Holding(cash: decimal.Parse(cash)).Size!.Quantity.ToString());

    [Fact]
    public void Without_a_fee_all_the_quote_goes_into_coins()
    {
        // 50.5 / 2.525 = 20
        var free = Proposed.Buy().Holding(cash: 50.5m) with { Rules = QrlUsdt.Rules with { TakerFee = default } };
        Assert.Equal("20", free.Size!.Quantity.ToString());
    }

    [Fact]
    public void A_sell_needs_no_quote() => Assert.Equal("20", Proposed.Sell().Holding(cash: 0).Size!.Quantity.ToString());

    [Fact]
    public void An_order_book_that_could_not_be_read_has_no_size() =>
        Assert.Null((Proposed.Buy() with { Depth = Failure.Unavailable("the exchange is down") }).Size);

    [Theory]
    [InlineData("2.501", "0.0004")]             // 0.001 / 2.5
    [InlineData("2.4", "0")]                    // cheaper than planned
    public void Slippage_is_the_share_by_which_a_fill_is_worse_than_planned(string ask, string slippage)
    {
        var inputs = Proposed.Buy() with { Depth = Proposed.Book([], [$"{ask} x 1000"]) };
        Assert.Equal(slippage, inputs.Size!.Slippage(inputs.Plan).ToString());
    }

    private static void Expect(GuardInputs inputs, string quantity, string offered, string average)
    {
        var size = inputs.Size!;
        Assert.Equal((quantity, offered, average), (size.Quantity.ToString(), size.Offered.ToString(), size.Average?.ToString() ?? ""));
    }
}

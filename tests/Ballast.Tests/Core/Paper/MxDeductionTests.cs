using Ballast.Core;
using Ballast.Core.Books;
using Ballast.Core.Paper;
using Ballast.Core.Trading;

namespace Ballast.Tests.Core.Paper;

public class MxDeductionTests
{
    private static readonly DateTimeOffset Start = ScriptedMarket.Start;

    // QRL asked at 0.0502, taker fee 0.05 %; MX last at 0.05 on the same scripted book. 1000 × 0.0502 = 50.2, fee 0.0251 USDT;
    // × 0.8 ÷ 0.05 = 0.4016 MX.
    [Theory]
    [InlineData(true, "1", "MX", "0.4016")]
    [InlineData(true, "0.4016", "MX", "0.4016")]
    [InlineData(true, "0.4015", "USDT", "0.0251")]        // not enough for all of it: none of it
    [InlineData(true, "0", "USDT", "0.0251")]
    [InlineData(false, "1", "USDT", "0.0251")]
    public void A_fee_is_paid_in_MX_at_a_discount_while_there_is_enough(bool enabled, string held, string asset, string fee)
    {
        var engine = Engine(ScriptedMarket.Number(held));
        engine.DeductMx(enabled, Start);
        engine.Place(ScriptedMarket.Request("BUY MARKET 1000"), Start).Must();
        var trade = Assert.Single(engine.Trades(new PaperTradeFilter("QRLUSDT"), 10, Start));
        Assert.Equal((asset, fee), (trade.FeeAsset, Decimals.Text(trade.Fee)));
        Assert.Equal(500 - 50.2m - (asset == "MX" ? 0 : 0.0251m), engine.Balances(Start)["USDT"].Free);
        Assert.Equal(ScriptedMarket.Number(held) - (asset == "MX" ? 0.4016m : 0), engine.Balances(Start)["MX"].Free);
    }

    [Fact]
    public void In_a_pair_of_MX_itself_the_fee_stays_in_quote()
    {
        var engine = Engine(2_000);
        engine.DeductMx(true, Start);
        var order = ScriptedMarket.Request("SELL MARKET 2000") with { Symbol = "MXUSDT" };
        engine.Place(order, Start).Must();
        Assert.All(engine.Trades(new PaperTradeFilter("MXUSDT"), 10, Start), trade => Assert.Equal("USDT", trade.FeeAsset));
    }

    private static MatchingEngine Engine(decimal mx)
    {
        var qrl = new ScriptedMarket(ScriptedMarket.Usual).Engine().Listings[0];
        var other = qrl with { Symbol = Symbol.Parse("MXUSDT").Must(), Base = "MX" };
        var balances = new Dictionary<string, decimal> { ["QRL"] = 10_000, ["USDT"] = 500, ["MX"] = mx };
        return new MatchingEngine([qrl, other], balances, Start);
    }
}

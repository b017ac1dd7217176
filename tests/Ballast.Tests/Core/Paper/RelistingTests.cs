using Ballast.Core;
using Ballast.Core.Paper;
using Ballast.Core.Trading;

namespace Ballast.Tests.Core.Paper;

public class RelistingTests
{
    private static readonly DateTimeOffset Start = ScriptedMarket.Start;

    [Theory]
    [InlineData("paused", "BUY LIMIT 100 @0.05", 30016, "trading disabled")]
    [InlineData("offline", "SELL MARKET 100", 30016, "trading disabled")]
    [InlineData("not by api", "BUY LIMIT 100 @0.05", 10007, "symbol not support api")]
    [InlineData("buy only", "SELL LIMIT 100 @0.05", 30001, "The current transaction direction is not allowed to place an order")]
    [InlineData("sell only", "BUY LIMIT 100 @0.05", 30001, "The current transaction direction is not allowed to place an order")]
    [InlineData("closed", "BUY LIMIT 100 @0.05", 30001, "The current transaction direction is not allowed to place an order")]
    [InlineData("no market orders", "BUY MARKET 100", 30051, "api market order is disabled")]
    public void What_a_pair_does_not_allow_is_refused_in_the_exchange_s_words(string state, string order, int code, string text)
    {
        var engine = new ScriptedMarket(ScriptedMarket.Usual).Engine();
        Assert.Null(engine.Relist(In(state, engine.Listings[0]), Start));
        Assert.Equal(new Failure(FailureKind.Rejected, text, code), engine.Place(ScriptedMarket.Request(order), Start).Failure);
    }

    [Theory]
    [InlineData("buy only", "BUY LIMIT 100 @0.05")]
    [InlineData("sell only", "SELL LIMIT 100 @0.05")]
    [InlineData("no market orders", "BUY LIMIT 100 @0.05")]
    public void What_it_does_allow_is_taken(string state, string order)
    {
        var engine = new ScriptedMarket(ScriptedMarket.Usual).Engine();
        Assert.Null(engine.Relist(In(state, engine.Listings[0]), Start));
        Assert.Null(engine.Place(ScriptedMarket.Request(order), Start).Failure);
    }

    [Theory]
    [InlineData("BUY IOC 1000 @0.0502", "PartiallyCanceled", "500")]
    [InlineData("BUY LIMIT 1000 @0.0502", "PartiallyFilled", "500")]
    [InlineData("BUY MARKET 1001.01", "PartiallyCanceled", "500.5")]            // half of it is 500.505; the grid has two decimals
    [InlineData("SELL MARKET $50", "PartiallyCanceled", "502")]                 // 25 ÷ 0.0498 = 502.008…
    [InlineData("BUY FOK 1000 @0.0502", "Canceled", "0")]
    public void With_half_a_share_an_order_gets_half_of_what_it_wants(string order, string status, string executed)
    {
        var engine = new ScriptedMarket(ScriptedMarket.Usual).Engine();
        engine.Relist(engine.Listings[0] with { FillShare = new Ratio(0.5m) }, Start);
        Assert.True(engine.Place(ScriptedMarket.Request(order), Start).TryGet(out var placed, out _));
        Assert.Equal((status, executed), (placed.Status.ToString(), placed.Executed.ToString()));
    }

    [Fact]
    public void An_open_order_meets_the_market_that_takes_the_place_of_the_other()
    {
        var engine = new ScriptedMarket(ScriptedMarket.Usual).Engine();
        engine.Place(ScriptedMarket.Request("BUY LIMIT 100 @0.049 #low"), Start);
        var crash = ScriptedMarket.Book("0.04", 300, "0.0398x1000", "0.0402x1000") with { Until = Start.AddHours(1) };
        Assert.Null(engine.Relist(engine.Listings[0] with { Market = _ => crash }, Start));
        Assert.True(engine.Find(new PaperOrderKey("QRLUSDT", null, "low"), Start).TryGet(out var order, out _));
        Assert.Equal(OrderStatus.Filled, order.Status);
    }

    [Fact]
    public void A_pair_that_was_never_listed_is_not_listed_by_changing_it() => Assert.Equal(
        -1121,
        new ScriptedMarket(ScriptedMarket.Usual).Engine()
            .Relist(Listing.QrlUsdt(1) with { Symbol = Symbol.Parse("XRPUSDT").TryGet(out var symbol, out _) ? symbol : default }, Start)?.Code);

    private static Listing In(string state, Listing listing) => state switch
    {
        "paused" => listing with { Status = PairStatus.Paused },
        "offline" => listing with { Status = PairStatus.Offline },
        "not by api" => listing with { TradableByApi = false },
        "buy only" => listing with { Sides = OpenSides.BuyOnly },
        "sell only" => listing with { Sides = OpenSides.SellOnly },
        "closed" => listing with { Sides = OpenSides.None },
        _ => listing with { TakesMarketOrders = false },
    };
}

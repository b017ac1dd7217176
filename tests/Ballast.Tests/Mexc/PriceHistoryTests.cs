using System.Globalization;
using Ballast.Core;
using Ballast.Core.Trading;
using Ballast.Mexc;

namespace Ballast.Tests.Mexc;

public class PriceHistoryTests : StubbedExchange
{
    private const string Candles = "GET /api/v3/klines";
    private const string Average = "GET /api/v3/avgPrice";
    private const string DepthRoute = "GET /api/v3/depth";
    private const string LastPrice = "GET /api/v3/ticker/price";

    /// <summary>Within a minute, not at its beginning.</summary>
    private static readonly DateTimeOffset Asked = DateTimeOffset.Parse("2026-01-01T10:30:42.5Z", CultureInfo.InvariantCulture);

    private MexcExchange Market => new(Client(time: Clock), Clock);

    [Fact]
    public async Task The_minute_and_the_hour_before_it_are_asked_for_with_both_ends()
    {
        Exchange.On(Candles, Rows(Candle("10:30", "2.5")));
        await Market.PriceAtAsync(Qrl, Asked, Cancel);
        Assert.Equal(
            "symbol=QRLUSDT&interval=1m&startTime=1767259800000&endTime=1767263460000&limit=100",
            Exchange.RequestsTo(Candles).Single().Query);
    }

    [Theory]
    [InlineData("10:29=2.4 10:30=2.5", "2.5")]
    [InlineData("10:30=2.5 10:29=2.4", "2.5")]                    // whatever the order
    [InlineData("10:28=2.3 10:29=2.4", "2.4")]                    // nothing was traded in the minute itself
    [InlineData("09:30=2.1", "2.1")]                              // an hour before, exactly
    [InlineData("09:29=9 10:29=2.4 10:31=9 12:00=9", "2.4")]      // the exchange ignored the window
    public async Task The_newest_candle_at_or_before_the_minute_wins(string candles, string close)
    {
        Exchange.On(Candles, Rows([.. candles.Split(' ').Select(text => text.Split('=')).Select(parts => Candle(parts[0], parts[1]))]));
        Assert.Equal(close, Value(await Market.PriceAtAsync(Qrl, Asked, Cancel)).ToString());
    }

    [Fact]
    public async Task A_time_written_in_another_zone_is_the_same_minute()
    {
        Exchange.On(Candles, Rows(Candle("10:29", "2.4"), Candle("10:30", "2.5")));
        var price = await Market.PriceAtAsync(Qrl, Asked.ToOffset(new TimeSpan(5, 45, 0)), Cancel);
        Assert.Equal("2.5", Value(price).ToString());
    }

    [Theory]
    [InlineData("[]", "nothing was traded")]
    [InlineData("[[1767225600000,\"9\",\"9\",\"9\",\"9\"]]", "nothing was traded")]
    [InlineData("{}", "not a list")]
    [InlineData("[{}]", "unknown shape")]
    [InlineData("[7]", "unknown shape")]
    [InlineData("[null]", "there is nothing")]
    [InlineData("[[]]", "'open time' is missing")]
    [InlineData("[[1767263400000,\"9\",\"9\",\"9\"]]", "'close' is missing")]
    [InlineData("[[1767263400000,\"9\",\"9\",\"9\",\"0\"]]", "'close' is not above 0")]
    [InlineData("[[1767263400000,\"9\",\"9\",\"9\",\"-1\"]]", "'close' is not above 0")]
    [InlineData("[[1767263400000,\"9\",\"9\",\"9\",\"1e99\"]]", "'close' is not a number")]
    [InlineData("[[\"noon\",\"9\",\"9\",\"9\",\"9\"]]", "'open time' is not a time")]
    public async Task A_past_price_is_never_made_up(string answer, string says)
    {
        Exchange.On(Candles, StubReply.Json(answer));
        AssertBadData(await Market.PriceAtAsync(Qrl, Asked, Cancel), Candles, says);
    }

    [Theory]
    [InlineData("""{"mins":5,"price":"87920.64"}""", "87920.64")]
    [InlineData("""{"mins":5,"price":2.50}""", "2.5")]
    public async Task The_average_price_is_taken_as_it_is_shown(string answer, string price)
    {
        Exchange.On(Average, StubReply.Json(answer));
        Assert.Equal(price, Value(await Market.AveragePriceAsync(Qrl, Cancel)).ToString());
        Assert.Equal("symbol=QRLUSDT", Exchange.Requests.Single().Query);
    }

    [Theory]
    [InlineData("""{"mins":5}""", "'price' is missing")]
    [InlineData("""{"mins":5,"price":"0"}""", "'price' is not above 0")]
    [InlineData("""{"mins":5,"price":"-1"}""", "'price' is not above 0")]
    [InlineData("""{"mins":5,"price":{}}""", "'price' is not a number")]
    [InlineData("[]", "unknown shape")]
    public async Task An_average_of_nothing_is_a_failure(string answer, string says)
    {
        Exchange.On(Average, StubReply.Json(answer));
        AssertBadData(await Market.AveragePriceAsync(Qrl, Cancel), Average, says);
    }

    [Fact]
    public async Task The_book_is_sorted_from_the_best_price_outwards_and_levels_of_nothing_are_left_out()
    {
        Exchange.On(DepthRoute, StubReply.Json(
            """
            {"lastUpdateId":7,"bids":[["2.4","10"],["2.49","0.00"],["2.48",5]],"asks":[["2.6","1"],[2.51,"3.50"],["2.5","0"]],
             "timestamp":1767263400000}
            """));
        var depth = Value(await Market.DepthAsync(Qrl, Cancel));
        Assert.Equal([Level(2.48m, 5), Level(2.4m, 10)], depth.Bids);
        Assert.Equal([Level(2.51m, 3.5m), Level(2.6m, 1)], depth.Asks);
        Assert.Equal("symbol=QRLUSDT&limit=100", Exchange.Requests.Single().Query);
    }

    [Fact]
    public async Task A_book_without_offers_is_empty_and_no_failure()
    {
        Exchange.On(DepthRoute, StubReply.Json("""{"bids":[],"asks":[]}"""));
        var depth = Value(await Market.DepthAsync(Qrl, Cancel));
        Assert.Empty(depth.Bids.Concat(depth.Asks));
    }

    [Theory]
    [InlineData("""{"bids":[["x","1"]],"asks":[]}""", "'bids[].price' is not a number")]
    [InlineData("""{"bids":[],"asks":[["2.5",null]]}""", "'asks[].quantity' is missing")]
    [InlineData("""{"bids":[],"asks":[["2.5"]]}""", "'asks[].quantity' is missing")]
    [InlineData("""{"bids":[],"asks":[["2.5","-1"]]}""", "'asks[].quantity' is negative")]
    [InlineData("""{"bids":[["0","1"]],"asks":[]}""", "'bids[].price' is not above 0")]
    [InlineData("""{"bids":[null],"asks":[]}""", "'bids[].price' is missing")]
    [InlineData("""{"bids":[]}""", "'asks' is missing")]
    [InlineData("""{"bids":null,"asks":[]}""", "'bids' is missing")]
    [InlineData("""{"bids":{},"asks":[]}""", "unknown shape")]
    [InlineData("[]", "unknown shape")]
    public async Task A_level_that_cannot_be_read_fails_the_book(string answer, string says)
    {
        Exchange.On(DepthRoute, StubReply.Json(answer));
        AssertBadData(await Market.DepthAsync(Qrl, Cancel), DepthRoute, says);
    }

    [Fact]
    public async Task The_price_of_an_asset_is_that_of_the_pair_it_makes_with_the_quote()
    {
        Exchange.On(LastPrice, StubReply.Json("""{"symbol":"MXUSDT","price":"3.7"}"""));
        Assert.Equal("3.7", Value(await Market.PriceOfAsync("MX", "USDT", Cancel)).ToString());
        Assert.Equal("symbol=MXUSDT", Exchange.Requests.Single().Query);
    }

    [Fact]
    public async Task Assets_that_make_no_pair_have_no_price()
    {
        Exchange.On(LastPrice, StubReply.Json("""{"msg":"Invalid symbol.","code":-1121,"_extend":null}""", 400));
        Assert.Equal(FailureKind.Rejected, Refusal(await Market.PriceOfAsync("NOSUCH", "USDT", Cancel)).Kind);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    public async Task A_price_of_nothing_is_no_price(string price)
    {
        Exchange.On(LastPrice, StubReply.Json($$"""{"symbol":"MXUSDT","price":"{{price}}"}"""));
        AssertBadData(await Market.PriceOfAsync("MX", "USDT", Cancel), "MXUSDT");
    }

    [Theory]
    [InlineData("M X")]
    [InlineData("MX&symbol=BTC")]
    [InlineData("")]
    public async Task A_name_that_no_pair_can_have_is_not_asked_for(string asset)
    {
        Assert.Equal(FailureKind.BadData, Refusal(await Market.PriceOfAsync(asset, asset.Length > 0 ? "USDT" : "", Cancel)).Kind);
        Assert.Empty(Exchange.Requests);
    }

    private static StubReply Rows(params string[] rows) => StubReply.Json($"[{string.Join(',', rows)}]");

    // Opens on the day that is asked about.
    private static string Candle(string time, string close)
    {
        var opening = DateTimeOffset.Parse($"2026-01-01T{time}:00Z", CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();
        return $"""[{opening},"9","9.5","1","{close}","100",{opening + 60_000},"250"]""";
    }

    private static Level Level(decimal price, decimal quantity) => new(new Price(price), new Quantity(quantity));

    private static void AssertBadData<T>(Result<T> result, params string[] says)
    {
        var failure = Refusal(result);
        Assert.Equal(FailureKind.BadData, failure.Kind);
        Assert.All(says, part => Assert.Contains(part, failure.Reason, StringComparison.Ordinal));
    }
}

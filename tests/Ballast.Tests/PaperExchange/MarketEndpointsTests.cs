using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;

namespace Ballast.Tests.PaperExchange;

public class MarketEndpointsTests
{
    [Fact]
    public async Task Ping_and_time_answer_without_a_key()
    {
        await using var paper = await PaperClient.StartAsync();
        Assert.Equal((HttpStatusCode.OK, "{}"), await paper.SendAsync(HttpMethod.Get, "/api/v3/ping", key: null));
        Assert.Equal(
            (HttpStatusCode.OK, $$"""{"serverTime":{{paper.NowMs}}}"""),
            await paper.SendAsync(HttpMethod.Get, "/api/v3/time", key: null));
    }

    [Theory]
    [InlineData("?symbol=QRLUSDT")]
    [InlineData("?symbols=QRLUSDT")]
    [InlineData("?symbol=QRLUSDT&unknown=1")]
    public async Task Exchange_info_describes_the_pair_field_by_field(string query)
    {
        await using var paper = await PaperClient.StartAsync();
        var (_, text) = await paper.SendAsync(HttpMethod.Get, "/api/v3/exchangeInfo" + query, key: null);
        Assert.Equal(
            PaperClient.OneLine($$"""
                {"timezone":"CST","serverTime":{{paper.NowMs}},"rateLimits":[],"exchangeFilters":[],"symbols":[{
                "symbol":"QRLUSDT","status":"1","baseAsset":"QRL","baseAssetPrecision":2,"quoteAsset":"USDT","quotePrecision":6,
                "quoteAssetPrecision":6,
                "baseCommissionPrecision":2,"quoteCommissionPrecision":6,"orderTypes":["LIMIT","MARKET","LIMIT_MAKER"],
                "isSpotTradingAllowed":true,
                "isMarginTradingAllowed":false,"quoteAmountPrecision":"1","baseSizePrecision":"1","permissions":["SPOT"],
                "filters":[{"filterType":"PERCENT_PRICE_BY_SIDE","bidMultiplierUp":"0.1","askMultiplierDown":"0.1"}],
                "maxQuoteAmount":"2000000",
                "makerCommission":"0","takerCommission":"0.0005","quoteAmountPrecisionMarket":"1","maxQuoteAmountMarket":"2000000",
                "fullName":"Quantum Resistant Ledger","tradeSideType":1,"contractAddress":"","conceptPlateIds":[],"st":false}]}
                """),
            text);
    }

    [Theory]
    [InlineData("", "QRLUSDT MXUSDT BTCUSDT ETHUSDT")]
    [InlineData("?symbol=&unknown=1", "QRLUSDT MXUSDT BTCUSDT ETHUSDT")]
    [InlineData("?symbols=MXUSDT,QRLUSDT", "QRLUSDT MXUSDT")]
    public async Task Exchange_info_lists_what_was_asked_for_or_all(string query, string symbols)
    {
        await using var paper = await PaperClient.StartAsync();
        var rows = (await paper.GetAsync("/api/v3/exchangeInfo" + query))["symbols"]!.AsArray();
        Assert.Equal(symbols, string.Join(' ', rows.Select(row => Text(row!["symbol"]))));
    }

    [Fact]
    public async Task Tickers_and_depth_show_one_and_the_same_book()
    {
        await using var paper = await PaperClient.StartAsync();
        var price = await paper.GetAsync("/api/v3/ticker/price?symbol=QRLUSDT");
        var best = await paper.GetAsync("/api/v3/ticker/bookTicker?symbol=QRLUSDT");
        var depth = await paper.GetAsync("/api/v3/depth?symbol=QRLUSDT");

        Assert.Equal((20, 20), (depth["bids"]!.AsArray().Count, depth["asks"]!.AsArray().Count));
        Assert.Equal(paper.NowMs, depth["timestamp"]!.GetValue<long>());
        Assert.Equal(8, Text(depth["asks"]![19]![0]).Length);            // 0.123456: the book keeps its zeros
        foreach (var (side, rows) in new[] { ("bid", "bids"), ("ask", "asks") })
        {
            Assert.Equal(Number(best[side + "Price"]), Number(depth[rows]![0]![0]));
            Assert.Equal(Number(best[side + "Qty"]), Number(depth[rows]![0]![1]));
        }
        Assert.InRange(Number(price["price"]), Number(best["bidPrice"]), Number(best["askPrice"]));
    }

    [Theory]
    [InlineData("/api/v3/ticker/price")]
    [InlineData("/api/v3/ticker/bookTicker")]
    [InlineData("/api/v3/ticker/price?symbols=BTCUSDT")]             // the plural is not known here
    public async Task Without_a_symbol_a_ticker_is_a_list(string path)
    {
        await using var paper = await PaperClient.StartAsync();
        var rows = (await paper.GetAsync(path)).AsArray();
        Assert.Equal("QRLUSDT MXUSDT BTCUSDT ETHUSDT", string.Join(' ', rows.Select(row => Text(row!["symbol"]))));
    }

    [Theory]
    [InlineData("1", 1)]
    [InlineData("5", 5)]
    [InlineData("0", 1)]
    [InlineData("999999", 20)]
    public async Task Depth_gives_as_many_rows_as_asked(string limit, int rows)
    {
        await using var paper = await PaperClient.StartAsync();
        Assert.Equal(rows, (await paper.GetAsync($"/api/v3/depth?symbol=QRLUSDT&limit={limit}"))["bids"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("/api/v3/ticker/price?symbol=XRPUSDT", """{"msg":"Invalid symbol.","code":-1121,"_extend":null}""")]
    [InlineData("/api/v3/ticker/bookTicker?symbol=qrlusdt", """{"msg":"Invalid symbol.","code":-1121,"_extend":null}""")]
    [InlineData("/api/v3/depth?symbol=XRPUSDT", """{"msg":"Invalid symbol.","code":-1121,"_extend":null}""")]
    [InlineData("/api/v3/exchangeInfo?symbol=XRPUSDT", """{"msg":"Invalid symbol.","code":-1121,"_extend":null}""")]
    [InlineData("/api/v3/exchangeInfo?symbols=QRLUSDT,XRPUSDT", """{"msg":"Invalid symbol.","code":-1121,"_extend":null}""")]
    [InlineData("/api/v3/depth", """{"code":700004,"msg":"Mandatory parameter 'symbol' was not sent, was empty/null, or malformed."}""")]
    [InlineData("/api/v3/depth?symbol=QRLUSDT&limit=all", """{"code":700008,"msg":"Illegal characters found in parameter 'limit'"}""")]
    public async Task A_question_that_makes_no_sense_is_refused(string path, string expected)
    {
        await using var paper = await PaperClient.StartAsync();
        Assert.Equal((HttpStatusCode.BadRequest, expected), await paper.SendAsync(HttpMethod.Get, path, key: null));
    }

    [Fact]
    public async Task The_market_moves_with_the_clock()
    {
        await using var paper = await PaperClient.StartAsync();
        var before = (await paper.GetAsync("/api/v3/depth?symbol=QRLUSDT"))["bids"]!.ToJsonString();
        paper.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.NotEqual(before, (await paper.GetAsync("/api/v3/depth?symbol=QRLUSDT"))["bids"]!.ToJsonString());
    }

    private static string Text(JsonNode? node) => node!.GetValue<string>();

    private static decimal Number(JsonNode? node) => decimal.Parse(Text(node), CultureInfo.InvariantCulture);
}

using System.Net;
using System.Text.Json.Nodes;
using Ballast.Core;
using Ballast.Core.Paper;

namespace Ballast.Tests.PaperExchange;

public class TapeEndpointsTests
{
    private const string Trades = "/api/v3/trades?symbol=QRLUSDT";
    private const string Aggregates = "/api/v3/aggTrades?symbol=QRLUSDT";

    [Fact]
    public async Task The_newest_trade_of_others_is_shown_field_by_field()
    {
        await using var paper = await PaperClient.StartAsync();
        var print = Listing(paper).Market(paper.Clock.GetUtcNow());
        var buyerWaited = print.Last.Value < (print.Bids[0].Price.Value + print.Asks[0].Price.Value) / 2;
        var expected = PaperClient.OneLine($$"""
            [{"id":null,"price":"{{Decimals.Text(print.Last.Value)}}","qty":"{{Decimals.Text(print.LastQuantity.Value)}}",
            "quoteQty":"{{Decimals.Text(print.Last.Value * print.LastQuantity.Value)}}","time":{{print.From.ToUnixTimeMilliseconds()}},
            "isBuyerMaker":{{(buyerWaited ? "true" : "false")}},"isBestMatch":true,"tradeType":"{{(buyerWaited ? "ASK" : "BID")}}"}]
            """);
        foreach (var path in new[] { "trades", "historicalTrades" })
            Assert.Equal((HttpStatusCode.OK, expected), await paper.SendAsync(HttpMethod.Get, $"/api/v3/{path}?symbol=QRLUSDT&limit=1", key: null));
    }

    [Fact]
    public async Task An_aggregate_is_shown_field_by_field_in_whole_seconds()
    {
        await using var paper = await PaperClient.StartAsync();
        var trade = (await paper.GetAsync(Trades + "&limit=1"))[0]!;
        Assert.Equal(
            PaperClient.OneLine($$"""
                [{"a":null,"f":null,"l":null,"p":"{{trade["price"]}}","q":"{{trade["qty"]}}",
                "T":{{trade["time"]!.GetValue<long>() / 1000 * 1000}},"m":{{trade["isBuyerMaker"]!.ToJsonString()}},"M":true}]
                """),
            (await paper.GetAsync(Aggregates + "&limit=1")).ToJsonString());
    }

    [Fact]
    public async Task Both_kinds_of_aggressor_are_on_the_tape()
    {
        await using var paper = await PaperClient.StartAsync();
        Assert.Equal(["ASK", "BID"], (await paper.GetAsync(Trades)).AsArray().Select(trade => Text(trade!["tradeType"])).Distinct().Order());
    }

    [Theory]
    [InlineData("", 500)]
    [InlineData("&limit=7", 7)]
    [InlineData("&limit=0", 1)]
    [InlineData("&limit=9999", 1000)]
    public async Task The_tape_is_newest_first_and_as_long_as_asked(string limit, int rows)
    {
        await using var paper = await PaperClient.StartAsync();
        foreach (var (path, time) in new[] { (Trades, "time"), (Aggregates, "T") })
        {
            var times = (await paper.GetAsync(path + limit)).AsArray().Select(trade => trade![time]!.GetValue<long>()).ToArray();
            Assert.Equal(rows, times.Length);
            Assert.Equal(times.OrderDescending(), times);
            Assert.InRange(times[0], paper.NowMs - SyntheticMarket.VersionMs, paper.NowMs);
        }
    }

    [Fact]
    public async Task Nothing_of_the_account_is_on_the_tape()
    {
        await using var paper = await PaperClient.StartAsync();
        var before = (await paper.GetAsync(Trades)).ToJsonString();
        await paper.SignedAsync(HttpMethod.Post, "/api/v3/order", "symbol=QRLUSDT&side=SELL&type=MARKET&quantity=100");
        Assert.Equal(before, (await paper.GetAsync(Trades)).ToJsonString());
    }

    // The clock stands at 12:00:00.250; the market turns every five seconds.
    [Theory]
    [InlineData(-10_250, -250, 3)]          // both ends included
    [InlineData(-10_249, -251, 1)]
    [InlineData(-10_250, 60_000, 3)]        // nothing comes from the future
    [InlineData(60_000, 120_000, 0)]
    [InlineData(-250, -10_250, 0)]
    public async Task A_window_of_aggregates_holds_what_was_traded_in_it(int fromMs, int toMs, int rows)
    {
        await using var paper = await PaperClient.StartAsync();
        var window = $"&startTime={paper.NowMs + fromMs}&endTime={paper.NowMs + toMs}";
        Assert.Equal(rows, (await paper.GetAsync(Aggregates + window)).AsArray().Count);
    }

    [Fact]
    public async Task The_day_of_a_pair_is_shown_field_by_field()
    {
        await using var paper = await PaperClient.StartAsync();
        var (status, text) = await paper.SendAsync(HttpMethod.Get, "/api/v3/ticker/24hr?symbol=QRLUSDT", key: null);
        var now = paper.Clock.GetUtcNow();
        var day = new MarketHistory(Listing(paper)).Day(now);
        var best = await paper.GetAsync("/api/v3/ticker/bookTicker?symbol=QRLUSDT");
        var change = day.Close.Value - day.Open.Value;
        var expected = PaperClient.OneLine($$"""
            {"symbol":"QRLUSDT","priceChange":"{{Decimals.Text(change)}}","priceChangePercent":"{{Decimals.Text(Cut(change / day.Open.Value))}}",
            "prevClosePrice":"{{Decimals.Text(day.Open.Value)}}","lastPrice":"{{Decimals.Text(day.Close.Value)}}",
            "bidPrice":"{{best["bidPrice"]}}","bidQty":"{{best["bidQty"]}}","askPrice":"{{best["askPrice"]}}","askQty":"{{best["askQty"]}}",
            "openPrice":"{{Decimals.Text(day.Open.Value)}}","highPrice":"{{Decimals.Text(day.High.Value)}}",
            "lowPrice":"{{Decimals.Text(day.Low.Value)}}","volume":"{{Decimals.Text(day.Volume.Value)}}",
            "quoteVolume":"{{Decimals.Text(day.QuoteVolume.Value)}}","openTime":{{paper.NowMs - 250}},"closeTime":{{paper.NowMs}},"count":null}
            """);
        Assert.Equal((HttpStatusCode.OK, expected), (status, text));
        Assert.Equal(Text((await paper.GetAsync("/api/v3/ticker/price?symbol=QRLUSDT"))["price"]), Text(JsonNode.Parse(text)!["lastPrice"]));
        Assert.Equal(Listing(paper).Market(now.AddDays(-1)).Last, day.Open);
    }

    [Theory]
    [InlineData("/api/v3/ticker/24hr")]
    [InlineData("/api/v3/ticker/24hr?symbols=BTCUSDT")]         // the plural is not known here
    public async Task Without_a_symbol_the_day_of_every_pair_is_listed(string path)
    {
        await using var paper = await PaperClient.StartAsync();
        Assert.Equal(
            paper.Engine.Listings.Select(listing => listing.Symbol.Name),
            (await paper.GetAsync(path)).AsArray().Select(row => Text(row!["symbol"])));
    }

    [Theory]
    [InlineData("trades", """{"code":700004,"msg":"Mandatory parameter 'symbol' was not sent, was empty/null, or malformed."}""")]
    [InlineData("trades?symbol=NOSUCH", """{"msg":"Invalid symbol.","code":-1121,"_extend":null}""")]
    [InlineData("ticker/24hr?symbol=NOSUCH", """{"msg":"Invalid symbol.","code":-1121,"_extend":null}""")]
    [InlineData("trades?symbol=QRLUSDT&limit=all", """{"code":700008,"msg":"Illegal characters found in parameter 'limit'"}""")]
    [InlineData("aggTrades?symbol=QRLUSDT&startTime=1",
        """{"code":-1128,"msg":"Combination of optional parameters invalid.","_extend":null}""")]
    [InlineData("aggTrades?symbol=QRLUSDT&endTime=1",
        """{"code":-1128,"msg":"Combination of optional parameters invalid.","_extend":null}""")]
    public async Task A_question_about_the_tape_that_makes_no_sense_is_refused(string path, string expected)
    {
        await using var paper = await PaperClient.StartAsync();
        Assert.Equal((HttpStatusCode.BadRequest, expected), await paper.SendAsync(HttpMethod.Get, "/api/v3/" + path, key: null));
    }

    private static Listing Listing(PaperClient paper) => paper.Engine.Listings.Single(listing => listing.Symbol.Name == "QRLUSDT");

    private static decimal Cut(decimal fraction) => Math.Truncate(fraction * 10_000) / 10_000;

    private static string Text(JsonNode? node) => node!.GetValue<string>();
}

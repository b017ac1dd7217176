using System.Globalization;
using Ballast.Core;
using Ballast.Core.Paper;
using Ballast.Mexc;
using Ballast.PaperExchange;
using Ballast.Server.Paper;
using Ballast.Tests.Core;
using Ballast.Tests.Mexc;
using Ballast.Tests.PaperExchange;
using Microsoft.Extensions.Time.Testing;

namespace Ballast.Tests.Server.Paper;

/// <summary>A paper exchange on the public market data of another one, which stands for the real exchange.</summary>
public sealed class LiveMarketsTests : IAsyncDisposable
{
    private const string Depth = "GET /api/v3/depth";
    private const string Last = "GET /api/v3/ticker/price";
    private static readonly DateTimeOffset Start = PaperClient.Start;
    private readonly FakeTimeProvider clock = new(Start);
    private StubExchange? real;

    public async ValueTask DisposeAsync()
    {
        if (real is not null)
            await real.DisposeAsync();
    }

    [Fact]
    public async Task It_shows_the_real_book_and_last_price_and_takes_the_real_rules()
    {
        await using var other = await PaperClient.StartAsync();
        await using var live = await StartAsync(other.Url);
        foreach (var path in new[] { "depth?symbol=QRLUSDT", "ticker/price?symbol=QRLUSDT", "ticker/bookTicker?symbol=MXUSDT" })
        {
            var (shown, there) = (await live.GetAsync("/api/v3/" + path), await other.GetAsync("/api/v3/" + path));
            foreach (var node in new[] { shown, there })
            {
                node.AsObject().Remove("lastUpdateId");
                node.AsObject().Remove("timestamp");
            }
            Assert.Equal(there.ToJsonString(), shown.ToJsonString());
        }
        foreach (var path in new[] { "trades?symbol=QRLUSDT&limit=9", "aggTrades?symbol=QRLUSDT", "exchangeInfo?symbols=QRLUSDT,MXUSDT", "klines?symbol=QRLUSDT&interval=5m&limit=7", "avgPrice?symbol=QRLUSDT" })
            Assert.Equal(
                Without(await other.GetAsync("/api/v3/" + path)), Without(await live.GetAsync("/api/v3/" + path)));
        Assert.Equal(2, live.Engine.Listings.Count);

        static string Without(System.Text.Json.Nodes.JsonNode node)
        {
            (node as System.Text.Json.Nodes.JsonObject)?.Remove("serverTime");
            return node.ToJsonString();
        }
    }

    [Fact]
    public async Task The_day_is_made_of_the_real_candles_and_the_tape_is_the_real_one()
    {
        await using var live = await StartAsync((await StubAsync())
            .On("GET /api/v3/klines", StubReply.Json("""
                [[1767182400000,"2.4","2.6","2.3","2.45","100",1767182700000,"245"],[1767182700000,"2.45","2.7","2.44","2.5","50",1767183000000,"125"]]
                """))
            .On("GET /api/v3/trades", StubReply.Json("""
                [{"id":null,"price":"2.5","qty":"3","quoteQty":"7.5","time":1767268800100,"isBuyerMaker":true,"isBestMatch":true,"tradeType":"ASK"},
                 {"id":null,"price":"2.51","qty":"4","quoteQty":"10.04","time":1767268700200,"isBuyerMaker":false,"isBestMatch":true,"tradeType":"BID"}]
                """)).BaseUrl);
        var day = await live.GetAsync("/api/v3/ticker/24hr?symbol=QRLUSDT");
        Assert.Equal(
            "2.4 2.7 2.3 2.5 150 370 0.0416",            // 0.1 ÷ 2.4 = 0.04166…, cut
            string.Join(' ', new[] { "openPrice", "highPrice", "lowPrice", "lastPrice", "volume", "quoteVolume", "priceChangePercent" }
                .Select(name => day[name]!.GetValue<string>())));
        Assert.Equal(
            """[{"a":null,"f":null,"l":null,"p":"2.51","q":"4","T":1767268700000,"m":false,"M":true}]""",
            (await live.GetAsync("/api/v3/aggTrades?symbol=QRLUSDT&startTime=1767268700000&endTime=1767268700999")).ToJsonString());
        Assert.Equal(2, (await live.GetAsync("/api/v3/trades?symbol=QRLUSDT")).AsArray().Count);

        real!.On("GET /api/v3/trades", StubReply.Json("""[{"price":"much"}]"""));
        Assert.Equal((503, ""), await AnswerAsync(live, HttpMethod.Get, "trades?symbol=QRLUSDT"));
    }

    [Fact]
    public async Task Orders_are_filled_here_against_the_real_book_and_what_they_took_comes_back_with_the_next()
    {
        await using var live = await StartAsync((await StubAsync()).BaseUrl);
        await live.SignedAsync(HttpMethod.Post, "/api/v3/order", "symbol=QRLUSDT&side=BUY&type=MARKET&quantity=50");
        var trade = Assert.Single((await live.SignedAsync(HttpMethod.Get, "/api/v3/myTrades", "symbol=QRLUSDT")).AsArray())!;
        Assert.Equal(("2.501", "50"), (trade["price"]!.GetValue<string>(), trade["qty"]!.GetValue<string>()));
        Assert.DoesNotContain(real!.Requests, request => request.Route.Contains("order", StringComparison.Ordinal));
        Assert.Equal("50", await BestAskAsync(live));

        live.Clock.Advance(TimeSpan.FromMilliseconds(1001));
        Assert.Equal("100", await BestAskAsync(live));
    }

    [Fact]
    public async Task A_resting_order_fills_when_the_real_book_comes_to_it()
    {
        await using var live = await StartAsync((await StubAsync()).BaseUrl);
        await live.SignedAsync(HttpMethod.Post, "/api/v3/order", "symbol=QRLUSDT&side=BUY&type=LIMIT&quantity=20&price=2.49");
        live.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("NEW", await StateAsync());
        real!.On(Depth, Book("""[["2.47","40"]]""", """[["2.489","15"],["2.6","90"]]"""));
        live.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("PARTIALLY_FILLED", await StateAsync());

        async Task<string> StateAsync() => (await live.SignedAsync(HttpMethod.Get, "/api/v3/openOrders", "symbol=QRLUSDT")).AsArray()[0]!["status"]!.GetValue<string>();
    }

    [Fact]
    public async Task The_real_exchange_is_asked_when_somebody_asks_and_once_a_second_at_most()
    {
        await using var live = await StartAsync((await StubAsync()).BaseUrl);
        var opening = real!.RequestsTo(Depth).Count;
        await BestAskAsync(live);
        await BestAskAsync(live);
        live.Clock.Advance(TimeSpan.FromSeconds(1));
        await BestAskAsync(live);
        Assert.Equal(opening, real.RequestsTo(Depth).Count);

        live.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(opening, real.RequestsTo(Depth).Count);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => BestAskAsync(live)));
        Assert.Equal(opening + 1, real.RequestsTo(Depth).Count);
    }

    [Theory]
    [InlineData(Depth, 503, "")]
    [InlineData(Last, 500, "")]
    [InlineData(Last, 200, """{"symbol":"QRLUSDT","price":"0"}""")]
    [InlineData(Depth, 200, """{"lastUpdateId":1,"bids":[["2.6","1"]],"asks":[["2.5","1"]]}""")]
    [InlineData(Depth, 200, """<html>maintenance</html>""")]
    public async Task Without_the_real_exchange_there_is_no_answer_and_never_an_old_price(string route, int status, string body)
    {
        await using var live = await StartAsync((await StubAsync()).BaseUrl);
        real!.On(route, StubReply.Json(body, status));
        live.Clock.Advance(TimeSpan.FromSeconds(2));
        foreach (var path in new[] { "ticker/price?symbol=QRLUSDT", "depth?symbol=QRLUSDT", "ticker/bookTicker" })
            Assert.Equal((503, ""), await AnswerAsync(live, HttpMethod.Get, path));
        var (refused, text) = await WithTimeAsync(live, live.TrySignedAsync(HttpMethod.Post, "/api/v3/order", "symbol=QRLUSDT&side=BUY&type=MARKET&quantity=50"));
        Assert.Equal((503, ""), ((int)refused, text));
        Assert.Equal(200, (await AnswerAsync(live, HttpMethod.Get, "time")).Status);
        Assert.Equal("10000", (await live.SignedAsync(HttpMethod.Get, "/api/v3/account"))["balances"]![0]!["free"]!.GetValue<string>());

        await StubAgainAsync();
        live.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(200, (await AnswerAsync(live, HttpMethod.Get, "ticker/price?symbol=QRLUSDT")).Status);
    }

    [Fact]
    public async Task A_pair_that_is_paused_there_is_paused_here_within_minutes()
    {
        await using var live = await StartAsync((await StubAsync()).BaseUrl);
        real!.On("GET /api/v3/exchangeInfo", Info("2"));
        live.Clock.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal("2", (await live.GetAsync("/api/v3/exchangeInfo?symbol=QRLUSDT"))["symbols"]![0]!["status"]!.GetValue<string>());
        Assert.Equal(400, (int)(await live.TrySignedAsync(HttpMethod.Post, "/api/v3/order", "symbol=QRLUSDT&side=BUY&type=MARKET&quantity=50")).Status);
    }

    [Fact]
    public async Task A_pair_that_is_not_listed_there_cannot_be_opened()
    {
        await StubAsync();
        using var client = Client(real!.BaseUrl);
        var failure = (await LiveMarkets.OpenAsync(client, Symbol.Parse("XRPUSDT").Must(), clock, TestContext.Current.CancellationToken)).MustFail();
        Assert.Equal(FailureKind.Rejected, failure.Kind);
    }

    private async Task<StubExchange> StubAsync()
    {
        real = await StubExchange.StartAsync();
        return await StubAgainAsync();
    }

    private async Task<StubExchange> StubAgainAsync()
    {
        await Task.CompletedTask;
        return real!
            .On("GET /api/v3/exchangeInfo", Info("1"))
            .On(Last, StubReply.Json("""{"symbol":"QRLUSDT","price":"2.5"}"""))
            .On(Depth, Book("""[["2.499","40"],["2.49","100"]]""", """[["2.501","100"],["2.51","200"]]"""));
    }

    private static StubReply Info(string status) => StubReply.Json($$"""
        {"symbols":[{"symbol":"QRLUSDT","status":"{{status}}","baseAsset":"QRL","baseAssetPrecision":2,"quoteAsset":"USDT","quotePrecision":4,
         "quoteAssetPrecision":4,"isSpotTradingAllowed":true,"quoteAmountPrecision":"1","baseSizePrecision":"0","filters":[],
         "maxQuoteAmount":"2000000","makerCommission":"0","takerCommission":"0.0005","tradeSideType":1,"orderTypes":["LIMIT","MARKET"]}]}
        """);

    private static StubReply Book(string bids, string asks) => StubReply.Json($$"""{"lastUpdateId":1,"bids":{{bids}},"asks":{{asks}},"timestamp":1}""");

    private async Task<PaperClient> StartAsync(Uri url)
    {
        var markets = await LiveMarkets.OpenAsync(Client(url), Symbol.Parse("QRLUSDT").Must(), clock, TestContext.Current.CancellationToken);
        return await PaperClient.StartAsync(markets: markets.Must(), clock: clock);
    }

    private MexcClient Client(Uri url)
    {
        var options = new MexcOptions { BaseUrl = url, ApiKey = "", SecretKey = "", RepeatDelay = TimeSpan.FromMilliseconds(1) };
        return new MexcClient(options, MexcHandler.Create(options), clock, new Random(1));
    }

    private static async Task<string> BestAskAsync(PaperClient live) =>
        (await live.GetAsync("/api/v3/ticker/bookTicker?symbol=QRLUSDT"))["askQty"]!.GetValue<string>();

    private static async Task<(int Status, string Text)> AnswerAsync(PaperClient live, HttpMethod method, string path)
    {
        var (status, text) = await WithTimeAsync(live, live.SendAsync(method, "/api/v3/" + path));
        return ((int)status, text);
    }

    // The client waits between repeats, on the test's clock.
    private static async Task<T> WithTimeAsync<T>(PaperClient live, Task<T> answer)
    {
        while (!answer.IsCompleted)
        {
            live.Clock.Advance(TimeSpan.FromMilliseconds(5));
            await Task.WhenAny(answer, Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken));
        }
        return await answer;
    }
}

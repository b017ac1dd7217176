using System.Net;
using Ballast.Core.Paper;

namespace Ballast.Tests.PaperExchange;

/// <summary>
/// What has been observed of the original's refusals, provoked here and compared byte for byte, the order of keys included. Those of keys,
/// signatures and clocks are in GateTests.
/// </summary>
public class RefusalTests
{
    private const string Order = "order?symbol=QRLUSDT";
    private const string Usual = "";
    private const string NotForApi = "not for programs";
    private const string LimitOnly = "no market orders";
    private const string Paused = "paused";
    private const string SellOnly = "sell only";
    private const string BuyOnly = "buy only";

    [Theory]
    [InlineData(Usual, "POST order?symbol=BTCXYZ&side=BUY&type=MARKET&quantity=100", """{"code":10007,"msg":"symbol not support api"}""")]
    [InlineData(NotForApi, $"POST {Order}&side=BUY&type=MARKET&quantity=100", """{"code":10007,"msg":"symbol not support api"}""")]
    [InlineData(LimitOnly, $"POST {Order}&side=BUY&type=MARKET&quantity=100", """{"msg":"api market order is disabled","code":30051}""")]
    [InlineData(Paused, $"POST {Order}&side=BUY&type=MARKET&quantity=100", """{"msg":"trading disabled","code":30016}""")]
    [InlineData(SellOnly, $"POST {Order}&side=BUY&type=MARKET&quantity=100",
        """{"msg":"The current transaction direction is not allowed to place an order","code":30001}""")]
    [InlineData(BuyOnly, $"POST {Order}&side=SELL&type=MARKET&quantity=100",
        """{"msg":"The current transaction direction is not allowed to place an order","code":30001}""")]
    [InlineData(Usual, $"POST {Order}&side=SELL&type=MARKET&quantity=10000.01", """{"msg":"Oversold","code":30005}""")]
    [InlineData(Usual, $"POST {Order}&side=BUY&type=MARKET&quoteOrderQty=500", """{"msg":"Insufficient position","code":30004}""")]
    [InlineData(Usual, $"POST {Order}&side=BUY&type=MARKET&quantity=100.001", """{"msg":" quantity scale is invalid","code":400}""")]
    [InlineData(Usual, $"POST {Order}&side=BUY&type=MARKET&quantity=100.000", """{"msg":" quantity scale is invalid","code":400}""")]
    [InlineData(Usual, $"POST {Order}&side=BUY&type=MARKET&quoteOrderQty=2.0000000", """{"msg":" amount scale is invalid","code":400}""")]
    [InlineData(Usual, $"POST {Order}&side=BUY&type=LIMIT&quantity=100&price=0.0450001", """{"msg":" price scale is invalid","code":400}""")]
    [InlineData(Usual, $"POST {Order}&side=BUY&type=LIMIT&quantity=100&price=5", """{"msg":"Order price exceeds allowed range","code":30087}""")]
    [InlineData(Usual, $"POST {Order}&side=BUY&type=LIMIT&quantity=100&price=0", """{"msg":"no valid trade price","code":30010}""")]
    [InlineData(Usual, $"POST {Order}&side=BUY&type=MARKET&quoteOrderQty=0.5",
        """{"msg":"The minimum transaction volume cannot be less than:1USDT","code":30002}""")]
    [InlineData(Usual, $"POST {Order}&side=BUY&type=MARKET&quoteOrderQty=2000001",
        """{"msg":"The maximum transaction volume cannot be greater than:2000000USDT","code":30003}""")]
    [InlineData(Usual, $"POST {Order}&side=BUY&type=STOP_LOSS&quantity=100", """{"msg":"current order type can not place order","code":30041}""")]
    [InlineData(Usual, $"POST {Order}&side=HOLD&type=MARKET&quantity=100",
        """{"code":700004,"msg":"Mandatory parameter 'side' was not sent, was empty/null, or malformed."}""")]
    [InlineData(Usual, $"POST {Order}&side=BUY&type=MARKET",
        """{"code":700004,"msg":"Mandatory parameter 'quantity' was not sent, was empty/null, or malformed."}""")]
    [InlineData(Usual, $"POST {Order}&side=BUY&type=LIMIT&quantity=100",
        """{"code":700004,"msg":"Mandatory parameter 'price' was not sent, was empty/null, or malformed."}""")]
    [InlineData(Usual, $"POST {Order}&side=BUY&type=MARKET&quantity=100&newClientOrderId=a%20b",
        """{"code":700008,"msg":"Illegal characters found in parameter 'newClientOrderId'"}""")]
    [InlineData(Usual, $"GET {Order}", """{"code":700004,"msg":"Param 'origClientOrderId' or 'orderId' must be sent, but both were empty/null"}""")]
    [InlineData(Usual, $"GET {Order}&orderId=1", """{"msg":"Order does not exist.","code":-2013,"_extend":null}""")]
    [InlineData(Usual, $"DELETE {Order}",
        """{"code":700004,"msg":"Param 'origClientOrderId' or 'orderId' must be sent, but both were empty/null"}""")]
    [InlineData(Usual, $"DELETE {Order}&orderId=1", """{"msg":"Unknown order sent.","code":-2011,"_extend":null}""")]
    [InlineData(Usual, "GET openOrders?symbol=NOSUCH", """{"msg":"Invalid symbol.","code":-1121,"_extend":null}""")]
    [InlineData(Usual, "GET tradeFee?symbol=NOSUCH", """{"msg":"Invalid symbol.","code":-1121,"_extend":null}""")]
    [InlineData(Usual, "GET klines?symbol=QRLUSDT&interval=1h", """{"msg":"Invalid interval.","code":-1121,"_extend":null}""")]
    [InlineData(Usual, "GET aggTrades?symbol=QRLUSDT&startTime=1",
        """{"code":-1128,"msg":"Combination of optional parameters invalid.","_extend":null}""")]
    [InlineData(Usual, "GET capital/deposit/hisrec?startTime=1", """{"msg":"The start time cannot be earlier than 90 days","code":400}""")]
    public async Task It_is_refused_in_the_originals_words(string pair, string request, string expected)
    {
        await using var paper = await PaperClient.StartAsync();
        Assert.Null(paper.Engine.Relist(Changed(paper.Engine.Listings.Single(listing => listing.Symbol.Name == "QRLUSDT"), pair), paper.Clock.GetUtcNow()));
        var (method, path, parameters) = (request.Split(' ')[0], request.Split(' ', '?')[1], request[(request.IndexOf('?') + 1)..]);
        Assert.Equal(
            (HttpStatusCode.BadRequest, expected), await paper.TrySignedAsync(new HttpMethod(method), "/api/v3/" + path, parameters));
    }

    [Fact]
    public async Task A_request_is_refused_for_the_first_reason_only()
    {
        await using var paper = await PaperClient.StartAsync();
        const string order = "/api/v3/order?symbol=NOSUCH&recvWindow=60001";
        string[] requests =
        [
            $"{order}",
            $"{order}&signature=00",
            $"{order}&signature=00&timestamp=1",
            "/api/v3/order?symbol=NOSUCH&signature=00&timestamp=1",
            $"/api/v3/order?symbol=NOSUCH&signature=00&timestamp={paper.NowMs}",
        ];
        var refusals = new List<string> { (await paper.SendAsync(HttpMethod.Post, order, key: null)).Text };
        refusals.Add((await paper.SendAsync(HttpMethod.Post, order, key: "a b")).Text);
        refusals.Add((await paper.SendAsync(HttpMethod.Post, order, key: "mx0stranger")).Text);
        foreach (var request in requests)
            refusals.Add((await paper.SendAsync(HttpMethod.Post, request)).Text);
        refusals.Add((await paper.TrySignedAsync(HttpMethod.Post, "/api/v3/order", "symbol=NOSUCH")).Text);
        refusals.Add((await paper.TrySignedAsync(HttpMethod.Post, "/api/v3/order", "symbol=NOSUCH&side=BUY&type=MARKET&quantity=x")).Text);
        refusals.Add((await paper.TrySignedAsync(HttpMethod.Post, "/api/v3/order", "symbol=NOSUCH&side=BUY&type=MARKET")).Text);
        Assert.Equal(
            ["api key", "700001", "10072", "'signature'", "'timestamp'", "700005", "700003", "700002", "'side'", "'quantity'", "10007"],
            refusals.Select(refusal => Words.First(word => refusal.Contains(word, StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData("application/json", true)]
    [InlineData("application/json; charset=utf-8", true)]
    [InlineData("APPLICATION/JSON", true)]
    [InlineData("application/x-www-form-urlencoded", false)]
    [InlineData("text/plain", false)]
    public async Task A_strict_exchange_takes_bodies_that_call_themselves_JSON_only(string contentType, bool taken)
    {
        await using var paper = await PaperClient.StartAsync(strictContentType: true);
        var form = paper.Stamped("symbol=QRLUSDT&side=BUY&type=MARKET&quantity=100");
        var body = $"{form}&signature={PaperClient.Sign(form)}";
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(paper.Url, "/api/v3/order/test"));
        request.Headers.Add("X-MEXC-APIKEY", PaperClient.Key);
        request.Content = new StringContent(body);
        request.Content.Headers.Remove("Content-Type");
        request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        using var http = new HttpClient();
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(
            taken ? "{}" : """{"code":700013,"msg":"Invalid content Type."}""",
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_strict_exchange_asks_nothing_of_a_question()
    {
        await using var paper = await PaperClient.StartAsync(strictContentType: true);
        Assert.Equal(HttpStatusCode.OK, (await paper.TrySignedAsync(HttpMethod.Get, "/api/v3/account")).Status);
        Assert.Equal(
            (HttpStatusCode.BadRequest, """{"code":700013,"msg":"Invalid content Type."}"""),
            await paper.TrySignedAsync(HttpMethod.Delete, "/api/v3/openOrders", "symbol=QRLUSDT"));
    }

    private static readonly string[] Words =
        ["api key", "'signature'", "'timestamp'", "'side'", "'quantity'", "700001", "700002", "700003", "700005", "10072", "10007"];

    private static Listing Changed(Listing listing, string pair) => pair switch
    {
        NotForApi => listing with { TradableByApi = false },
        LimitOnly => listing with { TakesMarketOrders = false },
        Paused => listing with { Status = PairStatus.Paused },
        SellOnly => listing with { Sides = OpenSides.SellOnly },
        BuyOnly => listing with { Sides = OpenSides.BuyOnly },
        _ => listing,
    };
}

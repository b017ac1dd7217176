using System.Net;
using System.Text.Json.Nodes;

namespace Ballast.Tests.PaperExchange;

public class BatchEndpointsTests
{
    private const string Batch = "/api/v3/batchOrders";

    private static readonly HttpMethod Get = HttpMethod.Get;
    private static readonly HttpMethod Post = HttpMethod.Post;
    private static readonly HttpMethod Delete = HttpMethod.Delete;

    [Fact]
    public async Task Each_order_of_a_batch_has_its_own_row_in_the_order_given()
    {
        await using var paper = await PaperClient.StartAsync();
        var rows = (await PlaceAsync(paper, """
            [{"symbol":"QRLUSDT","side":"BUY","type":"LIMIT_ORDER","quantity":"100","price":"0.045","newClientOrderId":7},
            {"symbol":"QRLUSDT","side":"BUY","type":"LIMIT","quantity":"2","price":"0.045","newClientOrderId":"small"},
            {"symbol":"QRLUSDT","side":"BUY","type":"LIMIT","quantity":100,"price":0.044,"quoteOrderQty":null}]
            """)).AsArray();
        var open = (await paper.SignedAsync(Get, "/api/v3/openOrders", "symbol=QRLUSDT")).AsArray();
        var (first, last) = (open[1]!["orderId"], open[0]!["orderId"]);
        Assert.Equal(
            PaperClient.OneLine($$"""
                [{"symbol":"QRLUSDT","orderId":"{{first}}","orderListId":-1,"newClientOrderId":"7"},
                {"newClientOrderId":"small","msg":"The minimum transaction volume cannot be less than:1USDT","code":30002},
                {"symbol":"QRLUSDT","orderId":"{{last}}","orderListId":-1}]
                """),
            rows.ToJsonString());
        Assert.Equal(["0.044", "0.045"], open.Select(order => order!["price"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData("", """{"code":700004,"msg":"Mandatory parameter 'batchOrders' was not sent, was empty/null, or malformed."}""")]
    [InlineData("[", """{"code":700004,"msg":"Mandatory parameter 'batchOrders' was not sent, was empty/null, or malformed."}""")]
    [InlineData("[]", """{"code":700004,"msg":"Mandatory parameter 'batchOrders' was not sent, was empty/null, or malformed."}""")]
    [InlineData("[1]", """{"code":700004,"msg":"Mandatory parameter 'batchOrders' was not sent, was empty/null, or malformed."}""")]
    [InlineData("{}", """{"code":700004,"msg":"Mandatory parameter 'batchOrders' was not sent, was empty/null, or malformed."}""")]
    [InlineData("""[{"symbol":"QRLUSDT"},{"symbol":"BTCUSDT"}]""", """{"msg":"param is error","code":33333}""")]
    public async Task A_batch_that_is_none_is_refused_as_a_whole(string batch, string expected)
    {
        await using var paper = await PaperClient.StartAsync();
        Assert.Equal(
            (HttpStatusCode.BadRequest, expected), await paper.TrySignedAsync(Post, Batch, "batchOrders=" + Uri.EscapeDataString(batch)));
    }

    [Fact]
    public async Task Twenty_orders_are_a_batch_and_twenty_one_are_not()
    {
        await using var paper = await PaperClient.StartAsync();
        string Orders(int count) => "[" + string.Join(',', Enumerable.Repeat(
            """{"symbol":"QRLUSDT","side":"BUY","type":"LIMIT","quantity":"30","price":"0.045"}""", count)) + "]";
        Assert.Equal(
            (HttpStatusCode.BadRequest, """{"msg":"Cannot exceed the maximum order limit","code":30029}"""),
            await paper.TrySignedAsync(Post, Batch, "batchOrders=" + Uri.EscapeDataString(Orders(21))));
        Assert.Equal(20, (await PlaceAsync(paper, Orders(20))).AsArray().Count);
        Assert.Equal(20, (await paper.SignedAsync(Get, "/api/v3/openOrders")).AsArray().Count);
    }

    [Fact]
    public async Task Everything_open_is_cancelled_at_once()
    {
        await using var paper = await PaperClient.StartAsync();
        await PlaceAsync(paper, """[{"symbol":"QRLUSDT","side":"BUY","type":"LIMIT","quantity":"100","price":"0.045"}]""");
        for (var again = 0; again < 2; again++)
        {
            Assert.Equal(
                (HttpStatusCode.OK, $$"""{"code":200,"msg":"success","timestamp":{{paper.NowMs}}}"""),
                await paper.TrySignedAsync(Delete, "/api/v3/order/all"));
            Assert.Empty((await paper.SignedAsync(Get, "/api/v3/openOrders")).AsArray());
        }
    }

    private static Task<JsonNode> PlaceAsync(PaperClient paper, string batch) =>
        paper.SignedAsync(Post, Batch, "batchOrders=" + Uri.EscapeDataString(batch));
}

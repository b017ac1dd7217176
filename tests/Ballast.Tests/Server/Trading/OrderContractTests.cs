using System.Text.Json.Nodes;
using Ballast.Tests.Mexc;

namespace Ballast.Tests.Server.Trading;

/// <summary>Orders over HTTP as the contract has them: 100 QRL and 150 USDT at 2.5, so a tick wants to sell 20.</summary>
[Trait(FromOutside.Name, FromOutside.Value)]
public class OrderContractTests
{
    private const string Order = "GET /api/v3/order";
    private const string Post = "POST /api/v3/order";

    private static readonly StubReply Ack = StubReply.Json("""{"symbol":"QRLUSDT","orderId":"C02__1","orderListId":-1,"price":"2.475","origQty":"20","type":"IMMEDIATE_OR_CANCEL","side":"SELL","transactTime":1666676533741}""");
    private static readonly StubReply NotFound = StubReply.Json("""{"msg":"Order does not exist.","code":-2013,"_extend":null}""", 400);

    [Fact]
    public async Task A_filled_order_is_answered_in_the_shape_of_the_contract()
    {
        await using var server = await StartAsync();
        server.Exchange.On(Post, Ack).On(Order, State("FILLED", 20));
        var order = (await server.AnswerAsync("/tasks/runtime"))["order"]!;

        Assert.Equal(
            ["average_price", "client_order_id", "executed_quantity", "fee", "fee_asset", "guards", "limit_price", "quantity", "reason", "side", "state", "type"],
            order.AsObject().Select(field => field.Key).Order(StringComparer.Ordinal));
        Assert.Equal(("filled", "SELL", "IMMEDIATE_OR_CANCEL"), ((string?)order["state"], (string?)order["side"], (string?)order["type"]));
        Assert.Equal((20m, 20m, 2.5m, 2.475m), ((decimal)order["quantity"]!, (decimal)order["executed_quantity"]!, (decimal)order["average_price"]!, (decimal)order["limit_price"]!));
        Assert.All(order["guards"]!.AsArray(), guard => Assert.True((bool)guard!["passed"]!));

        var sent = Assert.Single(server.Exchange.RequestsTo(Post));
        Assert.Contains($"newClientOrderId={(string?)order["client_order_id"]}", sent.Query, StringComparison.Ordinal);
        Assert.Matches("^ballast-[0-9a-f]{24}$", (string?)order["client_order_id"]);
        Assert.Contains("quantity=20&price=2.475&", sent.Query, StringComparison.Ordinal);
        // A stored answer is the whole of it.
        var redis = await server.RedisAsync();
        Assert.False(await redis.KeyExistsAsync("bot:QRLUSDT:order:open"));
        Assert.Equal(1, await redis.ListLengthAsync("bot:QRLUSDT:orders"));
    }

    [Fact]
    public async Task A_partial_fill_is_what_it_is()
    {
        await using var server = await StartAsync();
        server.Exchange.On(Post, Ack).On(Order, State("PARTIALLY_CANCELED", 8));
        var answer = await server.AnswerAsync("/tasks/runtime");
        Assert.Equal(("success", "partially_filled", 8m), ((string?)answer["status"], (string?)answer["order"]!["state"], (decimal)answer["order"]!["executed_quantity"]!));
    }

    public static TheoryData<string> LostAnswers => ["drop", "500", "garbage"];

    [Theory]
    [MemberData(nameof(LostAnswers))]
    public async Task After_a_lost_answer_the_exchange_is_asked_and_nothing_is_sent_again(string how)
    {
        await using var server = await StartAsync();
        server.Exchange.On(Post, how switch { "drop" => StubReply.Drop(), "500" => StubReply.Empty(500), _ => StubReply.Json("{\"ord") })
            .On(Order, NotFound, NotFound, State("FILLED", 20));
        Assert.Equal("filled", (string?)(await server.AnswerAsync("/tasks/runtime"))["order"]!["state"]);
        Assert.Single(server.Exchange.RequestsTo(Post));
    }

    [Fact]
    public async Task An_unknown_outcome_is_partial_and_blocks_until_it_is_settled()
    {
        await using var server = await StartAsync();
        server.Exchange.On(Post, StubReply.Drop()).On(Order, NotFound);
        var unknown = await server.AnswerAsync("/tasks/runtime");
        Assert.Equal(("partial", "unknown"), ((string?)unknown["status"], (string?)unknown["order"]!["state"]));
        Assert.True(await (await server.RedisAsync()).KeyExistsAsync("bot:QRLUSDT:order:open"));

        var blocked = await server.AnswerAsync("/tasks/rebalance/symmetric");
        Assert.StartsWith("unsettled_order", (string?)blocked["order"]!["reason"], StringComparison.Ordinal);
        Assert.Single(server.Exchange.RequestsTo(Post));

        server.Exchange.On(Order, State("FILLED", 20, (string?)unknown["order"]!["client_order_id"]));
        var settled = await server.AnswerAsync("/tasks/runtime");
        Assert.Equal("filled", (string?)settled["settled"]!["state"]);
        Assert.Equal((string?)unknown["order"]!["client_order_id"], (string?)settled["settled"]!["client_order_id"]);
    }

    [Fact]
    public async Task A_rejection_is_partial_and_says_why()
    {
        await using var server = await StartAsync();
        server.Exchange.On(Post, StubReply.Json("""{"msg":"Oversold","code":30005}""", 400));
        var answer = await server.AnswerAsync("/tasks/runtime");
        Assert.Equal(("partial", "rejected"), ((string?)answer["status"], (string?)answer["order"]!["state"]));
        Assert.Contains("Oversold", (string?)answer["order"]!["reason"], StringComparison.Ordinal);
        Assert.Empty(server.Exchange.RequestsTo(Order));
    }

    [Theory]
    [InlineData("SET", "bot:QRLUSDT:halt", "1")]
    [InlineData("HSET", "bot:QRLUSDT:halt", "reason", "stop it")]
    [InlineData("LPUSH", "bot:QRLUSDT:halt", "x")]
    public async Task Redis_cli_alone_can_halt(params string[] command)
    {
        await using var server = await StartAsync();
        await (await server.RedisAsync()).ExecuteAsync(command[0], [.. command[1..]]);
        var order = (await server.AnswerAsync("/tasks/runtime"))["order"]!;
        Assert.Equal("blocked", (string?)order["state"]);
        Assert.StartsWith("halt: ", (string?)order["reason"], StringComparison.Ordinal);
        Assert.Empty(server.Exchange.RequestsTo(Post));
    }

    public static TheoryData<string, string, string> Blocks => new()
    {
        { "Ballast:Safety:MaxOrderNotional", "49", "order_notional_max" },
        { "Ballast:Safety:MaxDailyNotional", "49", "daily_notional" },
        { "Ballast:Safety:BaseReserve", "81", "base_reserve" },
        { "Ballast:Safety:MaxSpread", "0.0001", "spread" },
    };

    [Theory]
    [MemberData(nameof(Blocks))]
    public async Task Each_limit_blocks_by_its_name(string setting, string value, string guard)
    {
        await using var server = await StartAsync((setting, value));
        var answer = await server.AnswerAsync("/tasks/runtime");
        Assert.Equal(("success", "blocked"), ((string?)answer["status"], (string?)answer["order"]!["state"]));
        Assert.StartsWith($"{guard}: ", (string?)answer["order"]!["reason"], StringComparison.Ordinal);
        Assert.Empty(server.Exchange.RequestsTo(Post));
    }

    [Fact]
    public async Task In_observe_no_order_is_asked_about_and_none_leaves()
    {
        await using var server = await StartAsync(("Ballast:Mode", "observe"));
        var answer = await server.AnswerAsync("/tasks/runtime");
        Assert.True(answer.ContainsKey("order"));
        Assert.Null(answer["order"]);
        Assert.DoesNotContain(server.Exchange.Requests, request => request.Route is Post or "GET /api/v3/depth" or "GET /api/v3/allOrders");
    }

    private static StubReply State(string status, decimal executed, string? clientId = null) => StubReply.Json(
        $$"""
        {"symbol":"QRLUSDT","orderId":"C02__1","orderListId":-1,"clientOrderId":{{(clientId is null ? "null" : $"\"{clientId}\"")}},"price":"2.475","origQty":"20",
         "executedQty":"{{executed}}","cummulativeQuoteQty":"{{executed * 2.5m}}","status":"{{status}}","type":"IMMEDIATE_OR_CANCEL","side":"SELL","time":1666676533000}
        """);

    private static async Task<ServerUnderTest> StartAsync(params (string Name, string? Value)[] settings)
    {
        var server = await ServerUnderTest.StartAsync(
            [("Ballast:Mode", "auto"), ("Ballast:Safety:MaxOrderNotional", "100"), ("Ballast:Safety:MaxDailyNotional", "500"), .. settings]);
        server.Exchange.On("GET /api/v3/depth", StubReply.Json("""{"lastUpdateId":1,"bids":[["2.5","40"],["2.49","100"]],"asks":[["2.501","40"]]}"""))
            .On("GET /api/v3/avgPrice", StubReply.Json("""{"mins":5,"price":"2.5"}"""))
            .On("GET /api/v3/allOrders", StubReply.Json("[]"));
        return server;
    }
}

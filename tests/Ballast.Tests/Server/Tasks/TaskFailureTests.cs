using System.Text.Json.Nodes;
using Ballast.Tests.Mexc;

namespace Ballast.Tests.Server.Tasks;

[Trait(FromOutside.Name, FromOutside.Value)]
public class TaskFailureTests
{
    private const string Noon = "2026-01-01T12:00:00Z";
    private const string Later = "2026-01-01T12:15:00Z";

    public static TheoryData<string, string, string> BrokenMarkets => new()
    {
        { "GET /api/v3/ticker/bookTicker", """{"symbol":"QRLUSDT","bidPrice":"2.6","bidQty":"1","askPrice":"2.4","askQty":"1"}""", "crossed" },
        { "GET /api/v3/ticker/bookTicker", """{"symbol":"QRLUSDT","bidPrice":null,"bidQty":"","askPrice":"2.4","askQty":"1"}""", "no bid" },
        { "GET /api/v3/ticker/bookTicker", """{"symbol":"QRLUSDT","bidPrice":"2.4","bidQty":"1","askPrice":"0","askQty":""}""", "no ask" },
        { "GET /api/v3/ticker/price", """{"symbol":"QRLUSDT","price":"NaN"}""", "price" },
    };

    [Theory]
    [MemberData(nameof(BrokenMarkets))]
    public async Task Without_a_price_the_last_good_plan_stays_and_the_failure_goes_into_the_history(string route, string body, string says)
    {
        await using var server = await ServerUnderTest.StartAsync();
        await server.AnswerAsync("/tasks/runtime", Noon);
        var redis = await server.RedisAsync();
        var good = (string?)await redis.StringGetAsync("bot:QRLUSDT:rebalance:plan");
        server.Exchange.On(route, StubReply.Json(body));

        var answer = await server.AnswerAsync("/tasks/runtime", Later);

        Assert.Equal("partial", (string?)answer["status"]);
        Assert.Equal("success", (string?)answer["cost_update"]!["status"]);
        Assert.Equal("error", (string?)answer["rebalance"]!["status"]);
        Assert.Contains(says, (string?)answer["rebalance"]!["error"]);
        Assert.Equal(good, (string?)await redis.StringGetAsync("bot:QRLUSDT:rebalance:plan"));
        Assert.Equal(2, await redis.ListLengthAsync("bot:QRLUSDT:rebalance:history"));
        var newest = JsonNode.Parse((string)(await redis.ListGetByIndexAsync("bot:QRLUSDT:rebalance:history", 0))!)!;
        Assert.Equal(("error", "15-min-job/" + Later), ((string?)newest["status"], (string?)newest["tick"]));
    }

    [Fact]
    public async Task Without_books_the_plan_is_made_all_the_same()
    {
        await using var server = await ServerUnderTest.StartAsync();
        server.Exchange.On("GET /api/v3/myTrades", StubReply.Json("""{"code":700007,"msg":"No permission to access the endpoint."}""", 400));

        var answer = await server.AnswerAsync("/tasks/runtime", Noon);

        Assert.Equal("partial", (string?)answer["status"]);
        Assert.Equal("error", (string?)answer["cost_update"]!["status"]);
        Assert.Contains("permission", (string?)answer["cost_update"]!["error"], StringComparison.OrdinalIgnoreCase);
        Assert.Equal("SELL", (string?)answer["rebalance"]!["action"]);
        Assert.False(await (await server.RedisAsync()).KeyExistsAsync("bot:QRLUSDT:cost"));
    }

    [Fact]
    public async Task With_the_exchange_gone_the_answer_is_an_error_and_a_retry_runs_again()
    {
        await using var server = await ServerUnderTest.StartAsync();
        foreach (var route in (string[])["account", "ticker/price", "ticker/bookTicker", "myTrades", "exchangeInfo"])
            server.Exchange.On($"GET /api/v3/{route}", StubReply.Empty(503));

        var failed = await server.AnswerAsync("/tasks/runtime", Noon, 502);
        server.Exchange.OnOrdinaryMarket();
        var retried = await server.AnswerAsync("/tasks/runtime", Noon);

        Assert.Equal("error", (string?)failed["status"]);
        Assert.Equal("error", (string?)failed["cost_update"]!["status"]);
        Assert.Equal("error", (string?)failed["rebalance"]!["status"]);
        Assert.Equal(("success", false), ((string?)retried["status"], (bool)retried["replayed"]!));
        Assert.Equal(2, await (await server.RedisAsync()).ListLengthAsync("bot:QRLUSDT:rebalance:history"));
    }

    [Fact]
    public async Task No_answer_and_no_stored_value_ever_holds_a_secret()
    {
        await using var server = await ServerUnderTest.StartAsync();
        server.Exchange.On("GET /api/v3/account", StubReply.Json("""{"code":700002,"msg":"Signature for this request is not valid."}""", 400));

        var answer = await server.AnswerAsync("/tasks/runtime", Noon, 502);

        var redis = await server.RedisAsync();
        var stored = string.Join('\n', (await redis.ListRangeAsync("bot:QRLUSDT:rebalance:history")).Select(entry => (string)entry!));
        foreach (var text in (string[])[answer.ToJsonString(), stored])
        {
            Assert.DoesNotContain(ServerUnderTest.ApiKey, text, StringComparison.Ordinal);
            Assert.DoesNotContain(ServerUnderTest.SecretKey, text, StringComparison.Ordinal);
            Assert.DoesNotContain("signature=", text, StringComparison.Ordinal);
        }
        Assert.Contains("check that the secret key", answer.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_price_of_zero_holds()
    {
        await using var server = await ServerUnderTest.StartAsync();
        server.Exchange.On("GET /api/v3/ticker/price", StubReply.Json("""{"symbol":"QRLUSDT","price":"0"}"""));

        var answer = await server.AnswerAsync("/tasks/rebalance/symmetric");

        Assert.Equal(("HOLD", "Insufficient price or balance"), ((string?)answer["rebalance"]!["action"], (string?)answer["rebalance"]!["reason"]));
    }

    [Fact]
    public async Task Settings_in_the_store_are_laid_over_the_configuration_and_a_mistyped_one_is_an_error()
    {
        await using var server = await ServerUnderTest.StartAsync();
        var redis = await server.RedisAsync();

        await redis.HashSetAsync("bot:QRLUSDT:settings", [new("threshold", "13%")]);
        var wide = await server.AnswerAsync("/tasks/runtime");
        await redis.HashSetAsync("bot:QRLUSDT:settings", [new("threshold", "thirteen")]);
        var mistyped = await server.AnswerAsync("/tasks/runtime");

        Assert.Equal(("HOLD", "Within threshold"), ((string?)wide["rebalance"]!["action"], (string?)wide["rebalance"]!["reason"]));
        Assert.Equal("partial", (string?)mistyped["status"]);
        Assert.Contains("setting threshold: 'thirteen'", (string?)mistyped["rebalance"]!["error"]);
    }

    [Fact]
    public async Task Trades_are_stored_once_each_and_move_the_average_cost()
    {
        // 60 bought at 2 (fee 0.06): 100 held now, so 40 stood before at the opening cost of 1.
        // (40 × 1 + 60 × 2 + 0.06) / 100 = 1.6006; worth 2.5: 100 × 0.8994 = 89.94.
        await using var server = await ServerUnderTest.StartAsync([("Ballast:Books:OpeningCost", "1")]);
        var bought = TimeProvider.System.GetUtcNow().AddHours(-1).ToUnixTimeSeconds() * 1000;
        server.Exchange.On("GET /api/v3/myTrades", StubReply.Json($$"""
            [{"symbol":"QRLUSDT","id":"a1","orderId":"o1","orderListId":-1,"price":"2","qty":"60","quoteQty":"120","commission":"0.06",
              "commissionAsset":"USDT","time":{{bought}},"isBuyer":true,"isMaker":false,"isBestMatch":true,"isSelfTrade":null,"clientOrderId":null}]
            """));

        var first = await server.AnswerAsync("/tasks/runtime", Noon);
        var second = await server.AnswerAsync("/tasks/runtime", Later);

        Assert.Equal((1, 0), ((int)first["cost_update"]!["new_trades"]!, (int)second["cost_update"]!["new_trades"]!));
        foreach (var answer in (JsonObject[])[first, second])
        {
            var books = answer["cost_update"]!;
            Assert.Equal((1.6006m, 100m, 89.94m), ((decimal)books["avg_cost"]!, (decimal)books["quantity"]!, (decimal)books["unrealized_pnl"]!));
            Assert.Equal("balanced", (string?)books["books"]);
        }
        var redis = await server.RedisAsync();
        Assert.Equal(1, await redis.SortedSetLengthAsync("bot:QRLUSDT:trades:history"));
        Assert.Equal(bought, (await redis.SortedSetRangeByRankWithScoresAsync("bot:QRLUSDT:trades:history"))[0].Score);
        Assert.Equal("1.6006", (string?)await redis.HashGetAsync("bot:QRLUSDT:cost", "avg_cost"));
        Assert.Equal("89.94", (string?)await redis.HashGetAsync("bot:QRLUSDT:pnl", "total_pnl"));
    }

    [Fact]
    public async Task A_deposit_is_no_profit_and_the_books_say_since_when_they_cannot_explain_it()
    {
        await using var server = await ServerUnderTest.StartAsync();
        await server.AnswerAsync("/tasks/runtime", Noon);
        server.Exchange.On("GET /api/v3/account", StubReply.Json(
            """{"balances":[{"asset":"QRL","free":"112.5","locked":"0"},{"asset":"USDT","free":"150","locked":"0"}]}"""));

        var books = (await server.AnswerAsync("/tasks/runtime", Later))["cost_update"]!;
        var again = (await server.AnswerAsync("/tasks/runtime"))["cost_update"]!;

        Assert.Equal("unproven", (string?)books["books"]);
        Assert.Contains("12.5 QRL more", (string?)books["unproven_reason"]);
        Assert.Equal(0m, (decimal)books["unrealized_pnl"]!);
        Assert.Equal((string?)books["unproven_since"], (string?)again["unproven_since"]);
    }
}

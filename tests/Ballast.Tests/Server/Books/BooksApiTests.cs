using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Ballast.Tests.Mexc;

namespace Ballast.Tests.Server.Books;

/// <summary>The books over HTTP, on the real program: 100 QRL and 150 USDT at 2.5.</summary>
[Trait(FromOutside.Name, FromOutside.Value)]
public class BooksApiTests
{
    private const string Token = "a-token-of-at-least-24-letters";

    public static TheoryData<string, string> Endpoints => new()
    {
        { "GET", "/api/v1/books" }, { "GET", "/api/v1/books/profit" }, { "POST", "/api/v1/books/resolve" },
        { "POST", "/api/v1/books/verify" }, { "POST", "/api/v1/books/rebuild" },
    };

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task Nobody_is_served_who_does_not_show_the_token(string method, string path)
    {
        await using var server = await StartAsync();
        foreach (var proof in (string?[])[null, "Bearer", "Bearer wrong", $"Bearer {Token}x", $"Basic {Token}", Token])
        {
            var request = new HttpRequestMessage(new HttpMethod(method), path);
            request.Headers.Add("X-CloudScheduler", "true");
            if (proof is not null)
                request.Headers.TryAddWithoutValidation("Authorization", proof);
            if (method == "POST")
                request.Content = new StringContent("""{"kind":"transfer","reason":"a stranger"}""", Encoding.UTF8, "application/json");
            using var response = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        }
    }

    [Fact]
    public async Task The_operators_token_opens_no_task()
    {
        await using var server = await StartAsync();
        Assert.Equal(401, (await CallAsync(server, "POST", "/tasks/runtime")).Status);
    }

    [Fact]
    public async Task Without_a_token_there_is_no_API_outside_Development()
    {
        await using var server = await ServerUnderTest.StartAsync([("Ballast:Auth:TrustSchedulerHeader", "true")], "Production");
        Assert.Equal(404, (await CallAsync(server, "GET", "/api/v1/books")).Status);
    }

    [Fact]
    public async Task A_difference_is_shown_resolved_verified_and_rebuilt()
    {
        await using var server = await StartAsync();
        await server.AnswerAsync("/tasks/runtime");
        server.Exchange.On("GET /api/v3/account", StubReply.Json("""{"balances":[{"asset":"QRL","free":"120"},{"asset":"USDT","free":"150"}]}"""));
        await server.AnswerAsync("/tasks/runtime");

        var unproven = (await CallAsync(server, "GET", "/api/v1/books")).Body;
        Assert.Equal(("unproven", 20m), ((string?)unproven["books"], (decimal)unproven["unproven_base"]!));

        var resolved = await CallAsync(server, "POST", "/api/v1/books/resolve", """{"kind":"transfer","reason":"from my wallet","cost":1}""");
        // 100 × 2.5 + 20 × 1 = 270, / 120
        Assert.Equal(("balanced", 120m, 2.25m), ((string?)resolved.Body["books"], (decimal)resolved.Body["quantity"]!, (decimal)resolved.Body["avg_cost"]!));
        Assert.Equal("from my wallet", (string?)resolved.Body["recorded"]![0]!["reason"]);

        Assert.True((bool)(await CallAsync(server, "POST", "/api/v1/books/verify")).Body["verified"]!);
        var answer = (await server.AnswerAsync("/tasks/runtime"))["cost_update"]!;
        Assert.Equal(("balanced", 20m), ((string?)answer["books"], (decimal)answer["profit"]!["transfers"]!));

        // Somebody changes the books by hand: it is noticed, and mended from the journal.
        await (await server.RedisAsync()).HashSetAsync("bot:QRLUSDT:cost", "settled_realized_pnl", "1000");
        var broken = (await CallAsync(server, "POST", "/api/v1/books/verify")).Body;
        Assert.False((bool)broken["verified"]!);
        Assert.Equal("2.25", $"{(await CallAsync(server, "POST", "/api/v1/books/rebuild")).Body["avg_cost"]}");
        Assert.True((bool)(await CallAsync(server, "POST", "/api/v1/books/verify")).Body["verified"]!);
        Assert.Equal("balanced", (string?)(await server.AnswerAsync("/tasks/runtime"))["cost_update"]!["books"]);
    }

    [Fact]
    public async Task Books_whose_hash_was_lost_are_made_again_from_the_journal()
    {
        await using var server = await StartAsync();
        await server.AnswerAsync("/tasks/runtime");
        var redis = await server.RedisAsync();
        await redis.HashSetAsync("bot:QRLUSDT:cost", "opening_at", "yesterday");
        Assert.Equal("partial", (string?)(await server.AnswerAsync("/tasks/runtime"))["status"]);
        Assert.Equal(200, (await CallAsync(server, "POST", "/api/v1/books/rebuild")).Status);
        Assert.Equal("balanced", (string?)(await server.AnswerAsync("/tasks/runtime"))["cost_update"]!["books"]);
    }

    [Theory]
    [InlineData("{", "cannot be read")]
    [InlineData("null", "null")]
    [InlineData("""{"kind":"transfer"}""", "reason")]
    [InlineData("""{"kind":"gift","reason":"x"}""", "neither transfer nor correction")]
    [InlineData("""{"kind":"transfer","reason":" "}""", "reason")]
    [InlineData("""{"kind":"transfer","reason":"x","asset":"QRL"}""", "go together")]
    [InlineData("""{"kind":"transfer","reason":"x","asset":"BTC","amount":1}""", "QRL/USDT")]
    [InlineData("""{"kind":"transfer","reason":"x","cost":-1}""", "negative")]
    [InlineData("""{"kind":"transfer","reason":"x"}""", "nothing to resolve")]
    public async Task A_statement_that_makes_no_sense_is_refused_with_the_reason(string body, string reason)
    {
        await using var server = await StartAsync();
        await server.AnswerAsync("/tasks/runtime");
        var (status, answer) = await CallAsync(server, "POST", "/api/v1/books/resolve", body);
        Assert.Equal(400, status);
        Assert.Contains(reason, (string?)answer["detail"], StringComparison.Ordinal);
        Assert.Equal(0, await (await server.RedisAsync()).SortedSetLengthAsync("bot:QRLUSDT:movements"));
    }

    [Fact]
    public async Task Profit_is_counted_from_the_point_that_is_asked_for()
    {
        await using var server = await StartAsync();
        Assert.Equal(400, (await CallAsync(server, "GET", "/api/v1/books/profit")).Status);
        await server.AnswerAsync("/tasks/runtime");
        server.Exchange.On("GET /api/v3/ticker/price", StubReply.Json("""{"symbol":"QRLUSDT","price":"2.6"}"""))
            .On("GET /api/v3/ticker/bookTicker", StubReply.Json("""{"symbol":"QRLUSDT","bidPrice":"2.59","bidQty":"40","askPrice":"2.61","askQty":"35.5"}"""));
        await server.AnswerAsync("/tasks/runtime");

        // 100 × (2.6 − 2.5)
        var all = (await CallAsync(server, "GET", "/api/v1/books/profit?since=2020-01-01T00:00:00Z")).Body;
        Assert.Equal((10m, 10m, 400m), ((decimal)all["change"]!, (decimal)all["market"]!, (decimal)all["all_quote"]!));
        Assert.Equal(400, (await CallAsync(server, "GET", "/api/v1/books/profit?since=2999-01-01T00:00:00Z")).Status);
        Assert.Equal(400, (await CallAsync(server, "GET", "/api/v1/books/profit?since=yesterday")).Status);
    }

    private static Task<ServerUnderTest> StartAsync() => ServerUnderTest.StartAsync([("Ballast:Operator:ApiToken", Token)]);

    private static async Task<(int Status, JsonObject Body)> CallAsync(ServerUnderTest server, string method, string path, string? body = null)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, JsonNode.Parse(text)!.AsObject());
    }
}

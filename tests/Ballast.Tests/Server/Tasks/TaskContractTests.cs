using System.Net;
using System.Text.Json.Nodes;
using Ballast.Tests.Mexc;
using Ballast.Tests.Server.Auth;

namespace Ballast.Tests.Server.Tasks;

[Trait(FromOutside.Name, FromOutside.Value)]
public class TaskContractTests
{
    private const string Noon = "2026-01-01T12:00:00Z";

    [Fact]
    public async Task The_answer_is_the_one_that_the_contract_shows()
    {
        await using var server = await ServerUnderTest.StartAsync([("Ballast:Books:OpeningCost", "2.345")]);

        var answer = await server.AnswerAsync("/tasks/runtime", Noon);

        Assert.Equal(
            ["status", "task", "auth", "tick", "replayed", "mode", "timestamp", "duration_ms", "cost_update", "rebalance", "order"],
            answer.Select(field => field.Key));
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$", (string?)answer["timestamp"]);
        Assert.InRange((int)answer["duration_ms"]!, 0, 60_000);
        Expect(
            """
            {"status":"success","task":"15-min-job","auth":"X-CloudScheduler","tick":"15-min-job/2026-01-01T12:00:00Z","replayed":false,"mode":"observe"}
            """, answer);

        // 100 QRL that cost 2.345 each are worth 2.5 each: 100 × 0.155 = 15.5.
        Expect(
            """
            {"status":"success","avg_cost":2.345,"quantity":100,"realized_pnl":0,"unrealized_pnl":15.5,"new_trades":0,"books":"balanced"}
            """, answer["cost_update"]!.AsObject());

        // 100 × 2.5 = 250; 250 + 150 = 400; half is 200; 50 too much; 50 / 2.5 = 20; 50 / 400 = 0.125.
        Expect(
            """
            {"action":"SELL","quantity":20,"notional_usdt":50,"reason":"QRL above target","price":2.5,"base_balance":100,"quote_balance":150,
             "base_value":250,"quote_value":150,"total_value":400,"target_value":200,"target_ratio":0.5,"deviation":0.125,"threshold":0.01}
            """, answer["rebalance"]!.AsObject());
        Assert.All(answer["rebalance"]!["checks"]!.AsArray(), check => Assert.True((bool)check!["passed"]!));
        Assert.Null(answer["order"]);
    }

    [Fact]
    public async Task The_alias_is_the_same_task()
    {
        await using var server = await ServerUnderTest.StartAsync();
        await server.AnswerAsync("/tasks/runtime", Noon);

        var repeat = await server.AnswerAsync("/tasks/15-min-job", Noon);

        Assert.True((bool)repeat["replayed"]!);
    }

    [Fact]
    public async Task The_symmetric_task_plans_and_leaves_the_books_alone()
    {
        await using var server = await ServerUnderTest.StartAsync();

        var answer = await server.AnswerAsync("/tasks/rebalance/symmetric", Noon);

        Expect("""{"status":"success","task":"rebalance-symmetric","tick":"rebalance-symmetric/2026-01-01T12:00:00Z"}""", answer);
        Assert.True(answer.ContainsKey("cost_update"));
        Assert.Null(answer["cost_update"]);
        Assert.Equal("SELL", (string?)answer["rebalance"]!["action"]);
        Assert.Empty(server.Exchange.RequestsTo("GET /api/v3/myTrades"));
        var redis = await server.RedisAsync();
        Assert.False(await redis.KeyExistsAsync("bot:QRLUSDT:cost"));
        Assert.True(await redis.KeyExistsAsync("bot:QRLUSDT:rebalance:plan"));
    }

    [Fact]
    public async Task A_repeated_delivery_gets_the_stored_answer_and_changes_nothing()
    {
        await using var server = await ServerUnderTest.StartAsync();
        var first = await server.AnswerAsync("/tasks/runtime", Noon);
        var asked = server.Exchange.Requests.Count;
        server.Exchange.On("GET /api/v3/ticker/price", StubReply.Json("""{"symbol":"QRLUSDT","price":"9"}"""));

        var repeat = await server.AnswerAsync("/tasks/runtime", "2026-01-01T13:00:00+01:00");

        first["replayed"] = true;
        Assert.Equal(first.ToJsonString(), repeat.ToJsonString());
        Assert.Equal(asked, server.Exchange.Requests.Count);
        Assert.Equal(1, await (await server.RedisAsync()).ListLengthAsync("bot:QRLUSDT:rebalance:history"));
    }

    [Fact]
    public async Task A_forced_run_with_the_next_runs_time_does_not_make_the_next_run_a_repeat()
    {
        await using var server = await ServerUnderTest.StartAsync();
        var next = TimeProvider.System.GetUtcNow().AddMinutes(10).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'");

        var forced = await server.AnswerAsync("/tasks/runtime", next);
        var again = await server.AnswerAsync("/tasks/runtime", next);

        Assert.StartsWith("15-min-job/manual/", (string?)forced["tick"]);
        Assert.NotEqual((string?)forced["tick"], (string?)again["tick"]);
        Assert.False((bool)again["replayed"]!);
    }

    [Fact]
    public async Task Of_two_hundred_identical_calls_exactly_one_runs()
    {
        await using var server = await ServerUnderTest.StartAsync();

        var responses = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => server.PostAsync("/tasks/runtime", Noon)));

        var ran = 0;
        foreach (var response in responses)
        {
            if (response.StatusCode == HttpStatusCode.OK)
                ran += (bool)JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["replayed"]! ? 0 : 1;
            else
                Assert.True(response is { StatusCode: HttpStatusCode.Conflict, Headers.RetryAfter.Delta.TotalSeconds: > 0 }, response.ToString());
        }
        Assert.Equal(1, ran);
        Assert.Equal(1, await (await server.RedisAsync()).ListLengthAsync("bot:QRLUSDT:rebalance:history"));
        Assert.Single(server.Exchange.RequestsTo("GET /api/v3/account"));
    }

    [Fact]
    public async Task A_token_of_the_scheduler_runs_a_task_in_production()
    {
        await using var issuer = await LoopbackIssuer.StartAsync();
        await using var server = await ServerUnderTest.StartAsync(
            [
                ("Ballast:Auth:Issuer", issuer.Issuer),
                ("Ballast:Auth:Audience", LoopbackIssuer.Audience),
                ("Ballast:Auth:ServiceAccounts", LoopbackIssuer.ServiceAccount),
            ],
            "Production");
        server.Http.DefaultRequestHeaders.Authorization = new("Bearer", issuer.Token());

        var response = await server.Http.PostAsync("/tasks/runtime", null, TestContext.Current.CancellationToken);
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("OIDC", (string?)answer["auth"]);
    }

    [Theory]
    [InlineData("/tasks/runtime")]
    [InlineData("/tasks/15-min-job")]
    [InlineData("/tasks/rebalance/symmetric")]
    public async Task A_stranger_is_refused_before_anything_is_read_or_written(string path)
    {
        await using var issuer = await LoopbackIssuer.StartAsync();
        await using var server = await ServerUnderTest.StartAsync(
            [
                ("Ballast:Auth:Issuer", issuer.Issuer),
                ("Ballast:Auth:Audience", LoopbackIssuer.Audience),
                ("Ballast:Auth:ServiceAccounts", LoopbackIssuer.ServiceAccount),
            ],
            "Production");

        var answer = await server.AnswerAsync(path, Noon, 401);

        Assert.Equal("""{"title":"Unauthorized","status":401,"detail":"Unauthorized"}""", answer.ToJsonString());
        Assert.Empty(server.Exchange.Requests);
        Assert.Equal(0, await (await server.RedisAsync()).ExecuteAsync("DBSIZE") is var keys ? (long)keys : -1);
    }

    [Theory]
    [InlineData("yesterday")]
    [InlineData("2026-01-01T12:00:00")]
    [InlineData("2026-13-01T12:00:00Z")]
    [InlineData("")]
    public async Task A_schedule_time_that_is_none_is_refused_with_the_form_it_must_have(string scheduled)
    {
        await using var server = await ServerUnderTest.StartAsync();

        var answer = await server.AnswerAsync("/tasks/runtime", scheduled, 400);

        Assert.Contains("RFC 3339", (string?)answer["detail"]);
        Assert.Empty(server.Exchange.Requests);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_is_ignored_unless_it_is_too_large(bool chunked)
    {
        await using var server = await ServerUnderTest.StartAsync();
        server.Http.DefaultRequestHeaders.Add("X-CloudScheduler", "true");
        server.Http.DefaultRequestHeaders.TransferEncodingChunked = chunked;

        var small = await server.Http.PostAsync("/tasks/runtime", new StringContent("{\"not\": read"), TestContext.Current.CancellationToken);
        var large = await server.Http.PostAsync("/tasks/runtime", new ByteArrayContent(new byte[20_000]), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, small.StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
        Assert.Equal("application/problem+json", large.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("GET", "/tasks/runtime", 405)]
    [InlineData("DELETE", "/tasks/rebalance/symmetric", 405)]
    [InlineData("POST", "/health/live", 405)]
    [InlineData("GET", "/tasks", 404)]
    [InlineData("POST", "/tasks/15-min-job/again", 404)]
    [InlineData("GET", "/nowhere", 404)]
    public async Task Unknown_routes_and_wrong_methods_are_named_as_such(string method, string path, int status)
    {
        await using var server = await ServerUnderTest.StartAsync();

        using var response = await server.Http.SendAsync(new HttpRequestMessage(new HttpMethod(method), path), TestContext.Current.CancellationToken);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task A_page_whose_name_was_pointed_at_this_machine_is_refused()
    {
        await using var server = await ServerUnderTest.StartAsync();
        server.Http.DefaultRequestHeaders.Host = "rebound.example";

        using var response = await server.PostAsync("/tasks/runtime");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Empty(server.Exchange.Requests);
    }

    [Fact]
    public async Task The_document_describes_the_tasks_and_their_numbers()
    {
        await using var server = await ServerUnderTest.StartAsync();

        var document = JsonNode.Parse(await server.Http.GetStringAsync("/openapi/v1.json", TestContext.Current.CancellationToken))!;

        Assert.Equal("Ballast", (string?)document["info"]!["title"]);
        foreach (var path in (string[])["/tasks/runtime", "/tasks/15-min-job", "/tasks/rebalance/symmetric"])
            Assert.NotNull(document["paths"]![path]!["post"]!["responses"]!["200"]);
        foreach (var path in (string[])["/health", "/health/live", "/health/ready"])
            Assert.NotNull(document["paths"]![path]!["get"]);
        var plan = document["components"]!["schemas"]!["RebalanceAnswer"]!["properties"]!;
        Assert.Contains("number", plan["notional_usdt"]!["type"]!.ToJsonString());
    }

    /// <summary>Every field of <paramref name="expected"/> stands in <paramref name="actual"/> with the same value; numbers are compared as decimals.</summary>
    private static void Expect(string expected, JsonObject actual)
    {
        foreach (var (name, value) in JsonNode.Parse(expected)!.AsObject())
        {
            Assert.True(actual.TryGetPropertyValue(name, out var found), $"{name} is missing in {actual.ToJsonString()}");
            if (value!.GetValueKind() == System.Text.Json.JsonValueKind.Number)
                Assert.Equal((decimal)value, (decimal)found!);
            else
                Assert.Equal(value.ToJsonString(), found!.ToJsonString());
        }
    }
}

using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Ballast.Tests.Mexc;

namespace Ballast.Tests.Server.Diagnosis;

/// <summary>The doctor of a server that is running, over HTTP.</summary>
[Trait(FromOutside.Name, FromOutside.Value)]
public class DoctorApiTests
{
    private const string Token = "a-token-of-at-least-24-letters";

    [Fact]
    public async Task It_sees_the_servers_own_store_and_paper_account()
    {
        await using var server = await StartAsync();
        await server.AnswerAsync("/tasks/runtime");
        var answer = await AskAsync(server);
        var lines = answer["lines"]!.AsArray();
        Assert.DoesNotContain(lines, line => (string?)line!["status"] is "warn" or "fail");
        Assert.Equal(lines.Count(line => (string?)line!["status"] == "pass"), (int)answer["summary"]!["pass"]!);
        Assert.All(["store", "keys", "balances", "books"], name => Assert.Contains(
            lines, line => (string?)line!["name"] == name && (string?)line["status"] == "pass"));
        Assert.NotNull(answer["ran_at"]);
    }

    [Fact]
    public async Task It_sees_what_a_redis_shows_to_administrators_only()
    {
        await using var redis = await Store.RedisServer.StartAsync("--appendonly", "yes", "--maxmemory", "100mb", "--maxmemory-policy", "allkeys-lru");
        await using var server = await ServerUnderTest.StartAsync(
            [("Ballast:Operator:ApiToken", Token), ("REDIS_URL", $"redis://127.0.0.1:{redis.Port}"),
                ("Ballast:Store:Port", null), ("Ballast:Store:DataDirectory", null)]);
        var lines = (await AskAsync(server))["lines"]!.AsArray();
        Assert.Equal("pass", (string?)lines.Single(line => (string?)line!["name"] == "persistence")!["status"]);
        Assert.Equal("fail", (string?)lines.Single(line => (string?)line!["name"] == "eviction")!["status"]);
    }

    [Fact]
    public async Task Nobody_is_served_who_does_not_show_the_token()
    {
        await using var server = await StartAsync();
        Assert.Equal(401, (int)(await server.Http.GetAsync("/api/v1/doctor", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task Without_an_operator_there_is_no_doctor()
    {
        await using var server = await ServerUnderTest.StartAsync([("Ballast:Auth:TrustSchedulerHeader", "true")], "Production");
        Assert.Equal(404, (int)(await server.Http.GetAsync("/api/v1/doctor", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Empty(server.Exchange.Requests);
    }

    [Fact]
    public async Task Many_who_ask_at_once_or_soon_after_get_one_answer()
    {
        await using var server = await ServerUnderTest.StartAsync([("Ballast:Operator:ApiToken", Token)]);
        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => AskAsync(server)));
        await AskAsync(server);
        Assert.Single(answers.Select(answer => (string?)answer["ran_at"]).Distinct());
        Assert.Single(server.Exchange.RequestsTo("GET /api/v3/account"));
    }

    [Fact]
    public async Task It_is_described()
    {
        await using var server = await StartAsync();
        var document = await server.Http.GetStringAsync("/openapi/v1.json", TestContext.Current.CancellationToken);
        Assert.Contains("DoctorAnswer", document, StringComparison.Ordinal);
    }

    private static Task<ServerUnderTest> StartAsync() => ServerUnderTest.StartAsync(
        [("MEXC_API_KEY", null), ("MEXC_SECRET_KEY", null), ("MEXC_BASE_URL", null), ("Ballast:Paper:Port", "0"), ("Ballast:Operator:ApiToken", Token)]);

    private static async Task<JsonObject> AskAsync(ServerUnderTest server)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/doctor");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        using var response = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(200, (int)response.StatusCode);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!.AsObject();
    }
}

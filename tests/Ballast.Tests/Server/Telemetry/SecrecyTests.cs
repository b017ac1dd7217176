using System.Text;
using Ballast.Tests.Mexc;
using Ballast.Tests.Server.Auth;

namespace Ballast.Tests.Server.Telemetry;

/// <summary>Everything that leaves the program for those who watch it, searched for what nobody may read: keys, tokens, and the exchange's signed queries.</summary>
[Collection(Alone.Name)]
public class SecrecyTests
{
    private const string OperatorToken = "operator-token-that-is-never-shown";
    private const string MetricsToken = "metrics-token-that-is-never-shown";
    private const string CollectorToken = "collector-token-that-is-never-shown";

    [Theory]
    [InlineData(CollectorState.Taking)]
    [InlineData(CollectorState.Failing)]
    public async Task No_secret_and_no_query_is_in_any_span_label_or_line(CollectorState state)
    {
        await using var collector = await Collector.StartAsync();
        await using var issuer = await LoopbackIssuer.StartAsync();
        collector.State = state;
        var log = new LogOfServer();
        await using var server = await StartAsync(collector.Url, issuer, log);
        var token = issuer.Token();

        server.Exchange.On("POST /api/v3/order", StubReply.Drop()).On("GET /api/v3/order", StubReply.Json("""{"msg":"Order does not exist.","code":-2013}""", 400));
        await CallAsync(server, HttpMethod.Post, "/tasks/runtime?key=in-our-query", token);
        server.Exchange.On("GET /api/v3/account", StubReply.Json($$"""{"msg":"bad key {{ServerUnderTest.ApiKey}}","code":10072}""", 400), StubReply.Drop(), StubReply.Empty(429));
        for (var tick = 0; tick < 3; tick++)
            await CallAsync(server, HttpMethod.Post, "/tasks/runtime", token);
        await CallAsync(server, HttpMethod.Post, "/tasks/runtime", token[..^8]);
        await CallAsync(server, HttpMethod.Get, "/api/v1/trading", OperatorToken);
        await CallAsync(server, HttpMethod.Get, "/api/v1/trading", MetricsToken);
        await CallAsync(server, HttpMethod.Get, "/metrics", OperatorToken);
        var scrape = await CallAsync(server, HttpMethod.Get, "/metrics", MetricsToken);

        var pushed = collector.Requests.Select(request => Encoding.Latin1.GetString(request.Body)).ToList();
        Assert.Equal(8, pushed.Count);
        Assert.Contains(server.Exchange.Requests, request => request.Query.Contains("signature=", StringComparison.Ordinal));
        foreach (var secret in (string[])
            [ServerUnderTest.ApiKey, ServerUnderTest.SecretKey, OperatorToken, MetricsToken, CollectorToken, token, token.Split('.')[2], "signature=", "timestamp=", "recvWindow", "in-our-query", "never-shown"])
        {
            Assert.DoesNotContain(secret, scrape, StringComparison.OrdinalIgnoreCase);
            Assert.All(pushed, body => Assert.DoesNotContain(secret, body, StringComparison.OrdinalIgnoreCase));
            Assert.All(Ours(log), line => Assert.DoesNotContain(secret, line, StringComparison.OrdinalIgnoreCase));
        }
    }

    /// <summary>The framework's own lines about requests are not printed by the program.</summary>
    private static IEnumerable<string> Ours(LogOfServer log) => log.Lines.Where(line => !line.StartsWith("Information Microsoft.", StringComparison.Ordinal));

    private static async Task<string> CallAsync(ServerUnderTest server, HttpMethod method, string path, string bearer)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new("Bearer", bearer);
        using var response = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<ServerUnderTest> StartAsync(string collector, LoopbackIssuer issuer, LogOfServer log)
    {
        var server = await DeliveryTests.StartAsync(collector, [
            ("Ballast:Mode", "auto"), ("Ballast:Safety:MaxOrderNotional", "100"), ("Ballast:Safety:MaxDailyNotional", "500"),
            ("Ballast:Operator:ApiToken", OperatorToken), ("Ballast:Metrics:Token", MetricsToken), ("OTEL_EXPORTER_OTLP_HEADERS", $"authorization=Bearer {CollectorToken}"),
            ("Ballast:Auth:Issuer", issuer.Issuer), ("Ballast:Auth:Audience", LoopbackIssuer.Audience), ("Ballast:Auth:ServiceAccounts", LoopbackIssuer.ServiceAccount),
        ], log);
        server.Exchange.On("GET /api/v3/depth", StubReply.Json("""{"lastUpdateId":1,"bids":[["2.5","40"]],"asks":[["2.501","40"]]}"""))
            .On("GET /api/v3/avgPrice", StubReply.Json("""{"mins":5,"price":"2.5"}"""))
            .On("GET /api/v3/allOrders", StubReply.Json("[]"));
        return server;
    }
}

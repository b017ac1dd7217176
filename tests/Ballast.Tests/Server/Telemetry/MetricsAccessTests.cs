using System.Net;
using System.Text.Json.Nodes;
using Ballast.Tests.Server.Configuration;

namespace Ballast.Tests.Server.Telemetry;

public class MetricsAccessTests
{
    private const string Token = "metrics-token-of-24-letters-or-more";
    private const string OperatorToken = "another-token-of-24-letters-or-more";

    private static readonly (string Name, string? Value)[] Locked = [("Ballast:Metrics:Token", Token), ("Ballast:Operator:ApiToken", OperatorToken)];

    [Fact]
    public async Task Whoever_shows_the_token_reads_the_metrics_as_Prometheus_expects_them()
    {
        await using var server = await ServerUnderTest.StartAsync([.. Locked, .. Configured.Callers], "Production");
        server.Http.DefaultRequestHeaders.Authorization = new("Bearer", Token);

        using var response = await server.Http.GetAsync("/metrics", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/plain", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains("ballast_build_info{", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "no credentials")]
    [InlineData("Bearer", "not a bearer token")]
    [InlineData("Bearer metrics-token-of-24-letters-or-mor", "wrong metrics token")]
    [InlineData("Bearer metrics-token-of-24-letters-or-more-", "wrong metrics token")]
    [InlineData("Bearer " + OperatorToken, "wrong metrics token")]
    [InlineData("Basic " + Token, "not a bearer token")]
    [InlineData(Token, "not a bearer token")]
    public async Task Nobody_else_does_and_each_attempt_is_counted(string? authorization, string reason)
    {
        await using var server = await ServerUnderTest.StartAsync(Locked);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        if (authorization is not null)
            Assert.True(request.Headers.TryAddWithoutValidation("Authorization", authorization));

        using var response = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("""{"title":"Unauthorized","status":401,"detail":"Unauthorized"}""", body);
        server.Http.DefaultRequestHeaders.Authorization = new("Bearer", Token);
        Assert.Equal([$$"""{reason="{{reason}}"} 1"""], (await Scrape.OfAsync(server)).CountedIn("ballast_auth_refusals_total"));
    }

    [Fact]
    public async Task The_token_for_the_metrics_opens_neither_the_API_nor_a_task()
    {
        await using var server = await ServerUnderTest.StartAsync(Locked);
        server.Http.DefaultRequestHeaders.Authorization = new("Bearer", Token);
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.Http.GetAsync("/api/v1/trading", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.PostAsync("/tasks/runtime")).StatusCode);
    }

    [Theory]
    [InlineData("Production")]
    [InlineData("Staging")]
    public async Task Without_a_token_there_is_no_such_page_outside_Development(string environment)
    {
        await using var server = await ServerUnderTest.StartAsync(Configured.Callers, environment);
        using var response = await server.Http.GetAsync("/metrics", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task A_page_whose_name_was_pointed_at_this_machine_reads_nothing()
    {
        await using var server = await ServerUnderTest.StartAsync();
        server.Http.DefaultRequestHeaders.Host = "rebound.example";
        using var response = await server.Http.GetAsync("/metrics", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task The_document_of_the_interface_leaves_the_metrics_out()
    {
        await using var server = await ServerUnderTest.StartAsync();
        var document = JsonNode.Parse(await server.Http.GetStringAsync("/openapi/v1.json", TestContext.Current.CancellationToken))!;
        Assert.False(document["paths"]!.AsObject().ContainsKey("/metrics"));
    }
}

using System.Net;
using System.Text.Json.Nodes;
using Ballast.Tests.Mexc;

namespace Ballast.Tests.Server.Health;

[Trait(FromOutside.Name, FromOutside.Value)]
public class HealthTests
{
    [Theory]
    [InlineData("/health")]
    [InlineData("/health/ready")]
    public async Task Ready_names_both_parts_with_their_state_and_latency(string path)
    {
        await using var server = await ServerUnderTest.StartAsync();

        var health = JsonNode.Parse(await server.Http.GetStringAsync(path, TestContext.Current.CancellationToken))!;

        Assert.Equal("ok", (string?)health["status"]);
        foreach (var part in (string[])["store", "exchange"])
        {
            Assert.Equal("ok", (string?)health[part]!["state"]);
            Assert.InRange((int)health[part]!["latency_ms"]!, 0, 10_000);
        }
    }

    [Fact]
    public async Task Not_ready_without_the_exchange_and_alive_all_the_same()
    {
        await using var server = await ServerUnderTest.StartAsync();
        server.Exchange.On("GET /api/v3/time", StubReply.Html(403));

        using var ready = await server.Http.GetAsync("/health/ready", TestContext.Current.CancellationToken);
        using var live = await server.Http.GetAsync("/health/live", TestContext.Current.CancellationToken);
        var health = JsonNode.Parse(await ready.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;

        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Equal(("unavailable", "ok", "unavailable"), ((string?)health["status"], (string?)health["store"]!["state"], (string?)health["exchange"]!["state"]));
        Assert.NotNull((string?)health["exchange"]!["error"]);
        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
    }

    [Fact]
    public async Task A_flood_of_health_checks_does_not_become_a_flood_at_the_exchange()
    {
        await using var server = await ServerUnderTest.StartAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => server.Http.GetAsync("/health/ready", TestContext.Current.CancellationToken)));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.InRange(server.Exchange.RequestsTo("GET /api/v3/time").Count, 1, 10);
    }
}

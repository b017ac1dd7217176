using System.Net;
using Ballast.Tests.Server.Store;

namespace Ballast.Tests.Server.Tasks;

/// <summary>The whole server on a real Redis that goes away and comes back.</summary>
[Collection(Alone.Name)]
[Trait(FromOutside.Name, FromOutside.Value)]
public sealed class StoreOutageTests
{
    private const string Password = "p4ss@word/1";

    public StoreOutageTests() => Needs.RedisServer();

    [Theory]
    [InlineData("stopped")]
    [InlineData("killed")]
    [InlineData("frozen")]
    public async Task Without_its_store_the_server_refuses_at_once_asks_nothing_stays_alive_and_recovers_by_itself(string outage)
    {
        await using var redis = await RedisServer.StartAsync("--requirepass", Password);
        await using var server = await ServerUnderTest.StartAsync(
            [("REDIS_URL", $"redis://:{Uri.EscapeDataString(Password)}@127.0.0.1:{redis.Port}/3")]);
        await server.AnswerAsync("/tasks/runtime");
        var asked = server.Exchange.Requests.Count;

        switch (outage)
        {
            case "stopped":
                await redis.StopAsync();
                break;
            case "killed":
                await redis.KillAsync();
                break;
            default:
                redis.Freeze();
                break;
        }
        for (var call = 0; call < 3; call++)
        {
            var started = TimeProvider.System.GetTimestamp();
            using var response = await server.PostAsync("/tasks/runtime");
            Assert.InRange(TimeProvider.System.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(2));
            Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
            Assert.True(response.Headers.RetryAfter?.Delta > TimeSpan.Zero);
            var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.Equal("""{"title":"Service unavailable","status":503,"detail":"Redis unavailable"}""", body);
        }
        Assert.Equal(asked, server.Exchange.Requests.Count);
        using var live = await server.Http.GetAsync("/health/live", TestContext.Current.CancellationToken);
        using var ready = await server.Http.GetAsync("/health/ready", TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable), (live.StatusCode, ready.StatusCode));

        if (outage == "frozen")
            redis.Thaw();
        else
            await redis.StartAgainAsync();
        await Eventually.TrueAsync(
            async () =>
            {
                using var response = await server.PostAsync("/tasks/rebalance/symmetric");
                return response.IsSuccessStatusCode;
            },
            TimeSpan.FromSeconds(10),
            "the server does not find its store again");
    }

    [Fact]
    public async Task A_store_that_is_not_there_at_start_does_not_keep_the_server_from_starting()
    {
        var port = RedisServer.FreePort();
        await using var server = await ServerUnderTest.StartAsync([("REDIS_URL", $"redis://127.0.0.1:{port}")]);

        using var live = await server.Http.GetAsync("/health/live", TestContext.Current.CancellationToken);
        using var refused = await server.PostAsync("/tasks/runtime");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable), (live.StatusCode, refused.StatusCode));
        Assert.Empty(server.Exchange.Requests);
    }
}

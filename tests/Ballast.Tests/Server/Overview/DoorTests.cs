using System.Net;
using System.Text;
using Ballast.Tests.Server.SignIn;
using Ballast.Tests.Server.Store;

namespace Ballast.Tests.Server.Overview;

/// <summary>Everything there is to look at: to whom it is shown, what it says before the first tick, and without its store.</summary>
[Trait(FromOutside.Name, FromOutside.Value)]
public class DoorTests
{
    private static readonly string[] Reads =
        ["overview", "ticks", "tick?id=x", "equity", "trades", "orders", "journal", "settings", "errors", "latency", "events", "paper/faults"];

    private static readonly (string Method, string Path)[] Endpoints =
        [.. Reads.Select(path => ("GET", path)), ("POST", "settings/preview"), ("POST", "tick"), ("POST", "paper/faults"), ("DELETE", "paper/faults")];

    [Fact]
    public async Task Nobody_is_served_who_does_not_show_a_proof()
    {
        await using var server = await LookedAt.StartAsync(LookedAt.OnPaper);
        foreach (var (method, path) in Endpoints)
        {
            foreach (var proof in (string?[])[null, "Bearer wrong", $"Bearer {LookedAt.Token}x", $"Basic {LookedAt.Token}"])
            {
                var request = new HttpRequestMessage(new HttpMethod(method), $"/api/v1/{path}");
                request.Headers.Add("X-CloudScheduler", "true");
                if (proof is not null)
                    request.Headers.TryAddWithoutValidation("Authorization", proof);
                if (method == "POST")
                    request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
                using var response = await server.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
                Assert.True((int)response.StatusCode == 401, $"{method} {path} answers {(int)response.StatusCode} to {proof ?? "nobody"}");
            }
        }
        Assert.Empty((await server.LookAsync("ticks"))["items"]!.AsArray());
    }

    [Fact]
    public async Task A_reader_sees_everything_and_changes_nothing()
    {
        await using var server = await LookedAt.StartAsync(LookedAt.OnPaper);
        await Passwords.SetAsync(server);
        await server.AnswerAsync("/tasks/runtime");
        var reader = Browser.Of(server);
        await reader.SignInAsync(Passwords.Reader);
        foreach (var path in Reads.Where(path => path is not ("events" or "tick?id=x")))
            Assert.Equal(HttpStatusCode.OK, (await reader.GetAsync($"/api/v1/{path}")).Status);
        foreach (var (method, path) in Endpoints.Where(endpoint => endpoint.Method != "GET"))
            Assert.Equal(HttpStatusCode.Forbidden, (await reader.SendAsync(method, $"/api/v1/{path}", """{"kind":"maintenance","settings":{}}""")).Status);
        Assert.Empty((await server.LookAsync("paper/faults"))["active"]!.AsArray());
        Assert.Single((await server.LookAsync("ticks"))["items"]!.AsArray());
    }

    [Fact]
    public async Task Without_a_token_there_is_nothing_to_look_at_outside_Development()
    {
        await using var server = await ServerUnderTest.StartAsync([("Ballast:Auth:TrustSchedulerHeader", "true")], "Production");
        Assert.Equal(404, (await server.CallAsync("GET", "overview")).Status);
    }

    [Fact]
    public async Task Before_the_first_tick_everything_is_empty_and_nothing_is_made_up()
    {
        await using var server = await LookedAt.StartAsync(LookedAt.OnPaper);
        var overview = await server.LookAsync("overview");
        Assert.Equal(("QRLUSDT", "QRL", "USDT", "paper", "synthetic", "observe"), (
            (string?)overview["symbol"], (string?)overview["base"], (string?)overview["quote"], (string?)overview["exchange"], (string?)overview["market"], (string?)overview["mode"]));
        foreach (var absent in (string[])["last_tick", "plan", "plan_error", "last_failure", "books", "books_error", "trading_error", "profit", "day", "unrealized_pnl"])
            Assert.False(overview.ContainsKey(absent), absent);
        Assert.False((bool)overview["stale"]!);
        Assert.Empty(overview["sparkline"]!.AsArray());

        foreach (var list in (string[])["ticks", "trades", "orders", "journal", "errors"])
        {
            var page = await server.LookAsync(list);
            Assert.Empty(page["items"]!.AsArray());
            Assert.False(page.ContainsKey("next"));
        }
        Assert.Empty((await server.LookAsync("equity"))["points"]!.AsArray());
        Assert.False((await server.LookAsync("latency")).ContainsKey("last_tick_ms"));
        Assert.Equal(404, (await server.CallAsync("GET", "tick?id=15-min-job/2026-01-01T12:00:00Z")).Status);
        var preview = (await server.CallAsync("POST", "settings/preview", """{"settings":{"threshold":"2%"}}""")).Body;
        Assert.True((bool)preview["valid"]!);
        Assert.False(preview.ContainsKey("latest") || preview.ContainsKey("month"));
    }

    [Fact]
    public async Task Without_its_store_it_says_so()
    {
        await using var server = await LookedAt.StartAsync(("REDIS_URL", $"redis://127.0.0.1:{RedisServer.FreePort()}"));
        foreach (var path in Reads.Where(path => path is not ("latency" or "paper/faults")))
        {
            var (status, body) = await server.CallAsync("GET", path);
            Assert.True(status == 503 && (string?)body["detail"] == "Redis unavailable", $"{path} answers {status} {body}");
        }
        Assert.Equal(503, (await server.CallAsync("POST", "settings/preview", """{"settings":{"threshold":"2%"}}""")).Status);
        Assert.Equal(503, (await server.CallAsync("POST", "tick")).Status);
    }

    [Theory]
    [InlineData("ticks?limit=0", "limit must be a whole number from 1 to 1000")]
    [InlineData("ticks?limit=many", "limit must be")]
    [InlineData("ticks?limit=1001", "limit must be")]
    [InlineData("ticks?before=yesterday", "before must be what the page before gave as next")]
    [InlineData("ticks?before=5-abc", "before must be")]
    [InlineData("ticks?action=BUY,KEEP", "'KEEP' is no action; write some of BUY,SELL,HOLD,ERROR")]
    [InlineData("ticks?from=yesterday", "from must be a time in RFC 3339")]
    [InlineData("ticks?to=2026-01-01", "to must be a time in RFC 3339")]
    [InlineData("tick", "id is missing")]
    [InlineData("orders?before=-1", "before must be")]
    [InlineData("journal?before=x", "before must be a whole number")]
    [InlineData("trades?limit=-1", "limit must be")]
    [InlineData("trades?from=now", "from must be")]
    [InlineData("errors?limit=1e3", "limit must be")]
    [InlineData("equity?points=5001", "points must be")]
    [InlineData("equity?to=tomorrow", "to must be")]
    public async Task What_makes_no_sense_is_refused_with_what_to_write(string path, string says)
    {
        await using var server = await LookedAt.StartAsync();
        var (status, body) = await server.CallAsync("GET", path);
        Assert.Equal(400, status);
        Assert.StartsWith(says, (string?)body["detail"], StringComparison.Ordinal);
    }
}

using Ballast.Tests.Server.Overview;

namespace Ballast.Tests.Server.Paper;

/// <summary>Faults of the server's own paper exchange, switched by its operator.</summary>
[Trait(FromOutside.Name, FromOutside.Value)]
public class FaultsApiTests
{
    [Fact]
    public async Task A_fault_shows_in_the_next_tick_and_is_gone_once_it_is_cleared()
    {
        await using var server = await LookedAt.StartAsync(LookedAt.OnPaper);
        var before = await server.LookAsync("paper/faults");
        Assert.Empty(before["active"]!.AsArray());
        var crash = before["kinds"]!.AsArray().Single(kind => (string?)kind!["name"] == "crash")!;
        Assert.Equal((0.7m, 60m), ((decimal)crash["argument"]!["usual"]!, (decimal)crash["lasts_seconds"]!));

        var (status, set) = await server.CallAsync("POST", "paper/faults", """{"kind":"server-error","argument":503,"calls":["GET account"],"for_seconds":600}""");
        Assert.Equal(200, status);
        var active = Assert.Single(set["active"]!.AsArray())!;
        Assert.Equal(("server-error", 503m, "GET account"), ((string?)active["id"], (decimal)active["argument"]!, (string?)active["calls"]![0]));
        Assert.True(active.AsObject().ContainsKey("until"));
        await server.AnswerAsync("/tasks/rebalance/symmetric", status: 200);
        Assert.Equal("ERROR", (string?)(await server.LookAsync("ticks"))["items"]![0]!["action"]);

        Assert.Empty((await server.CallAsync("DELETE", "paper/faults")).Body["active"]!.AsArray());
        await server.AnswerAsync("/tasks/rebalance/symmetric");
        Assert.NotEqual("ERROR", (string?)(await server.LookAsync("ticks"))["items"]![0]!["action"]);
    }

    [Theory]
    [InlineData("{}", "kind")]
    [InlineData("""{"kind":"earthquake"}""", "there is no fault 'earthquake'; write one of: latency")]
    [InlineData("""{"kind":"latency"}""", "'latency' needs a value")]
    [InlineData("""{"kind":"server-error","calls":["acount"]}""", "there is no call 'acount'; write one of")]
    [InlineData("""{"kind":"maintenance","for_seconds":-1}""", "longer than 0 seconds")]
    [InlineData("""{"kind":"maintenance","for_seconds":1e20}""", "for_seconds is out of range")]
    [InlineData("""{"kind":"maintenance","count":0}""", "1 request or more")]
    public async Task What_cannot_go_wrong_is_refused_with_what_can(string body, string says)
    {
        await using var server = await LookedAt.StartAsync(LookedAt.OnPaper);
        var (status, answer) = await server.CallAsync("POST", "paper/faults", body);
        Assert.Equal(400, status);
        Assert.Contains(says, (string?)answer["detail"], StringComparison.Ordinal);
        Assert.Empty((await server.LookAsync("paper/faults"))["active"]!.AsArray());
    }

    [Fact]
    public async Task The_real_exchange_has_no_such_switch()
    {
        await using var server = await LookedAt.StartAsync();
        Assert.Equal(404, (await server.CallAsync("GET", "paper/faults")).Status);
        Assert.Equal(404, (await server.CallAsync("POST", "paper/faults", """{"kind":"maintenance"}""")).Status);
    }
}

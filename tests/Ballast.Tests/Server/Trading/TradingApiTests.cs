using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Ballast.Tests.Server.Trading;

/// <summary>The operator's hand on trading, on the real program and its paper exchange, which wants to buy for a target of 65 % wherever its market has wandered to.</summary>
[Trait(FromOutside.Name, FromOutside.Value)]
public class TradingApiTests
{
    private const string Token = "a-token-of-at-least-24-letters";

    public static TheoryData<string, string> Endpoints => new()
    {
        { "GET", "trading" }, { "POST", "halt" }, { "POST", "resume" }, { "POST", "mode" }, { "POST", "proposal/approve" }, { "POST", "proposal/reject" }, { "PUT", "settings" },
    };

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task Nobody_is_served_who_does_not_show_the_token(string method, string path)
    {
        await using var server = await StartAsync("auto");
        Assert.Equal(401, (await CallAsync(server, method, path, """{"reason":"a stranger"}""", token: "wrong")).Status);
        Assert.Empty((await CallAsync(server, "GET", "trading")).Body["settings"]!.AsObject());
    }

    [Fact]
    public async Task Halt_and_resume()
    {
        await using var server = await StartAsync("auto");
        Assert.Equal("on holiday", (string?)(await CallAsync(server, "POST", "halt", """{"reason":"on holiday"}""")).Body["halt"]!["reason"]);
        Assert.Equal("halt: trading is halted by operator (token): on holiday", (string?)(await server.AnswerAsync("/tasks/runtime"))["order"]!["reason"]);
        Assert.False((await CallAsync(server, "POST", "resume", """{"reason":"back"}""")).Body.ContainsKey("halt"));
        Assert.Equal("filled", (string?)(await server.AnswerAsync("/tasks/runtime"))["order"]!["state"]);
        var journal = (await (await server.RedisAsync()).ListRangeAsync("bot:QRLUSDT:journal")).Select(line => $"{line}").ToList();
        Assert.Contains(journal, line => line.Contains("on holiday", StringComparison.Ordinal));
        Assert.Contains(journal, line => line.Contains("resume", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_order_waits_is_approved_and_filled()
    {
        await using var server = await StartAsync("approve");
        var proposed = (await server.AnswerAsync("/tasks/runtime"))["order"]!;
        Assert.Equal("proposed", (string?)proposed["state"]);
        Assert.Equal("BUY", (string?)(await CallAsync(server, "GET", "trading")).Body["proposal"]!["side"]);

        var done = (await CallAsync(server, "POST", "proposal/approve")).Body["order"]!;
        Assert.Equal(("filled", (string?)proposed["client_order_id"]), ((string?)done["state"], (string?)done["client_order_id"]));
        Assert.Equal(400, (await CallAsync(server, "POST", "proposal/approve")).Status);
    }

    [Fact]
    public async Task A_rejected_proposal_is_gone()
    {
        await using var server = await StartAsync("approve");
        await server.AnswerAsync("/tasks/runtime");
        Assert.False((await CallAsync(server, "POST", "proposal/reject", """{"reason":"too much"}""")).Body.ContainsKey("proposal"));
    }

    [Fact]
    public async Task The_mode_can_be_lowered_and_raised_again_up_to_the_configured_one()
    {
        await using var server = await StartAsync("approve");
        Assert.Contains("at most", (string?)(await CallAsync(server, "POST", "mode", """{"mode":"auto","reason":"greed"}""")).Body["detail"], StringComparison.Ordinal);
        Assert.Equal("observe", (string?)(await CallAsync(server, "POST", "mode", """{"mode":"observe","reason":"watching"}""")).Body["mode"]);
        var observed = await server.AnswerAsync("/tasks/runtime");
        Assert.Equal("observe", (string?)observed["mode"]);
        Assert.Null(observed["order"]);
        await CallAsync(server, "POST", "mode", """{"mode":"approve","reason":"seen enough"}""");
        Assert.Equal("proposed", (string?)(await server.AnswerAsync("/tasks/runtime"))["order"]!["state"]);
    }

    [Fact]
    public async Task Settings_are_checked_together_journalled_and_count_from_the_next_tick()
    {
        await using var server = await StartAsync("observe");
        var wrong = await CallAsync(server, "PUT", "settings", """{"target_ratio":"40%","treshold":"1%"}""");
        Assert.Equal(400, wrong.Status);
        Assert.Contains("treshold", (string?)wrong.Body["detail"], StringComparison.Ordinal);
        Assert.Equal(0.65m, (decimal)(await server.AnswerAsync("/tasks/runtime"))["rebalance"]!["target_ratio"]!);

        Assert.Equal("40%", (string?)(await CallAsync(server, "PUT", "settings", """{"target_ratio":"40%","sides":"buy-only"}""")).Body["settings"]!["target_ratio"]);
        var plan = (await server.AnswerAsync("/tasks/runtime"))["rebalance"]!;
        Assert.Equal(("HOLD", "Selling is switched off", 0.4m), ((string?)plan["action"], (string?)plan["reason"], (decimal)plan["target_ratio"]!));
        await CallAsync(server, "PUT", "settings", "{}");
        Assert.Equal(0.65m, (decimal)(await server.AnswerAsync("/tasks/runtime"))["rebalance"]!["target_ratio"]!);
    }

    private static Task<ServerUnderTest> StartAsync(string mode) => ServerUnderTest.StartAsync(
    [
        ("MEXC_API_KEY", null), ("MEXC_SECRET_KEY", null), ("MEXC_BASE_URL", null), ("Ballast:Paper:Port", "0"), ("Ballast:Operator:ApiToken", Token),
        ("Ballast:Mode", mode), ("Ballast:Policy:TargetRatio", "0.65"), ("Ballast:Safety:MaxOrderNotional", "400"), ("Ballast:Safety:MaxDailyNotional", "2000"),
        ("Ballast:Safety:MinMinutesBetweenOrders", "0"),
    ]);

    private static async Task<(int Status, JsonObject Body)> CallAsync(ServerUnderTest server, string method, string path, string? body = null, string token = Token)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), $"/api/v1/{path}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, JsonNode.Parse(text)!.AsObject());
    }
}

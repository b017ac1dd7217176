using System.Text.Json.Nodes;
using Ballast.Tests.Server.Overview;

namespace Ballast.Tests.Server.Tuning;

/// <summary>The settings as they count, and what others would do; on 100 QRL and 150 USDT.</summary>
[Trait(FromOutside.Name, FromOutside.Value)]
public class TuningTests
{
    [Fact]
    public async Task Each_setting_says_its_value_and_where_that_comes_from()
    {
        await using var server = await LookedAt.StartAsync(
            ("Ballast:Policy:Threshold", "3%"), ("Ballast:Policy:MinNotional", "7"), ("Ballast:Safety:MaxOrderNotional", "50"), ("Ballast:Metrics:Token", "another-token-of-24-letters-and-more"));
        await server.CallAsync("PUT", "settings", """{"threshold":"2%","sides":"buy-only"}""");
        var answer = await server.LookAsync("settings");
        Assert.Equal("2%", (string?)answer["runtime"]!["threshold"]);

        Assert.Equal(("0.5", "0.5", "default", true, "ratio"), Of("target_ratio"));
        Assert.Equal(("2%", "0.01", "runtime", true, "ratio"), Of("threshold"));
        Assert.Equal("0.03", (string?)Item("threshold")["configured"]);
        Assert.Equal(("7", "5", "configuration", true, "amount"), Of("min_notional"));
        Assert.Equal(("buy-only", "both", "runtime", true, "choice"), Of("sides"));
        Assert.Equal(["both", "buy-only", "sell-only"], Item("sides")["choices"]!.AsArray().Select(choice => (string?)choice));
        Assert.Equal(("50", null, "configuration", false, "amount"), Of("max_order_notional"));
        Assert.Equal((null, null, "default", false, "amount"), Of("max_daily_notional"));
        Assert.Equal(("0.25", "0.25", "default", false, "ratio"), Of("max_drawdown"));
        Assert.Equal(("observe", "observe", "default", false, "choice"), Of("mode"));
        Assert.Equal(("false", "true", "configuration", false, "boolean"), Of("schedule_enabled"));
        Assert.DoesNotContain("paper", answer["items"]!.AsArray().Select(item => (string)item!["group"]!));

        JsonObject Item(string name) => answer["items"]!.AsArray().Single(item => (string?)item!["name"] == name)!.AsObject();

        (string?, string?, string?, bool, string?) Of(string name) =>
            Item(name) is var item ? ((string?)item["value"], (string?)item["default"], (string?)item["source"], (bool)item["changeable"]!, (string?)item["kind"]) : default;
    }

    [Fact]
    public async Task No_setting_is_a_secret_and_every_key_can_be_configured()
    {
        const string other = "another-token-of-24-letters-and-more";
        await using var server = await LookedAt.StartAsync([.. LookedAt.OnPaper, ("Ballast:Metrics:Token", other)]);
        var answer = await server.LookAsync("settings");
        foreach (var secret in (string[])[LookedAt.Token, other, ServerUnderTest.ApiKey, ServerUnderTest.SecretKey])
            Assert.DoesNotContain(secret, answer.ToJsonString(), StringComparison.Ordinal);
        var items = answer["items"]!.AsArray();
        Assert.All(items, item => Assert.False(string.IsNullOrWhiteSpace((string?)item!["description"])));
        Assert.Equal(items.Count, items.Select(item => (string?)item!["name"]).Distinct().Count());

        // A name that the configuration does not know is refused at start.
        var values = items.Where(item => item!["value"] is not null && (string?)item["name"] is not ("data_directory" or "schedule_enabled"))
            .Select(item => ((string)item!["key"]!, (string?)item["value"]));
        await using var again = await LookedAt.StartAsync([.. LookedAt.OnPaper, .. values]);
        Assert.All((await again.LookAsync("settings"))["items"]!.AsArray().Where(item => item!["value"] is not null), item => Assert.Equal("configuration", (string?)item!["source"]));
    }

    [Fact]
    public async Task A_preview_decides_the_newest_plan_and_the_recorded_ticks_again()
    {
        await using var server = await LookedAt.StartAsync();
        // At 2.5 the coins are 250 of 400, 50 too many: sell 20. At 1.6 they are 160 of 310, 5 too many: sell 5 / 1.6 = 3.125, in whole steps 3.12.
        await server.AnswerAsync("/tasks/runtime");
        server.Exchange.ShowPrice("1.6", "1.599", "1.601");
        await server.AnswerAsync("/tasks/runtime");

        var (_, answer) = await server.CallAsync("POST", "settings/preview", """{"settings":{"threshold":"2%"}}""");
        Assert.True((bool)answer["valid"]!);
        var (before, after) = (answer["latest"]!["before"]!, answer["latest"]!["after"]!);
        // 5 / 310 is 1.6 %: above 1 %, below 2 %.
        Assert.Equal(("SELL", 3.12m, 5m), ((string?)before["action"], (decimal)before["quantity"]!, (decimal)before["notional_usdt"]!));
        Assert.Equal(("HOLD", 0m, "Within threshold"), ((string?)after["action"], (decimal)after["quantity"]!, (string?)after["reason"]));
        Assert.Equal(0.01612903m, Math.Round((decimal)after["deviation"]!, 8));

        var month = answer["month"]!;
        Assert.Equal((2, 0, 1), ((int)month["ticks"]!, (int)month["without_plan"]!, (int)month["changed"]!));
        // 20 × 2.5 + 3.12 × 1.6 = 54.992 and 20 × 2.5 = 50, of which 0.05 % are fees.
        Assert.Equal((0, 2, 54.992m, 0.027496m), Sums(month["before"]!));
        Assert.Equal((0, 1, 50m, 0.025m), Sums(month["after"]!));
        Assert.Contains("that were recorded", (string?)month["note"], StringComparison.Ordinal);

        static (int, int, decimal, decimal) Sums(JsonNode sums) => ((int)sums["buys"]!, (int)sums["sells"]!, (decimal)sums["turnover"]!, (decimal)sums["fees"]!);
    }

    [Fact]
    public async Task What_is_compared_with_are_the_settings_of_now_and_nothing_is_saved()
    {
        await using var server = await LookedAt.StartAsync();
        await server.AnswerAsync("/tasks/runtime");
        await server.CallAsync("PUT", "settings", """{"target_ratio":"0.625"}""");
        var (_, answer) = await server.CallAsync("POST", "settings/preview", """{"settings":{}}""");
        Assert.Equal(("HOLD", "SELL"), ((string?)answer["latest"]!["before"]!["action"], (string?)answer["latest"]!["after"]!["action"]));
        Assert.Equal("0.625", (string?)(await server.LookAsync("settings"))["runtime"]!["target_ratio"]);
    }

    [Theory]
    [InlineData("""{"settings":{"threshold":"2"}}""", "write 0.02 or 2%")]
    [InlineData("""{"settings":{"treshold":"2%"}}""", "there is no such setting")]
    public async Task Settings_that_would_be_refused_say_why(string body, string says)
    {
        await using var server = await LookedAt.StartAsync();
        var (status, answer) = await server.CallAsync("POST", "settings/preview", body);
        Assert.Equal((200, false), (status, (bool)answer["valid"]!));
        Assert.Contains(says, (string?)answer["error"], StringComparison.Ordinal);
        Assert.False(answer.ContainsKey("latest"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"settings":null}""")]
    [InlineData("""{"settings":{"threshold":2}}""")]
    public async Task A_body_that_is_no_set_of_settings_is_refused(string body)
    {
        await using var server = await LookedAt.StartAsync();
        Assert.Equal(400, (await server.CallAsync("POST", "settings/preview", body)).Status);
    }
}

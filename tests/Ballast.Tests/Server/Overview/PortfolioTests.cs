using System.Text.Json.Nodes;
using Ballast.Tests.Mexc;

namespace Ballast.Tests.Server.Overview;

/// <summary>The portfolio at a glance, on 100 QRL and 150 USDT at 2.5.</summary>
[Trait(FromOutside.Name, FromOutside.Value)]
public class PortfolioTests
{
    [Fact]
    public async Task It_shows_the_plan_the_books_and_where_the_value_came_from()
    {
        await using var server = await LookedAt.StartAsync();
        await server.AnswerAsync("/tasks/runtime");
        server.Exchange.ShowPrice("2.6", "2.59", "2.61");
        var answer = await server.AnswerAsync("/tasks/runtime");

        var seen = await server.LookAsync("overview");
        Assert.Equal(("mexc", "QRL", "USDT", "observe"), ((string?)seen["exchange"], (string?)seen["base"], (string?)seen["quote"], (string?)seen["configured_mode"]));
        Assert.False(seen.ContainsKey("market"));
        Assert.Equal(((string?)answer["tick"], "success", "15-min-job"), ((string?)seen["last_tick"]!["tick"], (string?)seen["last_tick"]!["status"], (string?)seen["last_tick"]!["task"]));

        // 100 × 2.6 + 150 = 410; half of it is 205, and 260 is 55 above.
        var plan = seen["plan"]!;
        Assert.Equal(("SELL", 410m, 55m), ((string?)plan["action"], (decimal)plan["total_value"]!, (decimal)plan["notional_usdt"]!));
        Assert.Equal((string?)answer["tick"], (string?)plan["tick"]);
        Assert.NotEmpty(plan["checks"]!.AsArray());

        // The opening costs the first tick's price: 100 × (2.6 − 2.5).
        Assert.Equal(("balanced", 2.5m, 0m, 10m), (
            (string?)seen["books"]!["books"], (decimal)seen["books"]!["avg_cost"]!, (decimal)seen["books"]!["realized_pnl"]!, (decimal)seen["unrealized_pnl"]!));
        Assert.Equal((10m, 10m, 0m, 400m), (
            (decimal)seen["profit"]!["change"]!, (decimal)seen["profit"]!["market"]!, (decimal)seen["profit"]!["unproven"]!, (decimal)seen["profit"]!["all_quote"]!));
        Assert.Equal((400m, 410m, 10m, 0.025m, true), (
            (decimal)seen["day"]!["value_from"]!, (decimal)seen["day"]!["value"]!, (decimal)seen["day"]!["change"]!, (decimal)seen["day"]!["change_ratio"]!, (bool)seen["day"]!["proven"]!));
        Assert.Equal([400m, 410m], seen["sparkline"]!.AsArray().Select(point => (decimal)point!["v"]!));
        Assert.False((bool)seen["schedule"]!["own"]!);
    }

    [Fact]
    public async Task What_is_not_proven_is_shown_so()
    {
        await using var server = await LookedAt.StartAsync();
        await server.AnswerAsync("/tasks/runtime");
        server.Exchange.ShowCoins("120");
        await server.AnswerAsync("/tasks/runtime");

        // 20 × 2.5 that nobody has explained
        var seen = await server.LookAsync("overview");
        Assert.Equal(("unproven", 20m), ((string?)seen["books"]!["books"], (decimal)seen["books"]!["unproven_base"]!));
        Assert.Equal((50m, false), ((decimal)seen["profit"]!["unproven"]!, (bool)seen["day"]!["proven"]!));

        // Once it is explained as moved in, it is no profit.
        await server.CallAsync("POST", "books/resolve", """{"kind":"transfer","reason":"from my wallet","cost":2.5}""");
        await server.AnswerAsync("/tasks/runtime");
        var day = (await server.LookAsync("overview"))["day"]!;
        Assert.Equal((400m, 450m, 50m, 0m, 0m, true), (
            (decimal)day["value_from"]!, (decimal)day["value"]!, (decimal)day["moved"]!, (decimal)day["change"]!, (decimal)day["change_ratio"]!, (bool)day["proven"]!));
    }

    [Fact]
    public async Task A_failed_tick_is_named_and_the_last_good_plan_stays()
    {
        await using var server = await LookedAt.StartAsync();
        var good = await server.AnswerAsync("/tasks/runtime");
        server.Exchange.On("GET /api/v3/ticker/bookTicker", StubReply.Json("""{"symbol":"QRLUSDT","bidPrice":"2.6","bidQty":"40","askPrice":"2.5","askQty":"35.5"}"""));
        var failed = await server.AnswerAsync("/tasks/runtime");

        var seen = await server.LookAsync("overview");
        Assert.Equal((string?)good["tick"], (string?)seen["plan"]!["tick"]);
        Assert.Equal(((string?)failed["tick"], "partial"), ((string?)seen["last_tick"]!["tick"], (string?)seen["last_tick"]!["status"]));
        Assert.Equal((string?)failed["tick"], (string?)seen["last_failure"]!["tick"]);
        Assert.Contains("crossed", (string?)seen["last_failure"]!["error"], StringComparison.Ordinal);
        var errors = (await server.LookAsync("errors"))["items"]!.AsArray();
        Assert.Equal((string?)failed["tick"], (string?)Assert.Single(errors)!["tick"]);
    }

    [Fact]
    public async Task The_tag_changes_with_everything_that_is_shown_and_with_nothing_else()
    {
        await using var server = await LookedAt.StartAsync();
        var redis = await server.RedisAsync();
        var tags = new List<string>();
        await SeeAsync(() => Task.CompletedTask);
        await SeeAsync(() => server.AnswerAsync("/tasks/runtime"));
        await SeeAsync(() => server.CallAsync("POST", "halt", """{"reason":"on holiday"}"""));
        await SeeAsync(() => server.CallAsync("POST", "resume", """{"reason":"back"}"""));
        await SeeAsync(() => server.CallAsync("PUT", "settings", """{"threshold":"2%"}"""));
        await SeeAsync(() => redis.StringSetAsync("bot:QRLUSDT:halt", "by hand"));
        await SeeAsync(() => redis.StringSetAsync("bot:QRLUSDT:somebody:else", "something"), another: false);
        await SeeAsync(() => server.AnswerAsync("/tasks/rebalance/symmetric"));

        async Task SeeAsync(Func<Task> change, bool another = true)
        {
            await change();
            var tag = (string)(await server.LookAsync("overview"))["version_tag"]!;
            Assert.Equal(another, !tags.Contains(tag));
            Assert.Equal(tag, (string)(await server.LookAsync("overview"))["version_tag"]!);
            tags.Add(tag);
        }
    }

    [Fact]
    public async Task A_key_of_somebody_else_hides_nothing_but_what_it_stands_for()
    {
        await using var server = await LookedAt.StartAsync();
        await server.AnswerAsync("/tasks/runtime");
        var redis = await server.RedisAsync();
        await redis.StringSetAsync("bot:QRLUSDT:rebalance:plan", "not a plan");
        await redis.HashSetAsync("bot:QRLUSDT:cost", "opening_at", "yesterday");
        await redis.HashSetAsync("bot:QRLUSDT:trading", "day_orders", "some");

        var seen = await server.LookAsync("overview");
        Assert.Contains("next tick writes a new one", (string?)seen["plan_error"], StringComparison.Ordinal);
        Assert.Contains("yesterday", (string?)seen["books_error"], StringComparison.Ordinal);
        Assert.Contains("day_orders", (string?)seen["trading_error"], StringComparison.Ordinal);
        Assert.Equal("observe", (string?)seen["mode"]);
        Assert.Single(seen["sparkline"]!.AsArray());
    }

    [Fact]
    public async Task A_tick_by_hand_runs_at_once_and_not_beside_another()
    {
        await using var server = await LookedAt.StartAsync();
        var (status, done) = await server.CallAsync("POST", "tick");
        Assert.Equal((200, "success", "operator"), (status, (string?)done["status"], (string?)done["auth"]));
        Assert.Equal((string?)done["tick"], (string?)(await server.LookAsync("overview"))["plan"]!["tick"]);
        Assert.Equal((long)done["duration_ms"]!, (long)(await server.LookAsync("latency"))["last_tick_ms"]!);

        await (await server.RedisAsync()).StringSetAsync("bot:QRLUSDT:lease", "somebody", TimeSpan.FromSeconds(30));
        Assert.Equal(409, (await server.CallAsync("POST", "tick")).Status);
    }

    [Fact]
    public async Task The_next_tick_is_told_by_the_servers_own_clock()
    {
        await using var server = await LookedAt.StartAsync(("Ballast:Schedule:Enabled", "true"), ("Ballast:Schedule:EveryMinutes", "60"));
        var schedule = (await server.LookAsync("overview"))["schedule"]!;
        var next = schedule["next"]!.GetValue<DateTime>();
        Assert.Equal((true, 60m, 0, 0), ((bool)schedule["own"]!, (decimal)schedule["every_minutes"]!, next.Minute, next.Second));
        Assert.Equal("own,every_minutes,next", Names(schedule));
    }

    private static string Names(JsonNode schedule) => string.Join(',', schedule.AsObject().Select(field => field.Key));
}

using Ballast.Core;
using Ballast.Core.Trading;
using Ballast.Tests.Server.Overview;

namespace Ballast.Tests.Server.Records;

/// <summary>Pages of what was recorded: each row once, in its order, whatever is added between two pages.</summary>
[Trait(FromOutside.Name, FromOutside.Value)]
public class PagingTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    public async Task Ticks_are_paged_without_gaps_or_doubles_while_more_are_added(int limit)
    {
        await using var server = await LookedAt.StartAsync();
        var ticks = new List<string>();
        for (var run = 0; run < 7; run++)
            ticks.Insert(0, (string)(await server.AnswerAsync("/tasks/rebalance/symmetric"))["tick"]!);

        var (seen, path) = (new List<string>(), $"ticks?limit={limit}");
        for (string? next = ""; next is not null;)
        {
            var page = await server.LookAsync(next.Length > 0 ? $"{path}&before={next}" : path);
            Assert.InRange(page["items"]!.AsArray().Count, 1, limit);
            seen.AddRange(LookedAt.Ticks(page));
            next = (string?)page["next"];
            await server.AnswerAsync("/tasks/rebalance/symmetric");
        }
        Assert.Equal(ticks, seen);
    }

    [Fact]
    public async Task A_page_whose_place_has_fallen_out_of_the_history_is_empty()
    {
        await using var server = await LookedAt.StartAsync(("Ballast:Store:HistoryLimit", "3"));
        for (var run = 0; run < 3; run++)
            await server.AnswerAsync("/tasks/rebalance/symmetric");
        var next = (string)(await server.LookAsync("ticks?limit=2"))["next"]!;
        for (var run = 0; run < 3; run++)
            await server.AnswerAsync("/tasks/rebalance/symmetric");
        var page = await server.LookAsync($"ticks?limit=2&before={next}");
        Assert.Empty(page["items"]!.AsArray());
        Assert.False(page.ContainsKey("next"));
    }

    [Fact]
    public async Task Ticks_are_filtered_by_action_and_time_and_a_page_says_whether_there_is_more()
    {
        await using var server = await LookedAt.StartAsync();
        var redis = await server.RedisAsync();
        // Oldest first: 2026-01-01T00:00 HOLD, 01:00 SELL, 02:00 an error, 03:00 HOLD, …
        for (var hour = 0; hour < 12; hour++)
            await redis.ListLeftPushAsync("bot:QRLUSDT:rebalance:history", Row(hour));

        Assert.Equal(["t10", "t7", "t4", "t1"], LookedAt.Ticks(await server.LookAsync("ticks?action=sell")));
        Assert.Equal(["t11", "t10", "t8", "t7", "t5", "t4", "t2", "t1"], LookedAt.Ticks(await server.LookAsync("ticks?action=ERROR,SELL")));
        Assert.Equal(["t5", "t4", "t3"], LookedAt.Ticks(await server.LookAsync("ticks?from=2026-01-01T03:00:00Z&to=2026-01-01T05:00:00Z")));
        Assert.Equal(["t5", "t4", "t3"], LookedAt.Ticks(await server.LookAsync("ticks?from=2026-01-01T03:00:00%2B00:00&to=2026-01-01T06:00:00+01:00")));

        var first = await server.LookAsync("ticks?action=SELL&limit=2");
        var second = await server.LookAsync($"ticks?action=SELL&limit=2&before={first["next"]}");
        Assert.Equal(["t10", "t7", "t4", "t1"], [.. LookedAt.Ticks(first), .. LookedAt.Ticks(second)]);
        Assert.False(second.ContainsKey("next"));

        var errors = (await server.LookAsync("errors?limit=2"))["items"]!.AsArray();
        Assert.Equal(["t11", "t8"], errors.Select(row => (string?)row!["tick"]));

        static string Row(int hour) => (hour % 3) switch
        {
            0 => $$"""{"action":"HOLD","reason":"Within threshold","price":2.5,"total_value":400,"tick":"t{{hour}}","task":"15-min-job","mode":"observe","timestamp":"2026-01-01T{{hour:00}}:00:00Z"}""",
            1 => $$"""{"action":"SELL","quantity":20,"reason":"QRL above target","price":2.5,"total_value":400,"tick":"t{{hour}}","task":"15-min-job","mode":"observe","timestamp":"2026-01-01T{{hour:00}}:00:00Z"}""",
            _ => $$"""{"status":"error","error":"no price","tick":"t{{hour}}","task":"15-min-job","mode":"observe","timestamp":"2026-01-01T{{hour:00}}:00:00Z"}""",
        };
    }

    [Fact]
    public async Task A_row_that_cannot_be_read_says_so_and_hides_no_other()
    {
        await using var server = await LookedAt.StartAsync();
        await server.AnswerAsync("/tasks/rebalance/symmetric");
        await (await server.RedisAsync()).ListLeftPushAsync("bot:QRLUSDT:rebalance:history", "{");
        var rows = (await server.LookAsync("ticks"))["items"]!.AsArray();
        Assert.Equal(2, rows.Count);
        Assert.Equal("ERROR", (string?)rows[0]!["action"]);
        Assert.Contains("cannot be read", (string?)rows[0]!["error"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_journal_is_paged_from_its_end()
    {
        await using var server = await LookedAt.StartAsync();
        await server.AnswerAsync("/tasks/runtime");
        foreach (var reason in (string[])["one", "two", "three"])
            await server.CallAsync("POST", "halt", $$"""{"reason":"{{reason}}"}""");

        var first = await server.LookAsync("journal?limit=2");
        await server.CallAsync("POST", "halt", """{"reason":"four"}""");
        var second = await server.LookAsync($"journal?limit=2&before={first["next"]}");
        Assert.Equal(["three", "two"], first["items"]!.AsArray().Select(line => (string?)line!["change"]!["reason"]));
        Assert.Equal("one", (string?)second["items"]![0]!["change"]!["reason"]);
        Assert.Equal("QRL", (string?)second["items"]![1]!["opening"]!["base"]);
        Assert.False(second.ContainsKey("next"));
    }

    [Fact]
    public async Task Orders_and_trades_and_what_became_of_a_ticks_order()
    {
        await using var server = await LookedAt.StartAsync([.. LookedAt.OnPaper,
            ("Ballast:Mode", "auto"), ("Ballast:Safety:MaxOrderNotional", "400"), ("Ballast:Safety:MaxDailyNotional", "2000"), ("Ballast:Safety:MinMinutesBetweenOrders", "0")]);
        var filled = new List<string>();
        await server.CallAsync("PUT", "settings", """{"threshold":"99%"}""");
        var plan = (await server.AnswerAsync("/tasks/runtime"))["rebalance"]!;
        var share = Math.Round((decimal)plan["base_value"]! / (decimal)plan["total_value"]!, 4);

        // Small orders: a thin book may not have large ones.
        foreach (var target in (decimal[])[share + 0.03m, share, share + 0.03m])
        {
            await server.CallAsync("PUT", "settings", $$"""{"target_ratio":"{{Decimals.Text(target)}}"}""");
            var order = (await server.AnswerAsync("/tasks/runtime"))["order"]!;
            Assert.Equal("filled", (string?)order["state"]);
            filled.Insert(0, (string)order["client_order_id"]!);
        }
        await server.AnswerAsync("/tasks/runtime");

        var first = await server.LookAsync("orders?limit=2");
        var second = await server.LookAsync($"orders?limit=2&before={first["next"]}");
        string[] seen = [.. first["items"]!.AsArray().Concat(second["items"]!.AsArray()).Select(row => (string)row!["order"]!["client_order_id"]!)];
        Assert.Equal(filled, seen.Skip(seen.Length - 3));

        var tick = (await server.LookAsync("ticks"))["items"]![1]!;
        Assert.Equal(("filled", filled[0]), ((string?)tick["order_state"], (string?)tick["client_order_id"]));
        var detail = await server.LookAsync($"tick?id={Uri.EscapeDataString((string)tick["tick"]!)}");
        Assert.Equal("filled", (string?)detail["order"]!["state"]);
        Assert.Equal((string?)tick["tick"], (string?)detail["answer"]!["tick"]);
        Assert.Equal((string?)tick["tick"], (string?)detail["plan"]!["tick"]);

        var trades = await server.LookAsync("trades");
        Assert.False((bool)trades["truncated"]!);
        var times = trades["items"]!.AsArray().Select(trade => (DateTime)trade!["time"]!).ToList();
        Assert.True(times.Count >= 3);
        Assert.Equal(times.Order(), times);
        var newest = await server.LookAsync("trades?limit=1");
        Assert.True((bool)newest["truncated"]!);
        Assert.Equal((string?)trades["items"]!.AsArray()[^1]!["id"], (string?)newest["items"]![0]!["id"]);
        Assert.Empty((await server.LookAsync("trades?to=2020-01-01T00:00:00Z"))["items"]!.AsArray());
        Assert.True(Symbol.Parse("QRLUSDT").TryGet(out var symbol, out _));
        Assert.Equal(OrderIntent.IdOf(symbol, (string)tick["tick"]!), (string?)tick["client_order_id"]);
    }
}

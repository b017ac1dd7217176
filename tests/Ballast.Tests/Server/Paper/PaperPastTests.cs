using System.Text.Json.Nodes;
using Ballast.Core.Ticks;
using Ballast.Core.Trading;
using Ballast.Server.Paper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using StackExchange.Redis;

namespace Ballast.Tests.Server.Paper;

/// <summary>The first start of a paper portfolio: days of ticks before the first real one, whole or not at all.</summary>
public sealed class PaperPastTests : IDisposable
{
    private const int Days = 3;

    private readonly string directory = Directory.CreateTempSubdirectory("ballast-test-").FullName;
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 1, 5, 12, 7, 0, TimeSpan.Zero));

    private string Account => Path.Combine(directory, "paper", "account.jsonl");

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public async Task The_first_start_is_full_of_history_and_says_where_it_comes_from()
    {
        await using var server = await StartAsync();
        var redis = await server.RedisAsync();

        Assert.Equal(Days * 96 + 1, await redis.ListLengthAsync("bot:QRLUSDT:rebalance:history"));
        Assert.Equal(Days * 96 + 1, await redis.ListLengthAsync("bot:QRLUSDT:equity"));
        Assert.Equal(Days * 24 + 1, await redis.ListLengthAsync("bot:QRLUSDT:equity:hourly"));
        Assert.NotEqual(0, await redis.ListLengthAsync("bot:QRLUSDT:orders"));
        Assert.Equal(await redis.ListGetByIndexAsync("bot:QRLUSDT:rebalance:history", 0), await redis.StringGetAsync("bot:QRLUSDT:rebalance:plan"));
        var (newest, oldest) = (await PlanAsync(redis, 0), await PlanAsync(redis, -1));
        Assert.Equal(("15-min-job/play/2026-01-05T12:00:00Z", "15-min-job/play/2026-01-02T12:00:00Z"), ((string?)newest["tick"], (string?)oldest["tick"]));
        var line = JsonNode.Parse((string)(await redis.ListGetByIndexAsync("bot:QRLUSDT:journal", 0))!)!["change"]!;
        Assert.Equal(("play", "3 days of play"), ((string?)line["what"], (string?)line["to"]));
        Assert.False(await redis.KeyExistsAsync("bot:QRLUSDT:lease"));
        Assert.False(await redis.KeyExistsAsync("bot:QRLUSDT:order:open"));
        Assert.Equal(("0", "0"), ((string?)await redis.HashGetAsync("bot:QRLUSDT:trading", "day_orders"), (string?)await redis.HashGetAsync("bot:QRLUSDT:trading", "day_notional")));
    }

    [Fact]
    public async Task The_next_tick_over_HTTP_finds_balanced_books_and_the_configured_mode()
    {
        await using var server = await StartAsync();
        clock.Advance(TimeSpan.FromMinutes(8));
        var answer = await server.AnswerAsync("/tasks/runtime", "2026-01-05T12:15:00Z");

        Assert.Equal(("success", "observe", "balanced"), ((string?)answer["status"], (string?)answer["mode"], (string?)answer["cost_update"]!["books"]));
        Assert.Equal(0, (int)answer["cost_update"]!["new_trades"]!);
        var profit = answer["cost_update"]!["profit"]!;
        Assert.Equal(
            (decimal)profit["change"]!,
            new[] { "market", "rebalancing", "fees", "transfers", "corrections", "unproven" }.Sum(cause => (decimal)profit[cause]!));
        Assert.NotEqual(0, (decimal)profit["rebalancing"]!);
        Assert.Null(answer["cost_update"]!["wallet_problem"]);
    }

    [Fact]
    public async Task Trading_goes_on_without_a_doubt_about_the_orders_of_the_past()
    {
        await using var server = await StartAsync(
            ("Ballast:Mode", "auto"), ("Ballast:Safety:MaxOrderNotional", "500"), ("Ballast:Safety:MaxDailyNotional", "500"), ("Ballast:Policy:Threshold", "0.002"), ("Ballast:Policy:MinNotional", "1"));
        var exchange = server.Server.Paper!.Engine;
        Assert.NotEmpty(exchange.Orders("QRLUSDT", clock.GetUtcNow().AddHours(-24), clock.GetUtcNow(), clock.GetUtcNow()));

        var answered = new List<JsonObject>();
        for (var tick = 0; tick < 8; tick++)
        {
            clock.Advance(TimeSpan.FromMinutes(tick == 0 ? 8 : 15));
            answered.Add(await server.AnswerAsync("/tasks/runtime"));
        }
        Assert.All(answered, answer => Assert.Equal(("success", "auto", "balanced", null),
            ((string?)answer["status"], (string?)answer["mode"], (string?)answer["cost_update"]!["books"], (string?)answer["alert"])));
        Assert.Contains(answered, answer => (string?)answer["order"]?["state"] == "filled");
    }

    [Fact]
    public async Task A_restart_goes_on_and_begins_nothing_anew()
    {
        await using (await StartAsync())
            clock.Advance(TimeSpan.FromDays(1));
        await using var second = await StartAsync();
        Assert.Equal(Days * 96 + 1, await (await second.RedisAsync()).ListLengthAsync("bot:QRLUSDT:rebalance:history"));
        Assert.Equal("balanced", (string?)(await second.AnswerAsync("/tasks/runtime"))["cost_update"]!["books"]);
    }

    [Fact]
    public async Task The_same_seed_at_the_same_time_is_the_same_past()
    {
        var told = new List<string>();
        foreach (var place in (string[])["first", "second"])
        {
            await using var server = await StartAsync(("Ballast:Store:DataDirectory", Path.Combine(directory, place)));
            var redis = await server.RedisAsync();
            told.Add(string.Join('\n', await redis.ListRangeAsync("bot:QRLUSDT:rebalance:history")) + string.Join('\n', await redis.ListRangeAsync("bot:QRLUSDT:journal")));
        }
        Assert.Equal(told[0], told[1]);
        Assert.Equal(await ReadAsync(Path.Combine(directory, "first")), await ReadAsync(Path.Combine(directory, "second")));

        static Task<string> ReadAsync(string place) => File.ReadAllTextAsync(Path.Combine(place, "paper", "account.jsonl"), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Interrupted_before_the_account_was_in_its_place_the_next_start_puts_it_there()
    {
        await using (await StartAsync())
            clock.Advance(TimeSpan.FromMinutes(1));
        File.Move(Account, Account + ".prepared");
        clock.Advance(TimeSpan.FromMinutes(15));

        await using var server = await StartAsync();
        Assert.False(File.Exists(Account + ".prepared"));
        var answer = await server.AnswerAsync("/tasks/runtime");
        Assert.Equal(("balanced", 0), ((string?)answer["cost_update"]!["books"], (int)answer["cost_update"]!["new_trades"]!));
        Assert.Equal(Days * 96 + 2, await (await server.RedisAsync()).ListLengthAsync("bot:QRLUSDT:rebalance:history"));
    }

    [Fact]
    public async Task Interrupted_before_the_store_was_written_the_next_start_begins_again()
    {
        await using (await StartAsync(("Ballast:Store:DataDirectory", Path.Combine(directory, "interrupted"))))
            clock.Advance(TimeSpan.FromHours(1));
        Directory.CreateDirectory(Path.GetDirectoryName(Account)!);
        File.Move(Path.Combine(directory, "interrupted", "paper", "account.jsonl"), Account + ".prepared");

        await using var server = await StartAsync();
        Assert.False(File.Exists(Account + ".prepared"));
        Assert.Equal("15-min-job/play/2026-01-05T13:00:00Z", (string?)(await PlanAsync(await server.RedisAsync(), 0))["tick"]);
        Assert.Equal("balanced", (string?)(await server.AnswerAsync("/tasks/runtime"))["cost_update"]!["books"]);
    }

    [Fact]
    public async Task What_was_prepared_for_another_store_is_thrown_away()
    {
        await using (var server = await StartAsync(("Ballast:Paper:HistoryDays", "0")))
            await server.AnswerAsync("/tasks/runtime");
        File.Move(Account, Account + ".prepared");

        await using (var next = await StartAsync())
        {
            Assert.False(File.Exists(Account + ".prepared"));
            Assert.Equal(1, await (await next.RedisAsync()).ListLengthAsync("bot:QRLUSDT:rebalance:history"));
        }
    }

    [Fact]
    public async Task An_account_or_a_store_that_is_not_empty_gets_no_past()
    {
        await using (await StartAsync(("Ballast:Paper:HistoryDays", "0")))
            Assert.True(File.Exists(Account));
        await using var server = await StartAsync();
        Assert.Equal(0, await (await server.RedisAsync()).ListLengthAsync("bot:QRLUSDT:rebalance:history"));
        Assert.Equal(10_000m, (decimal)(await server.AnswerAsync("/tasks/runtime"))["rebalance"]!["base_balance"]!);
    }

    [Fact]
    public async Task A_fast_market_has_its_past_at_its_own_speed_and_its_ticks_within_scaled_limits()
    {
        await using var server = await StartAsync(
            ("Ballast:Paper:Speed", "60"), ("Ballast:Mode", "auto"), ("Ballast:Safety:MaxOrderNotional", "50"), ("Ballast:Safety:MaxDailyNotional", "100"));
        Assert.Equal(Days * 96 + 1, await (await server.RedisAsync()).ListLengthAsync("bot:QRLUSDT:rebalance:history"));
        var limits = server.Server.App.Services.GetRequiredService<TickOptions>().Limits;
        Assert.Equal((0, 2_880, 6_000m, 50m), (limits.MinMinutesBetweenOrders, limits.MaxDailyOrders, limits.MaxDailyNotional!.Value.Value, limits.MaxOrderNotional!.Value.Value));
        Assert.Equal(Mode.Auto, server.Server.Settings.Mode);
        Assert.Equal("balanced", (string?)(await server.AnswerAsync("/tasks/runtime"))["cost_update"]!["books"]);
    }

    [Theory]
    [InlineData(1, "\r90 days of play  [..............................]   0 %")]
    [InlineData(4321, "\r90 days of play  [###############...............]  50 %")]
    [InlineData(8641, "\r90 days of play  [##############################] 100 %")]
    public void A_bar_shows_how_far_it_is(int ticks, string bar) => Assert.Equal(bar, PastOnConsole.Bar(new PastProgress(90, ticks, 8641, 5)));

    private static async Task<JsonNode> PlanAsync(IDatabase redis, int index) =>
        JsonNode.Parse((string)(await redis.ListGetByIndexAsync("bot:QRLUSDT:rebalance:history", index))!)!;

    private Task<ServerUnderTest> StartAsync(params (string Name, string? Value)[] settings) => ServerUnderTest.StartAsync(
    [
        ("MEXC_API_KEY", null), ("MEXC_SECRET_KEY", null), ("MEXC_BASE_URL", null), ("Ballast:Paper:Port", "0"),
        ("Ballast:Store:DataDirectory", directory), ("Ballast:Paper:HistoryDays", $"{Days}"), .. settings,
    ], clock: clock);
}

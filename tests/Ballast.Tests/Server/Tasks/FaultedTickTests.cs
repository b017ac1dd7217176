using System.Text.Json.Nodes;
using Ballast.Core;
using Ballast.Core.Paper;
using Ballast.PaperExchange.Faults;

namespace Ballast.Tests.Server.Tasks;

/// <summary>
/// What the next tick answers while the paper exchange fails in each of its ways: the real server on its own paper exchange, in <c>auto</c>, about
/// even and told to hold 30 % in the coin, so that a tick wants to sell.
/// </summary>
public class FaultedTickTests
{
    private const string Tick = "/tasks/runtime";

    /// <param name="Says">What stands in the error of the plan, or of the books where only they fail, or in the order's reason.</param>
    public sealed record Case(string Kind, decimal? Value, string? Call, string Status, string Where, string Says, string? Body = null)
    {
        public override string ToString() => $"{Kind} {Value} on {Call ?? "all"}: {Status}, {Says}";
    }

    public static TheoryData<Case> AtTheDoor =>
    [
        new Case("server-error", 503, "account", "error", "rebalance", "HTTP 503"),
        new Case("server-error", 503, "ticker/price", "partial", "rebalance", "service not available", """{"code":503,"msg":"service not available, please try again"}"""),
        new Case("server-error", 500, "myTrades", "partial", "cost_update", "HTTP 500"),
        new Case("maintenance", null, null, "error", "rebalance", "System under maintenance"),
        new Case("too-many-requests", 60, null, "error", "rebalance", "fewer calls"),
        new Case("banned", 120, null, "error", "rebalance", "fewer calls"),
        new Case("drop", null, "account", "error", "rebalance", "the connection broke"),
        new Case("html", 403, "ticker/price", "partial", "rebalance", "an HTML page"),
        new Case("html", 200, "ticker/price", "partial", "rebalance", "not the exchange's JSON"),
        new Case("garbage", null, "ticker/bookTicker", "partial", "rebalance", "not the exchange's JSON"),
        new Case("no-permission", null, "myTrades", "partial", "cost_update", "permission"),
        new Case("no-bids", null, null, "partial", "rebalance", "no bid"),
        new Case("no-asks", null, null, "partial", "rebalance", "no ask"),
    ];

    [Theory]
    [MemberData(nameof(AtTheDoor), DisableDiscoveryEnumeration = true)]
    public async Task A_step_that_fails_is_named_and_the_tick_after_is_whole(Case fails)
    {
        await using var server = await StartAsync(("Ballast:Mode", "observe"));
        await server.AnswerAsync(Tick);
        Set(server, fails.Kind, fails.Value, calls: fails.Call is null ? null : [fails.Call], body: fails.Body);
        var answer = await server.AnswerAsync(Tick, status: fails.Status == "error" ? 502 : 200);
        Assert.Equal((fails.Status, "error"), ((string?)answer["status"], (string?)answer[fails.Where]!["status"]));
        Assert.Contains(fails.Says, (string?)answer[fails.Where]!["error"], StringComparison.OrdinalIgnoreCase);

        server.Server.Paper!.Faults.ClearAll();
        if (fails.Kind is not ("too-many-requests" or "banned"))
            Assert.Equal("success", (string?)(await server.AnswerAsync(Tick))["status"]);
    }

    public static TheoryData<string, string?, string, string> OnTheMarket => new()
    {
        { "crash", "0.7", "blocked", "price_jump: " },
        { "gap-up", "1.3", "blocked", "price_jump: " },
        { "wide-spread", "0.1", "blocked", "spread: " },
        { "half-fills", null, "partially_filled", "" },
        // The pair's rules are remembered for an hour, so a pair that closes meanwhile is met by the order itself.
        { "suspended", null, "rejected", "trading disabled" },
        { "buy-only", null, "rejected", "direction is not allowed" },
        { "not-for-api", null, "rejected", "symbol not support api" },
        { "drop-after", null, "filled", "" },
        { "error-after", null, "filled", "" },
        { "garbage", null, "filled", "" },
        { "drop", null, "unknown", "may have been carried out" },
        { "late-orders", "3600", "unknown", "does not show yet" },
        { "latency", "300", "filled", "" },
    };

    [Theory]
    [MemberData(nameof(OnTheMarket))]
    public async Task An_order_comes_to_what_the_exchange_let_happen(string kind, string? value, string state, string says)
    {
        await using var server = await StartAsync();
        await SeenAsync(server);

        // A small sale, whatever the price is now: a thin book may not have a large one, and a price may make none of what is wanted.
        await (await server.RedisAsync()).HashSetAsync("bot:QRLUSDT:settings", [new("target_ratio", Decimals.Text(await ShareAsync(server) - 0.02m))]);
        var wire = kind is "garbage" or "drop" or "latency";
        Set(server, kind, value is null ? null : decimal.Parse(value, System.Globalization.CultureInfo.InvariantCulture), calls: wire ? ["POST order"] : null);
        var answer = await server.AnswerAsync(Tick);
        Assert.True(state == (string?)answer["order"]?["state"], answer.ToJsonString());
        Assert.Contains(says, (string?)answer["order"]!["reason"], StringComparison.Ordinal);
        Assert.Equal(state is "rejected" or "unknown" ? "partial" : "success", (string?)answer["status"]);
        if (kind == "latency")
            Assert.True((long)answer["duration_ms"]! >= 300);
    }

    [Theory]
    [InlineData("suspended")]
    [InlineData("buy-only")]
    [InlineData("sell-only")]
    [InlineData("not-for-api")]
    public async Task A_pair_that_is_closed_when_its_rules_are_read_blocks_by_its_guard(string kind)
    {
        await using var server = await StartAsync();
        Set(server, kind);
        var order = (await server.AnswerAsync(Tick))["order"]!;
        Assert.Equal("blocked", (string?)order["state"]);
        Assert.StartsWith("symbol_tradable: ", (string?)order["reason"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_market_orders_are_off_the_next_one_is_limited()
    {
        await using var server = await StartAsync(("Ballast:Safety:MarketOrders", "true"));
        Set(server, "no-market-orders");
        Assert.Equal(("rejected", "MARKET"), StateAndType(await server.AnswerAsync(Tick)));
        Assert.Equal(("filled", "IMMEDIATE_OR_CANCEL"), StateAndType(await server.AnswerAsync(Tick)));
    }

    [Fact]
    public async Task An_order_whose_answer_is_lost_and_which_is_not_shown_is_unknown_and_settled_by_a_later_tick()
    {
        await using var server = await StartAsync();
        Set(server, "drop-after");
        Set(server, "late-orders", 3_600);
        var unknown = await server.AnswerAsync(Tick);
        Assert.Equal(("partial", "unknown"), ((string?)unknown["status"], (string?)unknown["order"]!["state"]));
        Assert.Null((await server.AnswerAsync(Tick))["settled"]);

        server.Server.Paper!.Faults.ClearAll();
        var settled = (await server.AnswerAsync(Tick))["settled"]!;
        Assert.Equal(("filled", (string?)unknown["order"]!["client_order_id"]), ((string?)settled["state"], (string?)settled["client_order_id"]));
        Assert.Equal("balanced", await BooksAsync(server));
        var now = TimeProvider.System.GetUtcNow();
        Assert.Single(server.Server.Paper.Engine.Orders("QRLUSDT", now.AddHours(-1), now, now), order => order.ClientOrderId == (string?)unknown["order"]!["client_order_id"]);
    }

    [Theory]
    [InlineData(90_000)]
    [InlineData(-90_000)]
    public async Task A_clock_that_is_off_is_learnt_and_the_tick_is_whole(int skewMs)
    {
        await using var server = await StartAsync();
        Set(server, "clock-skew", skewMs);
        var answer = await server.AnswerAsync(Tick);
        Assert.Equal(("success", "filled", "balanced"), ((string?)answer["status"], (string?)answer["order"]!["state"], (string?)answer["cost_update"]!["books"]));
        server.Server.Paper!.Faults.ClearAll();
        Assert.Equal("balanced", await BooksAsync(server));
    }

    [Fact]
    public async Task Trades_that_are_late_leave_the_books_unproven_until_they_are_shown()
    {
        await using var server = await StartAsync();
        await server.AnswerAsync(Tick);
        Set(server, "late-trades", 3_600);
        Assert.Equal("unproven", await BooksAsync(server));
        server.Server.Paper!.Faults.ClearAll();
        Assert.Equal("balanced", await BooksAsync(server));
    }

    [Fact]
    public async Task Trades_that_are_shown_twice_are_booked_once()
    {
        await using var server = await StartAsync();
        await server.AnswerAsync(Tick);
        var fills = server.Server.Paper!.Engine.Trades(new PaperTradeFilter("QRLUSDT"), 1_000, TimeProvider.System.GetUtcNow()).Count;
        Set(server, "double-trades");
        var books = (await server.AnswerAsync(Tick))["cost_update"]!;
        Assert.Equal(("balanced", fills), ((string?)books["books"], (int)books["new_trades"]!));
    }

    [Fact]
    public async Task Without_the_right_to_read_the_wallet_the_answer_says_so()
    {
        await using var server = await StartAsync();
        Set(server, "no-permission", calls: ["capital/deposit/hisrec"]);
        Assert.Contains("SPOT_WITHDRAW_READ", (string?)(await server.AnswerAsync(Tick))["cost_update"]!["wallet_problem"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deposit_and_a_withdrawal_are_booked_as_transfers()
    {
        await using var server = await StartAsync(("Ballast:Mode", "observe"));
        await server.AnswerAsync(Tick);
        var (engine, now) = (server.Server.Paper!.Engine, TimeProvider.System.GetUtcNow());
        Assert.Null(engine.Deposit("QRL", 100, now).Failure);
        Assert.Null(engine.Withdraw("USDT", 5, now).Failure);
        var books = (await server.AnswerAsync(Tick))["cost_update"]!;
        Assert.Equal(("balanced", 2, 10_100m), ((string?)books["books"], (int)books["new_movements"]!, (decimal)books["quantity"]!));
    }

    [Fact]
    public async Task A_market_that_stands_still_shows_one_price_and_no_guard_minds()
    {
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var server = await StartAsync([("Ballast:Mode", "observe")], clock);
        Set(server, "frozen");
        var first = await server.AnswerAsync(Tick);
        clock.Advance(TimeSpan.FromMinutes(45));
        var second = await server.AnswerAsync(Tick);
        server.Server.Paper!.Faults.ClearAll();
        var third = await server.AnswerAsync(Tick);
        Assert.Equal((decimal)first["rebalance"]!["price"]!, (decimal)second["rebalance"]!["price"]!);
        Assert.NotEqual((decimal)second["rebalance"]!["price"]!, (decimal)third["rebalance"]!["price"]!);
    }

    private static Task<ServerUnderTest> StartAsync(params (string Name, string? Value)[] settings) => StartAsync(settings, null);

    private static Task<ServerUnderTest> StartAsync((string Name, string? Value)[] settings, TimeProvider? clock) => ServerUnderTest.StartAsync(
        [
            ("MEXC_API_KEY", null), ("MEXC_SECRET_KEY", null), ("MEXC_BASE_URL", null), ("Ballast:Paper:Port", "0"),
            ("Ballast:Mode", "auto"), ("Ballast:Policy:TargetRatio", "0.3"), ("Ballast:Safety:MaxOrderNotional", "1000"),
            ("Ballast:Safety:MaxDailyNotional", "5000"), ("Ballast:Safety:MinMinutesBetweenOrders", "0"), .. settings,
        ],
        clock: clock);

    /// <summary>A tick that sees the market and its rules and trades nothing.</summary>
    private static async Task SeenAsync(ServerUnderTest server)
    {
        var redis = await server.RedisAsync();
        await redis.HashSetAsync("bot:QRLUSDT:settings", [new("threshold", "99%")]);
        Assert.Equal("HOLD", (string?)(await server.AnswerAsync(Tick))["rebalance"]!["action"]);
        await redis.KeyDeleteAsync("bot:QRLUSDT:settings");
    }

    /// <summary>The coins' part of the value, by the plan of a tick that has run.</summary>
    private static async Task<decimal> ShareAsync(ServerUnderTest server)
    {
        var plan = JsonNode.Parse((string)(await (await server.RedisAsync()).StringGetAsync("bot:QRLUSDT:rebalance:plan"))!)!;
        return Math.Round((decimal)plan["base_value"]! / (decimal)plan["total_value"]!, 4);
    }

    private static async Task<string?> BooksAsync(ServerUnderTest server) => (string?)(await server.AnswerAsync(Tick))["cost_update"]!["books"];

    private static (string?, string?) StateAndType(JsonObject answer) => ((string?)answer["order"]!["state"], (string?)answer["order"]!["type"]);

    private static void Set(ServerUnderTest server, string kind, decimal? value = null, string[]? calls = null, string? body = null) =>
        Assert.Null(server.Server.Paper!.Faults.Set(new FaultRequest(kind, value, calls, Body: body)).Failure);
}

using Ballast.Tests.Mexc;

namespace Ballast.Tests.Server.Telemetry;

/// <summary>Real ticks and a real scrape: 100 QRL and 150 USDT at 2.5, so the portfolio is worth 400 and a tick wants to sell 20.</summary>
public class TickMetricsTests
{
    private const string Noon = "2026-01-01T12:00:00Z";
    private const string Post = "POST /api/v3/order";
    private const string Order = "GET /api/v3/order";

    private static readonly StubReply Rubbish = StubReply.Json("""{"symbol":"QRLUSDT","price":"none"}""");
    private static readonly StubReply Ack = StubReply.Json("""{"symbol":"QRLUSDT","orderId":"C02__1","orderListId":-1,"price":"2.475","origQty":"20","type":"IMMEDIATE_OR_CANCEL","side":"SELL","transactTime":1666676533741}""");
    private static readonly StubReply NotFound = StubReply.Json("""{"msg":"Order does not exist.","code":-2013,"_extend":null}""", 400);

    private static readonly string[] PlanGauges =
    [
        "ballast_plan_deviation_ratio", "ballast_plan_threshold_ratio", "ballast_price", "ballast_portfolio_value",
        """ballast_portfolio_leg_value{leg="base"}""", """ballast_portfolio_leg_value{leg="quote"}""",
    ];

    [Fact]
    public async Task A_good_tick_shows_its_plan_its_books_and_when_it_was()
    {
        await using var server = await ServerUnderTest.StartAsync([("Ballast:Books:OpeningCost", "2.345")]);
        var before = TimeProvider.System.GetUtcNow();

        await server.AnswerAsync("/tasks/runtime");
        var now = await Scrape.OfAsync(server);

        // 250 in coins against 200: 50 of 400 too much.
        Expect(now, [
            ("ballast_plan_deviation_ratio", 0.125), ("ballast_plan_threshold_ratio", 0.01), ("ballast_price", 2.5), ("ballast_portfolio_value", 400),
            ("""ballast_portfolio_leg_value{leg="base"}""", 250), ("""ballast_portfolio_leg_value{leg="quote"}""", 150),
            ("ballast_portfolio_held_value", 400), ("ballast_books_average_cost", 2.345), ("ballast_books_realized_profit", 0),
            ("ballast_books_unrealized_profit", 15.5), ("ballast_books_balanced", 1), ("""ballast_books_profit{cause="market"}""", 0),
            ("ballast_order_unsettled", 0), ("ballast_halted", 0), ("""ballast_mode{mode="observe"}""", 1), ("""ballast_mode{mode="auto"}""", 0),
            ("""ballast_ticks_total{outcome="success",task="15-min-job"}""", 1), ("""ballast_decisions_total{action="sell"}""", 1),
            ("""ballast_tick_duration_seconds_count{outcome="success",task="15-min-job"}""", 1),
            ("""ballast_exchange_request_duration_seconds_count{operation="GET /api/v3/account",outcome="ok"}""", 1),
            ("""ballast_store_request_duration_seconds_count{operation="lease",outcome="ok"}""", 1),
            ("""ballast_store_request_duration_seconds_count{operation="read",outcome="ok"}""", 1),
            ("""ballast_store_request_duration_seconds_count{operation="commit",outcome="ok"}""", 1),
        ]);
        Assert.InRange(now["ballast_tick_last_success_timestamp_seconds"]!.Value, before.ToUnixTimeSeconds(), TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + 1);
    }

    [Fact]
    public async Task A_portfolio_with_too_little_of_the_coin_deviates_downwards()
    {
        await using var server = await ServerUnderTest.StartAsync([("Ballast:Policy:TargetRatio", "0.75")]);
        await server.AnswerAsync("/tasks/rebalance/symmetric");

        // 250 against 300: 50 of 400 too little.
        Assert.Equal(-0.125, (await Scrape.OfAsync(server))["ballast_plan_deviation_ratio"]);
    }

    [Fact]
    public async Task Before_the_first_tick_counters_stand_at_0_and_what_is_not_known_is_absent()
    {
        await using var server = await ServerUnderTest.StartAsync();

        var now = await Scrape.OfAsync(server);

        Assert.All(now.Samples.Where(sample => sample.Key.Contains("_total{", StringComparison.Ordinal)), sample => Assert.Equal(0, sample.Value));
        Expect(now, [
            ("""ballast_ticks_total{outcome="store_down",task="rebalance-symmetric"}""", 0), ("""ballast_decisions_total{action="none"}""", 0),
            ("""ballast_orders_total{outcome="unknown",side="buy"}""", 0), ("""ballast_guard_refusals_total{guard="price_fence"}""", 0),
            ("""ballast_auth_refusals_total{reason="wrong audience"}""", 0),
            ("""ballast_build_info{exchange="mexc",runtime="jit",symbol="QRLUSDT",version="0.1.0"}""", 1),
        ]);
        Assert.DoesNotContain(now.Samples.Keys, sample =>
            sample.StartsWith("ballast_p", StringComparison.Ordinal) || sample.StartsWith("ballast_books", StringComparison.Ordinal)
            || sample.StartsWith("ballast_mode", StringComparison.Ordinal) || sample is "ballast_halted" or "ballast_order_unsettled" or "ballast_tick_last_success_timestamp_seconds");
    }

    [Fact]
    public async Task A_tick_without_a_plan_takes_the_older_plan_away_and_the_next_plan_brings_it_back()
    {
        await using var server = await ServerUnderTest.StartAsync();
        await server.AnswerAsync("/tasks/runtime");
        var success = (await Scrape.OfAsync(server))["ballast_tick_last_success_timestamp_seconds"];
        server.Exchange.On("GET /api/v3/ticker/bookTicker", Rubbish);

        await server.AnswerAsync("/tasks/runtime");
        var failed = await Scrape.OfAsync(server);
        server.Exchange.OnOrdinaryMarket();
        await server.AnswerAsync("/tasks/runtime");
        var back = await Scrape.OfAsync(server);

        Assert.All(PlanGauges, gauge => Assert.Null(failed[gauge]));
        Assert.All(PlanGauges, gauge => Assert.NotNull(back[gauge]));
        Expect(failed, [
            ("""ballast_ticks_total{outcome="partial",task="15-min-job"}""", 1), ("""ballast_decisions_total{action="none"}""", 1),
            ("ballast_books_balanced", 1), ("ballast_tick_last_success_timestamp_seconds", success!.Value),
        ]);
    }

    [Fact]
    public async Task A_tick_without_books_takes_the_older_books_away()
    {
        await using var server = await ServerUnderTest.StartAsync();
        await server.AnswerAsync("/tasks/runtime");
        server.Exchange.On("GET /api/v3/myTrades", StubReply.Empty(403));
        await server.AnswerAsync("/tasks/runtime");
        Assert.Null((await Scrape.OfAsync(server))["ballast_books_balanced"]);
        Assert.NotNull((await Scrape.OfAsync(server))["ballast_price"]);

        // A task that leaves the books alone leaves what is known of them alone.
        server.Exchange.OnOrdinaryMarket();
        await server.AnswerAsync("/tasks/runtime");
        await server.AnswerAsync("/tasks/rebalance/symmetric");
        Assert.Equal(1, (await Scrape.OfAsync(server))["ballast_books_balanced"]);
    }

    [Fact]
    public async Task Each_way_a_tick_can_end_is_counted_as_what_it_is()
    {
        await using var server = await ServerUnderTest.StartAsync();
        var redis = await server.RedisAsync();
        await server.AnswerAsync("/tasks/runtime", Noon);
        await server.AnswerAsync("/tasks/runtime", Noon);
        await redis.StringSetAsync("bot:QRLUSDT:lease", "another", TimeSpan.FromMinutes(1));
        await server.AnswerAsync("/tasks/rebalance/symmetric", status: 409);
        await redis.KeyDeleteAsync("bot:QRLUSDT:lease");
        server.Exchange.On("GET /api/v3/account", StubReply.Empty(403));
        await server.AnswerAsync("/tasks/runtime", status: 502);
        server.Exchange.OnOrdinaryMarket().On("GET /api/v3/ticker/price", StubReply.Json("""{"symbol":"QRLUSDT","price":"2.5"}""").After(Overtake()));
        await server.AnswerAsync("/tasks/runtime", status: 409);

        Assert.Equal(
            [
                """{outcome="busy",task="rebalance-symmetric"} 1""", """{outcome="error",task="15-min-job"} 1""", """{outcome="overtaken",task="15-min-job"} 1""",
                """{outcome="replayed",task="15-min-job"} 1""", """{outcome="success",task="15-min-job"} 1""",
            ],
            (await Scrape.OfAsync(server)).CountedIn("ballast_ticks_total").Order(StringComparer.Ordinal));

        async Task Overtake()
        {
            while (server.Exchange.RequestsTo("GET /api/v3/account").Count < 3)
                await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
            await redis.StringIncrementAsync("bot:QRLUSDT:epoch");
        }
    }

    [Fact]
    public async Task A_store_that_is_down_is_counted_and_leaves_no_plan_on_show()
    {
        await using var server = await ServerUnderTest.StartAsync([("REDIS_URL", "redis://127.0.0.1:1"), ("Ballast:Store:Port", null), ("Ballast:Store:DataDirectory", null)]);

        await server.AnswerAsync("/tasks/runtime", status: 503);
        var now = await Scrape.OfAsync(server);

        Assert.Equal(["""{outcome="store_down",task="15-min-job"} 1"""], now.CountedIn("ballast_ticks_total"));
        Assert.Equal(1, now["""ballast_store_request_duration_seconds_count{operation="lease",outcome="error"}"""]);
        Assert.All(PlanGauges, gauge => Assert.Null(now[gauge]));
    }

    [Fact]
    public async Task An_order_is_counted_by_what_came_of_it_and_again_when_it_is_settled()
    {
        await using var server = await StartTradingAsync();
        server.Exchange.On(Post, StubReply.Drop()).On(Order, NotFound);
        var unknown = await server.AnswerAsync("/tasks/runtime");
        Assert.Equal(1, (await Scrape.OfAsync(server))["ballast_order_unsettled"]);

        await server.AnswerAsync("/tasks/runtime");
        server.Exchange.On(Post, Ack).On(Order, State("FILLED", 20, (string?)unknown["order"]!["client_order_id"]));
        await server.AnswerAsync("/tasks/runtime");
        var now = await Scrape.OfAsync(server);

        Assert.Equal(0, now["ballast_order_unsettled"]);
        Assert.Equal(["""{guard="unsettled_order"} 1""", """{guard="min_interval"} 1"""], now.CountedIn("ballast_guard_refusals_total"));
        Assert.Equal(
            ["""{outcome="blocked",side="sell"} 2""", """{outcome="filled",side="sell"} 1""", """{outcome="unknown",side="sell"} 1"""],
            now.CountedIn("ballast_orders_total").Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("auto", "PARTIALLY_CANCELED", 8, "partially_filled")]
    [InlineData("auto", "CANCELED", 0, "unfilled")]
    [InlineData("auto", "rejected", 0, "rejected")]
    [InlineData("approve", "", 0, "proposed")]
    public async Task Orders_have_the_words_of_the_answer(string mode, string status, int executed, string outcome)
    {
        await using var server = await StartTradingAsync(("Ballast:Mode", mode));
        server.Exchange.On(Post, status == "rejected" ? StubReply.Json("""{"msg":"Oversold","code":30005}""", 400) : Ack).On(Order, State(status, executed));
        await server.AnswerAsync("/tasks/runtime");
        var now = await Scrape.OfAsync(server);
        Assert.Equal([$$"""{outcome="{{outcome}}",side="sell"} 1"""], now.CountedIn("ballast_orders_total"));
        Assert.Equal(1, now[$$"""ballast_mode{mode="{{mode}}"}"""]);
        Assert.Empty(now.CountedIn("ballast_guard_refusals_total"));
    }

    [Fact]
    public async Task A_halt_counts_from_the_moment_at_which_it_is_made()
    {
        await using var server = await StartTradingAsync(("Ballast:Operator:ApiToken", "a-token-of-at-least-24-letters"));
        server.Exchange.On(Post, Ack).On(Order, State("FILLED", 20));
        await server.AnswerAsync("/tasks/runtime");
        Assert.Equal(0, (await Scrape.OfAsync(server))["ballast_halted"]);

        server.Http.DefaultRequestHeaders.Authorization = new("Bearer", "a-token-of-at-least-24-letters");
        var content = new StringContent("""{"reason":"on holiday"}""", System.Text.Encoding.UTF8, "application/json");
        Assert.True((await server.Http.PostAsync("/api/v1/halt", content, TestContext.Current.CancellationToken)).IsSuccessStatusCode);
        server.Http.DefaultRequestHeaders.Authorization = null;
        Assert.Equal(1, (await Scrape.OfAsync(server))["ballast_halted"]);

        await server.AnswerAsync("/tasks/runtime");
        Assert.Equal(1, (await Scrape.OfAsync(server))["ballast_halted"]);
        await (await server.RedisAsync()).KeyDeleteAsync("bot:QRLUSDT:halt");
        await server.AnswerAsync("/tasks/runtime");
        Assert.Equal(0, (await Scrape.OfAsync(server))["ballast_halted"]);
    }

    [Theory]
    [InlineData(429, "rate_limited")]
    [InlineData(403, "refused")]
    [InlineData(503, "server_error")]
    [InlineData(0, "unreachable")]
    public async Task Requests_to_the_exchange_have_a_word_for_what_went_wrong(int status, string outcome)
    {
        await using var server = await ServerUnderTest.StartAsync();
        server.Exchange.On("GET /api/v3/account", status == 0 ? StubReply.Drop() : StubReply.Empty(status));
        await server.AnswerAsync("/tasks/runtime", status: 502);
        var count = (await Scrape.OfAsync(server))[$$"""ballast_exchange_request_duration_seconds_count{operation="GET /api/v3/account",outcome="{{outcome}}"}"""];
        Assert.Equal(server.Exchange.RequestsTo("GET /api/v3/account").Count, count);
    }

    [Fact]
    public async Task A_request_that_was_given_up_because_the_store_failed_says_nothing_of_the_exchange()
    {
        await using var server = await ServerUnderTest.StartAsync();
        await (await server.RedisAsync()).StringSetAsync("bot:QRLUSDT:settings", "no hash");
        server.Exchange.On("GET /api/v3/account", StubReply.Silence());

        await server.AnswerAsync("/tasks/runtime", status: 503);

        Assert.DoesNotContain((await Scrape.OfAsync(server)).Samples.Keys, sample => sample.Contains("GET /api/v3/account", StringComparison.Ordinal));
    }

    private static void Expect(Scrape now, (string Sample, double Value)[] expected) => Assert.Equal(
        expected.Select(each => $"{each.Sample} {each.Value}"), expected.Select(each => $"{each.Sample} {now[each.Sample]}"));

    private static StubReply State(string status, decimal executed, string? clientId = null) => StubReply.Json(
        $$"""
        {"symbol":"QRLUSDT","orderId":"C02__1","orderListId":-1,"clientOrderId":{{(clientId is null ? "null" : $"\"{clientId}\"")}},"price":"2.475","origQty":"20",
         "executedQty":"{{executed}}","cummulativeQuoteQty":"{{executed * 2.5m}}","status":"{{status}}","type":"IMMEDIATE_OR_CANCEL","side":"SELL","time":1666676533000}
        """);

    internal static async Task<ServerUnderTest> StartTradingAsync(params (string Name, string? Value)[] settings)
    {
        var server = await ServerUnderTest.StartAsync(
            [("Ballast:Mode", "auto"), ("Ballast:Safety:MaxOrderNotional", "100"), ("Ballast:Safety:MaxDailyNotional", "500"), .. settings]);
        server.Exchange.On("GET /api/v3/depth", StubReply.Json("""{"lastUpdateId":1,"bids":[["2.5","40"],["2.49","100"]],"asks":[["2.501","40"]]}"""))
            .On("GET /api/v3/avgPrice", StubReply.Json("""{"mins":5,"price":"2.5"}"""))
            .On("GET /api/v3/allOrders", StubReply.Json("[]"));
        return server;
    }
}

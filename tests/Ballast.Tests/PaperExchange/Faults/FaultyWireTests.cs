using System.Net;
using Ballast.PaperExchange.Faults;

namespace Ballast.Tests.PaperExchange.Faults;

/// <summary>What a client sees of each fault, byte for byte.</summary>
public class FaultyWireTests
{
    private const string Account = "/api/v3/account";
    private const string Order = "/api/v3/order";
    private const string Buy = "symbol=QRLUSDT&side=BUY&type=MARKET&quantity=100&newClientOrderId=mine";

    [Theory]
    [InlineData("too-many-requests", 429, "application/json", """{"code":429,"msg":"Too Many Requests"}""", "1")]
    [InlineData("banned", 418, "application/json", """{"code":418,"msg":"Too Many Requests"}""", "120")]
    [InlineData("maintenance", 503, "application/json", """{"code":801,"msg":"System under maintenance"}""", null)]
    [InlineData("server-error", 500, null, "", null)]
    [InlineData("no-permission", 400, "application/json", """{"code":700007,"msg":"No permission to access the endpoint."}""", null)]
    public async Task It_is_answered_at_the_door_and_nothing_is_carried_out(string kind, int status, string? type, string body, string? retryAfter)
    {
        await using var paper = await PaperClient.StartAsync();
        Set(paper, kind);
        using var http = new HttpClient { BaseAddress = paper.Url };
        var query = paper.Stamped(Buy);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Order}?{query}&signature={PaperClient.Sign(query)}") { Headers = { { "X-MEXC-APIKEY", PaperClient.Key } } };
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(
            (status, type, body, retryAfter),
            ((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), answer.Headers.RetryAfter?.ToString()));
        Assert.Equal(500m, paper.Engine.Balances(paper.Clock.GetUtcNow())["USDT"].Total);
        paper.Faults.ClearAll();
        await paper.SignedAsync(HttpMethod.Post, Order, Buy);
    }

    [Theory]
    [InlineData("drop", false)]
    [InlineData("html", false)]
    [InlineData("garbage", true)]
    [InlineData("error-after", true)]
    [InlineData("drop-after", true)]
    public async Task Whether_the_order_stands_is_what_the_kind_says(string kind, bool stands)
    {
        await using var paper = await PaperClient.StartAsync();
        Set(paper, kind, count: 1, calls: ["POST order"]);
        var answer = "";
        try
        {
            (_, answer) = await paper.TrySignedAsync(HttpMethod.Post, Order, Buy);
        }
        catch (HttpRequestException)
        {
            answer = "broken";
        }

        Assert.Equal(kind switch { "drop" or "drop-after" => "broken", "error-after" => "", _ => kind == "html" ? "<" : "{" }, kind is "html" or "garbage" ? answer[..1] : answer);
        var (status, _) = await paper.TrySignedAsync(HttpMethod.Get, Order, "symbol=QRLUSDT&origClientOrderId=mine");
        Assert.Equal(stands ? HttpStatusCode.OK : HttpStatusCode.BadRequest, status);
    }

    [Fact]
    public async Task A_body_may_be_given()
    {
        await using var paper = await PaperClient.StartAsync();
        Set(paper, "server-error", 503, body: """{"code":503,"msg":"service not available, please try again"}""");
        Assert.Equal(
            (HttpStatusCode.ServiceUnavailable, """{"code":503,"msg":"service not available, please try again"}"""),
            await paper.SendAsync(HttpMethod.Get, "/api/v3/ping"));
    }

    [Fact]
    public async Task A_request_that_waits_is_carried_out_for_a_client_that_has_gone()
    {
        await using var paper = await PaperClient.StartAsync();
        Set(paper, "latency", 3_000, calls: ["POST order"], count: 1);
        using var gone = new CancellationTokenSource();
        using var http = new HttpClient { BaseAddress = paper.Url };
        var query = paper.Stamped(Buy);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Order}?{query}&signature={PaperClient.Sign(query)}") { Headers = { { "X-MEXC-APIKEY", PaperClient.Key } } };
        var sent = http.SendAsync(request, gone.Token);
        await UntilAsync(() => paper.Faults.InForce[0].Left == 0);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sent);
        Assert.Equal(HttpStatusCode.BadRequest, (await paper.TrySignedAsync(HttpMethod.Get, Order, "symbol=QRLUSDT&origClientOrderId=mine")).Status);

        // The wait may be entered a moment after it was counted, so time goes on until it is over.
        await UntilAsync(() =>
        {
            paper.Clock.Advance(TimeSpan.FromSeconds(1));
            return paper.Faults.InForce.Count == 0;
        });
        Assert.Equal(HttpStatusCode.OK, (await paper.TrySignedAsync(HttpMethod.Get, Order, "symbol=QRLUSDT&origClientOrderId=mine")).Status);
    }

    [Theory]
    [InlineData(90_000)]
    [InlineData(-90_000)]
    public async Task A_skewed_clock_shows_its_time_and_takes_only_stamps_by_it(long skewMs)
    {
        await using var paper = await PaperClient.StartAsync();
        Set(paper, "clock-skew", skewMs);
        Assert.Equal(paper.NowMs + skewMs, (long)(await paper.GetAsync("/api/v3/time"))["serverTime"]!);
        Assert.Contains("700003", (await paper.TrySignedAsync(HttpMethod.Get, Account)).Text, StringComparison.Ordinal);
        var query = $"timestamp={paper.NowMs + skewMs}";
        Assert.Equal(HttpStatusCode.OK, (await paper.SendAsync(HttpMethod.Get, $"{Account}?{query}&signature={PaperClient.Sign(query)}")).Status);
        paper.Faults.ClearAll();
        await paper.SignedAsync(HttpMethod.Get, Account);
    }

    [Fact]
    public async Task Trades_are_late_or_double_and_an_order_is_not_found_at_first()
    {
        await using var paper = await PaperClient.StartAsync();
        await paper.SignedAsync(HttpMethod.Post, Order, Buy);
        var rows = (await paper.SignedAsync(HttpMethod.Get, "/api/v3/myTrades", "symbol=QRLUSDT")).AsArray().Count;
        Set(paper, "late-trades", 60);
        Set(paper, "late-orders", 60);
        paper.Clock.Advance(TimeSpan.FromSeconds(59));
        Assert.Empty((await paper.SignedAsync(HttpMethod.Get, "/api/v3/myTrades", "symbol=QRLUSDT")).AsArray());
        Assert.Contains("-2013", (await paper.TrySignedAsync(HttpMethod.Get, Order, "symbol=QRLUSDT&origClientOrderId=mine")).Text, StringComparison.Ordinal);

        paper.Clock.Advance(TimeSpan.FromSeconds(2));
        Set(paper, "double-trades");
        Assert.Equal(2 * rows, (await paper.SignedAsync(HttpMethod.Get, "/api/v3/myTrades", "symbol=QRLUSDT")).AsArray().Count);
        await paper.SignedAsync(HttpMethod.Get, Order, "symbol=QRLUSDT&origClientOrderId=mine");
    }

    [Theory]
    [InlineData("suspended", "BUY", "MARKET", "30016")]
    [InlineData("sell-only", "BUY", "MARKET", "30001")]
    [InlineData("buy-only", "SELL", "MARKET", "30001")]
    [InlineData("not-for-api", "BUY", "MARKET", "10007")]
    [InlineData("no-market-orders", "BUY", "MARKET", "30051")]
    public async Task An_order_is_refused_with_the_exchanges_own_code(string kind, string side, string type, string code)
    {
        await using var paper = await PaperClient.StartAsync();
        Set(paper, kind);
        var order = $"symbol=QRLUSDT&side={side}&type={type}&quantity=100";
        Assert.Contains($"\"code\":{code}", (await paper.TrySignedAsync(HttpMethod.Post, Order, order)).Text, StringComparison.Ordinal);
        paper.Faults.ClearAll();
        await paper.SignedAsync(HttpMethod.Post, Order, order);
    }

    private static async Task UntilAsync(Func<bool> so)
    {
        while (!so())
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
    }

    private static void Set(PaperClient paper, string kind, decimal? value = null, int? count = null, string[]? calls = null, string? body = null) =>
        Assert.Null(paper.Faults.Set(new FaultRequest(kind, value, calls, Count: count, Body: body)).Failure);
}

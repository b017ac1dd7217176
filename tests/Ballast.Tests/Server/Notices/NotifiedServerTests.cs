using System.Text;
using System.Text.Json.Nodes;
using Ballast.Tests.Mexc;
using Ballast.Tests.Server.Store;
using Ballast.Tests.Server.Telemetry;
using StackExchange.Redis;

namespace Ballast.Tests.Server.Notices;

/// <summary>The whole program with somebody to notify, who is a server of our own.</summary>
[Collection(Alone.Name)]
public sealed class NotifiedServerTests : IAsyncLifetime
{
    private const string Hook = "POST /hooks/a-token-in-the-path";
    private const string SigningSecret = "a-secret-of-at-least-24-letters";
    private const string ApiToken = "an-api-token-of-24-letters";
    private StubExchange owner = null!;

    private (string Name, string? Value)[] Webhook =>
        [("Ballast:Notify:Webhook:Url", $"{owner.BaseUrl}hooks/a-token-in-the-path"), ("Ballast:Notify:Webhook:Secret", SigningSecret)];

    public async ValueTask InitializeAsync() => owner = (await StubExchange.StartAsync()).On(Hook, StubReply.Empty(204));

    public ValueTask DisposeAsync() => owner.DisposeAsync();

    [Fact]
    public async Task What_a_tick_tells_has_arrived_when_its_answer_does()
    {
        await using var server = await ServerUnderTest.StartAsync(Webhook);
        server.Exchange.On("GET /api/v3/account", StubReply.Empty(403));
        var tick = await server.AnswerAsync("/tasks/runtime", status: 502);
        var told = JsonNode.Parse(Assert.Single(owner.RequestsTo(Hook)).Body)!;
        Assert.Equal(("failure", "QRLUSDT: a tick failed", (string?)tick["tick"]), ((string?)told["kind"], (string?)told["title"], (string?)told["tick"]));
        Assert.Equal(0, await (await server.RedisAsync()).HashLengthAsync("bot:QRLUSDT:outbox"));
    }

    [Fact]
    public async Task A_tick_with_nothing_to_tell_costs_no_round_trip_more()
    {
        await using var server = await ServerUnderTest.StartAsync(Webhook);
        await server.AnswerAsync("/tasks/runtime");
        var before = await CallsAsync(server);
        await server.AnswerAsync("/tasks/runtime");
        var after = await CallsAsync(server);
        Assert.Equal(3, after.Values.Sum() - before.Values.Sum());
        Assert.Equal(["commit", "lease", "read"], after.Where(call => call.Value > before.GetValueOrDefault(call.Key)).Select(call => call.Key).Order(StringComparer.Ordinal));
        Assert.Empty(owner.Requests);
    }

    [Fact]
    public async Task What_an_operator_does_is_told_at_once()
    {
        await using var server = await ServerUnderTest.StartAsync([.. Webhook, ("Ballast:Operator:ApiToken", ApiToken)]);
        await OperateAsync(server, "halt", """{"reason":"on holiday"}""");
        await OperateAsync(server, "resume", """{"reason":"back"}""");
        await OperateAsync(server, "mode", """{"mode":"observe","reason":"watching"}""");
        Assert.Equal(
            ["QRLUSDT: trading is halted", "QRLUSDT: trading goes on", "QRLUSDT: the mode is observe"],
            owner.RequestsTo(Hook).Select(request => (string?)JsonNode.Parse(request.Body)!["title"]));
        await server.AnswerAsync("/tasks/runtime");
        Assert.Equal(3, owner.RequestsTo(Hook).Count);
    }

    [Fact]
    public async Task Killed_between_the_record_and_the_delivery_nothing_is_lost()
    {
        var directory = Directory.CreateTempSubdirectory("ballast-test-").FullName;
        try
        {
            owner.On(Hook, StubReply.Silence());
            await using (var first = await StartAsync(directory).ReadyAsync())
            {
                var tick = PostAsync(first);
                await Eventually.TrueAsync(() => Task.FromResult(owner.RequestsTo(Hook).Count == 1), TimeSpan.FromSeconds(30), "nothing was told");
                first.Kill();
                await first.ExitCodeAsync();
                await tick.ContinueWith(_ => { }, TaskScheduler.Default);
            }
            owner.On(Hook, StubReply.Empty(204));
            await using var second = await StartAsync(directory).ReadyAsync();

            // The claim of the dead would keep the others out for ten seconds.
            await using (var redis = await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{second.StorePort}"))
                await redis.GetDatabase().KeyDeleteAsync("bot:QRLUSDT:outbox:claim");
            await PostAsync(second);
            var ids = owner.RequestsTo(Hook).Select(request => request.Headers["Ballast-Notice-Id"]).ToList();
            Assert.Contains(ids[0], ids.Skip(1));
            Assert.Contains("waits for you", owner.RequestsTo(Hook)[0].Body, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [Fact]
    public async Task No_secret_of_a_channel_is_in_any_line_span_metric_answer_or_key()
    {
        const string BotToken = "123456:ABC-DEF1234ghIkl-zyx57W2v1u123ew11";
        await using var collector = await Collector.StartAsync();
        var log = new LogOfServer();
        await using var server = await DeliveryTests.StartAsync(collector.Url,
        [
            .. Webhook, ("Ballast:Operator:ApiToken", ApiToken), ("Ballast:Notify:Telegram:BotToken", BotToken), ("Ballast:Notify:Telegram:ChatIds", "42"),
            ("Ballast:Notify:Telegram:BaseUrl", owner.BaseUrl.ToString()), ("Ballast:Notify:Telegram:Receive", "webhook"),
            ("Ballast:Notify:Telegram:WebhookSecret", "a_webhook_secret_of_24_letters"), ("Ballast:Notify:Discord:Url", $"{owner.BaseUrl}api/webhooks/1/discord-secret"),
            ("Ballast:Notify:Ntfy:Url", $"{owner.BaseUrl}ntfy-secret"), ("Ballast:Notify:Ntfy:Token", "tk_AgQdq7mVBoFD37"),
        ], log);
        string[] secrets = ["a-token-in-the-path", SigningSecret, "ABC-DEF1234", "a_webhook_secret", "discord-secret", "ntfy-secret", "tk_AgQdq7"];
        owner.On(Hook, Repeating("POST /hooks/a-token-in-the-path", SigningSecret), StubReply.Drop())
            .On($"POST /bot{BotToken}/sendMessage", Repeating($"/bot{BotToken}/sendMessage"), StubReply.Empty(400), StubReply.Drop())
            .On("POST /api/webhooks/1/discord-secret", StubReply.Drop(), Repeating("/api/webhooks/1/discord-secret?wait=true"))
            .On("POST /", Repeating("ntfy-secret", "Bearer tk_AgQdq7mVBoFD37"), StubReply.Silence());
        server.Exchange.On("GET /api/v3/account", StubReply.Empty(403));

        var answers = new List<string>();
        for (var tick = 0; tick < 3; tick++)
        {
            using var answer = await server.PostAsync("/tasks/runtime");
            answers.Add(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            await (await server.RedisAsync()).KeyDeleteAsync("bot:QRLUSDT:outbox:channels");
        }
        answers.Add(await OperateAsync(server, "halt", """{"reason":"on holiday"}"""));
        answers.Add((await Scrape.OfAsync(server)).Text);
        foreach (var key in (string[])["notices", "outbox", "outbox:channels", "journal"])
            answers.Add(await ContentAsync(await server.RedisAsync(), $"bot:QRLUSDT:{key}"));

        Assert.True(owner.Requests.Count >= 12, $"{owner.Requests.Count} requests prove little");
        Assert.Contains(log.Lines, line => line.Contains("telegram:42 was not notified: HTTP 404: not found: /bot***/", StringComparison.Ordinal));
        var pushed = collector.Requests.Select(request => Encoding.Latin1.GetString(request.Body));
        foreach (var secret in secrets)
            Assert.All([.. log.Lines, .. answers, .. pushed], text => Assert.DoesNotContain(secret, text, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>A server that shows what it was sent, as many do.</summary>
    private static StubReply Repeating(params string[] words) => StubReply.Json($$"""{"description":"not found: {{string.Join(' ', words)}}"}""", 404);

    private static async Task<string> ContentAsync(IDatabase redis, string key) => await redis.KeyTypeAsync(key) switch
    {
        RedisType.Hash => string.Join(' ', await redis.HashGetAllAsync(key)),
        RedisType.List => string.Join(' ', await redis.ListRangeAsync(key)),
        _ => "",
    };

    private static async Task<string> OperateAsync(ServerUnderTest server, string what, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/{what}") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new("Bearer", ApiToken);
        using var response = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Calls of the store so far, by operation.</summary>
    private static async Task<Dictionary<string, double>> CallsAsync(ServerUnderTest server) => (await Scrape.OfAsync(server)).Samples
        .Where(sample => sample.Key.StartsWith("ballast_store_request_duration_seconds_count", StringComparison.Ordinal))
        .GroupBy(sample => System.Text.RegularExpressions.Regex.Match(sample.Key, "operation=\"([a-z_]+)\"").Groups[1].Value)
        .ToDictionary(group => group.Key, group => group.Sum(sample => sample.Value));

    private ServerProcess StartAsync(string directory) => ServerProcess.Start(directory,
    [
        .. Webhook.Select(setting => (setting.Name.Replace(":", "__", StringComparison.Ordinal), setting.Value!)),
        ("Ballast__Mode", "approve"), ("Ballast__Policy__TargetRatio", "0.65"), ("Ballast__Safety__MaxOrderNotional", "400"), ("Ballast__Safety__MaxDailyNotional", "2000"),
    ]);

    private static async Task PostAsync(ServerProcess server)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("X-CloudScheduler", "true");
        using var answer = await http.PostAsync(new Uri(server.Url, "/tasks/runtime"), null, TestContext.Current.CancellationToken);
    }
}

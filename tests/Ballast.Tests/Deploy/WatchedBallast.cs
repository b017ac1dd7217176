using System.Net.Http.Headers;
using System.Net.Http.Json;
using Ballast.PaperExchange;
using Ballast.PaperExchange.Faults;
using Ballast.Tests.Server;
using Ballast.Tests.Server.Store;

namespace Ballast.Tests.Deploy;

/// <summary>
/// The real program on a real Redis, watched by a real Prometheus: first it is well and trades, then nearly everything goes wrong, then it is
/// gone. It stays in Prometheus' memory, where the tests ask for it.
/// </summary>
public sealed class WatchedBallast : IAsyncLifetime
{
    private const string Key = "mx0aBYs33eIilxBWC5";
    private const string Secret = "45d0b3c26f2644f19bfb98b07741b2f5";
    private const string OperatorToken = "operator-token-of-the-watched";
    private const string MetricsToken = "metrics-token-of-the-watched";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Long enough for two scrapes, which come every second.</summary>
    private static readonly TimeSpan TwoScrapes = TimeSpan.FromSeconds(2.5);

    private readonly string directory = Directory.CreateTempSubdirectory("ballast-test-").FullName;
    private readonly HttpClient http = new();
    private readonly List<string> said = [];
    private PrometheusServer? prometheus;
    private RedisServer? redis;
    private PaperExchangeServer? exchange;
    private ServerProcess? server;

    internal PrometheusServer Prometheus => prometheus!;

    public DateTimeOffset Began { get; private set; }

    /// <summary>When all was well, and had been from the beginning.</summary>
    public DateTimeOffset Well { get; private set; }

    /// <summary>When it was halted, with an order unknown, books unproven, and a past of failures.</summary>
    public DateTimeOffset Troubled { get; private set; }

    /// <summary>When its process had been dead for some seconds.</summary>
    public DateTimeOffset Gone { get; private set; }

    /// <summary>Ticks that were answered 200 and with success.</summary>
    public int GoodTicks { get; private set; }

    /// <summary>What the ticks answered, for whoever has to find out why they did not do what they were made to.</summary>
    public string Said => string.Join('\n', said);

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    public async ValueTask InitializeAsync()
    {
        if (!Needs.HasPrometheus || !Needs.HasRedisServer)
            return;
        Began = Now;
        redis = await RedisServer.StartAsync();
        exchange = await PaperExchangeServer.StartAsync(new PaperExchangeOptions { Port = 0, Seed = 1, ApiKey = Key, SecretKey = Secret }, TimeProvider.System, default);
        server = await Start(redis, exchange).ReadyAsync();
        http.BaseAddress = server.Url;
        prometheus = await PrometheusServer.StartAsync(server.Url, MetricsToken);
        await Eventually.TrueAsync(async () => (await prometheus.AskAsync("sum(ballast_build_info) == 1 and sum(up) == 1")).Count > 0, Patience, "the server was not scraped");

        await BeWellAsync();
        Well = await ScrapedAsync();
        await FailAsync();
        await BeRefusedAsync();
        await LoseTheStoreAsync();
        await LoseAnOrderAsync();
        Troubled = await ScrapedAsync();
        server.Kill();
        await server.ExitCodeAsync();
        await Task.Delay(TwoScrapes + TwoScrapes, TimeProvider.System);
        Gone = Now;
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        foreach (var part in new IAsyncDisposable?[] { prometheus, server, exchange, redis })
        {
            if (part is not null)
                await part.DisposeAsync();
        }
        Directory.Delete(directory, recursive: true);
    }

    private ServerProcess Start(RedisServer redis, PaperExchangeServer exchange) => ServerProcess.Start(directory,
    [
        ("MEXC_API_KEY", Key), ("MEXC_SECRET_KEY", Secret), ("MEXC_BASE_URL", exchange.Url.ToString()), ("REDIS_URL", $"redis://127.0.0.1:{redis.Port}"),
        ("Ballast__Mode", "auto"), ("Ballast__Safety__MaxOrderNotional", "1000"), ("Ballast__Safety__MaxDailyNotional", "50000"),
        ("Ballast__Safety__MinMinutesBetweenOrders", "0"), ("Ballast__Safety__HaltAfterFailures", "0"),
        ("Ballast__Operator__ApiToken", OperatorToken), ("Ballast__Metrics__Token", MetricsToken),
    ]);

    private async Task BeWellAsync()
    {
        await HoldAsync("0.3");
        await TickAsync();
        await TickAsync();
        await HoldAsync("0.6");
        await TickAsync("/tasks/rebalance/symmetric");
        await TickAsync();
    }

    /// <summary>An order that a guard holds back, then an exchange that fails for three ticks.</summary>
    private async Task FailAsync()
    {
        await HoldAsync("0.4");
        Set("wide-spread", 0.1m);
        await TickAsync();
        Set("server-error", 503);
        for (var tick = 0; tick < 3; tick++)
            await TickAsync();
        exchange!.Faults.ClearAll();
    }

    private async Task BeRefusedAsync()
    {
        for (var call = 0; call < 4; call++)
            Assert.Equal(401, (int)(await http.PostAsync(new Uri("/tasks/runtime", UriKind.Relative), content: null)).StatusCode);
    }

    private async Task LoseTheStoreAsync()
    {
        redis!.Freeze();
        for (var tick = 0; tick < 3; tick++)
            Assert.Equal(503, await TickAsync());
        redis.Thaw();
        await Eventually.TrueAsync(async () => await TickAsync() == 200, Patience, "the store was not back");
    }

    /// <summary>An order is carried out and its answer lost; neither it nor its trades are shown; and somebody halts.</summary>
    private async Task LoseAnOrderAsync()
    {
        foreach (var (kind, value) in ((string, decimal?)[])[("drop-after", null), ("late-orders", 3_600), ("late-trades", 3_600)])
            Set(kind, value);
        await HoldAsync("0.7");
        await TickAsync();
        await TickAsync();
        await OperateAsync(HttpMethod.Post, "/api/v1/halt", new Dictionary<string, string> { ["reason"] = "too much goes wrong" });
        await TickAsync();
    }

    /// <returns>The status of the answer.</returns>
    private async Task<int> TickAsync(string path = "/tasks/runtime")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Headers = { { "X-CloudScheduler", "true" } } };
        using var response = await http.SendAsync(request);
        said.Add(await response.Content.ReadAsStringAsync());
        if (said[^1].Contains("\"status\":\"success\",\"task\"", StringComparison.Ordinal))
            GoodTicks++;
        return (int)response.StatusCode;
    }

    private Task HoldAsync(string ratio) => OperateAsync(HttpMethod.Put, "/api/v1/settings", new Dictionary<string, string> { ["target_ratio"] = ratio });

    private async Task OperateAsync(HttpMethod method, string path, Dictionary<string, string> body)
    {
        using var request = new HttpRequestMessage(method, path)
        {
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", OperatorToken) },
            Content = JsonContent.Create(body),
        };
        using var response = await http.SendAsync(request);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    private void Set(string kind, decimal? value) => Assert.Null(exchange!.Faults.Set(new FaultRequest(kind, value)).Failure);

    private static async Task<DateTimeOffset> ScrapedAsync()
    {
        await Task.Delay(TwoScrapes, TimeProvider.System);
        return Now;
    }
}

using Ballast.Core.Paper;
using Ballast.Core.Trading;
using Ballast.PaperExchange;
using Ballast.Tests.Server.Store;
using StackExchange.Redis;

namespace Ballast.Tests.Server;

/// <summary>
/// The real program, killed in the middle of ticks that trade, on a real Redis and against a paper exchange that lives on. Whatever it was
/// doing, the next start finds out what became of it.
/// </summary>
[Collection(Alone.Name)]
public sealed class KillTests : IDisposable
{
    private const string Key = "mx0aBYs33eIilxBWC5";
    private const string Secret = "45d0b3c26f2644f19bfb98b07741b2f5";

    /// <summary>All of them where every test is run; a taste of them for whoever runs the tests at hand.</summary>
    private static readonly int Kills = Environment.GetEnvironmentVariable("CI") is null ? 20 : 200;

    /// <summary>What the ticks that lived to tell answered, for whoever has to find out why too few of them traded.</summary>
    private static readonly List<string> Said = [];

    private readonly string directory = Directory.CreateTempSubdirectory("ballast-test-").FullName;

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact(Timeout = 25 * 60 * 1000)]
    public async Task Killed_at_any_point_of_a_tick_it_orders_once_and_its_books_agree_with_the_exchange()
    {
        Needs.RedisServer();
        await using var redis = await RedisServer.StartAsync();
        await using var exchange = await PaperExchangeServer.StartAsync(
            new PaperExchangeOptions { Port = 0, Seed = 1, ApiKey = Key, SecretKey = Secret }, TimeProvider.System, TestContext.Current.CancellationToken);
        await using var raw = await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{redis.Port}");
        var (store, random) = (raw.GetDatabase(), new Random(20_260_101));

        // How long a whole tick of a fresh process takes here; the kills fall anywhere into that, and a little beyond.
        var whole = await WholeTickAsync(redis, exchange);
        for (var kill = 0; kill < Kills || (kill < 2 * Kills && TooFew(exchange.Engine)); kill++)
        {
            // Any other target each time, so that there is nearly always something to trade.
            await store.HashSetAsync("bot:QRLUSDT:settings", "target_ratio", $"0.{random.Next(35, 66)}");
            await using var server = await Start(redis, exchange).ReadyAsync();
            var tick = TickAsync(server);
            await Task.WhenAny(tick, Task.Delay(TimeSpan.FromMilliseconds(random.Next(0, (int)(whole.TotalMilliseconds * 1.3))), TimeProvider.System, TestContext.Current.CancellationToken));
            server.Kill();
            await server.ExitCodeAsync();
            await tick;
            // Its lease would keep the next one out for a minute.
            await store.KeyDeleteAsync("bot:QRLUSDT:lease");
            await AgeAsync(store, exchange.Engine);
            OneOrderATick(exchange.Engine);
        }
        await AgreesAsync(redis, exchange, store);
    }

    /// <summary>An order that was never sent is waited for; here the wait is over at once, so that the next kill meets a tick that trades.</summary>
    private static async Task AgeAsync(IDatabase store, MatchingEngine engine)
    {
        var open = (string?)await store.HashGetAsync("bot:QRLUSDT:order:open", "client_order_id");
        if (open is null || Ours(engine).Any(order => order.ClientOrderId == open))
            return;
        await store.HashSetAsync("bot:QRLUSDT:order:open",
            [new("not_found", 1), new("at", TimeProvider.System.GetUtcNow().AddMinutes(-5).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'"))]);
    }

    private async Task<TimeSpan> WholeTickAsync(RedisServer redis, PaperExchangeServer exchange)
    {
        await using var server = await Start(redis, exchange).ReadyAsync();
        var began = TimeProvider.System.GetTimestamp();
        await TickAsync(server);
        return TimeProvider.System.GetElapsedTime(began);
    }

    private static async Task AgreesAsync(RedisServer redis, PaperExchangeServer exchange, IDatabase store)
    {
        using var directory = new TemporaryDirectory();
        await using var server = await Start(redis, exchange, directory.Path).ReadyAsync();
        await store.HashDeleteAsync("bot:QRLUSDT:settings", "target_ratio");
        for (var quiet = 0; quiet < 4; quiet++)
        {
            await TickAsync(server);
            await AgeAsync(store, exchange.Engine);
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, TestContext.Current.CancellationToken);
        }
        await TickAsync(server);

        Assert.False(await store.KeyExistsAsync("bot:QRLUSDT:order:open"));
        Assert.Equal("balanced", (string?)await store.HashGetAsync("bot:QRLUSDT:cost", "books"));
        var known = (await store.SortedSetRangeByRankAsync("bot:QRLUSDT:orders:ids")).Select(id => $"{id}").ToHashSet();
        var placed = Ours(exchange.Engine);
        Assert.False(TooFew(exchange.Engine),
            $"only {placed.Count} orders in {Kills} kills prove little; the ticks said:\n{string.Join('\n', Said.CountBy(said => said).Select(said => $"{said.Value} x {said.Key}"))}");
        Assert.All(placed, order => Assert.Contains(order.ClientOrderId!, known));
        var trades = exchange.Engine.Trades(new PaperTradeFilter("QRLUSDT"), 100_000, DateTimeOffset.MaxValue.AddDays(-1));
        Assert.Equal(trades.Count, await store.SortedSetLengthAsync("bot:QRLUSDT:trades:history"));
        Assert.False(await store.KeyExistsAsync("bot:QRLUSDT:mode"), "the store's own orders were taken for somebody else's");
    }

    /// <summary>On a machine that others keep busy more kills come before the order: then there are more kills.</summary>
    private static bool TooFew(MatchingEngine engine) => Ours(engine).Count <= Kills / 4;

    private static void OneOrderATick(MatchingEngine engine)
    {
        var ids = Ours(engine).Select(order => order.ClientOrderId).ToList();
        Assert.Equal(ids.Distinct().Count(), ids.Count);
    }

    private static List<PaperOrder> Ours(MatchingEngine engine)
    {
        var now = TimeProvider.System.GetUtcNow();
        return [.. engine.Orders("QRLUSDT", now.AddDays(-1), now, now).Where(order => order.ClientOrderId?.StartsWith(OrderIntent.Prefix, StringComparison.Ordinal) == true)];
    }

    private ServerProcess Start(RedisServer redis, PaperExchangeServer exchange) => Start(redis, exchange, directory);

    private static ServerProcess Start(RedisServer redis, PaperExchangeServer exchange, string directory) => ServerProcess.Start(directory,
    [
        ("REDIS_URL", $"redis://127.0.0.1:{redis.Port}"),
        ("MEXC_API_KEY", Key), ("MEXC_SECRET_KEY", Secret), ("MEXC_BASE_URL", exchange.Url.ToString()),
        ("Ballast__Mode", "auto"), ("Ballast__Safety__MaxOrderNotional", "1000"), ("Ballast__Safety__MaxDailyNotional", "1000000"),
        ("Ballast__Safety__MaxDailyOrders", "1440"), ("Ballast__Safety__MinMinutesBetweenOrders", "0"), ("Ballast__Safety__HaltAfterFailures", "0"),
        ("Ballast__Safety__MaxDrawdown", "0.9"),
    ]);

    /// <summary>Ends when the tick is answered, or the server is no more.</summary>
    private static async Task TickAsync(ServerProcess server)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("X-CloudScheduler", "true");
        try
        {
            using var response = await http.PostAsync(new Uri(server.Url, "/tasks/runtime"), null, TestContext.Current.CancellationToken);
            var answer = System.Text.Json.Nodes.JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
            Said.Add($"{answer["status"]} {answer["order"]?["state"]} {answer["order"]?["reason"] ?? answer["rebalance"]?["reason"]} {answer["alert"]}");
        }
        catch (HttpRequestException killed)
        {
            TestContext.Current.SendDiagnosticMessage(killed.Message);
        }
    }

    private sealed class TemporaryDirectory : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("ballast-test-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}

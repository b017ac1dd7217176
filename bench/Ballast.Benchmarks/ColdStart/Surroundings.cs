using System.Globalization;

namespace Ballast.Benchmarks.ColdStart;

/// <summary>What a server in production has around it, on loopback: a store with a day's history, an exchange, an issuer, a scheduler.</summary>
internal sealed class Surroundings : IAsyncDisposable
{
    private readonly DirectoryInfo scratch = Directory.CreateTempSubdirectory("ballast-cold-start-");
    private readonly RedisProcess redis;
    private readonly SteadyExchange exchange;
    private readonly MovedClock clock;
    private readonly ScheduledCall scheduler;
    private int copies;

    private Surroundings(RedisProcess redis, SteadyExchange exchange, MovedClock clock, LoopbackIssuer issuer)
    {
        (this.redis, this.exchange, this.clock, Issuer) = (redis, exchange, clock, issuer);
        scheduler = new ScheduledCall(issuer);
    }

    public LoopbackIssuer Issuer { get; }

    /// <summary>The data directory of an embedded store that holds the same day.</summary>
    private string History => Path.Combine(scratch.FullName, "history");

    public static async Task<Surroundings> StartAsync()
    {
        var clock = new MovedClock { Behind = PastDay.Length };
        return new Surroundings(await RedisProcess.StartAsync(), await SteadyExchange.StartAsync(clock), clock, await LoopbackIssuer.StartAsync());
    }

    /// <param name="embedding">The server whose embedded store is to have a history too; null for none.</param>
    public async Task SpendDayAsync(Executable? embedding)
    {
        await StoreKeySetAsync();
        if (embedding is null)
        {
            await PastDay.SpendAsync(exchange, clock, [redis.Port]);
            return;
        }
        var store = Ports.Next();
        var start = Embedded(embedding, History, store);
        await using var server = StartedProgram.Begin(start);
        using var line = new HttpLine(start.Port!.Value);
        server.Await(line);
        await PastDay.SpendAsync(exchange, clock, [redis.Port, store]);
        server.Ask(line, scheduler.Next(), start);
        await server.StopAsync();
    }

    public byte[] NextRun() => scheduler.Next();

    public Start Hello(Executable hello)
    {
        var port = Ports.Next();
        return Of(hello, new() { ["ASPNETCORE_HTTP_PORTS"] = Text(port) }) with
        {
            Port = port,
            Question = ScheduledCall.Hello(),
            Objection = answer => answer is { Status: 200, Body: "hello" } ? null : "the answer is not hello",
        };
    }

    public Start Floor(Executable floor) => Of(floor, Exchange(new() { ["REDIS_URL"] = Url(database: 0), ["FLOOR_TOKEN"] = Issuer.Token() }));

    /// <summary>On a Redis of the owner's.</summary>
    public Start Server(Executable server)
    {
        var port = Ports.Next();
        return Ticking(server, port, new() { ["REDIS_URL"] = Url(database: 0) });
    }

    /// <summary>On its own store, with a copy of the day's history.</summary>
    public Start Embedded(Executable server)
    {
        var copy = Path.Combine(scratch.FullName, $"copy-{++copies}");
        Copy(History, copy);
        return Embedded(server, copy, Ports.Next()) with { Clear = () => Directory.Delete(copy, recursive: true) };
    }

    public Start Other(string command)
    {
        var port = Ports.Next();
        var settings = Exchange(new() { ["PORT"] = Text(port), ["REDIS_URL"] = Url(database: 1) });
        return new Start("sh", ["-c", command.Replace("{port}", Text(port), StringComparison.Ordinal)], Environment.CurrentDirectory)
        {
            Settings = settings,
            Port = port,
            Question = NextRun(),
        };
    }

    public async ValueTask DisposeAsync()
    {
        await Issuer.DisposeAsync();
        await exchange.DisposeAsync();
        await redis.DisposeAsync();
        scratch.Delete(recursive: true);
    }

    private Start Embedded(Executable server, string directory, int store) => Ticking(
        server, Ports.Next(), new() { ["Ballast__Store__DataDirectory"] = directory, ["Ballast__Store__Port"] = Text(store) });

    private Start Ticking(Executable server, int port, Dictionary<string, string> settings)
    {
        Exchange(settings);
        settings["ASPNETCORE_ENVIRONMENT"] = "Production";
        settings["PORT"] = Text(port);
        settings["Ballast__Auth__Issuer"] = Issuer.Url;
        settings["Ballast__Auth__Audience"] = LoopbackIssuer.Audience;
        settings["Ballast__Auth__ServiceAccounts"] = LoopbackIssuer.Account;
        return Of(server, settings) with { Port = port, Question = NextRun(), Objection = NotACompleteTick };
    }

    private Start Of(Executable executable, Dictionary<string, string> settings) =>
        new(executable.Program, executable.Arguments, scratch.FullName) { Settings = settings };

    private Dictionary<string, string> Exchange(Dictionary<string, string> settings)
    {
        settings["MEXC_BASE_URL"] = exchange.Url.GetLeftPart(UriPartial.Authority);
        settings["MEXC_API_KEY"] = SteadyExchange.ApiKey;
        settings["MEXC_SECRET_KEY"] = SteadyExchange.SecretKey;
        return settings;
    }

    private static string? NotACompleteTick(HttpAnswer answer) =>
        answer.Status == 200
        && answer.Body.Contains("\"status\":\"success\",\"task\":\"15-min-job\",\"auth\":\"OIDC\"", StringComparison.Ordinal)
        && answer.Body.Contains("\"replayed\":false", StringComparison.Ordinal)
        && answer.Body.Contains("\"books\":\"balanced\"", StringComparison.Ordinal)
        && answer.Body.Contains("\"action\":\"SELL\"", StringComparison.Ordinal)
            ? null : "the answer is not that of a complete tick";

    /// <summary>Where the floor program looks for it.</summary>
    private async Task StoreKeySetAsync()
    {
        await using var direct = await StackExchange.Redis.ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{redis.Port}");
        await direct.GetDatabase().StringSetAsync("floor:QRLUSDT:keys", Issuer.KeySet);
    }

    private string Url(int database) => $"redis://127.0.0.1:{Text(redis.Port)}/{Text(database)}";

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var folder in Directory.EnumerateDirectories(from, "*", SearchOption.AllDirectories))
            Directory.CreateDirectory(Path.Combine(to, Path.GetRelativePath(from, folder)));
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
            File.Copy(file, Path.Combine(to, Path.GetRelativePath(from, file)));
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

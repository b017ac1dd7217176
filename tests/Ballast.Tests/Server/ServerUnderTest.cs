using System.Text.Json.Nodes;
using Ballast.Server;
using Ballast.Server.Configuration;
using Ballast.Tests.Mexc;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Ballast.Tests.Server;

/// <summary>
/// The whole program as Program.cs puts it together: real HTTP, real store, the real MEXC client. Only what is outside is played: by
/// default an exchange that answers what the test tells it to. It runs in this process, or as the published executable where one is given.
/// </summary>
public sealed class ServerUnderTest : IAsyncDisposable
{
    public const string ApiKey = "mx0aBYs33eIilxBWC5";
    public const string SecretKey = "45d0b3c26f2644f19bfb98b07741b2f5";

    private readonly string directory;
    private readonly BallastServer? server;
    private readonly ServerProcess? process;
    private ConnectionMultiplexer? redis;

    private ServerUnderTest(BallastServer? server, ServerProcess? process, StubExchange exchange, string directory)
    {
        (this.server, this.process, Exchange, this.directory) = (server, process, exchange, directory);
        Http = new HttpClient { BaseAddress = server?.Url ?? process!.Url };
    }

    public StubExchange Exchange { get; }

    public HttpClient Http { get; }

    /// <summary>Its inside; for tests that never run on an executable.</summary>
    public BallastServer Server => server ?? throw new InvalidOperationException("a published executable cannot be looked into");

    /// <param name="settings">Laid over a server on free ports, an embedded store of its own, no schedule, no history, and the stub exchange.</param>
    /// <param name="log">Where its log goes; nowhere by default.</param>
    public static async Task<ServerUnderTest> StartAsync(
        IEnumerable<(string Name, string? Value)>? settings = null, string environment = "Development", TimeProvider? clock = null, ILoggerProvider? log = null)
    {
        var directory = Directory.CreateTempSubdirectory("ballast-test-").FullName;
        var exchange = (await StubExchange.StartAsync()).OnOrdinaryMarket();
        var all = new Dictionary<string, string?>
        {
            ["PORT"] = "0",
            ["MEXC_API_KEY"] = ApiKey,
            ["MEXC_SECRET_KEY"] = SecretKey,
            ["MEXC_BASE_URL"] = exchange.BaseUrl.ToString(),
            ["Ballast:Store:Port"] = "0",
            ["Ballast:Store:DataDirectory"] = directory,
            ["Ballast:Schedule:Enabled"] = "false",
            ["Ballast:Paper:HistoryDays"] = "0",
        };
        foreach (var (name, value) in settings ?? [])
            all[name] = value;

        if (ServerProcess.Executable is not null && clock is null)
            return new ServerUnderTest(null, await ServeOutsideAsync(directory, all, environment), exchange, directory);

        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(all);
        builder.Logging.ClearProviders();
        if (log is not null)
            builder.Logging.AddProvider(log);
        Assert.True(Settings.Load(builder.Configuration, environment).TryGet(out var loaded, out var mistakes), string.Join('\n', mistakes));
        return new ServerUnderTest(await BallastServer.StartAsync(builder, loaded, clock ?? TimeProvider.System, default), null, exchange, directory);
    }

    private static Task<ServerProcess> ServeOutsideAsync(string directory, Dictionary<string, string?> settings, string environment) => ServerProcess.Start(
        directory,
        [.. settings.Where(setting => setting.Value is not null).Select(setting => (setting.Key.Replace(":", "__", StringComparison.Ordinal), setting.Value!)),
            ("ASPNETCORE_ENVIRONMENT", environment)]).ReadyAsync();

    /// <summary>What an operator sees with redis-cli.</summary>
    public async Task<IDatabase> RedisAsync() =>
        (redis ??= await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{server?.Embedded!.Port ?? process!.StorePort}")).GetDatabase();

    /// <summary>Calls a task the way a trusted scheduler does.</summary>
    /// <param name="scheduled">The run's time as the scheduler writes it; null sends none.</param>
    public Task<HttpResponseMessage> PostAsync(string path, string? scheduled = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Headers.Add("X-CloudScheduler", "true");
        if (scheduled is not null)
            request.Headers.Add("X-CloudScheduler-ScheduleTime", scheduled);
        return Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>The same, expecting <paramref name="status"/>, and read as JSON.</summary>
    public async Task<JsonObject> AnswerAsync(string path, string? scheduled = null, int status = 200)
    {
        using var response = await PostAsync(path, scheduled);
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True((int)response.StatusCode == status, $"{(int)response.StatusCode} {body}");
        return JsonNode.Parse(body)!.AsObject();
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (redis is not null)
            await redis.DisposeAsync();
        if (server is not null)
            await server.DisposeAsync();
        if (process is not null)
            await process.DisposeAsync();
        await Exchange.DisposeAsync();
        Directory.Delete(directory, recursive: true);
    }
}

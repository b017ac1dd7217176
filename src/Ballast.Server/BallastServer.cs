using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Ballast.Core;
using Ballast.Core.Ticks;
using Ballast.Core.Trading;
using Ballast.Mexc;
using Ballast.PaperExchange;
using Ballast.Server.Auth;
using Ballast.Server.Books;
using Ballast.Server.Configuration;
using Ballast.Server.Dashboard;
using Ballast.Server.Diagnosis;
using Ballast.Server.Health;
using Ballast.Server.Http;
using Ballast.Server.Native;
using Ballast.Server.Notices;
using Ballast.Server.Overview;
using Ballast.Server.Paper;
using Ballast.Server.Schedule;
using Ballast.Server.SignIn;
using Ballast.Server.Store;
using Ballast.Server.Tasks;
using Ballast.Server.Telemetry;
using Ballast.Server.Trading;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.HostFiltering;

namespace Ballast.Server;

/// <summary>The whole program put together: store, exchange, tick, endpoints, schedule. Disposing stops them in the opposite order.</summary>
public sealed class BallastServer : IAsyncDisposable
{
    /// <summary>Bytes. Only an operator's statements have a body, and they are short.</summary>
    private const int LargestBody = 16 * 1024;

    private BallastServer(WebApplication app, Settings settings, EmbeddedStore? embedded, PaperExchangeServer? paper, RedisConnection redis) =>
        (App, Settings, Embedded, Paper, this.redis) = (app, settings, embedded, paper, redis);

    private readonly RedisConnection redis;

    public WebApplication App { get; }

    public Settings Settings { get; }

    /// <summary>Null when a Redis of the owner's is used.</summary>
    public EmbeddedStore? Embedded { get; }

    /// <summary>Null on the real exchange.</summary>
    public PaperExchangeServer? Paper { get; }

    /// <summary>Where it listens; the port is the real one even where any free one was asked for.</summary>
    public Uri Url => new(App.Urls.First().Replace("[::]", "localhost", StringComparison.Ordinal).Replace("0.0.0.0", "localhost", StringComparison.Ordinal));

    /// <param name="listen">False puts everything together, serves nobody and runs nothing by itself: for a single tick.</param>
    /// <param name="watch">Is told how far the paper account's past is.</param>
    /// <exception cref="IOException">A port is taken or a directory cannot be written; the message says what to do.</exception>
    public static async Task<BallastServer> StartAsync(
        WebApplicationBuilder builder, Settings settings, TimeProvider clock, CancellationToken cancel, bool listen = true, Action<PastProgress>? watch = null)
    {
        // The store reads what it has and is connected to while the rest is still being put together.
        var embedding = settings.Store.Redis is null ? Task.Run(() => EmbeddedStore.Start(settings.Store.DataDirectory, settings.Store.Port), cancel) : null;
        var measures = new Measures(clock);
        var redis = new RedisConnection(StoreOptionsAsync(settings, embedding), clock, measures.Store);
        PaperExchangeServer? paper = null;
        try
        {
            var mexc = MexcOptionsOf(settings.Mexc);
            if (mexc is null)
            {
                await new PaperPast(settings, redis, clock, watch).EnsureAsync(begin: listen, cancel);

                // Keys of the moment: nobody else needs them.
                var (key, secret) = ("mx0" + TickRunner.NewId(), TickRunner.NewId() + TickRunner.NewId());
                paper = await PaperExchangeServer.StartAsync(
                    OptionsOf(settings.Paper, settings.Store.DataDirectory, await PaperMarkets.OpenAsync(settings.Paper, settings.Symbol, clock, cancel), key, secret), clock, cancel);
                mexc = new MexcOptions { BaseUrl = paper.Url, ApiKey = key, SecretKey = secret };
            }
            builder.Services.AddTelemetry(settings, measures, clock);
            AddServices(builder, settings, redis, embedding, mexc, clock);
            if (settings.HasApi)
                builder.Services.AddOverview(settings, redis, paper, clock);
            var app = builder.Build();
            MapEndpoints(app, settings, paper);
            var embedded = embedding is null ? null : await embedding;
            if (listen)
                await ListenAsync(app, settings, cancel);
            return new BallastServer(app, settings, embedded, paper, redis);
        }
        catch (Exception)
        {
            await StopAsync(paper, redis, await StartedAsync(embedding));
            throw;
        }
    }

    /// <summary>The upkeep of the embedded store, for a program that ends before it is due by itself.</summary>
    /// <exception cref="StoreUnavailableException">It took too long; nothing is lost by that.</exception>
    internal Task ShortenStoreAsync() => Embedded is { } store ? store.ShortenAsync(redis) : Task.CompletedTask;

    /// <summary>The code of a link that signs in once, where such links let in.</summary>
    internal string NewSignInLink() => App.Services.GetRequiredService<SignInDesk>().NewLink();

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await StopAsync(Paper, redis, Embedded);
    }

    /// <summary>Null where there is none, or it could not start, which is what the caller is about to be told.</summary>
    private static async Task<EmbeddedStore?> StartedAsync(Task<EmbeddedStore>? embedding)
    {
        if (embedding is null)
            return null;
        await ((Task)embedding).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return embedding.IsCompletedSuccessfully ? await embedding : null;
    }

    private static async Task ListenAsync(WebApplication app, Settings settings, CancellationToken cancel)
    {
        try
        {
            await app.StartAsync(cancel);
        }
        catch (IOException taken)
        {
            await app.DisposeAsync();
            throw new IOException($"port {settings.Port} is taken: stop what listens there, or set PORT to a free port", taken);
        }
    }

    private static async Task StopAsync(PaperExchangeServer? paper, RedisConnection redis, EmbeddedStore? embedded)
    {
        if (paper is not null)
            await paper.DisposeAsync();
        await redis.DisposeAsync();
        embedded?.Dispose();
    }

    private static void AddServices(WebApplicationBuilder builder, Settings settings, RedisConnection redis, Task<EmbeddedStore>? embedding, MexcOptions mexc, TimeProvider clock)
    {
        builder.WebHost.ConfigureKestrel(server =>
        {
            server.Limits.MaxRequestBodySize = LargestBody;
            server.AddServerHeader = false;
            if (settings.IsProduction)
                server.ListenAnyIP(settings.Port);
            else if (settings.Port == 0)
                server.Listen(IPAddress.Loopback, 0);
            else
                server.ListenLocalhost(settings.Port);
        });
        var (services, keys) = (builder.Services, StoreKeys.Of(settings));
        SecurityHeaders.AddTo(services);
        services.AddClosedGenerics();

        // A page on the Internet whose name was made to point at this machine must not be able to talk to it.
        services.Configure<HostFilteringOptions>(hosts => hosts.AllowedHosts = settings.IsProduction ? ["*"] : ["localhost", "127.0.0.1", "[::1]"]);

        // A tick that has begun may end, for as long as Cloud Run waits after SIGTERM, less a second.
        services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(9));
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, BallastJson.Default);
        });
        services.AddApiDescription();
        services.AddSchedulerAuthentication(settings.Auth, clock, KeptKeysOf(settings, redis, clock));
        if (settings.HasApi)
        {
            services.AddOperatorAuthentication(settings.Operator);
            services.AddDoctor(settings, redis, clock);
        }
        if (settings.Dashboard.Enabled)
            services.AddSignIn(settings.Dashboard, redis, keys, clock);

        services.AddSingleton(clock);
        var outbox = services.AddNotices(settings, redis, clock);
        services.AddSingleton<IStore>(new RedisStore(redis, keys, settings.Symbol, settings.Store.HistoryLimit, outbox));
        services.AddSingleton(provider => new MexcClient(
            mexc, ExchangeHandler(provider, mexc, clock), clock, new Random(RandomNumberGenerator.GetInt32(int.MaxValue))));
        services.AddSingleton<IExchange>(provider => new MexcExchange(provider.GetRequiredService<MexcClient>(), clock));
        services.AddSingleton(new TickOptions
        {
            Symbol = settings.Symbol,
            Mode = settings.Mode,
            Policy = settings.Policy,
            Limits = settings.Mexc is null ? settings.Paper.InOurs(settings.Safety) : settings.Safety,
            OpeningCost = settings.Books.OpeningCost,
        });
        services.AddSingleton(provider => new Tick(
            provider.GetRequiredService<IStore>(), provider.GetRequiredService<IExchange>(), provider.GetRequiredService<TickOptions>(), clock, TickRunner.NewId));
        services.AddSingleton<TickRunner>();
        services.AddSingleton(provider => new BooksDesk(provider.GetRequiredService<IStore>(), clock, TickRunner.NewId));
        services.AddSingleton(provider => new TradingDesk(
            provider.GetRequiredService<IStore>(),
            new RedisControls(redis, keys, outbox is null ? null : new ControlNews(outbox, always: true)),
            clock, settings.Mode, settings.Policy, outbox is null ? null : provider.GetRequiredService<Courier>().DeliverAsync));
        services.AddSingleton(new RedisArchive(redis, keys));
        services.AddSingleton(provider => new Readiness(
            redis, provider.GetRequiredService<IExchange>(), settings.Store.Redis is null ? "embedded" : "redis", settings.Mexc is null ? "paper" : "mexc", clock));
        // By the time that anything is hosted, it has started.
        if (embedding is not null)
            services.AddHostedService(provider => new EmbeddedUpkeep(embedding.Result, redis, clock, provider.GetRequiredService<ILogger<EmbeddedUpkeep>>()));
        if (settings.Schedule.Enabled)
        {
            services.AddSingleton(settings.Schedule);
            services.AddHostedService<LocalSchedule>();
        }
    }

    /// <summary>
    /// Sealed with the exchange's secret, the one secret that every deployment with real money has. On paper the issuer is asked at each start.
    /// </summary>
    private static Func<IServiceProvider, KeptKeys>? KeptKeysOf(Settings settings, RedisConnection redis, TimeProvider clock)
    {
        if (settings.Mexc is not { } mexc)
            return null;
        var key = StoreKeys.Of(settings).IssuerKeys;
        return provider => new KeptKeys(
            settings.Auth.Issuer,
            HMACSHA256.HashData(Encoding.UTF8.GetBytes(mexc.SecretKey), "keys of the scheduler's issuer"u8),
            async () => await redis.CallAsync(database => database.StringGetAsync(key), RedisConnection.ShortPatience),
            (text, expiry) => redis.CallAsync(database => database.StringSetAsync(key, text, expiry), RedisConnection.ShortPatience),
            clock, provider.GetRequiredService<ILogger<KeptKeys>>());
    }

    private static void MapEndpoints(WebApplication app, Settings settings, PaperExchangeServer? paper)
    {
        app.UseTrustedProxies(settings.Dashboard.TrustedProxies);
        app.UseExceptionHandler(failed => failed.Run(http => http.Features.Get<IExceptionHandlerFeature>()?.Error is BadHttpRequestException unreadable
            ? Problems.WriteAsync(http, unreadable.StatusCode, "Request refused", "The request is too large, or broken")
            : Problems.WriteAsync(http, StatusCodes.Status500InternalServerError, "Internal error", "The server failed; its log says how")));
        app.UseHostFiltering();
        app.UseStatusCodePages(bare => Problems.WriteAsync(
            bare.HttpContext, bare.HttpContext.Response.StatusCode, Title(bare.HttpContext), $"{bare.HttpContext.Request.Method} {bare.HttpContext.Request.Path}"));
        app.UseRouting();
        if (settings.Dashboard.Enabled)
            app.UseDashboard();
        app.UseAuthorization();
        app.MapTasks();
        app.MapHealth();
        if (settings.Dashboard.Enabled)
            app.MapSignIn(settings.Dashboard.Links);
        if (settings.HasApi)
        {
            app.MapBooks();
            app.MapTrading();
            app.MapDoctor();
            app.MapEverythingToLookAt(paper);
        }
        app.MapNotices(settings.Notify);
        app.UseTelemetry(settings.Telemetry);
        app.MapApiDescription();
    }

    private static string Title(HttpContext http) => Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(http.Response.StatusCode);

    private static async Task<StackExchange.Redis.ConfigurationOptions> StoreOptionsAsync(Settings settings, Task<EmbeddedStore>? embedding) =>
        embedding is not null ? (await embedding).ConnectionOptions() : RedisConnection.Options(settings.Store.Redis!);

    internal static PaperExchangeOptions OptionsOf(PaperSettings paper, string dataDirectory, IPaperMarkets markets, string apiKey, string secretKey) => new()
    {
        Port = paper.Port,
        Seed = paper.Seed,
        Markets = markets,
        Admin = paper.Admin,
        DataDirectory = AccountDirectory(dataDirectory),
        ApiKey = apiKey,
        SecretKey = secretKey,
    };

    /// <summary>Where the paper account lies.</summary>
    internal static string AccountDirectory(string dataDirectory) => Path.Combine(Path.GetFullPath(dataDirectory), "paper");

    private static ExchangeMeasures ExchangeHandler(IServiceProvider provider, MexcOptions mexc, TimeProvider clock) =>
        new(provider.GetRequiredService<Measures>().ExchangeRequests, mexc.AttemptTimeout, clock, MexcHandler.Create(mexc));

    private static MexcOptions? MexcOptionsOf(MexcKeys? keys) =>
        keys is null ? null : new MexcOptions { BaseUrl = keys.BaseUrl, ApiKey = keys.ApiKey, SecretKey = keys.SecretKey };
}

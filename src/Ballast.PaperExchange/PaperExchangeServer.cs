using System.Net;
using Ballast.Core.Paper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Ballast.PaperExchange;

/// <summary>The matching engine behind MEXC's own REST surface (spot v3), on loopback only. The account lives as the server does.</summary>
public sealed class PaperExchangeServer : IAsyncDisposable
{
    /// <summary>Bytes. The longest order is a fraction of it.</summary>
    private const int LargestBody = 64 * 1024;

    private readonly WebApplication app;

    private PaperExchangeServer(WebApplication app, MatchingEngine engine) =>
        (this.app, Engine, Url) = (app, engine, new Uri(app.Urls.Single()));

    /// <summary>Where it listens: scheme, loopback address and port.</summary>
    public Uri Url { get; }

    /// <summary>For what reaches the account without a request: deposits and withdrawals.</summary>
    public MatchingEngine Engine { get; }

    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<PaperExchangeServer> StartAsync(PaperExchangeOptions options, TimeProvider clock, CancellationToken cancel)
    {
        var opening = options.Opening ?? PaperOpening.Default(options.Seed);
        var engine = new MatchingEngine(opening.Listings, opening.Balances, clock.GetUtcNow());
        var app = Build(engine, options, clock);
        try
        {
            await app.StartAsync(cancel);
            return new PaperExchangeServer(app, engine);
        }
        catch (IOException taken)
        {
            await app.DisposeAsync();
            throw new IOException(
                $"The paper exchange cannot listen on port {options.Port} of this machine, because something else does; "
                + "set Paper:Port (Ballast__Paper__Port) to a free port, or to 0 for any.",
                taken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    // An empty builder reads no configuration, writes no log and does not answer Ctrl-C: all three belong to the program around it.
    private static WebApplication Build(MatchingEngine engine, PaperExchangeOptions options, TimeProvider clock)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, ProgramLifetime>();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(server =>
        {
            server.Listen(IPAddress.Loopback, options.Port);
            server.Limits.MaxRequestBodySize = LargestBody;
            server.AddServerHeader = false;
        });
        var app = builder.Build();
        app.Use(AnswerUnreadableRequests);
        if (options.RateLimit)
            app.Use(new Throttle(options, clock).Limit);
        app.Use(ExplainWhatIsNotServed);
        MapEndpoints(app, engine, options, clock);
        return app;
    }

    private static void MapEndpoints(WebApplication app, MatchingEngine engine, PaperExchangeOptions options, TimeProvider clock)
    {
        app.UseRouting();
        var gate = new Gate(options, clock);
        new MarketEndpoints(engine, clock).Map(app);
        new HistoryEndpoints(engine, clock).Map(app);
        new TapeEndpoints(engine, clock).Map(app);
        new AccountEndpoints(engine, clock, gate).Map(app);
        new WalletEndpoints(engine, clock, gate).Map(app);
        new CoinEndpoints(engine, gate).Map(app);
        new ProfileEndpoints(engine, clock, gate).Map(app);
        new ListenKeyEndpoints(options, clock, gate).Map(app);
        new OrderEndpoints(engine, clock, gate).Map(app);
        new BatchEndpoints(engine, clock, gate).Map(app);
    }

    // A body that is too large, or breaks off, is the client's fault and not an error of the server.
    private static async Task AnswerUnreadableRequests(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (BadHttpRequestException unreadable) when (!context.Response.HasStarted)
        {
            context.Response.StatusCode = unreadable.StatusCode;
        }
    }

    // The original's answers to these were never recorded. Clients want a code in every error, and their owners want to know what is missing.
    private static async Task ExplainWhatIsNotServed(HttpContext context, RequestDelegate next)
    {
        await next(context);
        if (context.Response.HasStarted)
            return;
        var asked = $"{context.Request.Method} {context.Request.Path}";
        if (context.Response.StatusCode == StatusCodes.Status404NotFound)
            await Wire.TurnAwayAsync(context, StatusCodes.Status404NotFound, StatusCodes.Status404NotFound, $"Not found: {asked} is not served on paper");
        else if (context.Response.StatusCode == StatusCodes.Status405MethodNotAllowed)
            await Wire.TurnAwayAsync(context, StatusCodes.Status405MethodNotAllowed, StatusCodes.Status405MethodNotAllowed,
                $"Method not allowed: {asked}; use {context.Response.Headers.Allow}");
    }

    private sealed class ProgramLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}

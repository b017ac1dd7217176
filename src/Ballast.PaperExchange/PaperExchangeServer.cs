using System.Net;
using Ballast.Core.Paper;
using Ballast.PaperExchange.Faults;
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

    private PaperExchangeServer(WebApplication app, MatchingEngine engine, FaultDesk faults) =>
        (this.app, Engine, Faults, Url) = (app, engine, faults, new Uri(app.Urls.Single()));

    /// <summary>Where it listens: scheme, loopback address and port.</summary>
    public Uri Url { get; }

    /// <summary>For what reaches the account without a request: deposits and withdrawals.</summary>
    public MatchingEngine Engine { get; }

    /// <summary>What goes wrong on it.</summary>
    public FaultDesk Faults { get; }

    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<PaperExchangeServer> StartAsync(PaperExchangeOptions options, TimeProvider clock, CancellationToken cancel)
    {
        var engine = MatchingEngine.QrlUsdt(options.Seed, clock.GetUtcNow());
        var faults = new FaultDesk(engine, clock);
        var app = Build(engine, faults, options, clock);
        try
        {
            await app.StartAsync(cancel);
            return new PaperExchangeServer(app, engine, faults);
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
    private static WebApplication Build(MatchingEngine engine, FaultDesk faults, PaperExchangeOptions options, TimeProvider clock)
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
        app.Use(new FaultyWire(faults, clock, app.Lifetime.ApplicationStopping).InvokeAsync);
        MapEndpoints(app, engine, faults, options, clock);
        return app;
    }

    private static void MapEndpoints(WebApplication app, MatchingEngine engine, FaultDesk faults, PaperExchangeOptions options, TimeProvider clock)
    {
        app.UseRouting();
        var shown = new ShownClock(clock, faults);
        var gate = new Gate(options, shown);
        new MarketEndpoints(engine, clock, shown).Map(app);
        new HistoryEndpoints(engine, clock).Map(app);
        new AccountEndpoints(engine, clock, gate, faults).Map(app);
        new WalletEndpoints(engine, clock, gate).Map(app);
        new OrderEndpoints(engine, clock, gate, faults).Map(app);
        if (options.Admin)
            new AdminEndpoints(engine, faults, clock).Map(app);
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

    private sealed class ProgramLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}

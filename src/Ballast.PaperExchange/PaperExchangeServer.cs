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

    // Candles and averages are asked of the markets themselves; the account is known without them.
    private static readonly string[] OfMarkets =
    [
        "/api/v3/exchangeInfo", "/api/v3/defaultSymbols", "/api/v3/symbol", "/api/v3/ticker", "/api/v3/depth", "/api/v3/trades",
        "/api/v3/historicalTrades", "/api/v3/aggTrades", "/api/v3/order", "/api/v3/openOrders", "/api/v3/allOrders", "/api/v3/batchOrders",
    ];

    private readonly WebApplication app;

    private PaperExchangeServer(WebApplication app, MatchingEngine engine, IPaperMarkets markets) =>
        (this.app, Engine, Markets, Url) = (app, engine, markets, new Uri(app.Urls.Single()));

    /// <summary>Where it listens: scheme, loopback address and port.</summary>
    public Uri Url { get; }

    /// <summary>For what reaches the account without a request: deposits and withdrawals.</summary>
    public MatchingEngine Engine { get; }

    public IPaperMarkets Markets { get; }

    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<PaperExchangeServer> StartAsync(PaperExchangeOptions options, TimeProvider clock, CancellationToken cancel)
    {
        var markets = options.Markets ?? new ComputedMarkets(PaperOpening.Default(options.Seed));
        var engine = new MatchingEngine(markets.Opening.Listings, markets.Opening.Balances, clock.GetUtcNow());
        var app = Build(engine, markets, options, clock);
        try
        {
            await app.StartAsync(cancel);
            return new PaperExchangeServer(app, engine, markets);
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
        (Markets as IDisposable)?.Dispose();
    }

    // An empty builder reads no configuration, writes no log and does not answer Ctrl-C: all three belong to the program around it.
    private static WebApplication Build(MatchingEngine engine, IPaperMarkets markets, PaperExchangeOptions options, TimeProvider clock)
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
        app.Use((context, next) => AnswerOfPresentMarkets(context, next, engine, markets, clock));
        MapEndpoints(app, engine, markets, options, clock);
        return app;
    }

    private static void MapEndpoints(WebApplication app, MatchingEngine engine, IPaperMarkets markets, PaperExchangeOptions options, TimeProvider clock)
    {
        app.UseRouting();
        var gate = new Gate(options, clock);
        new MarketEndpoints(engine, clock).Map(app);
        new HistoryEndpoints(engine, markets, clock).Map(app);
        new AccountEndpoints(engine, clock, gate).Map(app);
        new WalletEndpoints(engine, clock, gate).Map(app);
        new OrderEndpoints(engine, clock, gate).Map(app);
    }

    // What shows a market or trades on it is answered by its present state or not at all: an old price is worse than none.
    private static async Task AnswerOfPresentMarkets(
        HttpContext context, RequestDelegate next, MatchingEngine engine, IPaperMarkets markets, TimeProvider clock)
    {
        var path = context.Request.Path.Value ?? string.Empty;
        if (OfMarkets.Any(start => path.StartsWith(start, StringComparison.Ordinal))
            && await markets.BringUpToDateAsync(engine, clock.GetUtcNow(), context.RequestAborted) is not null)
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        else
            await next(context);
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

using System.Net;
using Ballast.Core;
using Ballast.Core.Paper;
using Ballast.PaperExchange.Accounts;
using Ballast.PaperExchange.Faults;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Ballast.PaperExchange;

/// <summary>The matching engine behind MEXC's own REST surface (spot v3), on loopback only.</summary>
public sealed class PaperExchangeServer : IAsyncDisposable
{
    /// <summary>The name of the account's file in its directory.</summary>
    public const string AccountFileName = AccountFile.FileName;

    /// <summary>Bytes. The longest order is a fraction of it.</summary>
    private const int LargestBody = 64 * 1024;

    // Candles and averages are asked of the markets themselves; the account is known without them.
    private static readonly string[] OfMarkets =
    [
        "/api/v3/exchangeInfo", "/api/v3/defaultSymbols", "/api/v3/symbol", "/api/v3/ticker", "/api/v3/depth", "/api/v3/trades",
        "/api/v3/historicalTrades", "/api/v3/aggTrades", "/api/v3/order", "/api/v3/openOrders", "/api/v3/allOrders", "/api/v3/batchOrders",
    ];

    private readonly WebApplication app;

    private readonly AccountFile? account;

    private PaperExchangeServer(WebApplication app, MatchingEngine engine, FaultDesk faults, IPaperMarkets markets, AccountFile? account) =>
        (this.app, Engine, Faults, Markets, this.account, Url) = (app, engine, faults, markets, account, new Uri(app.Urls.Single()));

    /// <summary>Where it listens: scheme, loopback address and port.</summary>
    public Uri Url { get; }

    /// <summary>For what reaches the account without a request: deposits and withdrawals.</summary>
    public MatchingEngine Engine { get; }

    public IPaperMarkets Markets { get; }

    /// <summary>What its owner should know of the account that was found; null when there is nothing to say.</summary>
    public string? AccountNote => account is { LostLine: true }
        ? "the last line of the paper account was not whole and is left out: what it said had not been answered to anybody" : null;

    /// <summary>What goes wrong on it.</summary>
    public FaultDesk Faults { get; }

    /// <summary>Begins a fault now, if the calls that it is to be about are served here. A failure says what to ask for instead.</summary>
    public Result<Fault> Begin(FaultRequest request) => ServedCalls.Unknown(app, request) is { } unknown ? unknown : Faults.Set(request);

    /// <exception cref="IOException">The port is taken, or the account cannot be read or kept; the message says what to do.</exception>
    public static async Task<PaperExchangeServer> StartAsync(PaperExchangeOptions options, TimeProvider clock, CancellationToken cancel)
    {
        var markets = options.Markets ?? new ComputedMarkets(PaperOpening.Default(options.Seed));
        var opening = markets.Opening;
        var account = AccountOf(options, opening, clock.GetUtcNow());
        WebApplication? app = null;
        try
        {
            var engine = account is null
                ? new MatchingEngine(opening.Listings, opening.Balances, clock.GetUtcNow())
                : new MatchingEngine(opening.Listings, account.State, account.Append);
            var pairs = new PairBoard(engine);
            var faults = new FaultDesk(pairs, clock);
            app = Build(engine, pairs, faults, markets, options, clock);
            await ListenAsync(app, options, cancel);
            return new PaperExchangeServer(app, engine, faults, markets, account);
        }
        catch (Exception)
        {
            if (app is not null)
                await app.DisposeAsync();
            account?.Dispose();
            throw;
        }
    }

    private static AccountFile? AccountOf(PaperExchangeOptions options, PaperOpening opening, DateTimeOffset now)
    {
        if (options.DataDirectory is not { } directory)
            return null;
        var account = AccountFile.Open(directory, () => PaperState.Open(opening.Balances, now));
        var stranger = account.State.Orders.Values.FirstOrDefault(
            order => order.IsOpen && opening.Listings.All(listing => listing.Symbol != order.Symbol));
        if (stranger is null)
            return account;
        account.Dispose();
        throw new IOException(
            $"the paper account in {directory} has an open order in {stranger.Symbol}, which is not listed: set Ballast__Symbol={stranger.Symbol}, or rename the folder to begin anew");
    }

    private static async Task ListenAsync(WebApplication app, PaperExchangeOptions options, CancellationToken cancel)
    {
        try
        {
            await app.StartAsync(cancel);
        }
        catch (IOException taken)
        {
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
        account?.Dispose();
    }

    // An empty builder reads no configuration, writes no log and does not answer Ctrl-C: all three belong to the program around it.
    private static WebApplication Build(
        MatchingEngine engine, PairBoard pairs, FaultDesk faults, IPaperMarkets markets, PaperExchangeOptions options, TimeProvider clock)
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
        if (options.RateLimit)
            app.Use(new Throttle(options, clock).Limit);
        app.Use(ExplainWhatIsNotServed);
        app.Use((context, next) => AnswerOfPresentMarkets(context, next, pairs, markets, clock));
        MapEndpoints(app, engine, faults, markets, options, clock);
        return app;
    }

    private static void MapEndpoints(
        WebApplication app, MatchingEngine engine, FaultDesk faults, IPaperMarkets markets, PaperExchangeOptions options, TimeProvider clock)
    {
        app.UseRouting();
        var shown = new ShownClock(clock, faults);
        var gate = new Gate(options, shown);
        new MarketEndpoints(engine, clock, shown).Map(app);
        new HistoryEndpoints(engine, markets, clock).Map(app);
        new TapeEndpoints(engine, markets, clock).Map(app);
        new AccountEndpoints(engine, clock, gate, faults).Map(app);
        new WalletEndpoints(engine, clock, gate, faults).Map(app);
        new CoinEndpoints(engine, gate).Map(app);
        new ProfileEndpoints(engine, clock, gate).Map(app);
        new ListenKeyEndpoints(options, clock, gate).Map(app);
        new OrderEndpoints(engine, clock, gate, faults).Map(app);
        new BatchEndpoints(engine, clock, gate).Map(app);
        if (options.Admin)
            new AdminEndpoints(engine, faults, clock).Map(app);
    }

    // What shows a market or trades on it is answered by its present state or not at all: an old price is worse than none.
    private static async Task AnswerOfPresentMarkets(
        HttpContext context, RequestDelegate next, PairBoard pairs, IPaperMarkets markets, TimeProvider clock)
    {
        var path = context.Request.Path.Value ?? string.Empty;
        if (OfMarkets.Any(start => path.StartsWith(start, StringComparison.Ordinal))
            && await markets.BringUpToDateAsync(pairs, clock.GetUtcNow(), context.RequestAborted) is not null)
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

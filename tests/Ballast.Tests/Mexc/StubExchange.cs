using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Ballast.Tests.Mexc;

/// <summary>
/// An exchange on loopback that answers what a test tells it to and remembers every request as it stood on the wire.
/// Routes are written <c>GET /api/v3/time</c>; one that was not set up answers 404 without a body.
/// </summary>
public sealed class StubExchange : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentDictionary<string, ConcurrentQueue<StubReply>> script = new();
    private readonly ConcurrentQueue<StubRequest> requests = new();

    private StubExchange(WebApplication app) => this.app = app;

    /// <summary>Scheme, 127.0.0.1 and a free port.</summary>
    public Uri BaseUrl => new(app.Urls.Single());

    /// <summary>In order of arrival.</summary>
    public IReadOnlyList<StubRequest> Requests => [.. requests];

    public static async Task<StubExchange> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var stub = new StubExchange(app);
        app.Run(stub.AnswerAsync);
        await app.StartAsync();
        return stub;
    }

    /// <summary>Sets what a route answers, in turn; the last reply stays. Replaces what was set before.</summary>
    public StubExchange On(string route, params StubReply[] replies)
    {
        script[route] = new ConcurrentQueue<StubReply>(replies);
        return this;
    }

    /// <summary>A market of QRL/USDT at 2.5 with 100 QRL and 150 USDT, in the shapes that were recorded from the exchange.</summary>
    public StubExchange OnOrdinaryMarket() => this
        .On("GET /api/v3/time", StubReply.Json("""{"serverTime":1767211150479}"""))
        .On("GET /api/v3/exchangeInfo", StubReply.Json(
            """
            {"timezone":"CST","serverTime":1767211169287,"rateLimits":[],"exchangeFilters":[],"symbols":[{"symbol":"QRLUSDT","status":"1",
             "baseAsset":"QRL","baseAssetPrecision":2,"quoteAsset":"USDT","quotePrecision":4,"quoteAssetPrecision":4,
             "baseCommissionPrecision":2,"quoteCommissionPrecision":4,"orderTypes":["LIMIT","MARKET","LIMIT_MAKER"],
             "isSpotTradingAllowed":true,"isMarginTradingAllowed":false,"quoteAmountPrecision":"1","baseSizePrecision":"0",
             "permissions":["SPOT"],"filters":[],"maxQuoteAmount":"2000000","makerCommission":"0","takerCommission":"0.0005",
             "quoteAmountPrecisionMarket":"1","maxQuoteAmountMarket":"100000","fullName":"Quantum Resistant Ledger",
             "tradeSideType":1,"contractAddress":"","conceptPlateIds":[5],"st":false}]}
            """))
        .On("GET /api/v3/account", StubReply.Json(
            """
            {"makerCommission":null,"takerCommission":null,"canTrade":true,"updateTime":null,"accountType":"SPOT","permissions":["SPOT"],
             "balances":[{"asset":"QRL","free":"100","locked":"0","available":"100"},{"asset":"USDT","free":"150","locked":"0"}]}
            """))
        .On("GET /api/v3/ticker/price", StubReply.Json("""{"symbol":"QRLUSDT","price":"2.5"}"""))
        .On("GET /api/v3/ticker/bookTicker", StubReply.Json(
            """{"symbol":"QRLUSDT","bidPrice":"2.499","bidQty":"40","askPrice":"2.501","askQty":"35.5"}"""))
        .On("GET /api/v3/myTrades", StubReply.Json("[]"))
        .On("GET /api/v3/capital/deposit/hisrec", StubReply.Json("[]"))
        .On("GET /api/v3/capital/withdraw/history", StubReply.Json("[]"))
        .On("GET /api/v3/openOrders", StubReply.Json("[]"));

    /// <summary>The requests that reached one route.</summary>
    public IReadOnlyList<StubRequest> RequestsTo(string route) => [.. requests.Where(request => request.Route == route)];

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var request = await StubRequest.ReadAsync(context);
        requests.Enqueue(request);
        await Next(request.Route).WriteAsync(context);
    }

    private StubReply Next(string route)
    {
        if (!script.TryGetValue(route, out var replies)) return StubReply.Empty(404);
        return (replies.Count > 1 && replies.TryDequeue(out var next)) || replies.TryPeek(out next) ? next : StubReply.Empty(404);
    }
}

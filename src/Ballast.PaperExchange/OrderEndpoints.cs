using System.Text.Json;
using Ballast.Core;
using Ballast.Core.Paper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Ballast.PaperExchange;

/// <summary>Placing, asking for and cancelling orders.</summary>
internal sealed class OrderEndpoints(MatchingEngine engine, TimeProvider clock, Gate gate)
{
    private const int MostSymbols = 5;
    private const int DefaultOrders = 500;
    private const int MostOrders = 1000;

    private DateTimeOffset Now => clock.GetUtcNow();

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v3/order", gate.Guarded(Place));
        routes.MapPost("/api/v3/order/test", gate.Guarded(Test));
        routes.MapGet("/api/v3/order", gate.Guarded(Find));
        routes.MapDelete("/api/v3/order", gate.Guarded(Cancel));
        routes.MapGet("/api/v3/openOrders", gate.Guarded(OpenOrders));
        routes.MapDelete("/api/v3/openOrders", gate.Guarded(CancelAll));
        routes.MapDelete("/api/v3/order/all", gate.Guarded(CancelEverything));
        routes.MapGet("/api/v3/allOrders", gate.Guarded(AllOrders));
    }

    private Task Place(HttpContext context, WireParameters parameters) =>
        OrderWords.Read(parameters).TryGet(out var request, out var refusal)
        && engine.Place(request, Now).TryGet(out var order, out refusal)
            ? Wire.AnswerAsync(context, json => OrderJson.WriteReceipt(json, order))
            : Wire.RefuseAsync(context, refusal);

    private Task Test(HttpContext context, WireParameters parameters) =>
        !OrderWords.Read(parameters).TryGet(out var request, out var refusal) || (refusal = engine.Test(request, Now)) is not null
            ? Wire.RefuseAsync(context, refusal)
            : Wire.AnswerAsync(context, json =>
            {
                json.WriteStartObject();
                json.WriteEndObject();
            });

    private Task Find(HttpContext context, WireParameters parameters) =>
        engine.Find(KeyOf(parameters), Now).TryGet(out var order, out var refusal)
            ? Wire.AnswerAsync(context, json => OrderJson.WriteState(json, order))
            : Wire.RefuseAsync(context, refusal);

    private Task Cancel(HttpContext context, WireParameters parameters) =>
        parameters.Required("symbol").TryGet(out _, out var refusal)
        && engine.Cancel(KeyOf(parameters), Now).TryGet(out var order, out refusal)
            ? Wire.AnswerAsync(context, json => OrderJson.WriteCancellation(json, order))
            : Wire.RefuseAsync(context, refusal);

    private Task OpenOrders(HttpContext context, WireParameters parameters)
    {
        if (!Symbols(parameters).TryGet(out var symbols, out var refusal))
            return Wire.RefuseAsync(context, refusal);
        var open = symbols.Length == 0 ? engine.OpenOrders(null, Now) : symbols.SelectMany(symbol => engine.OpenOrders(symbol, Now));
        return Wire.AnswerRowsAsync(context, open, OrderJson.WriteState);
    }

    /// <summary>Open and final ones. The two ends count together only; without them, and at the most, as documented.</summary>
    private Task AllOrders(HttpContext context, WireParameters parameters)
    {
        if (!parameters.Required("symbol").TryGet(out var symbol, out var refusal)
            || !parameters.Time("startTime").TryGet(out var from, out refusal)
            || !parameters.Time("endTime").TryGet(out var to, out refusal)
            || !parameters.Whole("limit").TryGet(out var limit, out refusal))
            return Wire.RefuseAsync(context, refusal);
        if (engine.Listings.All(listing => listing.Symbol.Name != symbol))
            return Wire.RefuseAsync(context, Refusals.InvalidSymbol);
        var now = Now;
        var (first, last) = from is { } start && to is { } end ? (start, end) : (now.AddDays(-1), now);
        var earliest = now.AddDays(-7);
        var rows = engine.Orders(symbol, first > earliest ? first : earliest, last, now).Take((int)Math.Clamp(limit ?? DefaultOrders, 1, MostOrders));
        return Wire.AnswerRowsAsync(context, rows, OrderJson.WriteState);
    }

    private Task CancelAll(HttpContext context, WireParameters parameters)
    {
        if (!parameters.Required("symbol").TryGet(out _, out var refusal) || !Symbols(parameters).TryGet(out var symbols, out refusal))
            return Wire.RefuseAsync(context, refusal);
        var cancelled = symbols.SelectMany(symbol => engine.CancelAll(symbol, Now)).ToArray();
        return Wire.AnswerRowsAsync(context, cancelled, OrderJson.WriteCancellation);
    }

    private Task CancelEverything(HttpContext context, WireParameters parameters)
    {
        var now = Now;
        foreach (var listing in engine.Listings)
            engine.CancelAll(listing.Symbol.Name, now);
        return Wire.AnswerAsync(context, json =>
        {
            json.WriteStartObject();
            json.WriteNumber("code", 200);
            json.WriteString("msg", "success");
            json.Milliseconds("timestamp", now);
            json.WriteEndObject();
        });
    }

    private static PaperOrderKey KeyOf(WireParameters parameters) =>
        new(parameters.Text("symbol"), parameters.Text("orderId"), parameters.Text("origClientOrderId"));

    // Up to five, separated by commas; empty when none was given.
    private Result<string[]> Symbols(WireParameters parameters)
    {
        var symbols = parameters.Text("symbol")?.Split(',').Distinct(StringComparer.Ordinal).ToArray() ?? [];
        var known = symbols.All(symbol => engine.Listings.Any(listing => listing.Symbol.Name == symbol));
        return known && symbols.Length <= MostSymbols ? symbols : Refusals.InvalidSymbol;
    }
}

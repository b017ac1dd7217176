using System.Text.Json;
using Ballast.Core;
using Ballast.Core.Paper;
using Ballast.Core.Trading;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Ballast.PaperExchange;

/// <summary>What anyone may ask, without a key.</summary>
/// <param name="shown">The time that the exchange gives as its own.</param>
internal sealed class MarketEndpoints(MatchingEngine engine, TimeProvider clock, TimeProvider shown)
{
    private const int DefaultDepth = 100;
    private const int LargestDepth = 5_000;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v3/ping", (RequestDelegate)Ping);
        routes.MapGet("/api/v3/time", (RequestDelegate)Time);
        routes.MapGet("/api/v3/defaultSymbols", (RequestDelegate)DefaultSymbols);
        routes.MapGet("/api/v3/symbol/offline", (RequestDelegate)OfflineSymbols);
        routes.MapGet("/api/v1/contract/detail", (RequestDelegate)Contracts);
        routes.MapGet("/api/v3/exchangeInfo", (RequestDelegate)ExchangeInfo);
        routes.MapGet("/api/v3/ticker/price", (RequestDelegate)(context => Ticker(context, WritePrice)));
        routes.MapGet("/api/v3/ticker/bookTicker", (RequestDelegate)(context => Ticker(context, WriteBookTicker)));
        routes.MapGet("/api/v3/depth", (RequestDelegate)Depth);
    }

    private static Task Ping(HttpContext context) => Wire.AnswerAsync(context, json =>
    {
        json.WriteStartObject();
        json.WriteEndObject();
    });

    private Task Time(HttpContext context) => Wire.AnswerAsync(context, json =>
    {
        json.WriteStartObject();
        json.Milliseconds("serverTime", shown.GetUtcNow());
        json.WriteEndObject();
    });

    private Task DefaultSymbols(HttpContext context) => Wire.AnswerEnvelopeAsync(context, clock.GetUtcNow(), json =>
        Wire.WriteTexts(json, engine.Listings.Where(listing => listing.TradableByApi).Select(listing => listing.Symbol.Name)));

    // Since when was not kept; the field is optional.
    private Task OfflineSymbols(HttpContext context) => Wire.AnswerAsync(context, json =>
    {
        json.WriteStartObject();
        json.WritePropertyName("data");
        Wire.WriteRows(json, engine.Listings.Where(listing => listing.Status != PairStatus.Online), static (writer, listing) =>
        {
            writer.WriteStartObject();
            writer.WriteString("symbol", listing.Symbol.Name);
            writer.WriteNumber("state", (int)listing.Status);
            writer.WriteEndObject();
        });
        json.WriteEndObject();
    });

    // Of the futures exchange, which some clients ask before they trade spot: it has none here.
    private static Task Contracts(HttpContext context) => Wire.AnswerAsync(context, json =>
    {
        json.WriteStartObject();
        json.WriteBoolean("success", true);
        json.WriteNumber("code", 0);
        json.WriteStartArray("data");
        json.WriteEndArray();
        json.WriteEndObject();
    });

    private async Task ExchangeInfo(HttpContext context)
    {
        var parameters = await WireParameters.ReadAsync(context.Request);
        var asked = (parameters.Text("symbol") ?? parameters.Text("symbols"))?.Split(',');
        var listings = engine.Listings.Where(listing => asked is null || asked.Contains(listing.Symbol.Name)).ToArray();
        if (asked is not null && listings.Length < asked.Distinct().Count())
        {
            await Wire.RefuseAsync(context, Refusals.InvalidSymbol);
            return;
        }
        await Wire.AnswerAsync(context, json => WriteExchangeInfo(json, listings));
    }

    private void WriteExchangeInfo(Utf8JsonWriter json, Listing[] listings)
    {
        json.WriteStartObject();
        json.WriteString("timezone", "CST");
        json.Milliseconds("serverTime", shown.GetUtcNow());
        json.WriteStartArray("rateLimits");
        json.WriteEndArray();
        json.WriteStartArray("exchangeFilters");
        json.WriteEndArray();
        json.WriteStartArray("symbols");
        foreach (var listing in listings)
            ListingJson.Write(json, listing);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    // One object for one symbol; an array of all of them for none. The plural parameter that exchangeInfo knows is ignored here.
    private async Task Ticker(HttpContext context, Action<Utf8JsonWriter, BookView> write)
    {
        var (parameters, now) = (await WireParameters.ReadAsync(context.Request), clock.GetUtcNow());
        if (parameters.Text("symbol") is { } symbol)
            await Answer(context, engine.Book(symbol, now), write);
        else
            await Wire.AnswerAsync(context, json => WriteAll(json, now, write));
    }

    private void WriteAll(Utf8JsonWriter json, DateTimeOffset now, Action<Utf8JsonWriter, BookView> write)
    {
        json.WriteStartArray();
        foreach (var listing in engine.Listings)
        {
            if (engine.Book(listing.Symbol.Name, now).TryGet(out var book, out _))
                write(json, book);
        }
        json.WriteEndArray();
    }

    private static void WritePrice(Utf8JsonWriter json, BookView book)
    {
        json.WriteStartObject();
        json.WriteString("symbol", book.Symbol.Name);
        json.Number("price", book.Last.Value);
        json.WriteEndObject();
    }

    private static void WriteBookTicker(Utf8JsonWriter json, BookView book)
    {
        json.WriteStartObject();
        json.WriteString("symbol", book.Symbol.Name);
        WriteBest(json, book);
        json.WriteEndObject();
    }

    public static void WriteBest(Utf8JsonWriter json, BookView book)
    {
        WriteBest(json, "bid", book.Bids);
        WriteBest(json, "ask", book.Asks);
    }

    // A side without offers is null and an empty string.
    private static void WriteBest(Utf8JsonWriter json, string side, IReadOnlyList<Level> levels)
    {
        if (levels.Count == 0)
        {
            json.WriteNull(side + "Price");
            json.WriteString(side + "Qty", string.Empty);
            return;
        }
        json.Number(side + "Price", levels[0].Price.Value);
        json.Number(side + "Qty", levels[0].Quantity.Value);
    }

    private async Task Depth(HttpContext context)
    {
        var (parameters, now) = (await WireParameters.ReadAsync(context.Request), clock.GetUtcNow());
        if (!parameters.Required("symbol").TryGet(out var symbol, out var refusal)
            || !parameters.Whole("limit").TryGet(out var limit, out refusal))
        {
            await Wire.RefuseAsync(context, refusal);
            return;
        }
        var rows = (int)Math.Clamp(limit ?? DefaultDepth, 1, LargestDepth);
        await Answer(context, engine.Book(symbol, now), (json, book) => WriteDepth(json, book, rows));
    }

    private void WriteDepth(Utf8JsonWriter json, BookView book, int rows)
    {
        json.WriteStartObject();
        json.WriteNumber("lastUpdateId", book.Version);
        WriteSide(json, "bids", book, book.Bids.Take(rows));
        WriteSide(json, "asks", book, book.Asks.Take(rows));
        json.Milliseconds("timestamp", shown.GetUtcNow());
        json.WriteEndObject();
    }

    private void WriteSide(Utf8JsonWriter json, string name, BookView book, IEnumerable<Level> levels)
    {
        var listing = engine.Listings.Single(candidate => candidate.Symbol == book.Symbol);
        json.WriteStartArray(name);
        foreach (var level in levels)
        {
            json.WriteStartArray();
            json.WriteStringValue(Wire.Padded(level.Price.Value, listing.PriceDecimals));
            json.WriteStringValue(Wire.Padded(level.Quantity.Value, listing.QuantityDecimals));
            json.WriteEndArray();
        }
        json.WriteEndArray();
    }

    private static Task Answer(HttpContext context, Result<BookView> found, Action<Utf8JsonWriter, BookView> write) =>
        found.TryGet(out var book, out var refusal)
            ? Wire.AnswerAsync(context, json => write(json, book))
            : Wire.RefuseAsync(context, refusal);
}

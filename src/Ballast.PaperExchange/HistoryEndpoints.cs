using System.Text.Json;
using Ballast.Core;
using Ballast.Core.Paper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Ballast.PaperExchange;

/// <summary>What a market traded at in the past, which anyone may ask without a key.</summary>
internal sealed class HistoryEndpoints(MatchingEngine engine, IPaperMarkets markets, TimeProvider clock)
{
    private const int DefaultCandles = 500;
    private const int MostCandles = 1_000;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v3/klines", (RequestDelegate)Candles);
        routes.MapGet("/api/v3/avgPrice", (RequestDelegate)Average);
    }

    private async Task Candles(HttpContext context)
    {
        var parameters = await WireParameters.ReadAsync(context.Request);
        if (!Read(parameters).TryGet(out var query, out var refusal))
        {
            await Wire.RefuseAsync(context, refusal);
            return;
        }
        if (!(await markets.CandlesAsync(query, clock.GetUtcNow(), context.RequestAborted)).TryGet(out var candles, out _))
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }
        await Wire.AnswerAsync(context, json =>
        {
            json.WriteStartArray();
            foreach (var candle in candles)
                WriteCandle(json, candle);
            json.WriteEndArray();
        });
    }

    private async Task Average(HttpContext context)
    {
        var (parameters, now) = (await WireParameters.ReadAsync(context.Request), clock.GetUtcNow());
        if (!parameters.Listing(engine).TryGet(out var listing, out var refusal))
        {
            await Wire.RefuseAsync(context, refusal);
            return;
        }
        if (!(await markets.AverageAsync(listing, now, context.RequestAborted)).TryGet(out var average, out _))
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }
        await Wire.AnswerAsync(context, json =>
        {
            json.WriteStartObject();
            json.WriteNumber("mins", ComputedMarkets.AverageMinutes);
            json.Number("price", average.Value);
            json.WriteEndObject();
        });
    }

    private Result<CandleQuery> Read(WireParameters parameters) =>
        !parameters.Listing(engine).TryGet(out var listing, out var refusal)
        || !parameters.Required("interval").TryGet(out var word, out refusal)
        || !CandleInterval.Read(word).TryGet(out _, out refusal)
        || !parameters.Time("startTime").TryGet(out var from, out refusal)
        || !parameters.Time("endTime").TryGet(out var to, out refusal)
        || !parameters.Whole("limit").TryGet(out var limit, out refusal)
            ? refusal
            : new CandleQuery(listing, word, from, to, (int)Math.Clamp(limit ?? DefaultCandles, 1, MostCandles));

    private static void WriteCandle(Utf8JsonWriter json, Candle candle)
    {
        json.WriteStartArray();
        json.WriteNumberValue(candle.From.ToUnixTimeMilliseconds());
        WriteNumber(json, candle.Open.Value);
        WriteNumber(json, candle.High.Value);
        WriteNumber(json, candle.Low.Value);
        WriteNumber(json, candle.Close.Value);
        WriteNumber(json, candle.Volume.Value);
        json.WriteNumberValue(candle.Until.ToUnixTimeMilliseconds());
        WriteNumber(json, candle.QuoteVolume.Value);
        json.WriteEndArray();
    }

    private static void WriteNumber(Utf8JsonWriter json, decimal value) => json.WriteStringValue(Decimals.Text(value));
}

using System.Text.Json;
using Ballast.Core;
using Ballast.Core.Paper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Ballast.PaperExchange;

/// <summary>What a market traded at in the past, which anyone may ask without a key.</summary>
internal sealed class HistoryEndpoints(MatchingEngine engine, TimeProvider clock)
{
    private const int DefaultCandles = 500;
    private const int MostCandles = 1_000;
    private const int AverageMinutes = 5;

    private sealed record CandleQuery(Listing Listing, CandleInterval Interval, DateTimeOffset? From, DateTimeOffset? To, int Rows);

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
        var (history, now) = (new MarketHistory(query.Listing), clock.GetUtcNow());
        await Wire.AnswerAsync(context, json =>
        {
            json.WriteStartArray();
            foreach (var opening in Openings(query, now))
                WriteCandle(json, history.Candle(opening, query.Interval.Step(opening, 1), now));
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
        await Wire.AnswerAsync(context, json =>
        {
            json.WriteStartObject();
            json.WriteNumber("mins", AverageMinutes);
            json.Number("price", new MarketHistory(listing).Average(now.AddMinutes(-AverageMinutes), now).Value);
            json.WriteEndObject();
        });
    }

    private Result<CandleQuery> Read(WireParameters parameters) =>
        !parameters.Listing(engine).TryGet(out var listing, out var refusal)
        || !parameters.Required("interval").TryGet(out var word, out refusal)
        || !CandleInterval.Read(word).TryGet(out var interval, out refusal)
        || !parameters.Time("startTime").TryGet(out var from, out refusal)
        || !parameters.Time("endTime").TryGet(out var to, out refusal)
        || !parameters.Whole("limit").TryGet(out var limit, out refusal)
            ? refusal
            : new CandleQuery(listing, interval, from, to, (int)Math.Clamp(limit ?? DefaultCandles, 1, MostCandles));

    /// <summary>
    /// Oldest first. Of a window, whose end is exclusive, the first so many that open in it; without one, or with half of one, the newest so
    /// many, the running candle included.
    /// </summary>
    private static IEnumerable<DateTimeOffset> Openings(CandleQuery query, DateTimeOffset now)
    {
        var newest = query.Interval.OpeningAt(now);
        if (query is not { From: { } from, To: { } to })
            return Enumerable.Range(1 - query.Rows, query.Rows).Select(count => query.Interval.Step(newest, count));
        if (from > newest)
            return [];
        var before = query.Interval.OpeningAt(from);
        var first = before < from ? query.Interval.Step(before, 1) : before;
        return Enumerable.Range(0, query.Rows)
            .Select(count => query.Interval.Step(first, count))
            .TakeWhile(opening => opening <= newest && opening < to);
    }

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

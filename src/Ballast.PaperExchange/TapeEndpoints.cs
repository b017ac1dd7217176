using System.Text.Json;
using Ballast.Core;
using Ballast.Core.Paper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Ballast.PaperExchange;

/// <summary>
/// What others traded, and what came of it in a day; anyone may ask. The account's own trades are not among it, because they do not move
/// the market.
/// </summary>
internal sealed class TapeEndpoints(MatchingEngine engine, IPaperMarkets markets, TimeProvider clock)
{
    private const int DefaultTrades = 500;
    private const int MostTrades = 1_000;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v3/trades", (RequestDelegate)Trades);
        routes.MapGet("/api/v3/historicalTrades", (RequestDelegate)Trades);
        routes.MapGet("/api/v3/aggTrades", (RequestDelegate)AggregateTrades);
        routes.MapGet("/api/v3/ticker/24hr", (RequestDelegate)Day);
    }

    private async Task Trades(HttpContext context)
    {
        var parameters = await WireParameters.ReadAsync(context.Request);
        if (!parameters.Listing(engine).TryGet(out var listing, out var refusal) || !Rows(parameters).TryGet(out var rows, out refusal))
            await Wire.RefuseAsync(context, refusal);
        else
            await AnswerPrints(context, listing, DateTimeOffset.MinValue, clock.GetUtcNow(), rows, WriteTrade);
    }

    /// <summary>Each trade is its own aggregate. A window has both ends or none, and both belong to it.</summary>
    private async Task AggregateTrades(HttpContext context)
    {
        var (parameters, now) = (await WireParameters.ReadAsync(context.Request), clock.GetUtcNow());
        if (!parameters.Listing(engine).TryGet(out var listing, out var refusal)
            || !parameters.Time("startTime").TryGet(out var from, out refusal)
            || !parameters.Time("endTime").TryGet(out var to, out refusal)
            || !Rows(parameters).TryGet(out var rows, out refusal))
            await Wire.RefuseAsync(context, refusal);
        else if (from is null != to is null)
            await Wire.RefuseAsync(context, Refusals.OptionalParameters);
        else
            await AnswerPrints(context, listing, from ?? DateTimeOffset.MinValue, to < now ? to.Value : now, rows, WriteAggregate);
    }

    private async Task AnswerPrints(
        HttpContext context, Listing listing, DateTimeOffset from, DateTimeOffset to, int rows, Action<Utf8JsonWriter, Print> write)
    {
        if ((await markets.PrintsAsync(listing, from, to, rows, context.RequestAborted)).TryGet(out var prints, out _))
            await Wire.AnswerRowsAsync(context, prints, write);
        else
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
    }

    // One object for one symbol; an array of all of them for none.
    private async Task Day(HttpContext context)
    {
        var (parameters, now) = (await WireParameters.ReadAsync(context.Request), clock.GetUtcNow());
        var all = parameters.Text("symbol") is null;
        if (!parameters.Listing(engine).TryGet(out var one, out var refusal) && !all)
        {
            await Wire.RefuseAsync(context, refusal);
            return;
        }
        var days = new List<(Listing Listing, Candle Day)>();
        foreach (var listing in all ? engine.Listings : [one!])
        {
            if (!(await markets.DayAsync(listing, now, context.RequestAborted)).TryGet(out var day, out _))
            {
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                return;
            }
            days.Add((listing, day));
        }
        if (all)
            await Wire.AnswerRowsAsync(context, days, (json, of) => WriteDay(json, of.Listing, of.Day, now));
        else
            await Wire.AnswerAsync(context, json => WriteDay(json, days[0].Listing, days[0].Day, now));
    }

    private static Result<int> Rows(WireParameters parameters) =>
        parameters.Whole("limit").TryGet(out var limit, out var refusal) ? (int)Math.Clamp(limit ?? DefaultTrades, 1, MostTrades) : refusal;

    private static void WriteTrade(Utf8JsonWriter json, Print print)
    {
        json.WriteStartObject();
        json.WriteNull("id");
        json.Number("price", print.Price.Value);
        json.Number("qty", print.Quantity.Value);
        json.Number("quoteQty", print.Value.Value);
        json.Milliseconds("time", print.Time);
        json.WriteBoolean("isBuyerMaker", print.IsBuyerMaker);
        json.WriteBoolean("isBestMatch", true);
        json.WriteString("tradeType", print.IsBuyerMaker ? "ASK" : "BID");
        json.WriteEndObject();
    }

    private static void WriteAggregate(Utf8JsonWriter json, Print print)
    {
        json.WriteStartObject();
        json.Nulls("a", "f", "l");
        json.Number("p", print.Price.Value);
        json.Number("q", print.Quantity.Value);
        json.WholeSeconds("T", print.Time);
        json.WriteBoolean("m", print.IsBuyerMaker);
        json.WriteBoolean("M", true);
        json.WriteEndObject();
    }

    // openTime and closeTime span seconds on the original too. The change is a fraction, cut to four decimals: -0.0055 is -0.55 %.
    private void WriteDay(Utf8JsonWriter json, Listing listing, Candle day, DateTimeOffset now)
    {
        var symbol = listing.Symbol.Name;
        var change = day.Close.Value - day.Open.Value;
        json.WriteStartObject();
        json.WriteString("symbol", symbol);
        json.Number("priceChange", change);
        json.Number("priceChangePercent", decimal.Round(change / day.Open.Value, 4, MidpointRounding.ToZero));
        json.Number("prevClosePrice", day.Open.Value);
        json.Number("lastPrice", day.Close.Value);
        if (engine.Book(symbol, now).TryGet(out var book, out _))
            MarketEndpoints.WriteBest(json, book);
        json.Number("openPrice", day.Open.Value);
        json.Number("highPrice", day.High.Value);
        json.Number("lowPrice", day.Low.Value);
        json.Number("volume", day.Volume.Value);
        json.Number("quoteVolume", day.QuoteVolume.Value);
        json.Milliseconds("openTime", listing.Market(now).From);
        json.Milliseconds("closeTime", now);
        json.WriteNull("count");
        json.WriteEndObject();
    }
}

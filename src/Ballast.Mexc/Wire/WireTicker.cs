using System.Text.Json;
using Ballast.Core;

namespace Ballast.Mexc.Wire;

/// <summary>The tickers: the last trade's price, the average price, or the best prices of either side.</summary>
internal sealed record WireTicker(string? Symbol, string? Price, string? BidPrice, string? AskPrice)
{
    public static Result<Price> ReadLast(JsonElement payload, Symbol symbol)
    {
        if (!Find(Endpoint.LastPrice, payload, symbol).TryGet(out var ticker, out var failure)) return failure;
        var fields = new Fields($"{Endpoint.LastPrice}, {symbol}");
        var last = new Price(fields.Required("price", ticker.Price));
        return fields.Failure is { } unreadable ? unreadable : last;
    }

    /// <summary>The answer does not say which pair it is about.</summary>
    public static Result<Price> ReadAverage(JsonElement payload, Symbol symbol)
    {
        if (!MexcJson.Read(Endpoint.AveragePrice, payload, MexcJson.Default.WireTicker).TryGet(out var ticker, out var failure))
            return failure;
        var fields = new Fields($"{Endpoint.AveragePrice}, {symbol}");
        var average = new Price(fields.Positive("price", ticker.Price));
        return fields.Failure is { } unreadable ? unreadable : average;
    }

    /// <summary>A side that is null, empty, unreadable, zero or negative is no side.</summary>
    public static Result<BestPrices> ReadBest(JsonElement payload, Symbol symbol) =>
        Find(Endpoint.BookTicker, payload, symbol).TryGet(out var ticker, out var failure)
            ? new BestPrices(OneSide(ticker.BidPrice), OneSide(ticker.AskPrice))
            : failure;

    private static Price? OneSide(string? text) => Fields.Optional(text) is > 0 and var price ? new Price(price) : null;

    // The exchange answers with one object, or, when it overlooks the symbol, with all of them in a list.
    private static Result<WireTicker> Find(Endpoint endpoint, JsonElement payload, Symbol symbol)
    {
        if (!MexcJson.ReadRows(endpoint, payload, MexcJson.Default.WireTicker).TryGet(out var tickers, out var failure)) return failure;
        var found = tickers.FirstOrDefault(ticker => ticker.Symbol == symbol.Name)
            ?? (payload.ValueKind == JsonValueKind.Object && Fields.IsAbsent(tickers[0].Symbol) ? tickers[0] : null);
        return found is not null ? found : Failure.BadData($"{endpoint}: the answer is not about {symbol}");
    }
}

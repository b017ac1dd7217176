using System.Globalization;
using System.Text.Json;
using Ballast.Core;
using Ballast.Core.Paper;

namespace Ballast.Mexc.Wire;

/// <summary>Rows of klines: opening time, open, high, low, close, volume, closing time, quote volume, without names.</summary>
internal static class WireCandle
{
    private const int OpenTime = 0;
    private const int Close = 4;
    private const int ClosingTime = 6;

    /// <summary>
    /// The close of the newest candle that opens from <paramref name="earliest"/> to <paramref name="latest"/>. The exchange has been seen
    /// to ignore the window it was asked for, so rows outside it count for nothing.
    /// </summary>
    public static Result<Price> ReadLastClose(JsonElement payload, Symbol symbol, DateTimeOffset earliest, DateTimeOffset latest)
    {
        if (payload.ValueKind != JsonValueKind.Array) return Failure.BadData($"{Endpoint.Candles}, {symbol}: the answer is not a list");
        if (!MexcJson.ReadRows(Endpoint.Candles, payload, MexcJson.Default.StringArray).TryGet(out var rows, out var failure))
            return failure;
        (DateTimeOffset Time, Price Close)? newest = null;
        foreach (var row in rows)
        {
            if (!ReadRow(row, symbol).TryGet(out var candle, out failure)) return failure;
            if (candle.Time >= earliest && candle.Time <= latest && !(candle.Time <= newest?.Time)) newest = candle;
        }
        return newest is { } found ? found.Close : Failure.BadData(string.Create(
            CultureInfo.InvariantCulture, $"{Endpoint.Candles}, {symbol}: nothing was traded from {earliest:u} to {latest:u}"));
    }

    /// <summary>Every candle, oldest first.</summary>
    public static Result<IReadOnlyList<Candle>> ReadAll(JsonElement payload, Symbol symbol)
    {
        if (payload.ValueKind != JsonValueKind.Array) return Failure.BadData($"{Endpoint.Candles}, {symbol}: the answer is not a list");
        if (!MexcJson.ReadRows(Endpoint.Candles, payload, MexcJson.Default.StringArray).TryGet(out var rows, out var failure))
            return failure;
        var candles = new List<Candle>(rows.Count);
        foreach (var row in rows)
        {
            if (!ReadCandle(row, symbol).TryGet(out var candle, out failure)) return failure;
            candles.Add(candle);
        }
        return Result<IReadOnlyList<Candle>>.Of([.. candles.OrderBy(candle => candle.From)]);
    }

    private static Result<Candle> ReadCandle(string?[] row, Symbol symbol)
    {
        var fields = new Fields($"{Endpoint.Candles}, a candle of {symbol}");
        var candle = new Candle(
            fields.Time("open time", row.ElementAtOrDefault(OpenTime)),
            fields.Time("closing time", row.ElementAtOrDefault(ClosingTime)),
            new Price(fields.Positive("open", row.ElementAtOrDefault(1))),
            new Price(fields.Positive("high", row.ElementAtOrDefault(2))),
            new Price(fields.Positive("low", row.ElementAtOrDefault(3))),
            new Price(fields.Positive("close", row.ElementAtOrDefault(Close))),
            new Quantity(fields.NotNegative("volume", row.ElementAtOrDefault(5))),
            new Amount(fields.NotNegative("quote volume", row.ElementAtOrDefault(7))));
        return fields.Failure is { } unreadable ? unreadable : candle;
    }

    private static Result<(DateTimeOffset Time, Price Close)> ReadRow(string?[] row, Symbol symbol)
    {
        var fields = new Fields($"{Endpoint.Candles}, a candle of {symbol}");
        var time = fields.Time("open time", row.ElementAtOrDefault(OpenTime));
        var close = fields.Positive("close", row.ElementAtOrDefault(Close));
        return fields.Failure is { } unreadable ? unreadable : (time, new Price(close));
    }
}

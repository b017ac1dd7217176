using System.Globalization;
using System.Text.Json;
using Ballast.Core;

namespace Ballast.Mexc.Wire;

/// <summary>Rows of klines: opening time, open, high, low, close, volume, closing time, quote volume, without names.</summary>
internal static class WireCandle
{
    private const int OpenTime = 0;
    private const int Close = 4;

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

    private static Result<(DateTimeOffset Time, Price Close)> ReadRow(string?[] row, Symbol symbol)
    {
        var fields = new Fields($"{Endpoint.Candles}, a candle of {symbol}");
        var time = fields.Time("open time", row.ElementAtOrDefault(OpenTime));
        var close = fields.Positive("close", row.ElementAtOrDefault(Close));
        return fields.Failure is { } unreadable ? unreadable : (time, new Price(close));
    }
}

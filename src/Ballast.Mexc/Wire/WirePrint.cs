using System.Text.Json;
using Ballast.Core;
using Ballast.Core.Paper;

namespace Ballast.Mexc.Wire;

/// <summary>One trade of the public tape. It has no id.</summary>
internal sealed record WirePrint(string? Price, string? Qty, string? Time, string? IsBuyerMaker)
{
    public static Result<IReadOnlyList<Print>> Read(JsonElement payload, Symbol symbol)
    {
        if (payload.ValueKind != JsonValueKind.Array) return Failure.BadData($"{Endpoint.Trades}, {symbol}: the answer is not a list");
        if (!MexcJson.ReadRows(Endpoint.Trades, payload, MexcJson.Default.WirePrint).TryGet(out var rows, out var failure))
            return failure;
        var fields = new Fields($"{Endpoint.Trades}, a trade of {symbol}");
        var prints = rows.Select(row => new Print(
            fields.Time("time", row.Time),
            new Price(fields.Positive("price", row.Price)),
            new Quantity(fields.NotNegative("qty", row.Qty)),
            string.Equals(row.IsBuyerMaker, "true", StringComparison.OrdinalIgnoreCase))).ToArray();
        return fields.Failure is { } unreadable ? unreadable : Result<IReadOnlyList<Print>>.Of([.. prints.OrderByDescending(print => print.Time)]);
    }
}

using System.Text.Json;
using Ballast.Core;
using Ballast.Core.Trading;

namespace Ballast.Mexc.Wire;

/// <summary>The order book: a level is price and quantity, without names.</summary>
internal sealed record WireDepth(string?[]?[]? Bids, string?[]?[]? Asks)
{
    /// <summary>A level that cannot be read fails the book; one of nothing is left out.</summary>
    public static Result<Depth> Read(JsonElement payload, Symbol symbol)
    {
        if (!MexcJson.Read(Endpoint.Depth, payload, MexcJson.Default.WireDepth).TryGet(out var wire, out var failure)) return failure;
        var fields = new Fields($"{Endpoint.Depth}, {symbol}");
        var (bids, asks) = (Levels("bids", wire.Bids, fields), Levels("asks", wire.Asks, fields));
        return fields.Failure is { } unreadable ? unreadable
            : new Depth([.. bids.OrderByDescending(level => level.Price)], [.. asks.OrderBy(level => level.Price)]);
    }

    private static List<Level> Levels(string side, string?[]?[]? rows, Fields fields)
    {
        if (rows is null) fields.Refuse(side, "is missing");
        var levels = new List<Level>(rows?.Length ?? 0);
        foreach (var row in rows ?? [])
        {
            var price = fields.Positive($"{side}[].price", row?.ElementAtOrDefault(0));
            var quantity = fields.Required($"{side}[].quantity", row?.ElementAtOrDefault(1));
            if (quantity < 0) fields.Refuse($"{side}[].quantity", "is negative");
            if (quantity > 0) levels.Add(new Level(new Price(price), new Quantity(quantity)));
        }
        return levels;
    }
}

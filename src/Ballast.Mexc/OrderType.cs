namespace Ballast.Mexc;

/// <summary>How an order meets the market. The exchange has no time in force: the type says it.</summary>
public enum OrderType
{
    /// <summary>Rests in the book until it is filled or cancelled.</summary>
    Limit,

    /// <summary>Takes what the book has, now.</summary>
    Market,

    /// <summary>Only rests; never takes.</summary>
    LimitMaker,

    /// <summary>Takes what it can up to its price; the rest is cancelled.</summary>
    ImmediateOrCancel,

    /// <summary>All at once up to its price, or nothing.</summary>
    FillOrKill,
}

internal static class OrderTypeNames
{
    public static string Name(this OrderType type) => type switch
    {
        OrderType.Limit => "LIMIT",
        OrderType.Market => "MARKET",
        OrderType.LimitMaker => "LIMIT_MAKER",
        OrderType.ImmediateOrCancel => "IMMEDIATE_OR_CANCEL",
        OrderType.FillOrKill => "FILL_OR_KILL",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "no such order type"),
    };

    /// <summary>Null for a type that only shows up in queries, such as a stop order placed by hand.</summary>
    public static OrderType? Read(string? name) => name switch
    {
        "LIMIT" => OrderType.Limit,
        "MARKET" => OrderType.Market,
        "LIMIT_MAKER" => OrderType.LimitMaker,
        "IMMEDIATE_OR_CANCEL" => OrderType.ImmediateOrCancel,
        "FILL_OR_KILL" => OrderType.FillOrKill,
        _ => null,
    };
}

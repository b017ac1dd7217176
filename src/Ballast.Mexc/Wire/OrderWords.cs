using Ballast.Core.Trading;

namespace Ballast.Mexc.Wire;

/// <summary>The wire's words for where an order stands.</summary>
internal static class OrderStatusNames
{
    public static OrderStatus Read(string name) => name switch
    {
        "NEW" => OrderStatus.New,
        "PARTIALLY_FILLED" => OrderStatus.PartiallyFilled,
        "FILLED" => OrderStatus.Filled,
        "CANCELED" => OrderStatus.Canceled,
        "PARTIALLY_CANCELED" => OrderStatus.PartiallyCanceled,
        _ => OrderStatus.Unrecognized,
    };
}

/// <summary>The wire's words for how an order meets the market.</summary>
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

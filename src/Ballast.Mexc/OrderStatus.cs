namespace Ballast.Mexc;

/// <summary>Where an order stands. Filled, cancelled and partly cancelled are final.</summary>
public enum OrderStatus
{
    New,
    PartiallyFilled,
    Filled,
    Canceled,

    /// <summary>Filled in part, and the rest cancelled.</summary>
    PartiallyCanceled,

    /// <summary>A word that this client does not know: neither open nor final can be concluded from it.</summary>
    Unrecognized,
}

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

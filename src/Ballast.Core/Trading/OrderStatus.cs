namespace Ballast.Core.Trading;

/// <summary>Where an order stands. Filled, cancelled and partly cancelled are final.</summary>
public enum OrderStatus
{
    New,
    PartiallyFilled,
    Filled,
    Canceled,

    /// <summary>Filled in part, and the rest cancelled.</summary>
    PartiallyCanceled,

    /// <summary>A word that Ballast does not know: neither open nor final can be concluded from it.</summary>
    Unrecognized,
}

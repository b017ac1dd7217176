namespace Ballast.Core.Books;

/// <summary>Why coins or quote came or went without a trade.</summary>
public enum MovementKind
{
    /// <summary>From the exchange's wallet history.</summary>
    Deposit,

    /// <summary>From the exchange's wallet history.</summary>
    Withdrawal,

    /// <summary>Stated by the owner: something that the wallet history does not show, such as a transfer between accounts.</summary>
    Transfer,

    /// <summary>Stated by the owner: the books were wrong, for the reason given.</summary>
    Correction,
}

/// <summary>Which of the pair's two assets.</summary>
public enum Leg
{
    Base,
    Quote,
}

/// <summary>Coins or quote that came or went without a trade. Never a profit: what comes in comes in at its worth.</summary>
/// <param name="Time">When it began, or the end of the settled books when they had gone past that before it was done.</param>
/// <param name="Units">What the account gained; negative when it lost.</param>
/// <param name="Price">Quote per unit at the time; 1 for quote itself.</param>
/// <param name="Assumed">True when the price at its time could not be had and the price of the tick that booked it stands in.</param>
/// <param name="Reason">The owner's words; null for what the exchange reported.</param>
/// <param name="By">Who stated it; null for what the exchange reported.</param>
public sealed record Movement(
    string Id,
    DateTimeOffset Time,
    MovementKind Kind,
    Leg Leg,
    decimal Units,
    Price Price,
    bool Assumed = false,
    string? Reason = null,
    string? By = null) : Entry(Id, Time)
{
    /// <summary>In quote; negative for what left.</summary>
    public Amount Value => Price * new Quantity(Units);

    private protected override int Rank => Units > 0 ? ComesIn : GoesOut;
}

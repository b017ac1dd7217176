namespace Ballast.Core.Paper;

/// <summary>Whether a pair trades at present; the numbers are the wire's.</summary>
public enum PairStatus
{
    Online = 1,
    Paused = 2,
    Offline = 3,
}

/// <summary>In which directions a pair may be traded at present; the numbers are the wire's.</summary>
public enum OpenSides
{
    Both = 1,
    BuyOnly = 2,
    SellOnly = 3,
    None = 4,
}

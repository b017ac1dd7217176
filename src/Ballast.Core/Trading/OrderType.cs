namespace Ballast.Core.Trading;

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

namespace Ballast.Core.Trading;

/// <summary>
/// What an order must not exceed, whatever the plan says. The defaults suit a thin market and a small portfolio: each is tight enough to
/// stop a runaway and wide enough for an ordinary day of QRL/USDT.
/// </summary>
public sealed record SafetyLimits
{
    /// <summary>Largest value of one order, in quote. Null is no limit given; no order may leave without one.</summary>
    public Amount? MaxOrderNotional { get; init; }

    /// <summary>Largest value of all orders of a UTC day, in quote. Null is no limit given; no order may leave without one.</summary>
    public Amount? MaxDailyNotional { get; init; }

    /// <summary>Most orders of a UTC day, 1 to 1440.</summary>
    public int MaxDailyOrders { get; init; } = 48;

    /// <summary>Rest between two orders, 0 to 1440; by default one regular tick. 0 is none.</summary>
    public int MinMinutesBetweenOrders { get; init; } = 15;

    /// <summary>Widest gap between bid and ask to trade across, as a share of the price.</summary>
    public Ratio MaxSpread { get; init; } = new(0.02m);

    /// <summary>How far from the planned price an order may fill.</summary>
    public Ratio MaxSlippage { get; init; } = new(0.01m);

    /// <summary>Largest change of the price, against the tick before and against the last five minutes, that is traded on.</summary>
    public Ratio MaxPriceJump { get; init; } = new(0.10m);

    /// <summary>Fall of the total value from its highest at which trading halts.</summary>
    public Ratio MaxDrawdown { get; init; } = new(0.25m);

    /// <summary>Units of the coin that are never sold.</summary>
    public Quantity BaseReserve { get; init; }

    /// <summary>Units of the quote asset that are never spent.</summary>
    public Amount QuoteReserve { get; init; }

    /// <summary>Whether books that do not balance stop trading.</summary>
    public bool RequireProvenBooks { get; init; } = true;

    /// <summary>So many failed ticks in a row halt trading; 0 never does.</summary>
    public int HaltAfterFailures { get; init; } = 3;

    /// <summary>How far the price may have moved from a proposal's when its approval is carried out.</summary>
    public Ratio ProposalFence { get; init; } = new(0.01m);

    /// <summary>True sends MARKET orders in place of limited ones that are cancelled where they do not fill.</summary>
    public bool MarketOrders { get; init; }
}

using System.Collections.Immutable;

namespace Ballast.Core.Trading;

/// <summary>What the guards remember from tick to tick.</summary>
public sealed record TradingState
{
    public static readonly TradingState New = new();

    /// <summary>When the last order left; null before the first.</summary>
    public DateTimeOffset? LastOrderAt { get; init; }

    /// <summary>The tick that the last order left in; null before the first.</summary>
    public string? LastOrderTick { get; init; }

    /// <summary>The UTC day that the two sums below are of.</summary>
    public DateOnly Day { get; init; }

    public Amount DayNotional { get; init; }
    public int DayOrders { get; init; }

    /// <summary>The price of the last tick that had one.</summary>
    public Price? LastPrice { get; init; }

    /// <summary>The highest value so far, without what was moved in since the books were opened.</summary>
    public Amount? Peak { get; init; }

    /// <summary>Failed ticks in a row.</summary>
    public int Failures { get; init; }

    /// <summary>Order types that the exchange has refused for this pair.</summary>
    public ImmutableSortedSet<OrderType> RefusedTypes { get; init; } = [];

    /// <summary>
    /// The sums of today: yesterday's count no more. Tomorrow's are kept: two instances whose clocks differ disagree about the day around
    /// midnight, and taking turns must not give them a fresh limit each time.
    /// </summary>
    public TradingState On(DateTimeOffset now) =>
        DateOnly.FromDateTime(now.UtcDateTime) is var today && (Day == today || Day == today.AddDays(1)) ? this
        : this with { Day = today, DayNotional = Amount.Zero, DayOrders = 0 };

    /// <summary>With an order that is about to leave. It counts at once: one whose outcome is not known has been spent.</summary>
    public TradingState Ordered(OrderIntent intent) => On(intent.At) is var today
        ? today with { LastOrderAt = intent.At, LastOrderTick = intent.Tick, DayNotional = today.DayNotional + intent.Notional, DayOrders = today.DayOrders + 1 }
        : today;

    /// <summary>With a tick's price and value seen.</summary>
    /// <param name="moved">What was moved in less what was moved out since the books were opened, in quote.</param>
    public TradingState Saw(Price price, Amount value, Amount moved) => this with
    {
        LastPrice = price,
        Peak = Peak is { } peak && peak > value - moved ? peak : value - moved,
    };

    /// <summary>How far the value has fallen from its highest, as a share of that; 0 at the highest.</summary>
    public Ratio Drawdown(Amount value, Amount moved)
    {
        var peak = (Peak ?? value - moved) + moved;
        return peak > value && peak > Amount.Zero ? (peak - value).ShareOf(peak) : default;
    }
}

using Ballast.Core;
using Ballast.Core.Trading;

namespace Ballast.Tests.Core.Trading;

public class TradingDayTests
{
    private static readonly DateTimeOffset Midnight = new(2026, 1, 2, 0, 0, 0, TimeSpan.Zero);

    private static readonly TradingState Busy = TradingState.New.On(Midnight) with { DayNotional = new Amount(100), DayOrders = 4 };

    [Fact]
    public void A_new_day_begins_with_nothing() =>
        Assert.Equal((0, Amount.Zero), (Busy.On(Midnight.AddDays(1)).DayOrders, Busy.On(Midnight.AddDays(1)).DayNotional));

    [Fact]
    public void A_clock_that_is_behind_does_not_begin_the_day_again() => Assert.Equal(Busy, Busy.On(Midnight.AddSeconds(-3)));

    [Fact]
    public void A_clock_that_was_days_ahead_once_does_not_hold_today_up() => Assert.Equal(0, Busy.On(Midnight.AddDays(-2)).DayOrders);
}

using Ballast.Core;
using Ballast.Core.Trading;

namespace Ballast.Tests.Core.Trading;

/// <summary>What is remembered from tick to tick: the sums of a UTC day, and the highest value without what was moved in or out.</summary>
public class TradingStateTests
{
    private static readonly DateOnly NewYear = new(2026, 1, 1);

    /// <summary>Two orders of 50 and 25 USDT on the first of January.</summary>
    private static readonly TradingState Spent = TradingState.New
        .Ordered(Proposed.Intent(20, 2.5m, QrlUsdt.Noon)).Ordered(Proposed.Intent(10, 2.5m, QrlUsdt.After(15)));

    [Fact]
    public void Orders_add_up_over_a_day()
    {
        // 20 × 2.5 + 10 × 2.5 = 75
        Assert.Equal((NewYear, "75", 2), (Spent.Day, Spent.DayNotional.ToString(), Spent.DayOrders));
        Assert.Equal(QrlUsdt.After(15), Spent.LastOrderAt);
    }

    [Theory]
    [InlineData("2026-01-01T12:15:00Z", 2)]
    [InlineData("2026-01-01T23:59:59.9999999Z", 2)]
    [InlineData("2026-01-02T00:00:00Z", 0)]             // midnight in UTC
    [InlineData("2026-01-02T08:00:00+09:00", 2)]        // the 2nd in Tokyo, 23:00 of the 1st in UTC
    [InlineData("2026-01-02T09:00:00+09:00", 0)]
    [InlineData("2026-01-01T19:00:00-05:00", 0)]        // the 1st in New York, midnight in UTC
    [InlineData("2027-01-01T12:15:00Z", 0)]             // the same date of another year
    public void A_day_is_a_day_in_utc_and_the_next_one_begins_at_nothing(string now, int orders)
    {
        var today = Spent.On(DateTimeOffset.Parse(now));
        Assert.Equal((orders, orders == 0 ? "0" : "75"), (today.DayOrders, today.DayNotional.ToString()));
        // The rest between two orders does not end at midnight.
        Assert.Equal(QrlUsdt.After(15), today.LastOrderAt);
    }

    [Fact]
    public void The_first_order_of_a_day_is_counted_from_nothing()
    {
        var next = Spent.Ordered(Proposed.Intent(4, 2.5m, QrlUsdt.Noon.AddDays(1)));
        Assert.Equal((NewYear.AddDays(1), "10", 1), (next.Day, next.DayNotional.ToString(), next.DayOrders));
    }

    [Fact]
    public void A_new_day_forgets_nothing_else()
    {
        var state = Spent.Saw(new Price(2.5m), new Amount(400), Amount.Zero) with { Failures = 2, RefusedTypes = [OrderType.Market] };
        Assert.Equal(state with { Day = NewYear.AddDays(1), DayNotional = Amount.Zero, DayOrders = 0 }, state.On(QrlUsdt.Noon.AddDays(1)));
    }

    /// <summary>Values with what was moved in so far, one tick after the other; the highest, and the fall from it in the end.</summary>
    public static TheoryData<string, string, string> Courses => new()
    {
        // Value and moved; 1000 rises to 1200 and falls to 900: 300 of 1200
        { "1000+0 1200+0 900+0", "1200", "0.25" },
        { "1000+0", "1000", "0" },
        { "1000+0 900+0", "1000", "0.1" },
        { "1000+0 900+0 1100+0", "1100", "0" },
        // 500 deposited raise the value and are no gain; then 1350 is 150 below 1500
        { "1000+0 1500+500 1350+500", "1000", "0.1" },
        // 400 withdrawn lower it and are no loss; then 540 is 60 below 600
        { "1000+0 600-400", "1000", "0" },
        { "1000+0 600-400 540-400", "1000", "0.1" },
        // Gains after a withdrawal count: 700 + 400 is a new highest; 560 is 140 below 700
        { "1000+0 700-400 560-400", "1100", "0.2" },
        // A deposit does not hide a fall: 1400 − 500 is 100 below 1000, of 1500 now
        { "1000+0 1400+500", "1000", "0.0666666666666666666666666667" },
        // Everything withdrawn: nothing is left to fall
        { "1000+0 0-1000", "1000", "0" },
        { "1000+0 0-1200", "1200", "0" },
        { "0+0", "0", "0" },
    };

    [Theory]
    [MemberData(nameof(Courses))]
    public void The_fall_is_counted_from_the_highest_value_without_what_was_moved(string course, string peak, string fall)
    {
        var steps = course.Split(' ').Select(Step).ToArray();
        var state = steps.Aggregate(TradingState.New, (seen, step) => seen.Saw(new Price(2.5m), step.Value, step.Moved));
        Assert.Equal((peak, fall), (state.Peak.ToString(), state.Drawdown(steps[^1].Value, steps[^1].Moved).ToString()));
    }

    [Fact]
    public void Before_the_first_value_there_is_no_fall() =>
        Assert.Equal(default, TradingState.New.Drawdown(new Amount(1), new Amount(1000)));

    [Fact]
    public void The_price_of_the_last_tick_that_had_one_is_kept()
    {
        var state = TradingState.New.Saw(new Price(2.5m), new Amount(400), Amount.Zero).Saw(new Price(2.6m), new Amount(390), Amount.Zero);
        Assert.Equal(("2.6", "400"), (state.LastPrice.ToString(), state.Peak.ToString()));
    }

    private static (Amount Value, Amount Moved) Step(string text)
    {
        var sign = text.LastIndexOfAny(['+', '-']);
        return (new Amount(decimal.Parse(text[..sign])), new Amount(decimal.Parse(text[sign..])));
    }
}

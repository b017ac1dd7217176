using Ballast.Core;
using Ballast.Core.Paper;
using CsCheck;

namespace Ballast.Tests.Core.Paper;

public class MarketClockTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 12, 0, 0, 250, TimeSpan.Zero);
    private static readonly DateTimeOffset Then = new(2020, 3, 12, 0, 0, 0, TimeSpan.Zero);
    private static readonly decimal[] Speeds = [0.001m, 0.5m, 1, 1.5m, 60, 3_600, 100_000];

    [Theory]
    [InlineData(1, 90, 90)]
    [InlineData(60, 90, 5_400)]
    [InlineData(0.5, 90, 45)]
    [InlineData(60, -90, -5_400)]
    public void Market_time_runs_from_the_start_at_its_speed(decimal speed, int seconds, int marketSeconds)
    {
        var clock = new MarketClock(Start, Then, speed);
        Assert.Equal(Then.AddSeconds(marketSeconds), clock.MarketTime(Start.AddSeconds(seconds)));
        Assert.Equal(Start.AddSeconds(seconds), clock.Reaches(Then.AddSeconds(marketSeconds)));
    }

    [Fact]
    public void No_speed_leads_out_of_the_calendar()
    {
        foreach (var speed in Speeds)
        {
            var clock = new MarketClock(Start, Then, speed);
            var market = clock.Show(new SyntheticMarket(1, new Price(0.05m), 6, 2).At);
            foreach (var instant in new[] { Start.AddYears(-90), Start.AddYears(500), DateTimeOffset.MaxValue.AddDays(-1) })
                Assert.True(market(instant).Last.Value > 0);
            clock.Reaches(Then.AddYears(150));
        }
    }

    [Fact]
    public void Versions_follow_each_other_without_gaps_at_any_speed() =>
        Gen.Select(Gen.Int[0, Speeds.Length - 1], Gen.Long[-1_000_000, 1_000_000], Gen.Int[0, 30]).Sample((speed, second, endMinutes) =>
        {
            var clock = new MarketClock(Start, Then, Speeds[speed]);
            var market = clock.Show(new SyntheticMarket(1, new Price(0.05m), 6, 2).At, Then.AddMinutes(endMinutes));
            var book = market(Start.AddSeconds(second));
            for (var i = 0; i < 20 && book.Until < DateTimeOffset.MaxValue; i++)
            {
                Assert.True(book.From < book.Until);
                var next = market(book.Until);
                Assert.Equal((book.Until, true), (next.From, next.Version > book.Version));
                Assert.Equal(book.Version, market(book.Until.AddTicks(-1)).Version);
                book = next;
            }
        }, iter: 300);

    [Fact]
    public void However_fast_it_is_a_version_lasts_a_second()
    {
        var book = new MarketClock(Start, Then, 100_000).Show(new SyntheticMarket(1, new Price(0.05m), 6, 2).At)(Start);
        Assert.Equal(TimeSpan.FromSeconds(1), book.Until - book.From);
    }

    [Fact]
    public void At_the_end_the_book_stands_for_ever_and_nobody_trades()
    {
        var listing = Listing.QrlUsdt(1);
        var clock = new MarketClock(Start, Then, 60);
        var market = clock.Show(listing.Market, Then.AddHours(1));
        var (before, end, later) = (market(Start.AddTicks(TimeSpan.TicksPerMinute - 1)), market(Start.AddMinutes(1)), market(Start.AddDays(900)));
        Assert.Equal(Start.AddMinutes(1), before.Until);
        Assert.Equal(listing.Market(Then.AddHours(1)).Last, end.Last);
        Assert.Equal((end.Version, end.Last, end.Bids[0], DateTimeOffset.MaxValue, 0m), (later.Version, later.Last, later.Bids[0], later.Until, later.LastQuantity.Value));

        // Averages and candles of what came after are made all the same.
        var history = new MarketHistory(listing with { Market = market });
        Assert.Equal(end.Last, history.Average(Start.AddDays(1), Start.AddDays(1).AddMinutes(5)));
        Assert.Equal((end.Last, end.Last), (history.Candle(Start.AddDays(1), Start.AddDays(2), Start.AddDays(3)).Low, history.Candle(Start.AddDays(1), Start.AddDays(2), Start.AddDays(3)).High));
    }
}

using Ballast.Core;
using Ballast.Core.Paper;
using CsCheck;

namespace Ballast.Tests.Core.Paper;

public class MarketHistoryTests
{
    private static readonly DateTimeOffset Start = ScriptedMarket.Start;

    // Last prices of a minute's twelve versions, five seconds each, and of the one after it, which stays.
    private static readonly int[] Minute = [50, 53, 51, 48, 52, 50, 55, 54, 49, 51, 50, 52, 60];

    [Theory]
    [InlineData(0, 3_600, "0.052")]                  // the minute's last version
    [InlineData(59, 3_600, "0.052")]
    [InlineData(0, 55, "0.052")]                     // that version has just begun
    [InlineData(0, 54, "0.05")]                      // the minute is not over: now is as far as it goes
    [InlineData(30, 17, "0.048")]
    [InlineData(-1, 3_600, "0.05")]                  // the minute before the first one
    public void A_minute_ends_at_its_last_trade_or_now(int second, int nowSecond, string price) => Assert.Equal(
        price, History(Minute).AtEndOfMinute(Start.AddSeconds(second), Start.AddSeconds(nowSecond)).ToString());

    [Theory]
    [InlineData(0, 0, "0.05")]
    [InlineData(0, 14, "0.051333")]                  // (50 + 53 + 51) / 3 = 51.3…
    [InlineData(4, 15, "0.0505")]                    // (50 + 53 + 51 + 48) / 4: the one that was on show at either end counts
    [InlineData(-300, 5, "0.050048")]                // 60 × 50 before the first, then 50 and 53: 3103 / 62 = 50.0483…
    public void An_average_counts_every_version_once(int fromSecond, int toSecond, string price) => Assert.Equal(
        price, History(Minute).Average(Start.AddSeconds(fromSecond), Start.AddSeconds(toSecond)).ToString());

    [Fact]
    public void A_candle_of_a_minute_is_made_of_every_version_in_it()
    {
        // 12 × 300 traded; 300 × (50 + 53 + 51 + 48 + 52 + 50 + 55 + 54 + 49 + 51 + 50 + 52) / 1000 = 300 × 0.615
        var expected = new Candle(
            Start, Start.AddMinutes(1), new Price(0.050m), new Price(0.055m), new Price(0.048m), new Price(0.052m),
            new Quantity(3_600), new Amount(184.5m));
        Assert.Equal(expected, History(Minute).Candle(Start, Start.AddMinutes(1), Start.AddHours(1)));
    }

    [Fact]
    public void A_candle_that_is_not_over_ends_now()
    {
        var running = History(Minute).Candle(Start, Start.AddMinutes(1), Start.AddSeconds(12));
        Assert.Equal(
            (0.050m, 0.053m, 0.050m, 0.051m, 900m),
            (running.Open.Value, running.High.Value, running.Low.Value, running.Close.Value, running.Volume.Value));
        Assert.Equal(Start.AddMinutes(1), running.Until);
    }

    [Fact]
    public void A_sample_of_a_long_candle_stands_for_the_versions_that_it_skips()
    {
        // An hour is 720 versions of 300 each.
        var hour = History([50]).Candle(Start, Start.AddHours(1), Start.AddDays(1));
        Assert.Equal((216_000m, 10_800m), (hour.Volume.Value, hour.QuoteVolume.Value));
    }

    [Fact]
    public void A_long_candle_that_ends_beyond_its_samples_reaches_its_end()
    {
        // Sampled every 25 seconds; the fall comes in the last five.
        var five = History([.. Enumerable.Repeat(50, 59), 40, 60]).Candle(Start, Start.AddMinutes(5), Start.AddHours(1));
        Assert.Equal((0.050m, 0.050m, 0.040m, 0.040m), (five.Open.Value, five.High.Value, five.Low.Value, five.Close.Value));
    }

    [Fact]
    public void Candles_hang_together() => Gen.Select(Gen.Long, Gen.Int[0, 1_000_000]).Sample((seed, minute) =>
    {
        var history = new MarketHistory(Listing.QrlUsdt(seed));
        var from = Start.AddMinutes(5 * minute);
        var five = history.Candle(from, from.AddMinutes(5), from.AddDays(1));
        var ones = Enumerable.Range(0, 5)
            .Select(i => history.Candle(from.AddMinutes(i), from.AddMinutes(i + 1), from.AddDays(1)))
            .ToArray();
        Assert.Equal((ones[0].Open, ones[4].Close), (five.Open, five.Close));
        Assert.True(five.High <= ones.Max(one => one.High) && five.Low >= ones.Min(one => one.Low));
        Assert.All(ones, one => Assert.True(one.Low <= one.Open && one.Low <= one.Close && one.High >= one.Open && one.High >= one.Close));
        Assert.Equal(history.AtEndOfMinute(from, from.AddDays(1)), ones[0].Close);
    }, iter: 50);

    private static MarketHistory History(int[] thousandths)
    {
        var books = thousandths.Select(last => ScriptedMarket.Usual with { Last = new Price(last / 1000m) }).ToArray();
        return new MarketHistory(new ScriptedMarket(books).Engine().Listings[0]);
    }
}

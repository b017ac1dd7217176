using Ballast.Core;
using Ballast.Core.Paper;

namespace Ballast.Tests.Core.Paper;

/// <summary>What a trader knows of a thin coin, held against sixty days of several seeds. Statistics are no money: here doubles do.</summary>
public class MarketCharacterTests
{
    private const int Days = 60;
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);      // a Monday
    private static readonly int[] Seeds = [1, 2, 3, 4, 5, 6, 7, 8];
    private static readonly Lazy<MarketBook[][]> Quarters = new(() => [.. Seeds.Select(seed => Books(seed, TimeSpan.FromMinutes(15), Days * 96))]);

    [Fact]
    public void In_a_quarter_of_an_hour_it_moves_by_two_to_five_thousandths() =>
        Assert.All(Moves(), moves => Assert.InRange(moves.Average(Math.Abs), 0.002, 0.005));

    [Fact]
    public void In_a_day_it_moves_by_three_to_eight_per_cent() => Assert.All(Quarters.Value, books =>
    {
        var days = Enumerable.Range(0, Days - 1).Select(day => Math.Log(Last(books[96 * (day + 1)]) / Last(books[96 * day])));
        Assert.InRange(Deviation([.. days]), 0.025, 0.08);
        var ranges = books.Chunk(96).Select(day => day.Max(Last) / day.Min(Last) - 1);
        Assert.InRange(ranges.Average(), 0.03, 0.12);
    });

    [Fact]
    public void Extremes_are_far_more_frequent_than_in_a_normal_distribution()
    {
        Assert.All(Moves(), moves => Assert.True(Kurtosis(moves) > 5));

        // Not by its jumps alone: without the largest moves the tails are still fat.
        Assert.All(Moves(), moves => Assert.True(Kurtosis([.. moves.OrderBy(Math.Abs).Take(moves.Length - 60)]) > 3.2));
    }

    [Fact]
    public void Calm_and_wild_spells_cluster() => Assert.All(Moves(), moves =>
    {
        // Large moves are cut, so that a few jumps do not drown all others.
        var squares = moves.Select(move => Math.Min(move * move, 0.0002)).ToArray();
        Assert.InRange(Autocorrelation(squares, 1), 0.08, 0.6);
        Assert.InRange(Autocorrelation(squares, 8), 0.04, 0.6);
        Assert.InRange(Autocorrelation(squares, 96), -0.05, 0.5);
    });

    [Fact]
    public void The_way_it_went_says_little_of_where_it_goes() => Assert.All(Quarters.Value, books =>
    {
        var middles = books.Select(Middle).ToArray();
        var moves = middles.Zip(middles.Skip(1), (before, after) => Math.Log(after / before)).ToArray();
        Assert.InRange(Autocorrelation(moves, 1), -0.15, 0.15);
        Assert.InRange(Autocorrelation(moves, 4), -0.15, 0.15);
    });

    [Fact]
    public void Now_and_then_it_jumps_by_several_per_cent_and_stays_there()
    {
        var jumps = 0;
        foreach (var seed in Seeds)
        {
            var path = new SyntheticPath(seed);
            var version = Start.ToUnixTimeSeconds() / 5;
            for (var day = 0; day < 365; day++, version += SyntheticPath.VersionsPerDay)
            {
                var since = path.At(version, out _).VersionsSinceJump;
                if (since >= SyntheticPath.VersionsPerDay)
                    continue;
                jumps++;
                var (before, after) = (Nano(path, version - since - 1), Nano(path, version - since));
                Assert.InRange(Math.Abs(after - before), 20_000_000, 95_000_000);
                var kept = Enumerable.Range(1, 24).Average(hour => Nano(path, version - since + hour * 720)) - before;
                Assert.True(Math.Sign(kept) == Math.Sign(after - before) || Math.Abs(kept) < 60_000_000);
            }
        }
        Assert.InRange(jumps, 8 * 15, 8 * 50);                      // 30 a year or so
    }

    [Fact]
    public void The_spread_is_a_third_of_a_per_cent_and_at_times_far_wider() => Assert.All(Quarters.Value, books =>
    {
        var spreads = books.Select(Spread).Order().ToArray();
        Assert.InRange(spreads[spreads.Length / 2], 0.0025, 0.005);
        Assert.InRange(spreads[spreads.Length * 5 / 100], 0.0015, 0.0035);
        Assert.InRange(spreads[spreads.Length * 95 / 100], 0.005, 0.01);
        Assert.InRange(spreads[^1], 0.009, 0.026);
    });

    [Fact]
    public void After_a_jump_the_spread_widens_and_offers_are_withdrawn()
    {
        var book = new SyntheticBook(1, MarketTemper.ThinCoin, 6, 2);
        var (calm, wild, later) = (Average(long.MaxValue), Average(0), Average(720));
        Assert.InRange(wild.Spread / calm.Spread, 2.8, 3.2);
        Assert.InRange(wild.Depth / calm.Depth, 0.3, 0.4);
        Assert.Equal(calm, later);

        (double Spread, double Depth) Average(long since)
        {
            var books = Enumerable.Range(0, 500)
                .Select(i => book.Around(i * 97, i * 97 * 5_000L, 0.05m, new MarketMood(1_000_000, since))).ToArray();
            return (books.Average(Spread), books.Average(Depth));
        }
    }

    [Theory]
    [InlineData(3, 15, 2.5, 3.5)]                       // a working day's afternoon against its night: 150 to 52.5
    [InlineData(6, 1, 1.3, 1.8)]                        // a working day against a Saturday, at the same hour: 100 to 65
    public void Volume_and_depth_follow_the_clock(int quietDay, int hour, double least, double most)
    {
        var busy = hour == 15 ? (Day: quietDay, Hour: 15) : (Day: 3, Hour: 9);
        var quiet = hour == 15 ? (Day: quietDay, Hour: 5) : (Day: 5, Hour: 9);
        Assert.InRange(Mean(busy, book => (double)book.LastQuantity.Value) / Mean(quiet, book => (double)book.LastQuantity.Value), least * 0.85, most * 1.15);
        Assert.InRange(Mean(busy, Depth) / Mean(quiet, Depth), least * 0.85, most * 1.15);
        Assert.True(Mean(busy, Spread) < Mean(quiet, Spread));
    }

    [Fact]
    public void Trades_print_on_either_side()
    {
        var books = Quarters.Value.SelectMany(books => books).ToArray();
        Assert.All(books, book => Assert.True(book.Last == book.Bids[0].Price || book.Last == book.Asks[0].Price));
        Assert.InRange(books.Count(book => book.Last == book.Asks[0].Price) / (double)books.Length, 0.47, 0.53);
    }

    [Fact]
    public void A_book_has_gaps_and_walls()
    {
        var gaps = Quarters.Value[0].SelectMany(book => book.Asks.Zip(book.Asks.Skip(1), (near, far) => (double)(far.Price.Value / near.Price.Value) - 1)).ToArray();
        Assert.InRange(gaps.Order().ElementAt(gaps.Length / 2), 0.0005, 0.0015);
        Assert.InRange(gaps.Count(gap => gap > 0.002) / (double)gaps.Length, 0.05, 0.15);
        var sizes = Quarters.Value[0].SelectMany(book => book.Bids.Select(level => (double)(level.Price.Value * level.Quantity.Value))).Order().ToArray();
        Assert.InRange(sizes[sizes.Length / 2], 60, 250);
        Assert.True(sizes[^1] > 5 * sizes[sizes.Length / 2]);
    }

    [Fact]
    public void Over_a_century_it_stays_where_it_belongs() => Assert.All(Seeds, seed =>
    {
        var prices = Enumerable.Range(0, 36_500).Select(day => Last(Market(seed).At(Start.AddHours(24 * day + day % 24)))).ToArray();
        Assert.InRange(prices.Min(), 0.022, 0.05);
        Assert.InRange(prices.Max(), 0.05, 0.11);
        Assert.InRange(prices.Average(), 0.046, 0.054);
    });

    private static SyntheticMarket Market(long seed) => new(seed, new Price(0.05m), 6, 2);

    private static MarketBook[] Books(long seed, TimeSpan step, int count)
    {
        var market = Market(seed);
        return [.. Enumerable.Range(0, count).Select(i => market.At(Start + i * step))];
    }

    private static double[][] Moves() => [.. Quarters.Value.Select(books => books
        .Zip(books.Skip(1), (before, after) => Math.Log(Last(after) / Last(before))).ToArray())];

    private static double Mean((int Day, int Hour) time, Func<MarketBook, double> value) => Seeds.Average(seed =>
        Enumerable.Range(0, 26).Average(week => Enumerable.Range(0, 12).Average(part =>
            value(Market(seed).At(Start.AddDays(7 * week + time.Day).AddHours(time.Hour).AddMinutes(5 * part - 30))))));

    private static double Last(MarketBook book) => (double)book.Last.Value;

    private static double Middle(MarketBook book) => (double)(book.Bids[0].Price.Value + book.Asks[0].Price.Value) / 2;

    private static double Spread(MarketBook book) => (double)(book.Asks[0].Price.Value - book.Bids[0].Price.Value) / Middle(book);

    private static double Depth(MarketBook book) => (double)book.Bids.Concat(book.Asks).Sum(level => level.Price.Value * level.Quantity.Value);

    private static long Nano(SyntheticPath path, long version)
    {
        path.At(version, out var nano);
        return nano;
    }

    private static double Deviation(double[] values) => Math.Sqrt(Moment(values, 2));

    private static double Kurtosis(double[] values) => Moment(values, 4) / Math.Pow(Moment(values, 2), 2);

    private static double Moment(double[] values, int power)
    {
        var mean = values.Average();
        return values.Average(value => Math.Pow(value - mean, power));
    }

    private static double Autocorrelation(double[] values, int lag)
    {
        var mean = values.Average();
        return values.Zip(values.Skip(lag), (left, right) => (left - mean) * (right - mean)).Sum() / values.Sum(value => Math.Pow(value - mean, 2));
    }
}

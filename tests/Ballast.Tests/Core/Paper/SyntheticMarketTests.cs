using Ballast.Core;
using Ballast.Core.Paper;
using Ballast.Core.Trading;
using CsCheck;

namespace Ballast.Tests.Core.Paper;

public class SyntheticMarketTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // Worked out by a second implementation, in another language.
    private static readonly string[] PathOfSeedOne = ["0.045712", "0.046484", "0.047846", "0.046253"];

    private static readonly Gen<DateTimeOffset> Instants =
        Gen.Long[0, 200L * 365 * 86_400_000].Select(DateTimeOffset.FromUnixTimeMilliseconds);

    [Fact]
    public void The_same_seed_shows_the_same_book_at_the_same_instant() =>
        Gen.Select(Gen.Long, Instants).Sample((seed, instant) => Shown(Market(seed).At(instant)) == Shown(Market(seed).At(instant)));

    [Fact]
    public void The_path_of_seed_one_is_the_same_on_every_machine() =>
        Assert.Equal(PathOfSeedOne, Enumerable.Range(0, 4).Select(day => Market(1).At(Start.AddDays(day)).Last.ToString()));

    [Fact]
    public void Different_seeds_go_different_ways() =>
        Assert.Equal(50, Enumerable.Range(1, 50).Select(seed => Shown(Market(seed).At(Start))).Distinct().Count());

    [Fact]
    public void A_book_changes_every_five_seconds_and_not_between()
    {
        var market = Market(1);
        var shown = Enumerable.Range(0, 100).Select(i => Shown(market.At(Start.AddMilliseconds(100 * i)))).ToArray();
        Assert.Equal(2, shown.Distinct().Count());
        Assert.Equal(shown[0], shown[49]);
        Assert.NotEqual(shown[49], shown[50]);
        var book = market.At(Start.AddSeconds(7));
        Assert.Equal((Start.AddSeconds(5), Start.AddSeconds(10)), (book.From, book.Until));
    }

    [Fact]
    public void A_book_is_never_crossed_lies_on_the_grid_and_holds_the_last_trade_inside() =>
        Gen.Select(Gen.Long, Instants).Sample((seed, instant) =>
        {
            var book = Market(seed).At(instant);
            var (bid, ask) = (book.Bids[0].Price.Value, book.Asks[0].Price.Value);
            Assert.True(bid <= book.Last.Value && book.Last.Value <= ask && bid < ask);
            Assert.InRange((ask - bid) / book.Last.Value, 0.001m, 0.026m);
            Assert.True(book.From <= instant && instant < book.Until);
            Assert.Equal((20, 20), (book.Bids.Count, book.Asks.Count));
            Assert.All(book.Bids.Zip(book.Bids.Skip(1)), pair => Assert.True(pair.First.Price > pair.Second.Price));
            Assert.All(book.Asks.Zip(book.Asks.Skip(1)), pair => Assert.True(pair.First.Price < pair.Second.Price));
            Assert.All(book.Bids.Concat(book.Asks), AssertPlausible);
        });

    [Fact]
    public void A_half_and_half_portfolio_is_sometimes_inside_its_band_and_sometimes_outside()
    {
        var market = Market(1);
        var outside = Enumerable.Range(0, 30 * 96).Count(i =>
        {
            var coins = 10_000 * market.At(Start.AddMinutes(15 * i)).Last.Value;
            return Math.Abs(coins - (coins + 500) / 2) / (coins + 500) >= 0.01m;
        });
        Assert.InRange(outside, 288, 2592);         // a tenth to nine tenths of 2880
    }

    private static SyntheticMarket Market(long seed) => new(seed, new Price(0.05m), 6, 2);

    private static void AssertPlausible(Level level)
    {
        Assert.True(level.Price.Value > 0 && level.Price.Value % 0.000001m == 0);
        Assert.True(level.Quantity.Value % 0.01m == 0);
        Assert.InRange(level.Quantity.Value, 20, 120_000);
    }

    private static string Shown(MarketBook book) =>
        $"{book.Version} {book.Last} {book.LastQuantity} {string.Join(' ', book.Bids)} {string.Join(' ', book.Asks)}";
}

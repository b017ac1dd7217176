using Ballast.Core;
using Ballast.Core.Paper;

namespace Ballast.Tests.Core.Paper;

public class PaperOpeningTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("QRLUSDT", "QRL", "USDT", 0.03, 0.08, "0.000001", "0.01", "1", "1")]
    [InlineData("MXUSDT", "MX", "USDT", 1.2, 3.2, "0.0001", "0.01", "0.01", "1")]
    [InlineData("BTCUSDT", "BTC", "USDT", 55_000, 145_000, "0.01", "0.00000001", "0.000001", "1")]
    [InlineData("ETHUSDT", "ETH", "USDT", 1_800, 4_900, "0.01", "0.00001", "0.0001", "1")]
    public void The_default_pairs_are_what_a_trader_expects(
        string symbol, string baseAsset, string quote, decimal low, decimal high, string tick, string step, string minQuantity, string minAmount)
    {
        var listing = DefaultListings.All(1).Single(listing => listing.Symbol.Name == symbol);
        var rules = listing.Rules;
        Assert.Equal((baseAsset, quote, true), (rules.Base, rules.Quote, rules.Tradable));
        Assert.Equal((tick, step), (rules.PriceStep.ToString(), rules.QuantityStep.ToString()));
        Assert.Equal((minQuantity, minAmount), (rules.MinQuantity.ToString(), rules.MinNotional.ToString()));
        Assert.Equal((0m, 0.0005m), (listing.MakerFee.Value, rules.TakerFee.Value));
        Assert.All(Enumerable.Range(0, 365), day =>
        {
            var book = listing.Market(Start.AddDays(day));
            Assert.InRange(book.Last.Value, low, high);

            // A band that is narrower than the book would refuse what the book offers.
            Assert.True(book.Asks[0].Price < book.Last * (1 + listing.PriceBand.Value));
            Assert.True(book.Bids[0].Price > book.Last * (1 - listing.PriceBand.Value));
        });
    }

    [Fact]
    public void Each_pair_has_a_chance_of_its_own()
    {
        var moves = DefaultListings.All(1).Select(listing => Enumerable.Range(0, 60)
            .Select(day => listing.Market(Start.AddDays(day + 1)).Last > listing.Market(Start.AddDays(day)).Last)).ToArray();
        foreach (var (i, j) in new[] { (0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3) })
            Assert.InRange(moves[i].Zip(moves[j]).Count(pair => pair.First == pair.Second), 15, 45);
    }

    [Theory]
    [InlineData("QRLUSDT", "QRL", 9_999, 10_001, "USDT", 500)]
    [InlineData("BTCUSDT", "BTC", 0.003, 0.009, "USDT", 500)]
    [InlineData("METALUSDT", "METAL", 300, 900, "USDT", 500)]
    [InlineData("METALUSDC", "METAL", 300, 900, "USDC", 500)]
    [InlineData("QRLBTC", "QRL", 0.003, 0.009, "BTC", 0.005556)]
    [InlineData("BTCETH", "BTC", 0.1, 0.3, "ETH", 0.166667)]
    public void An_account_is_worth_about_as_much_in_any_pair(
        string name, string baseAsset, decimal fewest, decimal most, string quote, decimal cash)
    {
        var opening = PaperOpening.For(Named(name), 1).Must();
        var listing = opening.Listings.Single(listing => listing.Symbol.Name == name);
        Assert.Equal((baseAsset, quote), (listing.Base, listing.Quote));
        Assert.InRange(opening.Balances[baseAsset], fewest, most);
        Assert.Equal(cash, opening.Balances[quote]);
        Assert.Equal(2, opening.Balances.Count);
        Assert.Equal(opening.Listings.Count, opening.Listings.Select(other => other.Symbol).Distinct().Count());
        Assert.Contains(opening.Listings, other => other.Symbol.Name == "MXUSDT");
    }

    [Theory]
    [InlineData("QRLXYZ")]
    [InlineData("USDT")]
    public void A_pair_that_ends_in_no_known_asset_is_refused_with_those_that_are(string name)
    {
        var failure = PaperOpening.For(Named(name), 1).MustFail();
        Assert.Equal(FailureKind.BadData, failure.Kind);
        Assert.Contains("USDT, USDC", failure.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void At_its_own_speed_a_market_is_the_same_after_every_restart_and_at_another_it_begins_at_the_start()
    {
        var usual = PaperOpening.Default(1);
        Assert.Same(usual, usual.AtSpeed(Start, 1));
        foreach (var (listing, fast) in usual.Listings.Zip(usual.AtSpeed(Start, 60).Listings))
        {
            Assert.Equal(listing.Market(Start).Last, fast.Market(Start).Last);
            Assert.Equal(listing.Market(Start.AddHours(1)).Last, fast.Market(Start.AddMinutes(1)).Last);
        }
    }

    [Theory]
    [InlineData("QRLUSDT", "0.05123456", "0.00000001", "0.01", "1", 10_000)]
    [InlineData("QRLUSDT", "0.05", "0.000001", "0.01", "1", 10_000)]
    [InlineData("BTCUSDT", "61234.5", "0.01", "0.00000001", "0.000001", 0.00816533)]
    [InlineData("DOGEUSDT", "61234.5", "0.0001", "0.0000001", "0.0000001", 0.0081653)]
    [InlineData("PEPEUSDT", "0.000000123", "0.000000001", "0.01", "0.01", 4_065_040_650.41)]
    public void Recorded_prices_get_a_grid_that_they_fit(string symbol, string price, string tick, string step, string least, decimal coins)
    {
        var prices = PriceFile.Read("p.csv", $"time,price\n2020-03-12T00:00:00Z,{price}\n2020-03-12T01:00:00Z,{price}", out _)!;
        var opening = PaperOpening.Replay(Named(symbol), 1, prices, Start, 60).Must();
        var rules = opening.Listings[0].Rules;
        Assert.Equal((symbol, tick, step, least), (rules.Symbol.Name, rules.PriceStep.ToString(), rules.QuantityStep.ToString(), rules.MinQuantity.ToString()));
        Assert.Equal((coins, 500m), (opening.Balances[rules.Base], opening.Balances["USDT"]));
        foreach (var second in new[] { -600, 0, 30, 60, 6000 })
        {
            var book = opening.Listings[0].Market(Start.AddSeconds(second));
            Assert.Equal(price, book.Last.ToString());
            Assert.True(book.Bids[0].Price <= book.Last && book.Last <= book.Asks[0].Price && book.Bids[0].Price < book.Asks[0].Price);
        }
    }

    private static Symbol Named(string name) => Symbol.Parse(name).Must();
}

using Ballast.Core;
using Ballast.Core.Planning;
using Ballast.Core.Trading;

namespace Ballast.Tests.Core.Planning;

public class MarketPriceTests
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData("2.50", "2.49", "2.51", "2.5")]     // inside: the last trade
    [InlineData("2.49", "2.49", "2.51", "2.49")]    // on the bid
    [InlineData("2.51", "2.49", "2.51", "2.51")]    // on the ask
    [InlineData("2.40", "2.49", "2.51", "2.49")]    // the market has risen since: the bid
    [InlineData("2.60", "2.49", "2.51", "2.51")]    // the market has fallen since: the ask
    [InlineData("2.60", "2.50", "2.50", "2.5")]     // bid = ask is a price
    [InlineData("2.40", "2.50", "2.50", "2.5")]
    public void The_price_is_the_last_trade_moved_into_the_spread(string last, string bid, string ask, string price) =>
        Assert.Equal(price, Judge(last, bid, ask).Must().ToString());

    [Theory]
    [InlineData("0", "2.49", "2.51")]
    [InlineData("-1", "2.49", "2.51")]
    [InlineData("0", null, null)]                   // nobody ever traded: no price, and no book is missed
    [InlineData("-1", "2.6", "2.5")]
    public void A_last_trade_that_is_no_price_is_passed_on_for_the_planner_to_hold(string last, string? bid, string? ask) =>
        Assert.Equal(last, Judge(last, bid, ask).Must().ToString());

    [Theory]
    [InlineData("2.52", "2.51", "crossed")]
    [InlineData("2.5000001", "2.5", "crossed")]
    [InlineData(null, "2.51", "no bid")]
    [InlineData("0", "2.51", "no bid")]
    [InlineData("-1", "2.51", "no bid")]
    [InlineData("2.49", null, "no ask")]
    [InlineData("2.49", "0", "no ask")]
    [InlineData("2.49", "-1", "no ask")]
    [InlineData(null, null, "no bid")]
    public void A_crossed_or_one_sided_book_is_an_error_and_not_a_price(string? bid, string? ask, string reason)
    {
        var failure = Judge("2.5", bid, ask).MustFail();
        Assert.Equal(FailureKind.BadData, failure.Kind);
        Assert.Contains(reason, failure.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(20_000, true)]                      // exactly as old as it may be
    [InlineData(20_001, false)]
    [InlineData(3_600_000, false)]                  // an instance that was frozen for an hour
    [InlineData(-500, true)]                        // our clock was set back a little between the two readings
    public void A_quote_that_is_too_old_gives_no_price(int ageMs, bool fresh)
    {
        var quote = Quote("2.5", "2.49", "2.51") with { ObservedAt = QrlUsdt.Noon.AddMilliseconds(-ageMs) };
        Assert.Equal(fresh, MarketPrice.Judge(quote, QrlUsdt.Noon, MaxAge).TryGet(out _, out var failure));
        Assert.Equal(fresh ? null : FailureKind.BadData, failure?.Kind);
    }

    [Fact]
    public void A_quote_that_is_too_old_is_an_error_even_where_it_shows_no_price()
    {
        var quote = Quote("0", "2.49", "2.51") with { ObservedAt = QrlUsdt.Noon.AddMinutes(-1) };
        Assert.Contains("60 s old", MarketPrice.Judge(quote, QrlUsdt.Noon, MaxAge).MustFail().Reason, StringComparison.Ordinal);
    }

    private static Result<Price> Judge(string last, string? bid, string? ask) =>
        MarketPrice.Judge(Quote(last, bid, ask), QrlUsdt.Noon, MaxAge);

    private static Quote Quote(string last, string? bid, string? ask) =>
        new(new Price(decimal.Parse(last)), Side(bid), Side(ask), QrlUsdt.Noon);

    private static Price? Side(string? price) => price is null ? null : new Price(decimal.Parse(price));
}

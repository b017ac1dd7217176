using Ballast.Core;

namespace Ballast.Tests.Core;

public class MoneyTests
{
    [Theory]
    [InlineData("0.01", "0.01")]
    [InlineData("1%", "0.01")]
    [InlineData("50 %", "0.5")]
    [InlineData(" 0.6 ", "0.6")]
    [InlineData("1", "1")]
    [InlineData("1e-2", "0.01")]
    public void A_ratio_is_read_as_a_fraction_or_per_cent(string text, string expected)
    {
        Assert.True(Ratio.Parse(text).TryGet(out var ratio, out _));
        Assert.Equal(expected, ratio.ToString());
    }

    [Theory]
    [InlineData("50", "0.5 or 50%")]
    [InlineData("2", "0.02 or 2%")]
    [InlineData("half", "fraction of 1")]
    [InlineData("0,5", "fraction of 1")]
    [InlineData("", "fraction of 1")]
    [InlineData("NaN", "fraction of 1")]
    public void A_forgotten_per_cent_sign_is_refused_with_a_hint(string text, string hint)
    {
        Assert.False(Ratio.Parse(text).TryGet(out _, out var failure));
        Assert.Contains(hint, failure!.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("50", "2.5", "20")]                                     // divides evenly: nothing is lost
    [InlineData("2", "3", "0.6666666666666666666666666666")]            // nearest would be …667, and 3 × that is more than 2
    [InlineData("1", "3", "0.3333333333333333333333333333")]
    [InlineData("60", "0.0504", "1190.4761904761904761904761904")]      // nearest would be …905; its words have their top bits set
    [InlineData("0", "3", "0")]
    // Nearest is 3, which costs 7.5; what is affordable is one unit less in the last of 29 digits, and not one coin less
    [InlineData("7.4999999999999999999999999999", "2.5", "2.9999999999999999999999999999")]
    [InlineData("79228162514264337593543950334", "79228162514264337593543950335", "0.9999999999999999999999999999")]
    [InlineData("60", "2.7", "22.222222222222222222222222222")]         // its last 32 bits read as a negative number when taken as signed
    public void An_amount_never_buys_more_than_it_pays_for(string amount, string price, string quantity)
    {
        var bought = new Amount(decimal.Parse(amount)).DivideDown(new Price(decimal.Parse(price)));
        Assert.Equal(quantity, bought.ToString());
    }

    [Theory]
    [InlineData("2.5", "0.0005", "2.50125")]
    [InlineData("2.5", "0", "2.5")]
    [InlineData("0.0000000000000000000000000003", "0.1", "0.0000000000000000000000000004")]      // 3.3 units of the last place
    [InlineData("1.0000000000000000000000000001", "0.1", "1.1000000000000000000000000002")]      // …11 does not fit
    [InlineData("7.9228162514264337593543950335", "0.1", "8.715097876569")]                      // 8.71509787656907713528983453685
    public void A_price_with_its_fee_is_never_too_low(string price, string fee, string least)
    {
        var (bare, rate) = (decimal.Parse(price), decimal.Parse(fee));
        var full = new Price(bare).WithFee(new Ratio(rate)).Value;
        Assert.StartsWith(least, Decimals.Text(full), StringComparison.Ordinal);
        Assert.True((Exact)full >= (Exact)bare * (1 + rate));
    }

    [Theory]
    [InlineData("2.500", "2.5")]
    [InlineData("1E-8", "0.00000001")]
    [InlineData("-0.10", "-0.1")]
    [InlineData("100", "100")]
    public void Decimals_are_written_plainly(string text, string expected)
    {
        Assert.True(Decimals.TryParse(text, out var value));
        Assert.Equal(expected, Decimals.Text(value));
    }
}

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
    public void An_amount_never_buys_more_than_it_pays_for(string amount, string price, string quantity)
    {
        var bought = new Amount(decimal.Parse(amount)).DivideDown(new Price(decimal.Parse(price)));
        Assert.Equal(quantity, bought.ToString());
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

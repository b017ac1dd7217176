using Ballast.Server.Export;

namespace Ballast.Tests.Server.Export;

public class CsvTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("", "")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"so\"", "\"say \"\"so\"\"\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    [InlineData(" padded", "\" padded\"")]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\tx", "'\tx")]
    [InlineData("=HYPERLINK(\"http://x\",\"y\")", "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"")]
    public void A_text_is_quoted_where_it_must_be_and_never_a_formula(string text, string field) => Assert.Equal($"{field}\r\n", Csv.Row([text]));

    [Fact]
    public void Numbers_are_exact_plain_and_may_be_negative() =>
        Assert.Equal("-1.5,0.0000000000000000000000000001,,79228162514264337593543950335,100\r\n", Csv.Row(
            [-1.50m, 0.0000000000000000000000000001m, (decimal?)null, decimal.MaxValue, 100m]));
}

using Ballast.Core;
using Ballast.Mexc;
using Ballast.Mexc.Wire;
using static Ballast.Tests.Mexc.Wire.WireAnswers;

namespace Ballast.Tests.Mexc.Wire;

public class FieldsTests
{
    [Theory]
    [InlineData("\"2.5\"", "2.5")]
    [InlineData("2.5", "2.5")]
    [InlineData("\"5.000000000000000000\"", "5")]
    [InlineData("0.1", "0.1")]
    [InlineData("0.30000000000000004", "0.30000000000000004")]                             // digits that no binary float would keep
    [InlineData("1234567890123456789.123456789", "1234567890123456789.123456789")]
    [InlineData("\"0.0003998377369698171\"", "0.0003998377369698171")]
    [InlineData("1E-8", "0.00000001")]
    [InlineData("\"1.5e3\"", "1500")]
    [InlineData("-0.00", "0")]
    [InlineData("79228162514264337593543950335", "79228162514264337593543950335")]         // the largest there is
    public void A_number_is_exact_from_text_or_number(string json, string expected)
    {
        var fields = new Fields("here");
        var value = fields.Required("price", JsonText.Of(Payload(json)));
        Assert.Null(fields.Failure);
        Assert.Equal(expected, Decimals.Text(value));
        Assert.Equal(value, Fields.Optional(JsonText.Of(Payload(json))));
    }

    [Theory]
    [InlineData("null", "is missing")]
    [InlineData("\"\"", "is missing")]
    [InlineData("\"abc\"", "is not a number")]
    [InlineData("\"1,5\"", "is not a number")]
    [InlineData("\"NaN\"", "is not a number")]
    [InlineData("79228162514264337593543950336", "is not a number that a decimal can hold")]
    [InlineData("1e400", "is not a number that a decimal can hold")]
    [InlineData("{}", "is not a number")]
    [InlineData("[1]", "is not a number")]
    [InlineData("true", "is not a number")]
    public void A_number_that_is_needed_and_not_readable_is_named(string json, string says)
    {
        var text = JsonText.Of(Payload(json));
        var fields = new Fields("here");
        fields.Required("price", text);
        Assert.Equal(FailureKind.BadData, fields.Failure!.Kind);
        Assert.StartsWith($"here: 'price' {says}", fields.Failure.Reason, StringComparison.Ordinal);
        Assert.Null(Fields.Optional(text));
    }

    [Theory]
    [InlineData("1767211150479", 1767211150479)]
    [InlineData("\"1767211150479\"", 1767211150479)]
    [InlineData("1.767211150479E12", 1767211150479)]
    public void A_time_is_read_from_text_or_number(string json, long milliseconds)
    {
        var fields = new Fields("here");
        Assert.Equal(milliseconds, fields.Time("time", JsonText.Of(Payload(json))).ToUnixTimeMilliseconds());
        Assert.Null(fields.Failure);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("253402300800000")]
    [InlineData("\"2026-01-01\"")]
    [InlineData("{}")]
    public void A_time_that_is_none_is_named(string json)
    {
        var fields = new Fields("here");
        fields.Time("time", JsonText.Of(Payload(json)));
        Assert.StartsWith("here: 'time' ", fields.Failure!.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("\"true\"", true)]
    [InlineData("1", true)]
    [InlineData("false", false)]
    [InlineData("\"0\"", false)]
    [InlineData("null", null)]
    [InlineData("\"yes\"", null)]
    [InlineData("[]", null)]
    public void A_flag_is_read_or_named(string json, bool? expected)
    {
        var fields = new Fields("here");
        var flag = fields.Flag("isBuyer", JsonText.Of(Payload(json)));
        Assert.Equal(expected is null, fields.Failure is not null);
        Assert.Equal(expected ?? false, flag);
    }

    [Theory]
    [InlineData("0", "1")]
    [InlineData("\"8\"", "0.00000001")]
    [InlineData("28", "0.0000000000000000000000000001")]
    [InlineData("2.0", "0.01")]
    [InlineData("29", null)]
    [InlineData("-1", null)]
    [InlineData("1.5", null)]
    [InlineData("null", null)]
    [InlineData("\"x\"", null)]
    public void A_number_of_places_becomes_a_step(string json, string? expected)
    {
        var fields = new Fields("here");
        var step = fields.Step("quotePrecision", JsonText.Of(Payload(json)));
        Assert.Equal(expected, fields.Failure is null ? Decimals.Text(step) : null);
    }

    [Fact]
    public void The_first_unreadable_field_is_the_one_that_is_named()
    {
        var fields = new Fields("here");
        fields.Text("a", null);
        fields.Required("b", "x");
        Assert.Equal("here: 'a' is missing", fields.Failure!.Reason);
    }
}

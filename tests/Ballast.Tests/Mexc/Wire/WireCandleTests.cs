using Ballast.Mexc.Wire;
using static Ballast.Tests.Mexc.Wire.WireAnswers;

namespace Ballast.Tests.Mexc.Wire;

public class WireCandleTests
{
    private static readonly DateTimeOffset Noon = DateTimeOffset.Parse("2026-01-01T12:00:00Z");

    // Opened so many minutes from noon, and closed at so much.
    [Theory]
    [InlineData("0:2.5", "2.5")]
    [InlineData("-2:2.3 -1:2.4 0:2.5", "2.5")]
    [InlineData("0:2.5 -1:2.4 -2:2.3", "2.5")]          // whichever way round
    [InlineData("-3:2.3 -2:2.4", "2.4")]                // nobody traded in the minute that was asked for
    [InlineData("-60:2.3", "2.3")]
    [InlineData("-1:2.4 1:9 2:9", "2.4")]               // the window was ignored: later ones do not count
    [InlineData("-61:1 -1:2.4", "2.4")]
    public void The_newest_candle_of_the_hour_up_to_then_closes_at_the_price(string candles, string price) =>
        Assert.Equal(price, Value(WireCandle.ReadLastClose(Payload(Rows(candles)), Qrl, Noon.AddHours(-1), Noon)).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("1:9")]
    [InlineData("-61:1")]
    public void Without_a_trade_in_that_hour_there_is_no_price(string candles) => AssertBadData(
        WireCandle.ReadLastClose(Payload(Rows(candles)), Qrl, Noon.AddHours(-1), Noon),
        "GET /api/v3/klines, QRLUSDT: nothing was traded from 2026-01-01 11:00:00Z to 2026-01-01 12:00:00Z");

    [Fact]
    public void A_row_is_read_as_it_was_recorded() => Assert.Equal("87570", Value(WireCandle.ReadLastClose(
        Payload("""[[1767268800000,"87527.59","87570.01","87500","87570","12.5",1767268860000,"1093981.2"]]"""), Qrl, Noon, Noon)).ToString());

    [Fact]
    public void Numbers_may_come_as_either_type() => Assert.Equal("2.5", Value(WireCandle.ReadLastClose(
        Payload("""[["1767268800000",2,3,2,2.50,10]]"""), Qrl, Noon, Noon)).ToString());

    [Theory]
    [InlineData("""[["yesterday","2","3","2","2.5"]]""", "'open time'")]
    [InlineData("""[[1767268800000,"2","3","2",null]]""", "'close' is missing")]
    [InlineData("""[[1767268800000,"2","3","2","1e30"]]""", "'close' is not a number")]
    [InlineData("""[[1767268800000,"2","3","2","0"]]""", "'close' is not above 0")]
    [InlineData("""[[1767268800000,"2","3","2"]]""", "'close' is missing")]
    [InlineData("""[[]]""", "'open time' is missing")]
    [InlineData("""[{"close":"2.5"}]""", "unknown shape")]
    [InlineData("""[null]""", "there is nothing")]
    [InlineData("""{}""", "not a list")]
    [InlineData("""null""", "not a list")]
    public void No_price_is_made_up(string answer, string says) =>
        AssertBadData(WireCandle.ReadLastClose(Payload(answer), Qrl, Noon, Noon), "GET /api/v3/klines", says);

    private static string Rows(string candles) =>
        $"[{string.Join(",", candles.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(candle => candle.Split(':')).Select(Row))}]";

    private static string Row(string[] candle) =>
        $$"""[{{Noon.AddMinutes(int.Parse(candle[0])).ToUnixTimeMilliseconds()}},"7","9","1","{{candle[1]}}","10",0,"25"]""";
}

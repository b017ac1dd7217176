using Ballast.Mexc.Wire;
using static Ballast.Tests.Mexc.Wire.WireAnswers;

namespace Ballast.Tests.Mexc.Wire;

public class WireTickerTests
{
    [Theory]
    [InlineData("""{"symbol":"QRLUSDT","price":"2.5"}""", "2.5")]
    [InlineData("""{"symbol":"QRLUSDT","price":2.50}""", "2.5")]
    [InlineData("""{"price":"2.5"}""", "2.5")]
    [InlineData("""[{"symbol":"BTCUSDT","price":"9"},{"symbol":"QRLUSDT","price":"2.5"}]""", "2.5")]
    [InlineData("""{"symbol":"QRLUSDT","price":"0"}""", "0")]         // judged elsewhere
    [InlineData("""{"symbol":"QRLUSDT","price":"-1"}""", "-1")]
    public void The_last_price_is_passed_on_as_shown(string answer, string price) =>
        Assert.Equal(price, Value(WireTicker.ReadLast(Payload(answer), Qrl)).ToString());

    [Theory]
    [InlineData("""{"symbol":"QRLUSDT","price":null}""", "'price' is missing")]
    [InlineData("""{"symbol":"QRLUSDT","price":""}""", "'price' is missing")]
    [InlineData("""{"symbol":"QRLUSDT","price":"1e99"}""", "'price' is not a number")]
    [InlineData("""{"symbol":"QRLUSDT"}""", "'price' is missing")]
    [InlineData("""{"symbol":"BTCUSDT","price":"9"}""", "not about QRLUSDT")]
    [InlineData("""[{"symbol":"BTCUSDT","price":"9"}]""", "not about QRLUSDT")]
    [InlineData("""[{"price":"9"}]""", "not about QRLUSDT")]
    [InlineData("[]", "not about QRLUSDT")]
    [InlineData("[null]", "there is nothing")]
    [InlineData("7", "unknown shape")]
    public void No_price_is_made_up(string answer, string says) =>
        AssertBadData(WireTicker.ReadLast(Payload(answer), Qrl), "GET /api/v3/ticker/price", says);

    [Theory]
    [InlineData("\"2.4\"", "\"2.6\"", "2.4", "2.6")]
    [InlineData("2.4", "2.6", "2.4", "2.6")]
    [InlineData("null", "\"2.6\"", "-", "2.6")]
    [InlineData("\"2.4\"", "\"\"", "2.4", "-")]
    [InlineData("\"0\"", "\"-1\"", "-", "-")]
    [InlineData("\"1e99\"", "{}", "-", "-")]
    [InlineData("\"3\"", "\"2\"", "3", "2")]                          // crossed: judged elsewhere
    public void A_side_without_a_price_is_no_side(string bid, string ask, string expectedBid, string expectedAsk)
    {
        var answer = $$"""{"symbol":"QRLUSDT","bidPrice":{{bid}},"bidQty":"","askPrice":{{ask}},"askQty":null}""";
        var best = Value(WireTicker.ReadBest(Payload(answer), Qrl));
        Assert.Equal((expectedBid, expectedAsk), (best.Bid?.ToString() ?? "-", best.Ask?.ToString() ?? "-"));
    }

    [Fact]
    public void The_pair_is_found_in_a_list_of_books() =>
        Assert.Equal("2.4", Value(WireTicker.ReadBest(
            Payload("""[{"symbol":"A","bidPrice":"1"},{"symbol":"QRLUSDT","bidPrice":"2.4","askPrice":"2.6"}]"""), Qrl)).Bid.ToString());
}

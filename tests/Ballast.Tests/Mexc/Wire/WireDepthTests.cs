using Ballast.Core.Trading;
using Ballast.Mexc.Wire;
using static Ballast.Tests.Mexc.Wire.WireAnswers;

namespace Ballast.Tests.Mexc.Wire;

public class WireDepthTests
{
    [Theory]
    [InlineData("""{"lastUpdateId":1,"bids":[["2.49","40.50"],["2.48","7"]],"asks":[["2.51","5.12181600"]],"timestamp":2}""",
        "2.49×40.5 2.48×7 | 2.51×5.121816")]
    [InlineData("""{"bids":[],"asks":[]}""", " | ")]
    [InlineData("""{"bids":[[2.49,40.5]],"asks":[["2.51",5,"0"]]}""", "2.49×40.5 | 2.51×5")]
    [InlineData("""{"bids":[["2.49","0"],["2.48","7"]],"asks":[["2.51","0.00"]]}""", "2.48×7 | ")]      // nothing is offered there
    [InlineData("""{"bids":[["2.48","7"],["2.49","4"]],"asks":[["2.6","1"],["2.5","2"]]}""", "2.49×4 2.48×7 | 2.5×2 2.6×1")]
    public void The_best_prices_stand_first(string answer, string expected) =>
        Assert.Equal(expected, Shown(Value(WireDepth.Read(Payload(answer), Qrl))));

    [Theory]
    [InlineData("""{"asks":[]}""", "'bids' is missing")]
    [InlineData("""{"bids":[],"asks":null}""", "'asks' is missing")]
    [InlineData("""{"bids":[["2.49"]],"asks":[]}""", "'bids[].quantity' is missing")]
    [InlineData("""{"bids":[[]],"asks":[]}""", "'bids[].price' is missing")]
    [InlineData("""{"bids":[null],"asks":[]}""", "'bids[].price' is missing")]
    [InlineData("""{"bids":[],"asks":[["x","1"]]}""", "'asks[].price' is not a number")]
    [InlineData("""{"bids":[],"asks":[["0","1"]]}""", "'asks[].price' is not above 0")]
    [InlineData("""{"bids":[],"asks":[["2.5","1e30"]]}""", "'asks[].quantity' is not a number")]
    [InlineData("""{"bids":[],"asks":[["2.5","-1"]]}""", "'asks[].quantity' is negative")]
    [InlineData("""{"bids":[["2.5","1"],["x","0"]],"asks":[]}""", "'bids[].price'")]
    [InlineData("""{"bids":{},"asks":[]}""", "unknown shape")]
    [InlineData("""null""", "there is nothing")]
    public void A_book_that_cannot_be_read_is_no_empty_book(string answer, string says) =>
        AssertBadData(WireDepth.Read(Payload(answer), Qrl), "GET /api/v3/depth", says);

    private static string Shown(Depth depth) => $"{Shown(depth.Bids)} | {Shown(depth.Asks)}";

    private static string Shown(IReadOnlyList<Level> side) => string.Join(' ', side.Select(level => $"{level.Price}×{level.Quantity}"));
}

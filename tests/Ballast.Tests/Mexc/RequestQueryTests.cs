using Ballast.Mexc;

namespace Ballast.Tests.Mexc;

public class RequestQueryTests
{
    [Theory]
    [InlineData("AZaz09-_.~", "AZaz09-_.~")]                  // all that stays raw
    [InlineData("BEP20(BSC)", "BEP20%28BSC%29")]
    [InlineData("a,b", "a%2Cb")]                              // upper-case hex
    [InlineData("a b+c", "a%20b%2Bc")]                        // a blank is never a plus
    [InlineData("!*'[]{}:;@&=$/?#%|\"<>^`\\", "%21%2A%27%5B%5D%7B%7D%3A%3B%40%26%3D%24%2F%3F%23%25%7C%22%3C%3E%5E%60%5C")]
    [InlineData("币安人生USDT", "%E5%B8%81%E5%AE%89%E4%BA%BA%E7%94%9FUSDT")]
    [InlineData("🚀", "%F0%9F%9A%80")]
    public void Values_are_escaped_after_rfc_3986(string value, string wire) =>
        Assert.Equal($"name={wire}", RequestQuery.Empty.And("name", value).Text);

    [Fact]
    public void A_parameter_without_a_value_is_not_sent() =>
        Assert.Equal("a=1&b=2", RequestQuery.Empty.And("x", null).And("a", "1").And("y", "").And("b", 2).Text);

    [Fact]
    public void The_signature_stands_last_and_covers_all_before_it()
    {
        var time = DateTimeOffset.FromUnixTimeMilliseconds(1644489390087);
        var query = RequestQuery.Empty
            .And("symbol", "BTCUSDT").And("side", "BUY").And("type", "LIMIT").And("quantity", "1").And("price", "11");
        Assert.Equal(
            "symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=1&price=11&recvWindow=5000&timestamp=1644489390087" +
            "&signature=fd3e4e8543c5188531eb7279d68ae7d26a573d0fc5ab0d18eb692451654d837a",
            query.Signed(new MexcSigner("45d0b3c26f2644f19bfb98b07741b2f5"), TimeSpan.FromSeconds(5), time).Text);
    }
}

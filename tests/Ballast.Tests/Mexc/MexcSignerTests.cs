using Ballast.Mexc;

namespace Ballast.Tests.Mexc;

public class MexcSignerTests
{
    [Theory]
    [InlineData(
        "symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=1&price=11&recvWindow=5000&timestamp=1644489390087",
        "",
        "fd3e4e8543c5188531eb7279d68ae7d26a573d0fc5ab0d18eb692451654d837a")]
    [InlineData( // query and body, nothing between them
        "symbol=BTCUSDT&side=BUY&type=LIMIT",
        "quantity=1&price=11&recvWindow=5000&timestamp=1644489390087",
        "d1a676610ceb39174c8039b3f548357994b2a34139a8addd33baadba65684592")]
    public void The_exchanges_own_examples_come_out_digit_by_digit(string query, string body, string signature) =>
        Assert.Equal(signature, new MexcSigner("45d0b3c26f2644f19bfb98b07741b2f5").Sign(query + body));
}

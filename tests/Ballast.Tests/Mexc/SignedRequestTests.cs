using Ballast.Core;
using Ballast.Core.Books;
using Ballast.Core.Trading;
using Ballast.Mexc;

namespace Ballast.Tests.Mexc;

public class SignedRequestTests : StubbedExchange
{
    [Theory]
    [InlineData("QRLUSDT", "QRLUSDT")]
    [InlineData("币安人生USDT", "%E5%B8%81%E5%AE%89%E4%BA%BA%E7%94%9FUSDT")]
    [InlineData("4USDT", "4USDT")]
    public async Task What_was_signed_is_what_arrives(string symbol, string wire)
    {
        Exchange.On("POST /api/v3/order", StubReply.Json("""{"orderId":"C02__1"}"""));
        var order = new NewOrder(
            Parse(symbol), Side.Buy, OrderType.Limit, new Quantity(1.50m), null, new Price(0.00000001m), "tick_2026-01-01_a");
        Value(await Client(time: Clock).PlaceAsync(order, Cancel));

        var request = Exchange.Requests.Single();
        Assert.Equal(
            $"symbol={wire}&side=BUY&type=LIMIT&quantity=1.5&price=0.00000001&newClientOrderId=tick_2026-01-01_a" +
            "&recvWindow=5000&timestamp=1767268800000",
            request.Query.Split("&signature=")[0]);
        Assert.True(request.IsSignedWith(SecretKey));
    }

    [Fact]
    public async Task Nothing_is_unescaped_on_the_way()
    {
        Exchange.On("GET /api/v3/order", StubReply.Empty(400));
        await Client().OrderAsync(Qrl, OrderReference.ById("a(b)c %2f~*,人/../'!"), Cancel);

        var request = Exchange.Requests.Single();
        Assert.Contains("&orderId=a%28b%29c%20%252f~%2A%2C%E4%BA%BA%2F..%2F%27%21&recv", request.Query, StringComparison.Ordinal);
        Assert.True(request.IsSignedWith(SecretKey));
    }

    [Fact]
    public async Task Commands_carry_the_json_type_and_an_empty_body()
    {
        Exchange.On("POST /api/v3/order", StubReply.Json("""{"orderId":"1"}"""))
            .On("POST /api/v3/order/test", StubReply.Json("{}"))
            .On("DELETE /api/v3/order", StubReply.Json("""{"orderId":"1"}"""));
        var client = Client();
        Value(await client.PlaceAsync(Sell, Cancel));
        Assert.Null(await client.TestAsync(Sell, Cancel));
        Value(await client.CancelAsync(Qrl, OrderReference.ById("1"), Cancel));

        Assert.Equal(3, Exchange.Requests.Count);
        Assert.All(Exchange.Requests, request => Assert.Equal(
            ("application/json", "0", ""), (request.Headers["Content-Type"], request.Headers["Content-Length"], request.Body)));
    }

    [Fact]
    public async Task The_key_travels_with_signed_calls_only()
    {
        Exchange.OnOrdinaryMarket();
        var client = Client();
        Value(await client.BalancesAsync(Cancel));
        Value(await client.LastPriceAsync(Qrl, Cancel));

        Assert.Equal(ApiKey, Exchange.RequestsTo("GET /api/v3/account").Single().Headers["X-MEXC-APIKEY"]);
        var open = Exchange.RequestsTo("GET /api/v3/ticker/price").Single();
        Assert.False(open.Headers.ContainsKey("X-MEXC-APIKEY"));
        Assert.Equal("symbol=QRLUSDT", open.Query);
    }

    [Fact]
    public async Task Every_repeat_is_signed_afresh()
    {
        Exchange.On("GET /api/v3/account", StubReply.Empty(500), StubReply.Json("""{"balances":[]}"""));
        Clock.AutoAdvanceAmount = TimeSpan.FromMilliseconds(7);
        Value(await Elapse(Client(time: Clock).BalancesAsync(Cancel)));

        Assert.Equal(2, Exchange.Requests.Count);
        Assert.All(Exchange.Requests, request => Assert.True(request.IsSignedWith(SecretKey)));
        Assert.True(Exchange.Requests[1].SignedAt > Exchange.Requests[0].SignedAt);
    }

    [Fact]
    public async Task A_path_before_the_api_is_kept()
    {
        Exchange.On("GET /mexc/api/v3/time", StubReply.Json("""{"serverTime":1767211150479}"""));
        var options = Options with { BaseUrl = new Uri(Exchange.BaseUrl, "/mexc/") };
        Assert.Equal("2025-12-31T19:59:10.4790000+00:00", Value(await Client(options).TimeAsync(Cancel)).ToString("O"));
    }

    [Fact]
    public void A_key_that_no_header_can_carry_is_refused_without_showing_it()
    {
        var error = Assert.Throws<ArgumentException>(() => Client(Options with { ApiKey = "mx0secret\n" }));
        Assert.DoesNotContain("mx0secret", error.Message, StringComparison.Ordinal);
    }
}

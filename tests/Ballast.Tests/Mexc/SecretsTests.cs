using Ballast.Core;
using Ballast.Mexc;

namespace Ballast.Tests.Mexc;

public class SecretsTests : StubbedExchange
{
    [Fact]
    public async Task No_failure_shows_key_secret_or_signature_whatever_the_exchange_echoes()
    {
        var echo = $"{ApiKey} {SecretKey} {new string('a', 64)}";
        StubReply[] replies =
        [
            StubReply.Json($$"""{"code":700002,"msg":"{{echo}}"}""", 400),
            StubReply.Json($$"""{"code":26,"data":"{{echo}}"}"""),
            StubReply.Json($$"""[{"id":"{{echo}}","price":"{{echo}}"}]"""),
            StubReply.Json($$"""{"balances":[{"asset":"{{echo}}","free":"{{echo}}"}]}"""),
            StubReply.Json($$"""[{"orderId":"{{echo}}","status":"{{echo}}"}]"""),
            StubReply.Json($$"""{"{{echo}}":"{{echo}}" """),
            StubReply.Json($$"""{"code":500,"msg":"{{echo}}"}""", 500),
            StubReply.Empty(302).With("Location", $"/x?{ApiKey}"),
            StubReply.Html(403),
            StubReply.Drop(),
        ];
        foreach (var reply in replies)
        {
            foreach (var path in new[] { "GET /api/v3/account", "GET /api/v3/myTrades", "GET /api/v3/openOrders", "POST /api/v3/order" })
                Exchange.On(path, reply);
            foreach (var failure in await FailuresAsync())
            {
                var shown = failure?.ToString() ?? "";
                Assert.DoesNotContain(ApiKey, shown, StringComparison.Ordinal);
                Assert.DoesNotContain(SecretKey, shown, StringComparison.Ordinal);
                Assert.DoesNotMatch("[0-9a-fA-F]{64}", shown);
            }
        }
    }

    [Fact]
    public void Nothing_that_holds_a_secret_shows_it()
    {
        var options = Options with { BaseUrl = new Uri("https://user:pass@api.mexc.com/") };
        Assert.Equal("MEXC at https://api.mexc.com", options.ToString());
        foreach (var holder in new object[] { new MexcSigner(SecretKey), Client(), new MexcExchange(Client(), Clock) })
            Assert.DoesNotContain(SecretKey, holder.ToString()!, StringComparison.Ordinal);
    }

    private async Task<Failure?[]> FailuresAsync()
    {
        var client = Client();
        return
        [
            (await client.BalancesAsync(Cancel)).Failure,
            (await client.TradesAsync(Qrl, default, Clock.GetUtcNow(), Cancel)).Failure,
            (await client.OpenOrdersAsync(Qrl, Cancel)).Failure,
            (await client.PlaceAsync(Sell, Cancel)).Failure,
        ];
    }
}

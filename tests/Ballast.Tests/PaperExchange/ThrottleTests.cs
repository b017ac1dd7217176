using System.Globalization;
using System.Net;

namespace Ballast.Tests.PaperExchange;

public class ThrottleTests
{
    private const HttpStatusCode Teapot = (HttpStatusCode)418;
    private const string TooMany = """{"code":429,"msg":"Too Many Requests"}""";

    // Weight times count is exactly what ten seconds allow.
    [Theory]
    [InlineData("ping", 300)]
    [InlineData("nothing", 300)]                // what is not served is a request too
    [InlineData("depth?symbol=QRLUSDT", 100)]
    [InlineData("trades?symbol=QRLUSDT&limit=1", 60)]
    [InlineData("ticker/price", 30)]
    [InlineData("ticker/bookTicker", 30)]
    [InlineData("exchangeInfo", 12)]
    [InlineData("ticker/24hr?symbol=QRLUSDT", 12)]
    public async Task Keyless_requests_share_three_hundred_in_ten_seconds(string path, int count)
    {
        await using var paper = await PaperClient.StartAsync(rateLimit: true);
        for (var sent = 0; sent < count; sent++)
            Assert.NotEqual(HttpStatusCode.TooManyRequests, (await paper.SendAsync(HttpMethod.Get, "/api/v3/" + path, key: null)).Status);
        Assert.Equal((HttpStatusCode.TooManyRequests, TooMany, "10"), await AskAsync(paper, "/api/v3/" + path));
        Assert.Equal(HttpStatusCode.TooManyRequests, (await AskAsync(paper, "/api/v3/ping")).Status);
        paper.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.NotEqual(HttpStatusCode.TooManyRequests, (await AskAsync(paper, "/api/v3/" + path)).Status);
    }

    [Theory]
    [InlineData("GET", "account", "", 2)]
    [InlineData("POST", "batchOrders", "batchOrders=%5B%5D", 2)]
    [InlineData("POST", "order/test", "", 12)]
    [InlineData("POST", "order", "", 12)]
    [InlineData("DELETE", "order", "", 12)]
    [InlineData("DELETE", "order/all", "", 12)]
    [InlineData("DELETE", "openOrders", "", 12)]
    public async Task Some_requests_have_a_limit_of_their_own_for_a_second(string method, string path, string parameters, int count)
    {
        await using var paper = await PaperClient.StartAsync(rateLimit: true);
        var verb = new HttpMethod(method);
        for (var sent = 0; sent < count; sent++)
            Assert.NotEqual(HttpStatusCode.TooManyRequests, (await paper.TrySignedAsync(verb, "/api/v3/" + path, parameters)).Status);
        Assert.Equal((HttpStatusCode.TooManyRequests, TooMany), await paper.TrySignedAsync(verb, "/api/v3/" + path, parameters));
        Assert.Equal(HttpStatusCode.OK, (await paper.TrySignedAsync(HttpMethod.Get, "/api/v3/uid")).Status);
        paper.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.NotEqual(HttpStatusCode.TooManyRequests, (await paper.TrySignedAsync(verb, "/api/v3/" + path, parameters)).Status);
    }

    [Fact]
    public async Task Orders_and_cancellations_share_their_twelve()
    {
        await using var paper = await PaperClient.StartAsync(rateLimit: true);
        for (var sent = 0; sent < 6; sent++)
        {
            await paper.TrySignedAsync(HttpMethod.Post, "/api/v3/order");
            await paper.TrySignedAsync(HttpMethod.Delete, "/api/v3/openOrders", "symbol=QRLUSDT");
        }
        Assert.Equal(HttpStatusCode.TooManyRequests, (await paper.TrySignedAsync(HttpMethod.Post, "/api/v3/order")).Status);
    }

    [Fact]
    public async Task The_account_and_the_address_have_budgets_of_their_own()
    {
        await using var paper = await PaperClient.StartAsync(rateLimit: true);
        for (var sent = 0; sent < 12; sent++)
            await AskAsync(paper, "/api/v3/exchangeInfo");
        Assert.Equal(HttpStatusCode.TooManyRequests, (await AskAsync(paper, "/api/v3/ping")).Status);
        Assert.Equal(HttpStatusCode.OK, (await paper.TrySignedAsync(HttpMethod.Get, "/api/v3/account")).Status);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await paper.SendAsync(HttpMethod.Get, "/api/v3/account", key: "mx0stranger")).Status);
    }

    [Fact]
    public async Task Who_keeps_asking_is_shut_out_for_two_minutes()
    {
        await using var paper = await PaperClient.StartAsync(rateLimit: true);
        for (var sent = 0; sent < 12; sent++)
            await AskAsync(paper, "/api/v3/exchangeInfo");
        for (var refused = 0; refused < 10; refused++)
            Assert.Equal(HttpStatusCode.TooManyRequests, (await AskAsync(paper, "/api/v3/ping")).Status);
        Assert.Equal((Teapot, TooMany, "120"), await AskAsync(paper, "/api/v3/ping"));
        paper.Clock.Advance(TimeSpan.FromSeconds(119.5));
        Assert.Equal((Teapot, TooMany, "1"), await AskAsync(paper, "/api/v3/ping"));
        paper.Clock.Advance(TimeSpan.FromSeconds(0.5));
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(paper, "/api/v3/ping")).Status);
    }

    [Fact]
    public async Task Who_waits_as_long_as_was_asked_is_never_shut_out()
    {
        await using var paper = await PaperClient.StartAsync(rateLimit: true);
        for (var round = 0; round < 15; round++)
        {
            for (var sent = 0; sent < 12; sent++)
                Assert.Equal(HttpStatusCode.OK, (await AskAsync(paper, "/api/v3/exchangeInfo")).Status);
            var (status, _, wait) = await AskAsync(paper, "/api/v3/ping");
            Assert.Equal(HttpStatusCode.TooManyRequests, status);
            paper.Clock.Advance(TimeSpan.FromSeconds(int.Parse(wait, CultureInfo.InvariantCulture)));
        }
    }

    [Fact]
    public async Task An_owners_own_exchange_has_no_limits()
    {
        await using var paper = await PaperClient.StartAsync();
        for (var sent = 0; sent < 400; sent++)
            Assert.Equal(HttpStatusCode.OK, (await AskAsync(paper, "/api/v3/ping")).Status);
    }

    private static async Task<(HttpStatusCode Status, string Text, string RetryAfter)> AskAsync(PaperClient paper, string path)
    {
        using var http = new HttpClient { BaseAddress = paper.Url };
        using var response = await http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        return (
            response.StatusCode,
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            response.Headers.TryGetValues("Retry-After", out var values) ? values.Single() : "");
    }
}

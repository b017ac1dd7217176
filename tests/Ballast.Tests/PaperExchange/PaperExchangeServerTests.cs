using System.Net;
using Ballast.PaperExchange;

namespace Ballast.Tests.PaperExchange;

public class PaperExchangeServerTests
{
    [Fact]
    public async Task A_taken_port_is_named_together_with_the_setting_that_changes_it()
    {
        await using var paper = await PaperClient.StartAsync();
        var options = new PaperExchangeOptions { Port = paper.Url.Port, ApiKey = PaperClient.Key, SecretKey = PaperClient.Secret };
        var taken = await Assert.ThrowsAsync<IOException>(
            () => PaperExchangeServer.StartAsync(options, paper.Clock, TestContext.Current.CancellationToken));
        Assert.Contains($"port {paper.Url.Port}", taken.Message, StringComparison.Ordinal);
        Assert.Contains("Paper:Port", taken.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_listens_on_loopback_and_stops_when_disposed()
    {
        var paper = await PaperClient.StartAsync();
        Assert.True(paper.Url.IsLoopback);
        await paper.DisposeAsync();
        using var http = new HttpClient();
        var ping = new Uri(paper.Url, "/api/v3/ping");
        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync(ping, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("GET", "/", HttpStatusCode.NotFound, """{"code":404,"msg":"Not found: GET / is not served on paper"}""")]
    [InlineData("GET", "/api/v3/nothing?x=1", HttpStatusCode.NotFound,
        """{"code":404,"msg":"Not found: GET /api/v3/nothing is not served on paper"}""")]
    [InlineData("POST", "/api/v3/ping", HttpStatusCode.MethodNotAllowed,
        """{"code":405,"msg":"Method not allowed: POST /api/v3/ping; use GET"}""")]
    [InlineData("PUT", "/api/v3/openOrders", HttpStatusCode.MethodNotAllowed,
        """{"code":405,"msg":"Method not allowed: PUT /api/v3/openOrders; use DELETE, GET"}""")]
    public async Task What_is_not_served_says_so(string method, string path, HttpStatusCode status, string expected)
    {
        await using var paper = await PaperClient.StartAsync();
        Assert.Equal((status, expected), await paper.SendAsync(new HttpMethod(method), path));
    }

    [Fact]
    public async Task A_body_above_64_kilobytes_is_not_read()
    {
        await using var paper = await PaperClient.StartAsync();
        var (status, _) = await paper.SendAsync(HttpMethod.Post, "/api/v3/order", "x=" + new string('1', 64 * 1024));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, status);
    }

    [Fact]
    public void Its_options_do_not_print_their_secret()
    {
        var options = new PaperExchangeOptions { ApiKey = "hidden", SecretKey = "hidden" };
        Assert.DoesNotContain("hidden", options.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_exchanges_of_one_seed_show_one_market()
    {
        await using var left = await PaperClient.StartAsync();
        await using var right = await PaperClient.StartAsync();
        const string depth = "/api/v3/depth?symbol=QRLUSDT";
        Assert.Equal((await left.GetAsync(depth)).ToJsonString(), (await right.GetAsync(depth)).ToJsonString());
    }
}

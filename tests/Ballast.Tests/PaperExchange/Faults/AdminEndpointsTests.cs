using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Ballast.Tests.PaperExchange.Faults;

public class AdminEndpointsTests
{
    [Fact]
    public async Task Unless_asked_for_nothing_of_it_is_there()
    {
        await using var paper = await PaperClient.StartAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(paper, HttpMethod.Get, "/paper/faults")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(paper, HttpMethod.Post, "/paper/deposit", """{"asset":"QRL","amount":1}""")).Status);
    }

    [Fact]
    public async Task Faults_are_set_listed_and_cleared()
    {
        await using var paper = await PaperClient.StartAsync(admin: true);
        var (status, set) = await SendAsync(paper, HttpMethod.Post, "/paper/faults", """{"kind":"server-error","value":503,"calls":["account"],"seconds":120,"count":2}""");
        Assert.True(status == HttpStatusCode.OK, set);
        await SendAsync(paper, HttpMethod.Post, "/paper/faults", """{"kind":"crash","value":0.8,"symbol":"QRLUSDT"}""");
        var listed = JsonNode.Parse((await SendAsync(paper, HttpMethod.Get, "/paper/faults")).Text)!["faults"]!.AsArray();
        Assert.Equal(["server-error", "crash"], listed.Select(fault => (string?)fault!["kind"]));
        Assert.Equal((503, 2, "account", "2026-01-01T12:02:00.25Z"), ((int)listed[0]!["value"]!, (int)listed[0]!["requests_left"]!, (string?)listed[0]!["calls"]![0], (string?)listed[0]!["until"]));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await paper.TrySignedAsync(HttpMethod.Get, "/api/v3/account")).Status);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(paper, HttpMethod.Delete, "/paper/faults/server-error")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(paper, HttpMethod.Delete, "/paper/faults/server-error")).Status);
        await paper.SignedAsync(HttpMethod.Get, "/api/v3/account");
        Assert.Equal("""{"faults":[]}""", (await SendAsync(paper, HttpMethod.Delete, "/paper/faults")).Text);
    }

    [Fact]
    public async Task No_fault_reaches_the_desk_that_clears_it()
    {
        await using var paper = await PaperClient.StartAsync(admin: true);
        await SendAsync(paper, HttpMethod.Post, "/paper/faults", """{"kind":"drop"}""");
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(paper, HttpMethod.Delete, "/paper/faults")).Status);
    }

    [Fact]
    public async Task Money_comes_and_goes()
    {
        await using var paper = await PaperClient.StartAsync(admin: true);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(paper, HttpMethod.Post, "/paper/deposit", """{"asset":"BTC","amount":0.5}""")).Status);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(paper, HttpMethod.Post, "/paper/withdraw", """{"asset":"USDT","amount":5}""")).Status);
        var held = paper.Engine.Balances(paper.Clock.GetUtcNow());
        Assert.Equal((0.5m, 495m), (held["BTC"].Total, held["USDT"].Total));
        var (status, text) = await SendAsync(paper, HttpMethod.Post, "/paper/withdraw", """{"asset":"USDT","amount":500}""");
        Assert.Equal((HttpStatusCode.BadRequest, true), (status, text.Contains("Insufficient balance", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("", "not JSON")]
    [InlineData("[]", "not a JSON object")]
    [InlineData("{}", "'kind' is missing")]
    [InlineData("""{"kind":7}""", "'kind' is not a text")]
    [InlineData("""{"kind":"latncy"}""", "there is no fault 'latncy'")]
    [InlineData("""{"kind":"latency"}""", "needs a value")]
    [InlineData("""{"kind":"drop","count":0}""", "'count'")]
    [InlineData("""{"kind":"drop","count":1.5}""", "'count'")]
    [InlineData("""{"kind":"drop","seconds":-1}""", "'seconds'")]
    [InlineData("""{"kind":"drop","seconds":1e30}""", "'seconds'")]
    [InlineData("""{"kind":"drop","calls":"account"}""", "'calls' is not a list")]
    [InlineData("""{"kind":"drop","calls":["acount"]}""", "there is no call 'acount'")]
    [InlineData("""{"kind":"drop","for":"2m"}""", "'for' is not a field")]
    public async Task Rubbish_is_answered_with_what_to_write(string body, string says)
    {
        await using var paper = await PaperClient.StartAsync(admin: true);
        var (status, text) = await SendAsync(paper, HttpMethod.Post, "/paper/faults", body);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(says, JsonNode.Parse(text)!["detail"]!.ToString(), StringComparison.Ordinal);
        Assert.Empty(paper.Faults.InForce);
    }

    [Theory]
    [InlineData("Host", "ballast.evil.example", "application/json", 403)]
    [InlineData("Origin", "http://localhost:8080", "application/json", 403)]
    [InlineData("Origin", "null", "application/json", 403)]
    [InlineData("Sec-Fetch-Site", "cross-site", "application/json", 403)]
    [InlineData("Accept", "*/*", "text/plain", 415)]
    [InlineData("Accept", "*/*", "application/x-www-form-urlencoded", 415)]
    public async Task A_page_in_the_owners_browser_cannot_reach_it(string header, string value, string type, int status)
    {
        await using var paper = await PaperClient.StartAsync(admin: true);
        Assert.Equal(status, (int)(await SendAsync(paper, HttpMethod.Post, "/paper/faults", """{"kind":"drop"}""", type, (header, value))).Status);
        Assert.Empty(paper.Faults.InForce);
    }

    private static async Task<(HttpStatusCode Status, string Text)> SendAsync(
        PaperClient paper, HttpMethod method, string path, string? body = null, string type = "application/json", (string Name, string Value)? header = null)
    {
        using var http = new HttpClient { BaseAddress = paper.Url };
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, type);
        if (header is { } sent)
            request.Headers.Add(sent.Name, sent.Value);
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}

using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Ballast.Tests.Mexc;

namespace Ballast.Tests.Server.Overview;

/// <summary>A server that its operator looks at. By default on the stub exchange: 100 QRL and 150 USDT at 2.5.</summary>
internal static class LookedAt
{
    public const string Token = "a-token-of-at-least-24-letters";

    /// <summary>The paper exchange in place of the stub.</summary>
    public static readonly (string Name, string? Value)[] OnPaper =
        [("MEXC_API_KEY", null), ("MEXC_SECRET_KEY", null), ("MEXC_BASE_URL", null), ("Ballast:Paper:Port", "0")];

    public static Task<ServerUnderTest> StartAsync(params (string Name, string? Value)[] settings) =>
        ServerUnderTest.StartAsync([("Ballast:Operator:ApiToken", Token), .. settings]);

    public static HttpRequestMessage Request(string method, string path, string? body = null)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), $"/api/v1/{path}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        return request;
    }

    public static async Task<(int Status, JsonObject Body)> CallAsync(this ServerUnderTest server, string method, string path, string? body = null)
    {
        using var response = await server.Http.SendAsync(Request(method, path, body), TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, JsonNode.Parse(text)!.AsObject());
    }

    /// <summary>An answer that is there.</summary>
    public static async Task<JsonObject> LookAsync(this ServerUnderTest server, string path)
    {
        var (status, body) = await server.CallAsync("GET", path);
        Assert.True(status == 200, $"{status} {body}");
        return body;
    }

    public static void ShowPrice(this StubExchange exchange, string last, string bid, string ask) => exchange
        .On("GET /api/v3/ticker/price", StubReply.Json($$"""{"symbol":"QRLUSDT","price":"{{last}}"}"""))
        .On("GET /api/v3/ticker/bookTicker", StubReply.Json($$"""{"symbol":"QRLUSDT","bidPrice":"{{bid}}","bidQty":"40","askPrice":"{{ask}}","askQty":"35.5"}"""));

    public static void ShowCoins(this StubExchange exchange, string coins) =>
        exchange.On("GET /api/v3/account", StubReply.Json($$"""{"balances":[{"asset":"QRL","free":"{{coins}}"},{"asset":"USDT","free":"150"}]}"""));

    public static string[] Ticks(JsonObject page) => [.. page["items"]!.AsArray().Select(row => (string)row!["tick"]!)];
}

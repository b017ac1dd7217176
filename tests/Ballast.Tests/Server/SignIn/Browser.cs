using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Ballast.Tests.Server.SignIn;

/// <summary>
/// A browser with this server's page in it: it keeps cookies, says which page asks, follows nothing by itself. What it says can be changed, as an
/// attacker's page, or a program that is no browser, would have it.
/// </summary>
internal sealed class Browser(Uri server)
{
    private static readonly HttpClient Client = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false });

    private readonly Dictionary<string, string> cookies = [];

    /// <summary>Name and value, as they are sent.</summary>
    public IReadOnlyDictionary<string, string> Cookies => cookies;

    public string? Csrf { get; private set; }

    /// <summary>Sent with everything besides; replaces what a browser would say.</summary>
    public Dictionary<string, string?> Says { get; } = [];

    public static Browser Of(ServerUnderTest server) => new(server.Http.BaseAddress!);

    public Browser With(string header, string? value)
    {
        Says[header] = value;
        return this;
    }

    /// <summary>Somebody else's browser with the same cookies and the same token.</summary>
    public Browser Stolen()
    {
        var thief = new Browser(server) { Csrf = Csrf };
        foreach (var (name, value) in cookies)
            thief.cookies[name] = value;
        return thief;
    }

    public void Put(string name, string value) => cookies[name] = value;

    public async Task<Reply> SignInAsync(string password)
    {
        var reply = await SendAsync("POST", "/api/v1/session", new JsonObject { ["password"] = password }.ToJsonString());
        Csrf = (string?)reply.Json?["csrf"] ?? Csrf;
        return reply;
    }

    /// <summary>The same, where it has to succeed.</summary>
    public async Task<Reply> EnterAsync(string password = Passwords.Operator)
    {
        var reply = await SignInAsync(password);
        Assert.True(reply.Status == HttpStatusCode.OK, $"{reply.Status} {reply.Body}");
        return reply;
    }

    public Task<Reply> GetAsync(string path) => SendAsync("GET", path);

    public async Task<Reply> SendAsync(string method, string path, string? body = null, string type = "application/json")
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(server, path));
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, type);
        var headers = new Dictionary<string, string?>
        {
            ["Sec-Fetch-Site"] = "same-origin",
            ["Origin"] = method == "GET" ? null : server.GetLeftPart(UriPartial.Authority),
            ["X-CSRF-Token"] = Csrf,
            ["Cookie"] = cookies.Count == 0 ? null : string.Join("; ", cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")),
        };
        foreach (var (name, value) in Says)
            headers[name] = value;
        foreach (var (name, value) in headers.Where(header => header.Value is not null))
            Assert.True(request.Headers.TryAddWithoutValidation(name, value));

        using var response = await Client.SendAsync(request, TestContext.Current.CancellationToken);
        var reply = new Reply(
            response.StatusCode,
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            response.Headers.Concat(response.Content.Headers)
                .ToDictionary(header => header.Key, header => header.Value.ToArray(), StringComparer.OrdinalIgnoreCase));
        foreach (var cookie in reply.SetCookies)
        {
            var (name, value) = (cookie.Split('=', 2)[0], cookie.Split('=', 2)[1].Split(';')[0]);
            if (value.Length > 0)
                cookies[name] = value;
            else
                cookies.Remove(name);
        }
        return reply;
    }
}

internal sealed record Reply(HttpStatusCode Status, string Body, IReadOnlyDictionary<string, string[]> Headers)
{
    public JsonObject? Json => Body.StartsWith('{') ? JsonNode.Parse(Body)!.AsObject() : null;

    public string[] SetCookies => Headers.GetValueOrDefault("Set-Cookie") ?? [];

    /// <summary>The one value; null when there is no such header.</summary>
    public string? Header(string name) => Headers.GetValueOrDefault(name)?.Single();
}

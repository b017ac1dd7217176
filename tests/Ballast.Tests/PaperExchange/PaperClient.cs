using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Ballast.Core.Paper;
using Ballast.PaperExchange;
using Ballast.PaperExchange.Faults;
using Microsoft.Extensions.Time.Testing;

namespace Ballast.Tests.PaperExchange;

/// <summary>A paper exchange on a free port, its clock, and a client that signs by hand.</summary>
internal sealed class PaperClient : IAsyncDisposable
{
    public const string Key = "mx0paperkey";
    public const string Secret = "45d0b3c26f2644f19bfb98b07741b2f5";

    public static readonly DateTimeOffset Start = new(2026, 1, 1, 12, 0, 0, 250, TimeSpan.Zero);

    private readonly PaperExchangeServer server;
    private readonly HttpClient http;

    private PaperClient(PaperExchangeServer server, FakeTimeProvider clock) =>
        (this.server, Clock, http) = (server, clock, new HttpClient { BaseAddress = server.Url });

    public FakeTimeProvider Clock { get; }

    public Uri Url => server.Url;

    public MatchingEngine Engine => server.Engine;

    public FaultDesk Faults => server.Faults;

    /// <summary>What every stamp of this client says.</summary>
    public long NowMs => Clock.GetUtcNow().ToUnixTimeMilliseconds();

    public static async Task<PaperClient> StartAsync(
        DateTimeOffset? start = null, bool rateLimit = false, bool strictContentType = false, bool admin = false, IPaperMarkets? markets = null,
        FakeTimeProvider? clock = null)
    {
        clock ??= new FakeTimeProvider(start ?? Start);
        var options = new PaperExchangeOptions
        {
            Port = 0,
            Seed = 7,
            ApiKey = Key,
            SecretKey = Secret,
            RateLimit = rateLimit,
            StrictContentType = strictContentType,
            Admin = admin,
            Markets = markets,
        };
        return new PaperClient(await PaperExchangeServer.StartAsync(options, clock, TestContext.Current.CancellationToken), clock);
    }

    /// <summary>A body as it is sent, from one that is broken into lines to be read.</summary>
    public static string OneLine(string text) => text.ReplaceLineEndings(string.Empty);

    public static string Sign(string text) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes(text)));

    /// <summary>Signs and sends everything in the query, and reads the answer as JSON.</summary>
    public async Task<JsonNode> SignedAsync(HttpMethod method, string path, string parameters = "")
    {
        var query = Stamped(parameters);
        var (status, text) = await SendAsync(method, $"{path}?{query}&signature={Sign(query)}");
        Assert.True(status == HttpStatusCode.OK, text);
        return JsonNode.Parse(text)!;
    }

    /// <summary>The same, for what is expected to be refused: the status and the body as it came.</summary>
    public Task<(HttpStatusCode Status, string Text)> TrySignedAsync(HttpMethod method, string path, string parameters = "")
    {
        var query = Stamped(parameters);
        return SendAsync(method, $"{path}?{query}&signature={Sign(query)}");
    }

    public string Stamped(string parameters) => string.Create(
        CultureInfo.InvariantCulture, $"{parameters}{(parameters.Length > 0 ? "&" : "")}timestamp={NowMs}");

    public async Task<(HttpStatusCode Status, string Text)> SendAsync(
        HttpMethod method, string pathAndQuery, string? body = null, string? key = Key, string contentType = "application/json")
    {
        using var request = new HttpRequestMessage(method, pathAndQuery);
        if (key is not null)
            request.Headers.Add("x-mexc-apikey", key);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, contentType);
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    public async Task<JsonNode> GetAsync(string pathAndQuery)
    {
        var (status, text) = await SendAsync(HttpMethod.Get, pathAndQuery, key: null);
        Assert.True(status == HttpStatusCode.OK, text);
        return JsonNode.Parse(text)!;
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await server.DisposeAsync();
    }
}

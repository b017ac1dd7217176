using Ballast.Server.Notices;
using Ballast.Tests.Mexc;
using Ballast.Tests.Server.Store;

namespace Ballast.Tests.Server.Notices;

/// <summary>What servers of our own answer, and what is made of it: sent, refused, or worth another try.</summary>
public sealed class PostTests : IAsyncLifetime
{
    private const string BotToken = "123456:ABC-DEF1234ghIkl-zyx57W2v1u123ew11";
    private const string Path = "/hooks/a-token-in-the-path";
    private const string TelegramPath = $"/bot{BotToken}/sendMessage";

    private static readonly Notice Hello = new(
        "00112233445566ff", NoticeKind.Halt, Severity.Alarm, Sample.Noon, "QRLUSDT", null, "QRLUSDT: trading is halted", "by @everyone: *why* \U0001F600",
        new Dictionary<string, string> { ["by"] = "API" }, "aabbccddeeff0011");

    private readonly Post post = new(TimeProvider.System);
    private StubExchange server = null!;

    public async ValueTask InitializeAsync() => server = await StubExchange.StartAsync();

    public async ValueTask DisposeAsync()
    {
        post.Dispose();
        await server.DisposeAsync();
    }

    /// <summary>What a server does, what is made of it, and seconds that it asks for.</summary>
    public static TheoryData<string, StubReply, string, string, int?> Answers => new()
    {
        { "webhook", StubReply.Empty(200), "Sent", "HTTP 200", null },
        { "webhook", StubReply.Empty(204), "Sent", "HTTP 204", null },
        { "webhook", StubReply.Html(200), "Sent", "HTTP 200", null },
        { "webhook", StubReply.Empty(500), "Failed", "HTTP 500", null },
        { "webhook", StubReply.Empty(503).With("Retry-After", "120"), "Failed", "HTTP 503", 120 },
        { "webhook", StubReply.Empty(429).With("Retry-After", "30"), "Failed", "HTTP 429", 30 },
        { "webhook", StubReply.Empty(429).With("Retry-After", "9999999"), "Failed", "HTTP 429", 6 * 3600 },
        { "webhook", StubReply.Empty(429).With("Retry-After", "soon"), "Failed", "HTTP 429", null },
        { "webhook", StubReply.Empty(302).With("Location", "https://example.com/"), "Failed", "HTTP 302: moved", null },
        { "webhook", StubReply.Empty(404), "Failed", "HTTP 404", null },
        { "webhook", StubReply.Empty(400), "Refused", "HTTP 400", null },
        { "webhook", StubReply.Drop(), "Failed", "unreachable", null },
        { "webhook", StubReply.Truncated("{"), "Failed", "", null },
        { "telegram", StubReply.Json("""{"ok":true,"result":{}}"""), "Sent", "HTTP 200", null },
        { "telegram", StubReply.Html(200), "Failed", "HTTP 200, but not an answer as it should be", null },
        { "telegram", StubReply.Json("""{"ok":false}"""), "Failed", "HTTP 200, but not an answer as it should be", null },
        { "telegram", StubReply.Json("[1"), "Failed", "HTTP 200, but not an answer as it should be", null },
        { "telegram", StubReply.Json("""{"ok":false,"error_code":400,"description":"Bad Request: chat not found"}""", 400), "Refused", "HTTP 400: Bad Request: chat not found", null },
        { "telegram", StubReply.Json("""{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 7","parameters":{"retry_after":7}}""", 429), "Failed", "Too Many Requests", 7 },
        { "discord", StubReply.Json("""{"id":"1"}"""), "Sent", "HTTP 200", null },
        { "discord", StubReply.Json("""{"message":"You are being rate limited.","retry_after":64.57,"global":false}""", 429), "Failed", "You are being rate limited.", 64 },
        { "ntfy", StubReply.Json("""{"id":"sPs71M8A2T","event":"message"}"""), "Sent", "HTTP 200", null },
        { "ntfy", StubReply.Json("""{"code":40101,"http":401,"error":"unauthorized"}""", 401), "Failed", "HTTP 401: unauthorized", null },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Every_answer_is_one_of_three(string channel, StubReply reply, string outcome, string detail, int? retryAfter)
    {
        var answer = await SendAsync(channel, reply);
        Assert.Equal((outcome, retryAfter), ($"{answer.Outcome}", answer.RetryAfter is { } wait ? (int)wait.TotalSeconds : (int?)null));
        Assert.Contains(detail, answer.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("webhook")]
    [InlineData("telegram")]
    [InlineData("discord")]
    [InlineData("ntfy")]
    public async Task A_server_that_repeats_what_it_was_sent_gives_no_secret_away(string channel)
    {
        var repeated = $"Cannot POST {Path}?key=in-the-query {TelegramPath} tk_AgQdq7mVBoFD37 my-secret-topic a-secret-of-at-least-24-letters \\u0007";
        var answer = await SendAsync(channel, StubReply.Json($$"""{"message":"{{repeated}}"}""", 404));
        var own = channel switch
        {
            "webhook" => (string[])["a-token-in-the-path", "in-the-query", "a-secret-of"],
            "telegram" => ["ABC-DEF1234"],
            "discord" => ["a-token-in-the-path"],
            _ => ["tk_Ag", "my-secret-topic"],
        };
        foreach (var secret in own)
            Assert.DoesNotContain(secret, answer.Detail, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("***", answer.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain(answer.Detail, char.IsControl);
    }

    [Fact]
    public async Task Nobody_there_and_no_answer_in_time_are_failures_and_no_exceptions()
    {
        var nobody = await post.SendAsync(Channel("webhook", new Uri("http://127.0.0.1:1/")), Hello, TestContext.Current.CancellationToken);
        Assert.Equal((PostOutcome.Failed, "unreachable (ConnectionError)"), (nobody.Outcome, nobody.Detail));

        server.On($"POST {Path}", StubReply.Silence());
        using var ends = new CancellationTokenSource();
        var sending = post.SendAsync(Channel("webhook", server.BaseUrl), Hello, ends.Token);
        await Eventually.TrueAsync(() => Task.FromResult(server.Requests.Count == 1), TimeSpan.FromSeconds(30), "nothing arrived");
        await ends.CancelAsync();
        Assert.Equal("no answer in time", (await sending).Detail);
    }

    [Fact]
    public async Task An_answer_without_end_is_not_read_to_its_end()
    {
        var answer = await SendAsync("webhook", StubReply.Bytes(new byte[1_000_000], "text/plain"));
        Assert.Equal((PostOutcome.Sent, Post.UsualAnswer), (answer.Outcome, answer.Body.Length));
    }

    private Task<PostAnswer> SendAsync(string channel, StubReply reply)
    {
        foreach (var path in (string[])[Path, TelegramPath, "/"])
            server.On($"POST {path}", reply);
        return post.SendAsync(Channel(channel, server.BaseUrl), Hello, TestContext.Current.CancellationToken);
    }

    private static Channel Channel(string kind, Uri server) => kind switch
    {
        "webhook" => new WebhookChannel(new WebhookSettings(Secret.Of(new Uri(server, $"{Path}?key=in-the-query")), new Secret("a-secret-of-at-least-24-letters"), Severity.Info)),
        "telegram" => new TelegramChannel(new TelegramSettings(server, Secret.OfBot(BotToken), [42], Severity.Info, TelegramReceive.None, null), 42),
        "discord" => new DiscordChannel(new DiscordSettings(Secret.Of(new Uri(server, Path)), Severity.Info)),
        _ => new NtfyChannel(new NtfySettings(server, new Secret("my-secret-topic"), new Secret("tk_AgQdq7mVBoFD37"), Severity.Info)),
    };
}

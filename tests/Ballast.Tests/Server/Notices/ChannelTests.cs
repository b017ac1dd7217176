using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Ballast.Server.Notices;
using Ballast.Tests.Server.Store;

namespace Ballast.Tests.Server.Notices;

/// <summary>What each channel is sent, as it stands on the wire.</summary>
public class ChannelTests
{
    private const string SigningSecret = "a-secret-of-at-least-24-letters";

    private static readonly Notice Hello = new(
        "00112233445566ff", NoticeKind.Proposal, Severity.Alarm, Sample.Noon, "QRLUSDT", "15-min-job/2026-01-01T12:00:00Z", "QRLUSDT: SELL 20 QRL waits for you",
        "@everyone *why*\nsecond line", new Dictionary<string, string> { ["quantity"] = "20" }, "aabbccddeeff0011");

    [Fact]
    public async Task A_webhook_gets_json_that_is_signed_over_timestamp_and_body()
    {
        using var request = new WebhookChannel(new WebhookSettings(new Secret("https://example.com/hook?key=1"), new Secret(SigningSecret), Severity.Info)).Request(Hello, Sample.Noon);
        var body = await request.Content!.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Assert.Equal("https://example.com/hook?key=1", request.RequestUri!.AbsoluteUri);
        Assert.Equal("application/json; charset=utf-8", $"{request.Content.Headers.ContentType}");
        Assert.Equal("00112233445566ff", Header(request, "Ballast-Notice-Id"));
        Assert.Equal("1767268800", Header(request, "Ballast-Timestamp"));
        var expected = HMACSHA256.HashData(Encoding.UTF8.GetBytes(SigningSecret), Encoding.UTF8.GetBytes($"1767268800.{Encoding.UTF8.GetString(body)}"));
        Assert.Equal($"v1={Convert.ToHexStringLower(expected)}", Header(request, "Ballast-Signature"));

        var json = JsonNode.Parse(body)!;
        Assert.Equal(
            ("00112233445566ff", "proposal", "alarm", "2026-01-01T12:00:00Z", "QRLUSDT", "20"),
            ((string?)json["id"], (string?)json["kind"], (string?)json["severity"], (string?)json["at"], (string?)json["symbol"], (string?)json["facts"]!["quantity"]));
        Assert.Equal((Hello.Tick, Hello.Title, Hello.Text), ((string?)json["tick"], (string?)json["title"], (string?)json["text"]));
    }

    [Fact]
    public async Task Discord_gets_a_text_that_mentions_nobody_and_says_whether_it_is_kept()
    {
        using var request = new DiscordChannel(new DiscordSettings(new Secret("https://discord.com/api/webhooks/1/t"), Severity.Info)).Request(Hello, Sample.Noon);
        var json = await JsonAsync(request);
        Assert.Equal("https://discord.com/api/webhooks/1/t?wait=true", request.RequestUri!.AbsoluteUri);
        Assert.Equal("🔴 **QRLUSDT: SELL 20 QRL waits for you**\n@everyone \\*why\\*\nsecond line", (string?)json["content"]);
        Assert.Empty(json["allowed_mentions"]!["parse"]!.AsArray());
    }

    [Fact]
    public async Task Ntfy_gets_a_title_a_text_and_a_priority()
    {
        using var request = new NtfyChannel(new NtfySettings(new Uri("https://ntfy.sh/"), new Secret("topic"), new Secret("tk_1"), Severity.Info)).Request(Hello, Sample.Noon);
        var json = await JsonAsync(request);
        Assert.Equal(("https://ntfy.sh/", "Bearer tk_1"), (request.RequestUri!.AbsoluteUri, $"{request.Headers.Authorization}"));
        Assert.Equal(("topic", Hello.Title, Hello.Text, 5), ((string?)json["topic"], (string?)json["title"], (string?)json["message"], (int)json["priority"]!));
    }

    [Theory]
    [InlineData(TelegramReceive.None, false)]
    [InlineData(TelegramReceive.Poll, true)]
    public async Task Telegram_gets_a_text_with_buttons_where_answers_are_received(TelegramReceive receive, bool buttons)
    {
        var settings = new TelegramSettings(new Uri("http://localhost:8081/api/"), new Secret("1:t"), [42], Severity.Info, receive, null);
        using var request = new TelegramChannel(settings, 42).Request(Hello, Sample.Noon);
        var json = await JsonAsync(request);
        Assert.Equal("http://localhost:8081/api/bot1:t/sendMessage", request.RequestUri!.AbsoluteUri);
        Assert.Equal((42, $"🔴 {Hello.Title}\n{Hello.Text}", true), ((long)json["chat_id"]!, (string?)json["text"], (bool)json["link_preview_options"]!["is_disabled"]!));
        var row = json["reply_markup"]?["inline_keyboard"]![0]!.AsArray();
        Assert.Equal(buttons ? ["approve:aabbccddeeff0011", "reject:aabbccddeeff0011"] : [], (row ?? []).Select(button => (string?)button!["callback_data"]));
        Assert.All(row ?? [], button => Assert.InRange(Encoding.UTF8.GetByteCount((string)button!["callback_data"]!), 1, 64));
    }

    [Theory]
    [InlineData(10, "short", "short")]
    [InlineData(5, "longer", "long…")]
    [InlineData(4, "ab\U0001F600cd", "ab…")]
    public void Texts_are_cut_where_no_letter_is_halved(int longest, string text, string cut) => Assert.Equal(cut, Channel.Cut(text, longest));

    [Fact]
    public async Task The_longest_texts_stay_within_every_limit()
    {
        var notice = Hello with { Text = string.Concat(Enumerable.Repeat("*\U0001F600", 5000)) };
        var telegram = new TelegramChannel(new TelegramSettings(new Uri("https://api.telegram.org"), new Secret("1:t"), [42], Severity.Info, TelegramReceive.None, null), 42);
        Assert.True(((string)(await JsonAsync(telegram.Request(notice, Sample.Noon)))["text"]!).Length <= 4096);
        var discord = new DiscordChannel(new DiscordSettings(new Secret("https://discord.com/"), Severity.Info));
        Assert.True(((string)(await JsonAsync(discord.Request(notice, Sample.Noon)))["content"]!).Length <= 2000);
        var ntfy = new NtfyChannel(new NtfySettings(new Uri("https://ntfy.sh/"), new Secret("topic"), null, Severity.Info));
        Assert.True(Encoding.UTF8.GetByteCount((string)(await JsonAsync(ntfy.Request(notice, Sample.Noon)))["message"]!) <= 4096);
    }

    private static async Task<JsonNode> JsonAsync(HttpRequestMessage request) =>
        JsonNode.Parse(await request.Content!.ReadAsStringAsync(TestContext.Current.CancellationToken))!;

    private static string Header(HttpRequestMessage request, string name) => Assert.Single(request.Headers.GetValues(name));
}

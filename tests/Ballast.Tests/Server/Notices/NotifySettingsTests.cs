using Ballast.Core;
using Ballast.Server.Notices;
using Ballast.Tests.Server.Configuration;

namespace Ballast.Tests.Server.Notices;

public class NotifySettingsTests
{
    private const string Token = "123456:ABC-DEF1234ghIkl-zyx57W2v1u123ew11";
    private const string Secret = "a-secret-of-at-least-24-letters";
    private const string Hook = "https://discord.com/api/webhooks/1/a-token-in-the-path";

    private static readonly (string Name, string? Value)[] All =
    [
        ("Ballast:Notify:Webhook:Url", "https://example.com/hooks/a-token-in-the-path?key=in-the-query"), ("Ballast:Notify:Webhook:Secret", Secret),
        ("Ballast:Notify:Webhook:MinSeverity", "alarm"), ("Ballast:Notify:Telegram:BotToken", Token), ("Ballast:Notify:Telegram:ChatIds", "42, -1001234567890"),
        ("Ballast:Notify:Telegram:Receive", "webhook"), ("Ballast:Notify:Telegram:WebhookSecret", "another_secret-of-24-letters"),
        ("Ballast:Notify:Discord:Url", Hook), ("Ballast:Notify:Ntfy:Url", "https://ntfy.example.com/base/my-topic"), ("Ballast:Notify:Ntfy:Token", "tk_AgQdq7mVBoFD37zQVN29RhuMzNIz2"),
        ("Ballast:Notify:MaxPerHour", "5"), ("Ballast:Notify:SummaryHour", "7"), ("Ballast:Notify:TimeZone", "Europe/Berlin"), ("Ballast:Notify:Events:Summary", "false"),
    ];

    [Fact]
    public void Without_a_channel_there_is_nothing() => Assert.Null(Configured.Settings("Development", ("Ballast:Notify:MaxPerHour", "5")).Notify);

    [Fact]
    public void Everything_is_read_as_it_is_written()
    {
        var settings = Configured.Settings("Development", All).Notify!;
        Assert.Equal((Severity.Alarm, Severity.Info), (settings.Webhook!.From, settings.Discord!.From));
        Assert.Equal([42, -1001234567890], settings.Telegram!.ChatIds);
        Assert.Equal((TelegramReceive.Webhook, "https://api.telegram.org/"), (settings.Telegram.Receive, settings.Telegram.BaseUrl.AbsoluteUri));
        Assert.Equal(("https://ntfy.example.com/base/", "my-topic"), (settings.Ntfy!.Server.AbsoluteUri, settings.Ntfy.Topic.Value));
        Assert.Equal((5, 7, "Europe/Berlin"), (settings.MaxPerHour, settings.SummaryHour, settings.Zone.Id));
        Assert.DoesNotContain(NoticeKind.Summary, settings.Kinds);
        Assert.Contains(NoticeKind.Halt, settings.Kinds);
        Assert.Equal(["webhook", "telegram:42", "telegram:-1001234567890", "discord", "ntfy"], NoticeServices.Channels(settings).Select(channel => channel.Name));
    }

    [Fact]
    public void No_secret_is_in_what_settings_say_of_themselves()
    {
        var text = $"{Configured.Settings("Development", All)} {Configured.Settings("Development", All).Notify}";
        foreach (var secret in (string[])["in-the-path", "in-the-query", Secret, Token, "another_secret", "my-topic", "tk_Ag"])
            Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Webhook:Url", "example.com/hook-secret", "is not a web address; write one such as https://example.com/hooks/ballast")]
    [InlineData("Webhook:Url", "http://example.com/hook-secret", "is not encrypted; write https://")]
    [InlineData("Webhook:Url", "https://user:hook-secret@example.com/", "has a user or a fragment")]
    [InlineData("Webhook:Secret", "hook-secret", "is shorter than 24 characters")]
    [InlineData("Webhook:MinSeverity", "loud", "'loud' is not a choice; write info or warning or alarm")]
    [InlineData("Telegram:BotToken", "hook-secret", "is not a bot's token; write the one that @BotFather gave you")]
    [InlineData("Telegram:ChatIds", "@me", "'@me' is not a chat's id; write whole numbers")]
    [InlineData("Telegram:BaseUrl", "telegram", "'telegram' is not a web address")]
    [InlineData("Telegram:Receive", "push", "'push' is not a choice; write none or webhook or poll")]
    [InlineData("Telegram:WebhookSecret", "hook-secret", "is shorter than 24 characters")]
    [InlineData("Telegram:WebhookSecret", "hook-secret with a space in it!", "has letters that Telegram does not take")]
    [InlineData("Discord:Url", "hook-secret", "is not a web address; write one such as https://discord.com/api/webhooks/")]
    [InlineData("Ntfy:Url", "https://ntfy.sh/", "does not end in a topic")]
    [InlineData("Ntfy:Url", "https://ntfy.sh/hook-secret?x=1", "does not end in a topic")]
    [InlineData("Ntfy:Token", "hook-secret é", "has a space or a character that no header can carry")]
    [InlineData("MaxPerHour", "0", "'0' is not a whole number from 1 to 1000")]
    [InlineData("SummaryHour", "24", "'24' is not a whole number from 0 to 23")]
    [InlineData("TimeZone", "Mars/Olympus", "'Mars/Olympus' is not a time zone that this machine knows; write a name such as Europe/Berlin")]
    [InlineData("Events:Halts", "yes", "'yes' is neither true nor false")]
    public void A_bad_value_is_refused_with_its_name_and_the_fix_and_without_the_secret(string name, string value, string expected)
    {
        var errors = Configured.Errors("Development", [.. All.Where(setting => setting.Name != $"Ballast:Notify:{name}"), ($"Ballast:Notify:{name}", value)]);
        var error = Assert.Single(errors);
        Assert.StartsWith($"Ballast:Notify:{name} (Ballast__Notify__{name.Replace(":", "__", StringComparison.Ordinal)}): ", error, StringComparison.Ordinal);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.DoesNotContain("hook-secret", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Webhook:Url", "https://example.com/hook", "Webhook:Secret", "such as the output of: openssl rand -hex 24")]
    [InlineData("Webhook:Secret", Secret, "Webhook:Url", "set where notices are sent to")]
    [InlineData("Telegram:BotToken", Token, "Telegram:ChatIds", "the ids of the chats that are told")]
    [InlineData("Telegram:ChatIds", "42", "Telegram:BotToken", "@BotFather")]
    [InlineData("Telegram:Receive", "poll", "Telegram:BotToken", "@BotFather")]
    [InlineData("Telegram:WebhookSecret", "another_secret-of-24-letters", "Telegram:WebhookSecret", "set Ballast:Notify:Telegram:Receive=webhook too")]
    [InlineData("Ntfy:Token", "tk_AgQdq7mVBoFD37zQVN29RhuMzNIz2", "Ntfy:Url", "set your topic's address")]
    public void What_belongs_together_must_be_there_together(string name, string value, string missing, string expected)
    {
        var error = Assert.Single(Configured.Errors("Development", ($"Ballast:Notify:{name}", value)));
        Assert.StartsWith($"Ballast:Notify:{missing} ", error, StringComparison.Ordinal);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Fact]
    public void All_mistakes_are_named_at_once() => Assert.Equal(4, Configured.Errors(
        "Development", ("Ballast:Notify:Webhook:Url", "x"), ("Ballast:Notify:Discord:Url", "x"), ("Ballast:Notify:MaxPerHour", "x")).Count);
}

using System.Globalization;
using Ballast.Core;
using Ballast.Server.Configuration;

namespace Ballast.Server.Notices;

/// <summary>Reads the settings of each channel. What belongs together must be there together; no refusal shows a secret.</summary>
internal static class ChannelSettings
{
    private const string Webhook = NotifySettings.Section + "Webhook:";
    private const string Telegram = NotifySettings.Section + "Telegram:";
    private const string Discord = NotifySettings.Section + "Discord:";
    private const string Ntfy = NotifySettings.Section + "Ntfy:";
    private const string Random = "the output of: openssl rand -hex 24";
    private const int ShortestSecret = 24;
    private const int ShortestBotToken = 20;

    private static readonly Uri TelegramApi = new("https://api.telegram.org");

    private static readonly Func<string, Result<Severity>> Severities =
        SettingFormat.OneOf(("info", Severity.Info), ("warning", Severity.Warning), ("alarm", Severity.Alarm));

    private static readonly Func<string, Result<TelegramReceive>> Receives =
        SettingFormat.OneOf(("none", TelegramReceive.None), ("webhook", TelegramReceive.Webhook), ("poll", TelegramReceive.Poll));

    public static WebhookSettings? ReadWebhook(SettingsReader reader)
    {
        var hasUrl = reader.TryRead($"{Webhook}Url", text => Address(text, "https://example.com/hooks/ballast"), out var url);
        var hasSecret = reader.TryRead($"{Webhook}Secret", ParseSecret, out var secret);
        var from = ReadSeverity(reader, Webhook);
        Together(reader, $"{Webhook}Url", $"{Webhook}Secret", $"what notices are signed with, such as {Random}", "where notices are sent to");
        return hasUrl && hasSecret ? new WebhookSettings(Secret.Of(url), secret, from) : null;
    }

    public static TelegramSettings? ReadTelegram(SettingsReader reader)
    {
        var hasToken = reader.TryRead($"{Telegram}BotToken", ParseBotToken, out var token);
        var hasChats = reader.TryRead($"{Telegram}ChatIds", ParseChats, out var chats);
        var baseUrl = reader.Value($"{Telegram}BaseUrl", TelegramApi, text => SettingFormat.WebAddress(text, $"{TelegramApi}"));
        var from = ReadSeverity(reader, Telegram);
        var unreadable = !reader.TryRead($"{Telegram}Receive", Receives, out var receive) && reader.Has($"{Telegram}Receive");
        var secret = reader.TryRead($"{Telegram}WebhookSecret", ParseWebhookSecret, out var parsed) ? parsed : null;
        Together(
            reader, $"{Telegram}BotToken", $"{Telegram}ChatIds", "the ids of the chats that are told, such as 123456789", "the token that @BotFather gave you");
        if (receive == TelegramReceive.Webhook && !reader.Has($"{Telegram}WebhookSecret"))
            reader.Refuse(
                $"{Telegram}WebhookSecret",
                $"not set, and {Telegram}Receive=webhook needs it; set the secret_token that you register the webhook with, such as {Random}");
        if (receive != TelegramReceive.Webhook && !unreadable && reader.Has($"{Telegram}WebhookSecret"))
            reader.Refuse($"{Telegram}WebhookSecret", $"set, and nothing would use it; set {Telegram}Receive=webhook too, or remove it");
        if (receive != TelegramReceive.None && !reader.Has($"{Telegram}BotToken"))
            reader.Refuse($"{Telegram}BotToken", $"not set, and {Telegram}Receive needs it; set the token that @BotFather gave you");
        return hasToken && hasChats ? new TelegramSettings(baseUrl, token, chats, from, receive, secret) : null;
    }

    public static DiscordSettings? ReadDiscord(SettingsReader reader)
    {
        const string Example = "https://discord.com/api/webhooks/…, which the channel's settings show under Integrations";
        var hasUrl = reader.TryRead($"{Discord}Url", text => Address(text, Example), out var url);
        var from = ReadSeverity(reader, Discord);
        return hasUrl ? new DiscordSettings(Secret.Of(url), from) : null;
    }

    public static NtfySettings? ReadNtfy(SettingsReader reader)
    {
        var hasUrl = reader.TryRead($"{Ntfy}Url", ParseTopic, out var address);
        var token = reader.TryRead($"{Ntfy}Token", ParseToken, out var parsed) ? parsed : null;
        var from = ReadSeverity(reader, Ntfy);
        if (reader.Has($"{Ntfy}Token") && !reader.Has($"{Ntfy}Url"))
            reader.Refuse($"{Ntfy}Url", $"not set, and {Ntfy}Token is of no use without it; set your topic's address, such as https://ntfy.sh/some-long-name");
        return hasUrl ? new NtfySettings(address.Server, address.Topic, token, from) : null;
    }

    private static Severity ReadSeverity(SettingsReader reader, string channel) => reader.Value($"{channel}MinSeverity", Severity.Info, Severities);

    private static void Together(SettingsReader reader, string first, string second, string whatSecond, string whatFirst)
    {
        if (reader.Has(first) && !reader.Has(second))
            reader.Refuse(second, $"not set, and {first} needs it; set {whatSecond}");
        if (reader.Has(second) && !reader.Has(first))
            reader.Refuse(first, $"not set, and {second} is of no use without it; set {whatFirst}");
    }

    /// <summary>A query may be a part of it; the address itself is not shown, because it often is a secret.</summary>
    private static Result<Uri> Address(string text, string example) =>
        !Uri.TryCreate(text, UriKind.Absolute, out var address) || address is not { Scheme: "https" or "http", Host.Length: > 0 }
            ? Failure.BadData($"is not a web address; write one such as {example}")
        : address.UserInfo.Length > 0 || address.Fragment.Length > 0
            ? Failure.BadData($"has a user or a fragment; write an address without them, such as {example}")
        : address.Scheme == "https" || SettingFormat.IsThisMachine(address) ? address
        : Failure.BadData("is not encrypted; write https://; plain http is only for this machine (localhost, 127.0.0.1)");

    private static Result<(Uri Server, Secret Topic)> ParseTopic(string text)
    {
        const string Example = "https://ntfy.sh/some-long-name";
        if (!Address(text, Example).TryGet(out var address, out var failure))
            return failure;
        var (path, cut) = (address.AbsolutePath.TrimEnd('/'), address.AbsolutePath.TrimEnd('/').LastIndexOf('/'));
        var topic = cut < 0 ? "" : path[(cut + 1)..];
        return address.Query.Length == 0 && topic.Length is > 0 and <= 64 && topic.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_')
            ? (new Uri(address.GetLeftPart(UriPartial.Authority) + path[..(cut + 1)]), new Secret(topic))
            : Failure.BadData($"does not end in a topic of letters, digits, - and _; write your topic's address, such as {Example}");
    }

    private static Result<Secret> ParseSecret(string text) => text.Length >= ShortestSecret ? new Secret(text)
        : Failure.BadData($"is shorter than {ShortestSecret} characters; write a random one, such as the output of: openssl rand -hex 24");

    private static Result<Secret> ParseBotToken(string text) =>
        text.Split(':') is [{ Length: > 0 } bot, { Length: >= ShortestBotToken } key] && bot.All(char.IsAsciiDigit) && key.All(IsTokenLetter)
        ? Secret.OfBot(text)
        : Failure.BadData("is not a bot's token; write the one that @BotFather gave you: digits, a colon, and a long text");

    /// <summary>Telegram allows these letters and no others.</summary>
    private static Result<BearerToken> ParseWebhookSecret(string text) => text.All(IsTokenLetter) && text.Length <= 256
        ? BearerToken.Parse(text)
        : Failure.BadData("has letters that Telegram does not take; write up to 256 letters, digits, _ and -, such as the output of: openssl rand -hex 24");

    private static Result<Secret> ParseToken(string text) => text.All(letter => letter is > ' ' and <= '~') ? new Secret(text)
        : Failure.BadData("has a space or a character that no header can carry; write the access token as ntfy shows it");

    private static Result<IReadOnlyList<long>> ParseChats(string text)
    {
        if (!SettingFormat.List(text).TryGet(out var entries, out var failure))
            return failure;
        var chats = new List<long>(entries.Count);
        foreach (var entry in entries)
        {
            if (!long.TryParse(entry, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var chat) || chat == 0)
                return Failure.BadData(
                    $"'{entry}' is not a chat's id; write whole numbers with commas in between, such as 123456789, or -1001234567890 for a group");
            if (!chats.Contains(chat))
                chats.Add(chat);
        }
        return chats;
    }

    private static bool IsTokenLetter(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-';
}

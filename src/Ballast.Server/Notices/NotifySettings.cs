using Ballast.Core;
using Ballast.Server.Configuration;

namespace Ballast.Server.Notices;

/// <summary>How the owner's answers by Telegram come in.</summary>
public enum TelegramReceive
{
    /// <summary>Not at all: notices go out, and that is all.</summary>
    None,

    /// <summary>Telegram calls <c>POST /notify/telegram</c>: for a service that is scaled to zero.</summary>
    Webhook,

    /// <summary>Asked for by long polling: for a server that stays up.</summary>
    Poll,
}

/// <param name="Url">Secret: such addresses often carry a token.</param>
/// <param name="SigningSecret">What the signature is made with.</param>
public sealed record WebhookSettings(Secret Url, Secret SigningSecret, Severity From);

/// <param name="ChatIds">Who is told, and whose answers count.</param>
/// <param name="WebhookSecret">What Telegram proves itself with; null unless it calls.</param>
public sealed record TelegramSettings(
    Uri BaseUrl, Secret BotToken, IReadOnlyList<long> ChatIds, Severity From, TelegramReceive Receive, BearerToken? WebhookSecret);

/// <param name="Url">Secret: whoever knows it can write there.</param>
public sealed record DiscordSettings(Secret Url, Severity From);

/// <param name="Server">The topic's address without the topic.</param>
/// <param name="Topic">Secret on a public server: whoever knows it reads along.</param>
public sealed record NtfySettings(Uri Server, Secret Topic, Secret? Token, Severity From);

/// <summary>Who is notified, of what. Holds secrets; none appears in <see cref="object.ToString"/>.</summary>
public sealed record NotifySettings
{
    internal const string Section = "Ballast:Notify:";
    private const int UsualMost = 20;
    private const int UsualHour = 8;

    public WebhookSettings? Webhook { get; init; }
    public TelegramSettings? Telegram { get; init; }
    public DiscordSettings? Discord { get; init; }
    public NtfySettings? Ntfy { get; init; }

    /// <summary>Messages that a channel is sent in an hour at most; what is beyond is summed up in one more.</summary>
    public required int MaxPerHour { get; init; }

    /// <summary>What is told at all.</summary>
    public required IReadOnlySet<NoticeKind> Kinds { get; init; }

    /// <summary>0 to 23, in <see cref="Zone"/>.</summary>
    public required int SummaryHour { get; init; }

    public required TimeZoneInfo Zone { get; init; }

    /// <summary>Null when no channel is set: then nothing of all this is loaded.</summary>
    internal static NotifySettings? Read(SettingsReader reader)
    {
        var settings = new NotifySettings
        {
            Webhook = ChannelSettings.ReadWebhook(reader),
            Telegram = ChannelSettings.ReadTelegram(reader),
            Discord = ChannelSettings.ReadDiscord(reader),
            Ntfy = ChannelSettings.ReadNtfy(reader),
            MaxPerHour = reader.Value($"{Section}MaxPerHour", UsualMost, SettingFormat.Whole(1, 1000, $"a number such as {UsualMost}")),
            Kinds = ReadKinds(reader),
            SummaryHour = reader.Value($"{Section}SummaryHour", UsualHour, SettingFormat.Whole(0, 23, $"the hour of the day, such as {UsualHour}")),
            Zone = reader.Value($"{Section}TimeZone", TimeZoneInfo.Utc, ParseZone),
        };
        return settings is { Webhook: null, Telegram: null, Discord: null, Ntfy: null } ? null : settings;
    }

    private static HashSet<NoticeKind> ReadKinds(SettingsReader reader)
    {
        // These two are answers to what their reader did, and no events.
        var kinds = new HashSet<NoticeKind> { NoticeKind.Digest, NoticeKind.Test };
        foreach (var (name, kind) in Switches)
        {
            if (reader.Value($"{Section}Events:{name}", true, SettingFormat.Switch))
                kinds.Add(kind);
        }
        return kinds;
    }

    private static readonly (string Name, NoticeKind Kind)[] Switches =
    [
        ("Orders", NoticeKind.Order), ("Refusals", NoticeKind.Refused), ("Unknown", NoticeKind.Unknown), ("Proposals", NoticeKind.Proposal),
        ("Halts", NoticeKind.Halt), ("Modes", NoticeKind.Mode), ("Books", NoticeKind.Books), ("Failures", NoticeKind.Failure), ("Summary", NoticeKind.Summary),
    ];

    private static Result<TimeZoneInfo> ParseZone(string text) => TimeZoneInfo.TryFindSystemTimeZoneById(text, out var zone)
        ? zone
        : Failure.BadData(
            $"'{text}' is not a time zone that this machine knows; write a name such as Europe/Berlin, or UTC, and install tzdata where there are none");
}

using System.Text;

namespace Ballast.Server.Notices;

/// <summary>A Discord channel, by its webhook. Nobody is mentioned, whatever a text says.</summary>
internal sealed class DiscordChannel(DiscordSettings settings) : Channel("discord", "discord", settings.From)
{
    /// <summary>Discord's limit on a message.</summary>
    private const int LongestContent = 2000;

    /// <summary>Letters that would be taken for formatting.</summary>
    private const string Formatting = @"\*_~`|>#[]()-";

    public override string Blot(string words) => settings.Url.Blot(words);

    protected override HttpRequestMessage Compose(Notice notice, DateTimeOffset now) => PostJson(Confirmed(new Uri(settings.Url.Value)), Json(json =>
    {
        json.WriteString("content"u8, Cut($"{Mark(notice.Severity)} **{Plain(notice.Title)}**\n{Plain(notice.Text)}", LongestContent));
        json.WriteStartObject("allowed_mentions"u8);
        json.WriteStartArray("parse"u8);
        json.WriteEndArray();
        json.WriteEndObject();
    }));

    /// <summary>Without wait=true Discord answers before it knows whether the message is kept.</summary>
    private static Uri Confirmed(Uri url) => new(url.AbsoluteUri + (url.Query.Length > 0 ? "&" : "?") + "wait=true");

    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length + 16);
        foreach (var letter in text)
        {
            if (Formatting.Contains(letter, StringComparison.Ordinal))
                plain.Append('\\');
            plain.Append(letter);
        }
        return plain.ToString();
    }
}

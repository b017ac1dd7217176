using System.Net.Http.Headers;

namespace Ballast.Server.Notices;

/// <summary>A topic of ntfy's. Published as JSON to the server's root, because headers cannot carry every letter.</summary>
internal sealed class NtfyChannel(NtfySettings settings) : Channel("ntfy", "ntfy", settings.From)
{
    /// <summary>Bytes; a longer message would become an attachment. A letter may take four.</summary>
    private const int LongestMessage = LongestText / 4;

    public override string Blot(string words) => settings.Topic.Blot(settings.Token?.Blot(words) ?? words);

    protected override HttpRequestMessage Compose(Notice notice, DateTimeOffset now)
    {
        var request = PostJson(settings.Server, Json(json =>
        {
            json.WriteString("topic"u8, settings.Topic.Value);
            json.WriteString("title"u8, Cut(notice.Title, LongestMessage));
            json.WriteString("message"u8, Cut(notice.Text, LongestMessage));
            json.WriteNumber("priority"u8, Priority(notice.Severity));
        }));
        if (settings.Token is { } token)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Value);
        return request;
    }

    /// <summary>From 1 to 5, of which 3 is usual and 5 wakes people up.</summary>
    private static int Priority(Severity severity) => severity switch { Severity.Alarm => 5, Severity.Warning => 4, _ => 3 };
}

using System.Buffers;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Ballast.Server.Notices;

/// <summary>One place that notices go to: how a notice is put into its words, and how its answer is to be read.</summary>
internal abstract class Channel(string kind, string name, Severity from)
{
    /// <summary>Telegram's limit on a text, which is the lowest of those that are not Discord's.</summary>
    protected const int LongestText = 4096;

    /// <summary>What is put in the place of what is cut off.</summary>
    private const string Ellipsis = "…";

    /// <summary><c>webhook</c>, <c>telegram</c>, <c>discord</c> or <c>ntfy</c>.</summary>
    public string Kind => kind;

    /// <summary>Tells channels of one kind apart: <c>telegram:123456789</c>. What was delivered is remembered under it.</summary>
    public string Name => name;

    /// <summary>What is below is not sent here.</summary>
    public Severity From => from;

    /// <param name="now">For what is signed.</param>
    public HttpRequestMessage Request(Notice notice, DateTimeOffset now)
    {
        var request = Compose(notice, now);
        request.Headers.Add("Ballast-Notice-Id", notice.Id);
        return request;
    }

    /// <summary>Whether a 2xx with this body means that the notice has arrived.</summary>
    public virtual bool Confirms(ReadOnlySpan<byte> body) => true;

    /// <summary>Somebody else's words without our secrets.</summary>
    public abstract string Blot(string words);

    protected abstract HttpRequestMessage Compose(Notice notice, DateTimeOffset now);

    protected static HttpRequestMessage PostJson(Uri address, byte[] body)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" };
        return new HttpRequestMessage(HttpMethod.Post, address) { Content = content };
    }

    internal static byte[] Json(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        write(json);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>No half of a letter is left at the end.</summary>
    internal static string Cut(string text, int longest)
    {
        if (text.Length <= longest)
            return text;
        var end = longest - Ellipsis.Length;
        return text[..(char.IsHighSurrogate(text[end - 1]) ? end - 1 : end)] + Ellipsis;
    }

    internal static string Mark(Severity severity) => severity switch { Severity.Alarm => "🔴", Severity.Warning => "🟠", _ => "🟢" };
}

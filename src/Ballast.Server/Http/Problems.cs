using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Microsoft.Net.Http.Headers;

namespace Ballast.Server.Http;

/// <summary>Refusals on the wire: RFC 9457 problem documents, never cached.</summary>
public static class Problems
{
    public const string ContentType = "application/problem+json";

    /// <summary>Answers with <c>{"title","status","detail"}</c>. Nothing may have been written to the response before.</summary>
    /// <param name="detail">One sentence for the caller; it must not hold what the caller may not know.</param>
    /// <param name="retryAfter">When to ask again, sent in whole seconds, rounded up, at least 1. Null: no such promise.</param>
    public static Task WriteAsync(HttpContext context, int status, string title, string detail, TimeSpan? retryAfter = null)
    {
        ArgumentNullException.ThrowIfNull(context);
        var body = Document(status, title, detail);
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = ContentType;
        response.ContentLength = body.Length;
        response.Headers.CacheControl = CacheControlHeaderValue.NoStoreString;
        if (retryAfter is { } wait)
            response.Headers.RetryAfter = WholeSeconds(wait).ToString(CultureInfo.InvariantCulture);
        return response.BodyWriter.WriteAsync(body, context.RequestAborted).AsTask();
    }

    private static ReadOnlyMemory<byte> Document(int status, string title, string detail)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("title"u8, title);
        json.WriteNumber("status"u8, status);
        json.WriteString("detail"u8, detail);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    private static long WholeSeconds(TimeSpan wait) =>
        Math.Max(1, wait.Ticks / TimeSpan.TicksPerSecond + (wait.Ticks % TimeSpan.TicksPerSecond > 0 ? 1 : 0));
}

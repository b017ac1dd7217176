using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Ballast.Core;
using Microsoft.AspNetCore.Http;

namespace Ballast.PaperExchange;

/// <summary>How answers are written: JSON without spaces, decimals as strings, texts without needless escapes.</summary>
internal static class Wire
{
    private static readonly JsonWriterOptions Format = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Task AnswerAsync(HttpContext context, Action<Utf8JsonWriter> write) =>
        SendAsync(context, StatusCodes.Status200OK, write);

    /// <summary>
    /// 400 in one of three dialects: the gateway puts the code first, the order desk the text first, and the look-ups (negative codes) add
    /// an extension that is always null.
    /// </summary>
    public static Task RefuseAsync(HttpContext context, Failure failure) => SendAsync(context, StatusCodes.Status400BadRequest, json =>
    {
        var code = failure.Code ?? throw new InvalidOperationException("a refusal without a code: " + failure.Reason);
        var gatewaySpeaks = code is >= 700000 and < 730000 or 10007 or 10072 || failure.Reason == "api key required";
        json.WriteStartObject();
        if (gatewaySpeaks)
            json.WriteNumber("code", code);
        json.WriteString("msg", failure.Reason);
        if (!gatewaySpeaks)
            json.WriteNumber("code", code);
        if (code < 0)
            json.WriteNull("_extend");
        json.WriteEndObject();
    });

    /// <summary>Without trailing zeros: most of the exchange's numbers.</summary>
    public static void Number(this Utf8JsonWriter json, string name, decimal value) => json.WriteString(name, Decimals.Text(value));

    /// <summary>With as many decimals as the grid has: the rows of a book.</summary>
    public static string Padded(decimal value, int decimals) =>
        decimal.Round(value, decimals).ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    public static void Nulls(this Utf8JsonWriter json, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            json.WriteNull(name);
    }

    /// <summary>Milliseconds since 1970.</summary>
    public static void Milliseconds(this Utf8JsonWriter json, string name, DateTimeOffset time) =>
        json.WriteNumber(name, time.ToUnixTimeMilliseconds());

    /// <summary>Milliseconds since 1970, cut to whole seconds: every time in a history.</summary>
    public static void WholeSeconds(this Utf8JsonWriter json, string name, DateTimeOffset time) =>
        json.WriteNumber(name, time.ToUnixTimeSeconds() * 1000);

    private static async Task SendAsync(HttpContext context, int status, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        await using (var json = new Utf8JsonWriter(buffer, Format))
            write(json);
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = buffer.WrittenCount;
        await context.Response.Body.WriteAsync(buffer.WrittenMemory, context.RequestAborted);
    }
}

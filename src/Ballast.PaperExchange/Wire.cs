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

    public static Task AnswerRowsAsync<T>(HttpContext context, IEnumerable<T> rows, Action<Utf8JsonWriter, T> write) =>
        AnswerAsync(context, json => WriteRows(json, rows, write));

    /// <summary>The data first, as most of the endpoints with an envelope answer.</summary>
    public static Task AnswerEnvelopeAsync(HttpContext context, DateTimeOffset now, Action<Utf8JsonWriter> writeData) => AnswerAsync(context, json =>
    {
        json.WriteStartObject();
        json.WritePropertyName("data");
        writeData(json);
        json.WriteNumber("code", 0);
        json.WriteString("msg", "success");
        json.Milliseconds("timestamp", now);
        json.WriteEndObject();
    });

    public static Task RefuseAsync(HttpContext context, Failure failure) =>
        SendAsync(context, StatusCodes.Status400BadRequest, json => WriteRefusal(json, failure));

    /// <summary>For what is not a refusal of the exchange's: no such endpoint, too many requests.</summary>
    public static Task TurnAwayAsync(HttpContext context, int status, int code, string text) => SendAsync(context, status, json =>
    {
        json.WriteStartObject();
        json.WriteNumber("code", code);
        json.WriteString("msg", text);
        json.WriteEndObject();
    });

    public static void WriteRows<T>(Utf8JsonWriter json, IEnumerable<T> rows, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray();
        foreach (var row in rows)
            write(json, row);
        json.WriteEndArray();
    }

    public static void WriteTexts(Utf8JsonWriter json, IEnumerable<string> texts) =>
        WriteRows(json, texts, static (writer, text) => writer.WriteStringValue(text));

    // One of three dialects: the gateway puts the code first, the order desk the text first, and the look-ups (negative codes) add an
    // extension that is always null.
    private static void WriteRefusal(Utf8JsonWriter json, Failure failure)
    {
        var code = failure.Code ?? throw new InvalidOperationException("a refusal without a code: " + failure.Reason);
        var gatewaySpeaks = code is >= 700000 and < 730000 or 10007 or 10072 or -1128 || failure.Reason == "api key required";
        json.WriteStartObject();
        if (gatewaySpeaks)
            json.WriteNumber("code", code);
        json.WriteString("msg", failure.Reason);
        if (!gatewaySpeaks)
            json.WriteNumber("code", code);
        if (code < 0)
            json.WriteNull("_extend");
        json.WriteEndObject();
    }

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

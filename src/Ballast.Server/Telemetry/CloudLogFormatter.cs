using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Ballast.Core;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Ballast.Server.Telemetry;

/// <summary>
/// Writes the log as Google Cloud Logging reads it: one JSON object a line, with its names for severity, time and trace, and every named part of a
/// message as a field of its own, numbers as numbers. Any other reader of JSON lines can use it as well.
/// </summary>
/// <param name="project">Completes the names of traces; null leaves them bare.</param>
internal sealed class CloudLogFormatter(TimeProvider clock, string? project) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "cloud";

    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Fields that mean something to the reader; a part of a message that has such a name gets an underscore behind it.</summary>
    private static readonly HashSet<string> Reserved = ["severity", "message", "time", "timestamp", "logger", "stack_trace", "trace", "http_request", "labels"];

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var message = logEntry.Formatter(logEntry.State, logEntry.Exception);
        if (message is null && logEntry.Exception is null)
            return;
        var line = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(line, Readable))
        {
            json.WriteStartObject();
            json.WriteString("severity"u8, SeverityOf(logEntry.LogLevel));
            json.WriteString("message"u8, message);
            json.WriteString("time"u8, UtcText.Write(clock.GetUtcNow()));
            json.WriteString("logger"u8, logEntry.Category);
            WriteTrace(json);
            if (logEntry.State is IReadOnlyList<KeyValuePair<string, object?>> parts)
                WriteParts(json, parts);
            if (logEntry.Exception is { } exception)
                json.WriteString("stack_trace"u8, exception.ToString());
            json.WriteEndObject();
        }
        textWriter.WriteLine(Encoding.UTF8.GetString(line.WrittenSpan));
    }

    private void WriteTrace(Utf8JsonWriter json)
    {
        if (Activity.Current is not { IdFormat: ActivityIdFormat.W3C } span)
            return;
        var trace = span.TraceId.ToHexString();
        json.WriteString("logging.googleapis.com/trace"u8, project is null ? trace : $"projects/{project}/traces/{trace}");
        json.WriteString("logging.googleapis.com/spanId"u8, span.SpanId.ToHexString());
        json.WriteBoolean("logging.googleapis.com/trace_sampled"u8, span.Recorded);
    }

    private static void WriteParts(Utf8JsonWriter json, IReadOnlyList<KeyValuePair<string, object?>> parts)
    {
        foreach (var (name, value) in parts)
        {
            if (value is null || name == "{OriginalFormat}")
                continue;
            var field = JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
            json.WritePropertyName(Reserved.Contains(field) ? $"{field}_" : field);
            WriteValue(json, value);
        }
    }

    private static void WriteValue(Utf8JsonWriter json, object value)
    {
        switch (value)
        {
            case bool truth:
                json.WriteBooleanValue(truth);
                break;
            case int whole:
                json.WriteNumberValue(whole);
                break;
            case long whole:
                json.WriteNumberValue(whole);
                break;
            case double number when double.IsFinite(number):
                json.WriteNumberValue(number);
                break;
            case Enum word:
                json.WriteStringValue(JsonNamingPolicy.SnakeCaseLower.ConvertName(word.ToString()));
                break;
            default:
                if (Exact(value) is { } exact)
                    json.WriteNumberValue(Decimals.Trim(exact));
                else
                    json.WriteStringValue(value is IFormattable other ? other.ToString(null, CultureInfo.InvariantCulture) : value.ToString());
                break;
        }
    }

    private static decimal? Exact(object value) => value switch
    {
        decimal number => number,
        Price price => price.Value,
        Quantity quantity => quantity.Value,
        Amount amount => amount.Value,
        Ratio ratio => ratio.Value,
        _ => null,
    };

    private static string SeverityOf(LogLevel level) => level switch
    {
        LogLevel.Critical => "CRITICAL",
        LogLevel.Error => "ERROR",
        LogLevel.Warning => "WARNING",
        LogLevel.Information => "INFO",
        _ => "DEBUG",
    };
}

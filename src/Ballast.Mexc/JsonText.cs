using System.Text.Json;
using System.Text.Unicode;

namespace Ballast.Mexc;

/// <summary>
/// The text of a JSON value, whichever type the exchange chose for it today: ids and decimals come as strings or as numbers.
/// A number keeps its digits as sent and never passes through a binary float.
/// </summary>
internal static class JsonText
{
    /// <summary>Stands for an object, an array or broken text where a plain value belongs; never a valid number, id or name.</summary>
    public const string NotAValue = "\0";

    /// <summary>Null for null.</summary>
    public static string? Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => Text(value),
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        _ => NotAValue,
    };

    /// <summary>Null for whatever is not one whole JSON document in UTF-8.</summary>
    public static JsonElement? Parse(byte[] body)
    {
        if (body.Length == 0 || !Utf8.IsValid(body)) return null;
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Text(JsonElement value)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair in escapes: well-formed JSON, but no text.
            return NotAValue;
        }
    }
}

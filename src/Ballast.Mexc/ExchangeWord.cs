using System.Globalization;
using System.Text.Json;

namespace Ballast.Mexc;

/// <summary>What the exchange itself says went wrong.</summary>
/// <param name="Code">Its number for it; null when it gave none.</param>
/// <param name="Text">Its words as they came, uncleaned; may be empty, may be Chinese.</param>
internal sealed record Word(int? Code, string Text);

/// <summary>
/// Finds the exchange's own error in an answer, in all its dialects: code first or <c>msg</c> first, <c>data</c> or <c>message</c>
/// in place of <c>msg</c>, and envelopes that carry an error inside HTTP 200. 0 and 200 both mean success there.
/// </summary>
internal static class ExchangeWord
{
    /// <summary>Null when the answer carries no error.</summary>
    /// <param name="succeeded">Whether the HTTP status says success; if not, words are an error even without an error code.</param>
    public static Word? Find(JsonElement root, bool succeeded)
    {
        if (root.ValueKind != JsonValueKind.Object) return null;
        var code = Code(root);
        var text = Text(root);
        var isError = (code is not null && !IsSuccess(code)) || (!succeeded && text is not null);
        return isError ? new Word(code, text ?? "") : null;
    }

    /// <summary>Whether the answer says of itself that all went well.</summary>
    public static bool SaysSuccess(JsonElement root) => root.ValueKind == JsonValueKind.Object && IsSuccess(Code(root));

    /// <summary>The payload inside a success envelope; the answer itself where there is none.</summary>
    public static JsonElement Unwrap(JsonElement root) =>
        root.ValueKind == JsonValueKind.Object && Code(root) is not null && root.TryGetProperty("data", out var data)
        && data.ValueKind is JsonValueKind.Object or JsonValueKind.Array
            ? data
            : root;

    private static bool IsSuccess(int? code) => code is 0 or 200;

    private static int? Code(JsonElement root) =>
        root.TryGetProperty("code", out var code)
        && int.TryParse(JsonText.Of(code), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string? Text(JsonElement root)
    {
        foreach (var name in (ReadOnlySpan<string>)["msg", "message", "data"])
        {
            if (!root.TryGetProperty(name, out var value) || value.ValueKind != JsonValueKind.String) continue;
            if (JsonText.Of(value) is { Length: > 0 } text) return text;
        }
        return null;
    }
}

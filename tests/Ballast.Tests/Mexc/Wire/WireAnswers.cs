using System.Text;
using System.Text.Json;
using Ballast.Core;
using Ballast.Mexc;

namespace Ballast.Tests.Mexc.Wire;

/// <summary>Payloads for the mappings, from JSON text.</summary>
internal static class WireAnswers
{
    public static readonly Symbol Qrl = Symbol.Parse("QRLUSDT").TryGet(out var symbol, out _) ? symbol : default;

    public static readonly ForeignText Foreign =
        new(new MexcOptions { BaseUrl = new Uri("http://127.0.0.1"), ApiKey = "", SecretKey = "" });

    public static JsonElement Payload(string json) =>
        JsonText.Parse(Encoding.UTF8.GetBytes(json)) ?? throw new ArgumentException($"not JSON: {json}");

    /// <summary>The record with one field written anew, or without it when <paramref name="json"/> is null.</summary>
    public static string With(string record, string field, string? json)
    {
        var fields = Payload(record).EnumerateObject()
            .Where(property => property.Name != field)
            .Select(property => $"\"{property.Name}\":{property.Value.GetRawText()}");
        return $"{{{string.Join(",", json is null ? fields : fields.Append($"\"{field}\":{json}"))}}}";
    }

    public static T Value<T>(Result<T> result) =>
        result.TryGet(out var value, out var failure) ? value : throw new InvalidOperationException(failure.Reason);

    /// <summary>The failure is about the answer's own sense, and says where.</summary>
    public static void AssertBadData<T>(Result<T> result, params string[] says)
    {
        Assert.False(result.TryGet(out _, out var failure));
        Assert.Equal(FailureKind.BadData, failure!.Kind);
        Assert.All(says, part => Assert.Contains(part, failure.Reason, StringComparison.Ordinal));
    }
}

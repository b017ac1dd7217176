using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Ballast.Core;

namespace Ballast.Mexc.Wire;

/// <summary>
/// The exchange's answers as records. Every plain field is text and may be missing: what a field must be is decided where it is
/// used, by <see cref="Fields"/>, so that an odd value in a field nobody needs costs nothing.
/// </summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(JsonTextConverter)])]
[JsonSerializable(typeof(WireTime))]
[JsonSerializable(typeof(WireSymbols))]
[JsonSerializable(typeof(WireListings))]
[JsonSerializable(typeof(WireAccount))]
[JsonSerializable(typeof(WireTicker))]
[JsonSerializable(typeof(WireTrade))]
[JsonSerializable(typeof(WireOrder))]
[JsonSerializable(typeof(WireDeposit))]
[JsonSerializable(typeof(WireWithdrawal))]
[JsonSerializable(typeof(WireDepth))]
[JsonSerializable(typeof(WirePrint))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class MexcJson : JsonSerializerContext
{
    /// <summary>BadData, naming the place, when the value has another shape altogether.</summary>
    public static Result<T> Read<T>(Endpoint endpoint, JsonElement value, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return value.Deserialize(type) is { } record
                ? record
                : Failure.BadData($"{endpoint}: there is nothing where an object should be");
        }
        catch (JsonException error)
        {
            return Failure.BadData($"{endpoint}: the answer has an unknown shape at {error.Path ?? "its root"}");
        }
    }

    /// <summary>The rows of an answer that is a list, or the one row of an answer that is an object.</summary>
    public static Result<IReadOnlyList<T>> ReadRows<T>(Endpoint endpoint, JsonElement value, JsonTypeInfo<T> type)
        where T : class
    {
        var elements = value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().ToArray() : [value];
        var rows = new List<T>(elements.Length);
        foreach (var element in elements)
        {
            if (!Read(endpoint, element, type).TryGet(out var row, out var failure)) return failure;
            rows.Add(row);
        }
        return Result<IReadOnlyList<T>>.Of(rows);
    }
}

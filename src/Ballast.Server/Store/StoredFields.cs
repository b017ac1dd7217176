using System.Globalization;
using Ballast.Core;
using StackExchange.Redis;

namespace Ballast.Server.Store;

/// <summary>Reads the fields of a hash and remembers the first that could not be read.</summary>
internal sealed class StoredFields(RedisKey key, HashEntry[] hash)
{
    private readonly Dictionary<string, string> values =
        hash.ToDictionary(field => (string)field.Name!, field => (string)field.Value!, StringComparer.Ordinal);

    public Failure? Problem { get; private set; }

    public bool IsEmpty => values.Count == 0;

    public string? Optional(string name) => values.GetValueOrDefault(name) is { Length: > 0 } text ? text : null;

    public string Text(string name) => Optional(name) ?? Missing<string>(name, "a text") ?? "";

    public decimal Number(string name) => Decimals.TryParse(Optional(name), out var number) ? number : Missing<decimal>(name, "a number");

    /// <summary>A count: nothing below 0, and no half of anything.</summary>
    public int Whole(string name) => int.TryParse(Optional(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        ? number : Missing<int>(name, "a whole number");

    public decimal? OptionalNumber(string name) => Optional(name) is null ? null : Number(name);

    public DateTimeOffset Time(string name) => UtcText.TryRead(Optional(name) ?? "", out var time) ? time : Missing<DateTimeOffset>(name, "a time");

    public DateTimeOffset? OptionalTime(string name) => Optional(name) is null ? null : Time(name);

    public DateOnly Day(string name) =>
        DateOnly.TryParseExact(Optional(name), "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : Missing<DateOnly>(name, "a day");

    public T Word<T>(string name)
        where T : struct, Enum => Named<T>(Optional(name)) ?? Missing<T>(name, Choices<T>());

    /// <summary>Any number of words with a space in between; none when the field is absent or empty.</summary>
    public IEnumerable<T> Words<T>(string name)
        where T : struct, Enum => (Optional(name) ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(word => Named<T>(word) ?? Missing<T>(name, Choices<T>()));

    /// <summary>By name only: a number would be read as whatever stands at that place.</summary>
    private static T? Named<T>(string? word)
        where T : struct, Enum
    {
        var name = word?.Replace("_", "", StringComparison.Ordinal);
        return Enum.GetNames<T>().FirstOrDefault(known => known.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } found ? Enum.Parse<T>(found) : null;
    }

    private static string Choices<T>()
        where T : struct, Enum => $"one of {string.Join(", ", Enum.GetNames<T>())}";

    private T? Missing<T>(string name, string expected)
    {
        Problem ??= Failure.BadData($"field {name} of {key} holds '{values.GetValueOrDefault(name)}', which is not {expected}; restore it, or delete the key");
        return default;
    }
}

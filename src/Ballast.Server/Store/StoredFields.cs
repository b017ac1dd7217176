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

    public decimal? OptionalNumber(string name) => Optional(name) is null ? null : Number(name);

    public DateTimeOffset Time(string name) => UtcText.TryRead(Optional(name) ?? "", out var time) ? time : Missing<DateTimeOffset>(name, "a time");

    public DateTimeOffset? OptionalTime(string name) => Optional(name) is null ? null : Time(name);

    public T Word<T>(string name)
        where T : struct, Enum => Enum.TryParse<T>(Optional(name)?.Replace("_", "", StringComparison.Ordinal), ignoreCase: true, out var word) && Enum.IsDefined(word)
            ? word : Missing<T>(name, $"one of {string.Join(", ", Enum.GetNames<T>())}");

    private T? Missing<T>(string name, string expected)
    {
        Problem ??= Failure.BadData($"field {name} of {key} holds '{values.GetValueOrDefault(name)}', which is not {expected}; restore it, or delete the key");
        return default;
    }
}

using System.Globalization;

namespace Ballast.Server.Diagnosis;

/// <summary>What a store says of itself with INFO: lines of <c>name:value</c>. A managed one leaves out what it likes.</summary>
internal sealed class RedisInfo
{
    private readonly Dictionary<string, string> values = new(StringComparer.Ordinal);

    public RedisInfo(string text)
    {
        foreach (var line in text.Split('\n'))
        {
            if (line.IndexOf(':', StringComparison.Ordinal) is var at and > 0 && line[0] != '#')
                values[line[..at]] = line[(at + 1)..].Trim();
        }
    }

    /// <summary>Null where it is left out.</summary>
    public string? this[string name] => values.GetValueOrDefault(name);

    /// <summary>Null where it is left out or is no whole number.</summary>
    public long? Number(string name) =>
        long.TryParse(this[name], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>What it is and in which version.</summary>
    public string Version => this["valkey_version"] is { } valkey ? $"Valkey {valkey}"
        : this["garnet_version"] is { } garnet ? $"Garnet {garnet}"
        : this["redis_version"] is { } redis ? $"Redis {redis}" : "version not told";
}

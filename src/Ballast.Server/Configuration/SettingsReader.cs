using Ballast.Core;

namespace Ballast.Server.Configuration;

/// <summary>
/// Reads settings one by one and keeps every complaint, so that the owner gets all of them at once. The names that were asked for are
/// the names there are: what else stands under <c>Ballast</c> is a mistake, found by <see cref="RefuseUnknownNames"/>.
/// </summary>
internal sealed class SettingsReader(IConfiguration configuration)
{
    private readonly List<string> errors = [];
    private readonly List<string> names = [];

    public IReadOnlyList<string> Errors => errors;

    /// <summary>Whether the setting has a value, good or bad. Blank counts as absent.</summary>
    public bool Has(string name) => !string.IsNullOrWhiteSpace(configuration[name]);

    /// <summary>False when the setting is absent, and when it is refused: then the reason is among the errors.</summary>
    public bool TryRead<T>(string name, Func<string, Result<T>> parse, out T value)
    {
        names.Add(name);
        value = default!;
        if (!Has(name))
            return false;
        if (parse(configuration[name]!.Trim()).TryGet(out var parsed, out var failure))
        {
            value = parsed;
            return true;
        }
        Refuse(name, failure.Reason);
        return false;
    }

    /// <summary>The setting, or <paramref name="absent"/> when it is absent or refused.</summary>
    public T Value<T>(string name, T absent, Func<string, Result<T>> parse) => TryRead(name, parse, out var value) ? value : absent;

    /// <summary>The setting, or null when it is absent or refused.</summary>
    public T? Optional<T>(string name, Func<string, Result<T>> parse)
        where T : struct => TryRead(name, parse, out var value) ? value : null;

    /// <param name="reason">What is wrong and what to write instead. Never a secret.</param>
    public void Refuse(string name, string reason) => errors.Add($"{SettingName.Both(name)}: {reason}");

    /// <param name="under">Looks no further than this group.</param>
    public void RefuseUnknownNames(string under = "")
    {
        foreach (var (path, value) in configuration.AsEnumerable().OrderBy(entry => entry.Key, StringComparer.OrdinalIgnoreCase))
        {
            if (path.StartsWith(under, StringComparison.OrdinalIgnoreCase) && !string.IsNullOrWhiteSpace(value) && SettingName.Complaint(path, names) is { } complaint)
                errors.Add(complaint);
        }
    }
}

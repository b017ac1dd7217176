namespace Ballast.Server.Configuration;

/// <summary>
/// A setting's two spellings, <c>Ballast:Policy:Threshold</c> in a file and <c>Ballast__Policy__Threshold</c> in the environment,
/// and what the owner probably meant by a third one. Upper and lower case are the same.
/// </summary>
internal static class SettingName
{
    public const string Section = "Ballast:";

    /// <summary>Both spellings; a plain name such as <c>PORT</c> has one.</summary>
    public static string Both(string name) => name.StartsWith(Section, StringComparison.Ordinal)
        ? $"{name} ({name.Replace(":", "__", StringComparison.Ordinal)})"
        : name;

    /// <summary>What is wrong with a name that has a value; null when it is one of <paramref name="known"/>, or not ours.</summary>
    public static string? Complaint(string path, IReadOnlyList<string> known) =>
        path.StartsWith(Section, StringComparison.OrdinalIgnoreCase) ? ComplaintInSection(path, known)
        : path.StartsWith("Ballast", StringComparison.OrdinalIgnoreCase) ? ComplaintOnSeparator(path, known)
        : null;

    private static string? ComplaintInSection(string path, IReadOnlyList<string> known)
    {
        if (known.Contains(path, StringComparer.OrdinalIgnoreCase))
            return null;
        if (known.FirstOrDefault(name => IsUnder(path, name)) is { } single)
            return $"{path} is not a setting; {single} takes one text, so write a list with commas in between";
        if (known.FirstOrDefault(name => IsUnder(name, path)) is { } member)
            return $"{path} is a group of settings and has no value of its own; set one in it, such as {member}";
        return Nearest(path, known) is { } near
            ? $"{path} is not a setting; did you mean {near}?"
            : $"{path} is not a setting; remove it, or look its name up in the configuration table of README.md";
    }

    /// <summary>Ballast_Policy_Threshold and Ballast.Policy.Threshold would be ignored in silence, and the default used.</summary>
    private static string? ComplaintOnSeparator(string path, IReadOnlyList<string> known) =>
        known.FirstOrDefault(name => name.StartsWith(Section, StringComparison.Ordinal) && Bare(name) == Bare(path)) is { } meant
            ? $"{path} is not a setting; write {Both(meant)}, with two underscores in the environment"
            : null;

    private static bool IsUnder(string path, string group) => path.StartsWith(group + ":", StringComparison.OrdinalIgnoreCase);

    /// <summary>The known name with the fewest typing errors between, compared whole and by its last word, when those are few.</summary>
    private static string? Nearest(string path, IReadOnlyList<string> known)
    {
        var best = known.MinBy(name => Distance(path, name));
        return best is not null && Distance(path, best) <= Math.Max(2, LastWord(path).Length / 3) ? best : null;
    }

    private static int Distance(string path, string name) => Math.Min(
        TypingErrors(Bare(InSection(path)), Bare(InSection(name))),
        Misplaced(path, name) + TypingErrors(Bare(LastWord(path)), Bare(LastWord(name))));

    /// <summary>A forgotten group is an easy mistake. A wrong one is only likely where the word behind it is long: a token of something else is no token of ours.</summary>
    private static int Misplaced(string path, string name) => HasGroup(path) && HasGroup(name) ? 3 : 1;

    private static bool HasGroup(string name) => InSection(name).Contains(':', StringComparison.Ordinal);

    private static string InSection(string name) =>
        name.StartsWith(Section, StringComparison.OrdinalIgnoreCase) ? name[Section.Length..] : name;

    private static string LastWord(string path) => path[(path.LastIndexOf(':') + 1)..];

    private static string Bare(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToUpperInvariant();

    /// <summary>How many letters must be inserted, removed or replaced to make one word the other (Levenshtein).</summary>
    internal static int TypingErrors(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var replaced = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, 1 + Math.Min(row[j], row[j - 1]));
            }
        }
        return row[^1];
    }
}

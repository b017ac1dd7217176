using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Ballast.Mexc;

/// <summary>
/// Makes text that came from outside fit for an owner's eyes and a log line: one line, no control or direction marks, not too long,
/// and without our keys or a signature, should the other side echo them.
/// </summary>
internal sealed partial class ForeignText(MexcOptions options)
{
    private const int Longest = 200;
    private const string Hidden = "***";

    private readonly string[] secrets = [.. new[] { options.SecretKey, options.ApiKey }.Where(secret => secret.Length > 0)];

    public string Clean(string? text)
    {
        var line = OneLine(text ?? "");
        foreach (var secret in secrets) line = line.Replace(secret, Hidden, StringComparison.Ordinal);
        line = Signature().Replace(line, Hidden).Trim();
        return line.Length <= Longest ? line : line[..(char.IsHighSurrogate(line[Longest - 1]) ? Longest - 1 : Longest)] + "…";
    }

    private static string OneLine(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune)) line.Append(' ');
            else if (IsPrintable(rune)) line.Append(rune.ToString());
        }
        return line.ToString();
    }

    private static bool IsPrintable(Rune rune) => Rune.GetUnicodeCategory(rune) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);

    [GeneratedRegex("[0-9A-Fa-f]{64}", RegexOptions.CultureInvariant)]
    private static partial Regex Signature();
}

using System.Globalization;
using System.Text.RegularExpressions;

namespace Ballast.Core;

/// <summary>Times as text: ISO-8601 UTC, such as <c>2026-01-01T12:00:00Z</c>, with as many decimals of a second as there are.</summary>
public static partial class UtcText
{
    public static string Write(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    /// <summary>
    /// Reads RFC 3339: a date, a time, and <c>Z</c> or an offset. Decimals of a second beyond the seventh, which some schedulers send, are cut off.
    /// </summary>
    public static bool TryRead(string text, out DateTimeOffset time)
    {
        time = default;
        return Rfc3339().Match(text.ToUpperInvariant()) is { Success: true } match
            && DateTimeOffset.TryParseExact(
                $"{match.Groups["second"].Value}{match.Groups["decimals"].Value}{match.Groups["offset"].Value}",
                "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out time);
    }

    [GeneratedRegex(
        @"^(?<second>[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2})(?<decimals>\.[0-9]{1,7})?((?<=\.[0-9]{7})[0-9]+)?(?<offset>Z|[+-][0-9]{2}:[0-9]{2})\z",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Rfc3339();
}

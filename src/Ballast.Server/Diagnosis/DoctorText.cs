using System.Globalization;

namespace Ballast.Server.Diagnosis;

/// <summary>
/// The answer as lines for a person: a mark, a word, a name, what is the case, and below it what to do. Colour says nothing that the word does not.
/// </summary>
internal static class DoctorText
{
    private const string Indent = "                               ";

    public static IEnumerable<string> Lines(DoctorAnswer answer, bool colours)
    {
        foreach (var line in answer.Lines)
        {
            var mark = $"{Mark(line.Status)} {line.Status,-7}";
            var took = line.Ms is { } ms ? string.Create(CultureInfo.InvariantCulture, $" ({ms} ms)") : "";
            yield return $"{(colours ? Coloured(mark, line.Status) : mark)} {line.Name.Replace('_', ' '),-19}  {line.Says}{took}";
            if (line.Fix is { } fix)
                yield return $"{Indent}→ {fix}";
        }
        var (pass, warn, fail) = (answer.Summary.Pass, answer.Summary.Warn, answer.Summary.Fail);
        var skipped = answer.Lines.Count - pass - warn - fail;
        yield return string.Create(CultureInfo.InvariantCulture, $"{answer.Lines.Count} lines: {pass} pass, {warn} warn, {fail} fail, {skipped} skipped");
    }

    private static char Mark(string status) => status switch { Finding.Passed => '✓', Finding.Warned => '!', Finding.Failed => '✗', _ => '-' };

    private static string Coloured(string text, string status) =>
        $"\e[{status switch { Finding.Passed => "32", Finding.Warned => "33", Finding.Failed => "31", _ => "2" }}m{text}\e[0m";
}

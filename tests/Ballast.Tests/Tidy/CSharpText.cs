namespace Ballast.Tests.Tidy;

/// <summary>C# with comments and texts blanked out, so that a rule about code does not trip over prose. Lines stay where they are.</summary>
internal static class CSharpText
{
    public static string CodeOnly(string text)
    {
        var code = text.ToCharArray();
        for (var at = 0; at < text.Length;)
        {
            var end = EndOfProse(text, at);
            for (var i = at; i < end; i++)
                code[i] = code[i] == '\n' ? '\n' : ' ';
            at = Math.Max(end, at + 1);
        }
        return new string(code);
    }

    /// <summary>Where the comment or literal that begins here ends; here, when none begins.</summary>
    private static int EndOfProse(string text, int at) =>
        StartsAt(text, at, "//") ? EndOfLine(text, at)
        : StartsAt(text, at, "/*") ? After(text, "*/", at + 2)
        : text[at] == '\'' ? EndOfLiteral(text, at, '\'', interpolated: false)
        : EndOfText(text, at);

    private static int EndOfText(string text, int at)
    {
        var quote = at;
        while (quote < text.Length && text[quote] is '$' or '@')
            quote++;
        if (quote >= text.Length || text[quote] != '"')
            return at;
        var prefix = text[at..quote];
        var quotes = text[quote..].TakeWhile(letter => letter == '"').Count();
        return quotes >= 3 ? After(text, new string('"', quotes), quote + quotes)
            : prefix.Contains('@', StringComparison.Ordinal) ? EndOfVerbatim(text, quote)
            : EndOfLiteral(text, quote, '"', prefix.Contains('$', StringComparison.Ordinal));
    }

    private static int EndOfVerbatim(string text, int quote)
    {
        var end = After(text, "\"", quote + 1);
        while (StartsAt(text, end, "\""))
            end = After(text, "\"", end + 1);
        return end;
    }

    private static int EndOfLiteral(string text, int start, char quote, bool interpolated)
    {
        for (var at = start + 1; at < text.Length; at++)
        {
            if (text[at] == quote)
                return at + 1;
            if (text[at] == '\\')
                at++;
            else if (interpolated && text[at] == '{')
                at = StartsAt(text, at, "{{") ? at + 1 : EndOfHole(text, at);
        }
        return text.Length;
    }

    /// <summary>The closing brace of an interpolated expression, which may hold texts of its own.</summary>
    private static int EndOfHole(string text, int brace)
    {
        var depth = 0;
        for (var at = brace; at < text.Length;)
        {
            depth += text[at] switch { '{' => 1, '}' => -1, _ => 0 };
            if (depth == 0)
                return at;
            at = Math.Max(EndOfProse(text, at), at + 1);
        }
        return text.Length;
    }

    private static int EndOfLine(string text, int at) => text.IndexOf('\n', at) is var end and >= 0 ? end : text.Length;

    private static bool StartsAt(string text, int at, string part) => string.CompareOrdinal(text, at, part, 0, part.Length) == 0;

    private static int After(string text, string part, int from) =>
        text.IndexOf(part, Math.Min(from, text.Length), StringComparison.Ordinal) is var found and >= 0
            ? found + part.Length
            : text.Length;
}

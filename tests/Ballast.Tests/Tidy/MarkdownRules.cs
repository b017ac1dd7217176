using System.Text.RegularExpressions;

namespace Ballast.Tests.Tidy;

/// <summary>What the pages promise must be there.</summary>
internal static class MarkdownRules
{
    private static readonly Regex Links = new(
        @"\]\((?<target>[^)\s]+)(?:\s+""[^""]*"")?\)|^\[[^\]]+\]:\s*(?<target>\S+)", RegexOptions.Multiline);
    private static readonly Regex Paths = new(@"(?<![\w./:<-])(?:src|tests|bench|deploy|docs|\.ci)/(?>[\w./-]*)(?![*<{…])");
    private static readonly Regex Code = new(@"^```.*?^```|`[^`\n]*`", RegexOptions.Multiline | RegexOptions.Singleline);
    private static readonly Regex Shell = new(
        @"^```(?:sh|bash|shell|console)[^\n]*\n(?<lines>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline);
    private static readonly Regex Settings = new(@"^(?:\$ )?(?:\w+=(?:'[^']*'|""[^""]*""|\S*)\s+)*");

    public static IEnumerable<string> BrokenLinks(Tree tree) =>
        from file in tree.Written(".md")
        let prose = Code.Replace(file.Text, code => new string([.. code.Value.Select(letter => letter == '\n' ? '\n' : ' ')]))
        from Match link in Links.Matches(prose)
        let target = link.Groups["target"].Value.Split('#')[0]
        where target.Length > 0 && !target.Contains(':', StringComparison.Ordinal) && !tree.Exists(Resolve(file.Path, target))
        select $"{file.Path}:{file.LineAt(link.Index)}: the link leads to {target}, which does not exist";

    public static IEnumerable<string> MissingPaths(Tree tree) =>
        from file in tree.Written(".md")
        from Match path in Paths.Matches(file.Text)
        let named = path.Value.TrimEnd('.')
        where !tree.Exists(named) && !tree.Exists(Resolve(file.Path, named))
        select $"{file.Path}:{file.LineAt(path.Index)}: {named} does not exist";

    /// <summary>Commands of the tools that a newcomer runs; <paramref name="proven"/> are those that tests run.</summary>
    public static IEnumerable<string> UnprovenCommands(Tree tree, IReadOnlyCollection<string> proven) =>
        from file in tree.Files
        where file.Path == "README.md"
        from Match block in Shell.Matches(file.Text)
        from line in block.Groups["lines"].Value.Replace("\\\n", " ", StringComparison.Ordinal).Split('\n')
        let command = string.Join(' ', Settings.Replace(line.Trim(), "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
        where command.Split(' ')[0] is "dotnet" or "curl" or "redis-cli" && !proven.Contains(command)
        select $"{file.Path}: no test runs '{command}'; run it in one and add it to {nameof(ReadmeCommands)}";

    /// <summary>The path from the root of what a page in some folder calls <paramref name="target"/>.</summary>
    private static string Resolve(string page, string target)
    {
        var names = new List<string>(target.StartsWith('/') ? [] : page.Split('/')[..^1]);
        foreach (var name in target.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (name == ".." && names.Count > 0)
                names.RemoveAt(names.Count - 1);
            else if (name != ".")
                names.Add(name);
        }
        return string.Join('/', names);
    }
}

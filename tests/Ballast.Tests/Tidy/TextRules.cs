using System.Text.RegularExpressions;

namespace Ballast.Tests.Tidy;

/// <summary>What no file may contain. Forbidden words are written in two halves, because these files keep the rules too.</summary>
internal static class TextRules
{
    private const int MostLines = 400;

    private static readonly HashSet<string> VagueWords = ["util", "utils", "helper", "helpers", "manager", "impl", "misc", "common"];
    private static readonly Regex Words = new("[A-Z]+(?![a-z])|[A-Z]?[a-z]+");
    private static readonly Regex Types = new(@"\b(?:class|record(?:\s+(?:class|struct))?|struct|interface|enum)\s+(?<name>\w+)");
    private static readonly Regex Binary = new(
        @"\b(?:double|float|Double)\b|(?<![\w.])(?>\d[\d_]*(?:\.\d[\d_]*(?:[eE][+-]?\d+)?|[eE][+-]?\d+|[fFdD]\b))(?![mM])");
    private static readonly Regex EmptyCatch = new(@"\bcatch\b[^{};]*\{\s*\}");
    private static readonly Regex Unowned = new(@"\b(?:TO" + "DO|FIX" + "ME|HA" + @"CK)\b(?!\(\w[^)]*\))");
    private static readonly Regex Unwritten = new(@"\bNotImplementedException\b");
    private static readonly Regex Skipped = new(@"\bSkip\s*=(?![=>])");
    private static readonly Regex MachinePath = new(@"(?<![\w./~-])/(?:home|root|work|Users)/\w|\b[A-Za-z]:[\\/]+Users\b");

    public static IEnumerable<string> LongFiles(Tree tree) => tree.Written(".cs", ".ts")
        .Select(file => (file.Path, Lines: file.Text.TrimEnd('\n').Count(letter => letter == '\n') + 1))
        .Where(file => file.Lines > MostLines)
        .Select(file => $"{file.Path} has {file.Lines} lines, more than {MostLines}; split it by concept");

    public static IEnumerable<string> VagueFileNames(Tree tree) => tree.Files
        .Where(file => file.Names.Any(IsVague))
        .Select(file => $"{file.Path}: the name says nothing; name what is in it");

    public static IEnumerable<string> VagueTypeNames(Tree tree) => tree.Written(".cs", ".ts")
        .SelectMany(file => Types.Matches(Code(file))
            .Where(match => IsVague(match.Groups["name"].Value))
            .Select(match => $"{file.Path}:{file.LineAt(match.Index)}: {match.Groups["name"].Value} says nothing; name what it is"));

    public static IEnumerable<string> BinaryNumbersInCore(Tree tree) => InCode(
        tree.Written(".cs").Where(file => file.Path.StartsWith("src/Ballast.Core/", StringComparison.Ordinal)),
        Binary, "binary floating point; money is decimal, and a literal ends in m");

    public static IEnumerable<string> EmptyCatches(Tree tree) =>
        InCode(tree.Written(".cs", ".ts"), EmptyCatch, "an empty catch, or one with a comment only; handle the failure or let it pass");

    public static IEnumerable<string> UnownedNotes(Tree tree) =>
        InText(tree.Files, Unowned, "a note to oneself without an owner; do it, or write who will, as in NOTE(name)");

    public static IEnumerable<string> UnwrittenCode(Tree tree) =>
        InCode(tree.Written(".cs"), Unwritten, "code that is not written yet; write it");

    public static IEnumerable<string> SkippedTests(Tree tree) => InCode(
        tree.Written(".cs").Where(file => file.Path.StartsWith("tests/", StringComparison.Ordinal)),
        Skipped, "a skipped test; repair it or remove it");

    public static IEnumerable<string> MachinePaths(Tree tree) =>
        InText(tree.Files, MachinePath, "a path of one machine; write it relative to the repository");

    private static bool IsVague(string name) => Words.Matches(name).Any(word => VagueWords.Contains(word.Value.ToLowerInvariant()));

    private static string Code(TreeFile file) => file.Extension == ".cs" ? CSharpText.CodeOnly(file.Text) : file.Text;

    private static IEnumerable<string> InCode(IEnumerable<TreeFile> files, Regex forbidden, string reason) =>
        InText(files.Select(file => file with { Text = Code(file) }), forbidden, reason);

    private static IEnumerable<string> InText(IEnumerable<TreeFile> files, Regex forbidden, string reason) => files
        .SelectMany(file => forbidden.Matches(file.Text).Select(match => $"{file.Path}:{file.LineAt(match.Index)}: {reason}"));
}

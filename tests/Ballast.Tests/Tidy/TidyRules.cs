namespace Ballast.Tests.Tidy;

/// <summary>The conventions of this repository, each as a function from its files to complaints.</summary>
internal static class TidyRules
{
    public static readonly IReadOnlyDictionary<string, Func<Tree, IEnumerable<string>>> All =
        new Dictionary<string, Func<Tree, IEnumerable<string>>>
        {
            ["No source file is longer than 400 lines"] = TextRules.LongFiles,
            ["File names say what is inside"] = TextRules.VagueFileNames,
            ["Type names say what they are"] = TextRules.VagueTypeNames,
            ["The domain has no binary floating point"] = TextRules.BinaryNumbersInCore,
            ["No failure is swallowed"] = TextRules.EmptyCatches,
            ["Notes to oneself have an owner"] = TextRules.UnownedNotes,
            ["All code is written"] = TextRules.UnwrittenCode,
            ["No test is skipped"] = TextRules.SkippedTests,
            ["No file names a path of one machine"] = TextRules.MachinePaths,
            ["The root holds only what a visitor needs"] = LayoutRules.CrowdedRoot,
            ["Folders go one level deep"] = LayoutRules.DeepFolders,
            ["Tests mirror the code"] = LayoutRules.StrayTestFolders,
            ["The domain refers to nothing"] = ProjectRules.DependentCore,
            ["Arrows between projects run one way"] = ProjectRules.WrongArrows,
            ["Every package is explained"] = ProjectRules.UnexplainedPackages,
            ["Every package is used"] = ProjectRules.UnusedPackages,
            ["Every link in Markdown leads somewhere"] = MarkdownRules.BrokenLinks,
            ["Every path in Markdown exists"] = MarkdownRules.MissingPaths,
            ["Every README command is run by a test"] = tree => MarkdownRules.UnprovenCommands(tree, ReadmeCommands.Proven),
        };
}

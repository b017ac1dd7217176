namespace Ballast.Tests.Tidy;

/// <summary>Where files may stand.</summary>
internal static class LayoutRules
{
    private static readonly HashSet<string> RootEntries =
    [
        ".ci", ".editorconfig", ".gitattributes", ".gitignore", "Ballast.slnx", "BannedSymbols.txt", "Directory.Build.props",
        "Directory.Packages.props", "LICENSE", "README.md", "README.zh-TW.md", "bench", "deploy", "docs", "global.json", "src", "tests",
    ];

    /// <summary>Test folders about the repository and not about a project.</summary>
    private static readonly HashSet<string> RepositoryTests = ["Tidy", "Repository", "Deploy"];

    public static IEnumerable<string> CrowdedRoot(Tree tree) => tree.Files
        .Select(file => file.Names[0])
        .Distinct()
        .Where(name => !RootEntries.Contains(name))
        .Select(name => $"{name}: the root holds only what a visitor needs; move it, or add it to the list here");

    public static IEnumerable<string> DeepFolders(Tree tree) => tree.Written(".cs")
        .Where(file => file.Names is ["src", _, _, _, _, ..])
        .Select(file => $"{file.Path}: folders go one level deep in a project");

    /// <summary>A folder of tests has a folder of code; recorded payloads and other data may stand in folders of their own.</summary>
    public static IEnumerable<string> StrayTestFolders(Tree tree) => tree.Written(".cs")
        .Where(file => file.Names is ["tests", "Ballast.Tests", _, _, ..])
        .Select(file => file.Names[2..^1])
        .DistinctBy(folders => string.Join('/', folders))
        .Where(folders => !(RepositoryTests.Contains(folders[0]) && folders.Length == 1))
        .Select(folders => string.Join('/', folders))
        .Where(folder => !tree.Exists($"src/Ballast.{folder}"))
        .Select(folder => $"tests/Ballast.Tests/{folder}: there is no src/Ballast.{folder} that it tests");
}

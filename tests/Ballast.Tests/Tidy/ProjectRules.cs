using System.Xml.Linq;

namespace Ballast.Tests.Tidy;

/// <summary>What projects may refer to.</summary>
internal static class ProjectRules
{
    /// <summary>Arrows run one way: Server → {Mexc, PaperExchange} → Core. Tests and benchmarks may refer to all of these, and tests to the simulation.</summary>
    private static readonly Dictionary<string, string[]> Arrows = new()
    {
        ["Ballast.Core"] = [],
        ["Ballast.Mexc"] = ["Ballast.Core"],
        ["Ballast.PaperExchange"] = ["Ballast.Core"],
        ["Ballast.Server"] = ["Ballast.Core", "Ballast.Mexc", "Ballast.PaperExchange"],
    };

    public static IEnumerable<string> DependentCore(Tree tree)
    {
        foreach (var file in tree.Files.Where(file => file.Path == "src/Ballast.Core/Ballast.Core.csproj"))
        {
            var project = XDocument.Parse(file.Text).Root!;
            if ((string?)project.Attribute("Sdk") != "Microsoft.NET.Sdk")
                yield return $"{file.Path}: the domain is a plain library, Sdk=\"Microsoft.NET.Sdk\"";
            var references = project.Descendants().Where(element => element.Name.LocalName.EndsWith("Reference", StringComparison.Ordinal));
            foreach (var reference in references)
                yield return $"{file.Path}: the domain refers to nothing, and not to {(string?)reference.Attribute("Include")}";
        }
    }

    public static IEnumerable<string> WrongArrows(Tree tree)
    {
        foreach (var file in tree.Written(".csproj"))
        {
            var from = Path.GetFileNameWithoutExtension(file.Path);
            var allowed = !file.Path.StartsWith("src/", StringComparison.Ordinal) ? [.. Arrows.Keys, "Ballast.Simulation"] : Arrows.GetValueOrDefault(from);
            if (allowed is null)
                yield return $"{file.Path}: a new project; say here what it may refer to";
            foreach (var path in References(file, "ProjectReference"))
            {
                var to = Path.GetFileNameWithoutExtension(path.Replace('\\', '/'));
                if (allowed?.Contains(to) == false)
                    yield return $"{file.Path}: {from} may not refer to {to}";
            }
        }
    }

    /// <summary>A package has a comment of its own, or belongs to a group labelled Transitive, whose label explains all.</summary>
    public static IEnumerable<string> UnexplainedPackages(Tree tree) => Packages(tree)
        .Where(package => !IsTransitive(package) && PreviousNode(package) is not XComment)
        .Select(package => $"Directory.Packages.props: {Name(package)} has no comment above it; say in one line what it is for");

    public static IEnumerable<string> UnusedPackages(Tree tree)
    {
        var used = tree.Written(".csproj", ".props", ".targets").SelectMany(file => References(file, "PackageReference")).ToHashSet();
        return Packages(tree)
            .Where(package => !IsTransitive(package) && !used.Contains(Name(package)))
            .Select(package => $"Directory.Packages.props: no project refers to {Name(package)}; remove it");
    }

    private static IEnumerable<XElement> Packages(Tree tree) => tree.Files
        .Where(file => file.Path == "Directory.Packages.props")
        .SelectMany(file => XDocument.Parse(file.Text).Descendants("PackageVersion"));

    private static string Name(XElement package) => (string?)package.Attribute("Include") ?? "";

    private static bool IsTransitive(XElement package) =>
        ((string?)package.Parent?.Attribute("Label"))?.StartsWith("Transitive", StringComparison.Ordinal) == true;

    private static XNode? PreviousNode(XElement package) => package.NodesBeforeSelf().LastOrDefault(node => node is not XText);

    private static IEnumerable<string> References(TreeFile file, string kind) =>
        XDocument.Parse(file.Text).Descendants(kind).Select(element => (string?)element.Attribute("Include") ?? "");
}

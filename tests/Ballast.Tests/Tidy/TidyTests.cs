namespace Ballast.Tests.Tidy;

public class TidyTests
{
    private static readonly Lazy<Tree> Repository = new(Tree.OfRepository);

    public static TheoryData<string> Rules => [.. TidyRules.All.Keys];

    [Theory]
    [MemberData(nameof(Rules))]
    public void The_repository_keeps_its_rules(string rule)
    {
        var complaints = TidyRules.All[rule](Repository.Value).ToArray();
        Assert.True(complaints.Length == 0, string.Join('\n', complaints));
    }

    [Fact]
    public void The_rules_see_the_whole_repository_and_nothing_that_was_built()
    {
        var paths = Repository.Value.Files.Select(file => file.Path).ToHashSet();
        Assert.Superset(
            new HashSet<string> { "Ballast.slnx", ".editorconfig", "src/Ballast.Core/Money.cs", "src/Ballast.Server/Program.cs", "tests/Ballast.Tests/Tidy/TidyTests.cs" },
            paths);
        Assert.DoesNotContain(paths, path => path.Split('/').Any(name => name is "bin" or "obj" or ".git" or "node_modules"));
        Assert.All(Repository.Value.Written(".cs"), file => Assert.NotEmpty(file.Text));
    }

    [Theory]
    [InlineData("src/X/bin", true, true)]
    [InlineData("bin", true, true)]
    [InlineData("src/bin", false, false)]
    [InlineData("src/cabin", true, false)]
    [InlineData("src/X/X.csproj.user", false, true)]
    [InlineData("src/dist", true, true)]
    [InlineData("docs/src/dist", true, false)]
    [InlineData("# a comment", false, false)]
    public void What_gitignore_names_is_not_looked_at(string path, bool isFolder, bool ignored) =>
        Assert.Equal(ignored, Tree.IsIgnored(path, isFolder, ["bin/", "", "# a comment", "*.user", "/src/dist/"]));
}

using System.Text.RegularExpressions;
using Ballast.Tests.Tidy;

namespace Ballast.Tests.Deploy;

/// <summary>What can be said of the image without building it.</summary>
public class DockerfileTests
{
    private static readonly (string Name, string Words)[] Instructions = [.. Read()];

    [Fact]
    public void It_has_a_stage_that_builds_and_one_that_is_shipped_and_both_are_pinned() => Assert.Collection(
        Instructions.Where(instruction => instruction.Name == "FROM").Select(instruction => instruction.Words),
        build => Assert.Matches(@"^mcr\.microsoft\.com/dotnet/sdk:10\.0-noble AS build$", build),
        final => Assert.Matches(@"^mcr\.microsoft\.com/dotnet/runtime-deps:10\.0-noble-chiseled AS final$", final));

    [Fact]
    public void What_is_copied_exists_and_is_let_in()
    {
        var tree = Tree.OfRepository();
        var admitted = DeployFolder.Text("Dockerfile.dockerignore").Split('\n').Where(line => line.StartsWith('!')).Select(line => line[1..]).ToHashSet();
        foreach (var words in Copies(of: "build").Where(words => !words[0].StartsWith("--", StringComparison.Ordinal)))
        {
            foreach (var source in words[..^1])
            {
                Assert.True(tree.Exists(source), source);
                Assert.Contains(source.TrimEnd('/'), admitted);
            }
        }
    }

    /// <summary>A file that the build reads and the image's build does not get would change what is built, or fail it.</summary>
    [Fact]
    public void Whatever_the_build_reads_in_the_root_is_copied()
    {
        var copied = Copies(of: "build").SelectMany(words => words).ToHashSet();
        var read = Tree.OfRepository().Files.Where(file => file.Names.Length == 1)
            .Select(file => file.Path)
            .Where(name => name.StartsWith("Directory.", StringComparison.Ordinal) || name is "global.json" or ".editorconfig" or "BannedSymbols.txt" or "nuget.config");
        Assert.All(read, name => Assert.Contains(name, copied));
    }

    /// <summary>Without Node the program would be built without its dashboard, and nobody would be told.</summary>
    [Fact]
    public void What_builds_the_dashboard_is_there_and_pinned()
    {
        string[] taken = [.. Copies(of: "build").Where(words => words[0].StartsWith("--from=", StringComparison.Ordinal)).Select(words => string.Join(' ', words[..2]))];
        Assert.Equal(["--from=node:22-bookworm-slim /usr/local/bin/node", "--from=node:22-bookworm-slim /usr/local/lib/node_modules"], taken);
    }

    [Fact]
    public void Only_the_program_and_its_empty_data_folder_are_shipped() => Assert.Collection(
        Copies(of: "final"),
        program => Assert.Equal(["--from=build", "/published/Ballast.Server", "/usr/local/bin/ballast"], program),
        data => Assert.Equal(["--from=build", "--chown=1654:1654", "/data", "/data"], data));

    [Fact]
    public void Both_processors_have_a_runtime_of_their_own() => Assert.Equal(
        [("amd64", "linux-x64"), ("arm64", "linux-arm64")],
        Regex.Matches(DeployFolder.Text("Dockerfile"), @"(\w+)\) runtime=([\w-]+) ;;").Select(match => (match.Groups[1].Value, match.Groups[2].Value)));

    [Fact]
    public void It_runs_as_nobody_in_particular_and_starts_the_program_itself()
    {
        Assert.Equal("1654:1654", Value("USER"));
        Assert.Equal("[\"/usr/local/bin/ballast\"]", Value("ENTRYPOINT"));
        Assert.EndsWith("CMD [\"/usr/local/bin/ballast\", \"health\"]", Value("HEALTHCHECK"), StringComparison.Ordinal);
        Assert.Equal("/data", Instructions.Last(instruction => instruction.Name == "WORKDIR").Words);
    }

    [Fact]
    public void What_it_is_told_is_understood_and_no_secret()
    {
        var environment = Regex.Matches(Value("ENV"), @"(\w+)=(?:""([^""]*)""|(\S+))")
            .ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value + match.Groups[3].Value);

        Assert.Equal(Value("EXPOSE"), $"{GivenEnvironment.Accepted(environment, serving: false).Port}");
        Assert.DoesNotContain(Instructions, instruction => instruction.Name is "ENV" or "ARG" && Regex.IsMatch(instruction.Words, "KEY|TOKEN|SECRET|PASSWORD|REDIS_URL"));
    }

    private static string Value(string name) => Assert.Single(Instructions, instruction => instruction.Name == name).Words;

    private static IEnumerable<string[]> Copies(string of) => Instructions
        .SkipWhile(instruction => !(instruction.Name == "FROM" && instruction.Words.EndsWith(" AS " + of, StringComparison.Ordinal)))
        .Skip(1)
        .TakeWhile(instruction => instruction.Name != "FROM")
        .Where(instruction => instruction.Name == "COPY")
        .Select(instruction => instruction.Words.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static IEnumerable<(string Name, string Words)> Read()
    {
        var lines = DeployFolder.Text("Dockerfile").Split('\n').Where(line => line.Length > 0 && line[0] != '#');
        foreach (var instruction in string.Join('\n', lines).Replace("\\\n", " ", StringComparison.Ordinal).Split('\n'))
        {
            var words = instruction.Split(' ', 2);
            yield return (words[0], Regex.Replace(words[1], @"\s+", " ").Trim());
        }
    }
}

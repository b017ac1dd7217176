using System.Globalization;
using System.Text.RegularExpressions;
using Ballast.Tests.Mexc;
using Ballast.Tests.Server.Store;
using Ballast.Tests.Tidy;

namespace Ballast.Tests.Server.Commands;

/// <summary>docs/commands.md is true: every command on it is typed here, and prints what stands below it.</summary>
[Collection(Alone.Name)]
[Trait(FromOutside.Name, FromOutside.Value)]
public sealed class CommandPageTests : IDisposable
{
    private static readonly string Page = Tree.OfRepository().Files.Single(file => file.Path == "docs/commands.md").Text;
    private static readonly List<Example> Examples = Read();

    private readonly string directory = Directory.CreateTempSubdirectory("ballast-test-").FullName;

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public async Task Every_example_prints_what_stands_below_it_and_ends_with_the_code_that_is_named()
    {
        await using var exchange = (await StubExchange.StartAsync()).OnOrdinaryMarket();
        (string, string)[] settings =
        [
            ("MEXC_API_KEY", ServerUnderTest.ApiKey), ("MEXC_SECRET_KEY", ServerUnderTest.SecretKey), ("MEXC_BASE_URL", exchange.BaseUrl.ToString()),
            ("PORT", Port()), ("Ballast__Store__Port", Port()), ("Ballast__Paper__Port", Port()),
        ];
        var serving = Examples.Single(example => example.Words.StartsWith("serve", StringComparison.Ordinal));
        var trading = Examples.Single(example => example.Words.StartsWith("paper --", StringComparison.Ordinal));

        await CheckAsync(serving, Examples.Where(example => example.Words == "health"), settings);
        await CheckAsync(trading, Examples.Where(example => example.Words.StartsWith("paper ", StringComparison.Ordinal) && example != trading), settings);
        foreach (var example in Examples.Where(example => example.Words.Split(' ')[0] is not ("serve" or "paper" or "health")))
            await CheckAsync(example, settings);
    }

    [Fact]
    public async Task Every_command_has_help_with_an_example_that_stands_on_the_page()
    {
        var commands = await CommandsAsync("");
        Assert.Superset(
            new HashSet<string> { "serve", "tick", "plan", "explain", "replay", "status", "halt", "books resolve", "export trades", "paper fault", "health", "version", "completion" },
            commands.ToHashSet());
        foreach (var command in commands)
        {
            var help = await HelpAsync(command);
            var example = Regex.Match(help, @"(?m)^Example:\r?\n  ballast (.+)$");
            Assert.True(example.Success, $"ballast {command} --help has no example");
            var words = example.Groups[1].Value.Trim();
            Assert.True(Examples.Any(shown => shown.Words == words), $"docs/commands.md does not show: ballast {words}");
            Assert.Contains($"`{(command.Length == 0 ? "ballast" : command)}`", Page, StringComparison.Ordinal);
        }
    }

    private static string Port() => RedisServer.FreePort().ToString(CultureInfo.InvariantCulture);

    /// <summary>Something that runs until it is told to stop, and what is typed meanwhile.</summary>
    private async Task CheckAsync(Example serving, IEnumerable<Example> meanwhile, (string, string)[] settings)
    {
        await using var program = await Start(serving, settings).ReadyAsync();
        foreach (var example in meanwhile)
            await CheckAsync(example, settings);
        await program.SignalAsync("TERM");
        Assert.Equal(serving.ExitCode, await program.ExitCodeAsync());
        serving.Check(program.StandardOutput);
    }

    private async Task CheckAsync(Example example, (string, string)[] settings)
    {
        await using var program = Start(example, settings);
        var exitCode = await program.ExitCodeAsync();
        Assert.True(example.ExitCode == exitCode, $"ballast {example.Words}: {exitCode}, {program.Output}");
        example.Check(exitCode == 0 ? program.StandardOutput : program.StandardOutput + program.StandardError);
    }

    private ServerProcess Start(Example example, (string, string)[] settings) => ServerProcess.Start(directory, settings, example.Arguments);

    private async Task<string> HelpAsync(string command)
    {
        await using var program = ServerProcess.Start(directory, [], [.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);
        Assert.Equal(0, await program.ExitCodeAsync());
        return program.StandardOutput;
    }

    /// <summary>The command itself and all below it, from the help.</summary>
    private async Task<List<string>> CommandsAsync(string command)
    {
        List<string> all = [command];
        var listed = Regex.Match(await HelpAsync(command), @"(?ms)^Commands:\r?\n(.*?)(?:\r?\n){2}").Groups[1].Value;
        foreach (Match name in Regex.Matches(listed, @"(?m)^  ([a-z][a-z-]*)"))
            all.AddRange(await CommandsAsync($"{command} {name.Groups[1].Value}".Trim()));
        return all;
    }

    private static List<Example> Read()
    {
        var examples = new List<Example>();
        foreach (Match block in Regex.Matches(Page, @"(?ms)^```console\n(.*?)^```"))
        {
            foreach (Match typed in Regex.Matches(block.Groups[1].Value, @"(?ms)^\$ ballast (?<words>[^\n]*)\n(?<shown>.*?)(?:^\$ echo \$\?\n(?<code>\d+)\n)?(?=^\$|\z)"))
            {
                examples.Add(new Example(
                    typed.Groups["words"].Value, typed.Groups["shown"].Value,
                    typed.Groups["code"].Success ? int.Parse(typed.Groups["code"].Value, CultureInfo.InvariantCulture) : 0));
            }
        }
        return examples;
    }

    /// <param name="Shown">What it prints; "…" is anything in a line, and any lines where it stands alone.</param>
    private sealed record Example(string Words, string Shown, int ExitCode)
    {
        public string[] Arguments => [.. Regex.Matches(Words, "\"([^\"]*)\"|[^ ]+").Select(word => word.Groups[1].Success ? word.Groups[1].Value : word.Value)];

        public void Check(string printed)
        {
            var pattern = string.Join(@"\n", Plain(Shown).Split('\n').Select(line => line == "…" ? "(?:.*\n)*?.*" : Regex.Escape(line).Replace("…", ".*", StringComparison.Ordinal)));
            var (shown, actual) = (Plain(Shown), Plain(printed));
            Assert.True(Regex.IsMatch(actual, $"^{pattern}$"), $"ballast {Words} prints\n{actual}\nand docs/commands.md shows\n{shown}");
        }

        /// <summary>Without what is another each time: times, names of ticks, how long it took, ports; and how wide a column had to be for them.</summary>
        private static string Plain(string text)
        {
            var plain = text.ReplaceLineEndings("\n").TrimEnd('\n');
            plain = Regex.Replace(plain, @"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?Z", "TIME");
            plain = Regex.Replace(plain, @"manual/[0-9a-f]{16}", "manual/ID");
            plain = Regex.Replace(plain, @"\b\d+ ms\b|(?<=""duration_ms"":)\d+", "MS");
            plain = Regex.Replace(plain, @"(?<=127\.0\.0\.1:|localhost:|redis-cli -p )\d+", "PORT");
            return Regex.Replace(plain, @" {2,}", "  ");
        }
    }
}

using System.Diagnostics;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Ballast.Tests.Tidy;

namespace Ballast.Tests.Server.Commands;

/// <summary>The paper exchange alone, and the commands that talk to it, as they are typed.</summary>
[Collection(Alone.Name)]
[Trait(FromOutside.Name, FromOutside.Value)]
public sealed class PaperCommandTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("ballast-test-").FullName;

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task It_serves_until_it_is_told_to_stop_and_keeps_its_keys(string signal)
    {
        string first;
        await using (var exchange = await StartAsync())
        {
            Assert.Matches("QRLUSDT, .*; synthetic market", exchange.Output);
            first = Key(exchange.Output)!;
            Assert.NotEmpty(first);
            await exchange.SignalAsync(signal);
            Assert.Equal(0, await exchange.ExitCodeAsync());
        }
        var file = Path.Combine(directory, "data", "paper", "keys.env");
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        await using (var second = await StartAsync())
        {
            Assert.Null(Key(second.Output));
            Assert.Contains(file, second.Output, StringComparison.Ordinal);
            Assert.Contains(first, await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), StringComparison.Ordinal);
            second.Kill();
        }
        await using var third = await StartAsync("paper --new-keys");
        Assert.NotEqual(first, Key(third.Output));
        Assert.NotNull(Key(third.Output));
    }

    [Fact]
    public async Task The_lines_that_it_offers_for_pasting_work()
    {
        Needs.Program("curl");
        Needs.Program("openssl");
        await using var exchange = await StartAsync();
        foreach (Match line in Regex.Matches(exchange.Output, "^  (curl|\\. ').*$", RegexOptions.Multiline))
            Assert.Matches("serverTime|\"QRL\",\"free\":\"10000\"", await ShellAsync(line.Value));
    }

    [Fact]
    public async Task Another_ballast_observes_it_as_it_would_the_real_one()
    {
        await using var exchange = await StartAsync();
        var secret = Regex.Match(exchange.Output, "MEXC_SECRET_KEY=(\\w+)").Groups[1].Value;
        await using var server = await ServerProcess.Start(
            directory, [("MEXC_BASE_URL", Url(exchange)), ("MEXC_API_KEY", Key(exchange.Output)!), ("MEXC_SECRET_KEY", secret)]).ReadyAsync();
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("X-CloudScheduler", "true");
        using var answer = await http.PostAsync(new Uri(server.Url, "/tasks/runtime"), null, TestContext.Current.CancellationToken);
        var tick = JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        Assert.Equal(("success", 10_000m, "observe"), ((string?)tick["status"], (decimal)tick["rebalance"]!["base_balance"]!, (string?)tick["mode"]));
    }

    [Fact]
    public async Task Faults_are_switched_by_command()
    {
        await using var exchange = await StartAsync("paper --Ballast:Paper:Admin=true");
        var port = ("Ballast__Paper__Port", new Uri(Url(exchange)).Port.ToString(System.Globalization.CultureInfo.InvariantCulture));
        foreach (var words in ReadmeCommands.OnThePaperExchange.Where(words => words.StartsWith("paper ", StringComparison.Ordinal) && !words.Contains(':', StringComparison.Ordinal)))
            Assert.Equal((words, 0), (words, (await RunAsync(words, port)).ExitCode));

        Assert.Contains("nothing goes wrong", (await RunAsync("paper clear", port)).Output, StringComparison.Ordinal);
        Assert.Contains("maintenance", (await RunAsync("paper fault maintenance --for 2m --count 3", port)).Output, StringComparison.Ordinal);
        using var http = new HttpClient();
        using var ping = await http.GetAsync(new Uri(new Uri(Url(exchange)), "/api/v3/ping"), TestContext.Current.CancellationToken);
        Assert.Equal(503, (int)ping.StatusCode);
        Assert.Equal(2, (int)JsonNode.Parse((await RunAsync("paper faults --json", port)).Output)!["faults"]![0]!["requests_left"]!);
        Assert.Equal(0, (await RunAsync("paper fault clock-skew -90000", port)).ExitCode);
        foreach (var (words, code, says) in new[]
        {
            ("paper fault latncy", 64, "latncy"), ("paper fault latency", 1, "needs a value"), ("paper fault drop --for 2", 1, "such as 30s"),
            ("paper fault drop --calls acount", 1, "no call 'acount'"), ("paper clear drop", 1, "not in force"), ("paper withdraw USDT 5000", 1, "Insufficient balance"),
        })
        {
            var (exitCode, output) = await RunAsync(words, port);
            Assert.Equal((words, code), (words, exitCode));
            Assert.Contains(says, output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Where_it_is_off_or_nobody_answers_the_message_says_how_to_turn_it_on()
    {
        await using (var exchange = await StartAsync())
        {
            var (exitCode, output) = await RunAsync("paper faults", ("Ballast__Paper__Port", $"{new Uri(Url(exchange)).Port}"));
            Assert.Equal(69, exitCode);
            Assert.Contains("Ballast:Paper:Admin=true", output, StringComparison.Ordinal);
        }
        Assert.Equal(69, (await RunAsync("paper faults", ("Ballast__Paper__Port", "1"))).ExitCode);
        Assert.Equal(78, (await RunAsync("paper faults", ("Ballast__Paper__Port", "x"))).ExitCode);
        Assert.Equal(78, (await RunAsync("paper --Ballast:Paper:Sead=2")).ExitCode);
    }

    [Fact]
    public async Task A_port_that_is_taken_and_keys_that_cannot_be_read_are_named_with_the_way_out()
    {
        using var taken = new TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        var (exitCode, output) = await RunAsync("paper", ("Ballast__Paper__Port", $"{((System.Net.IPEndPoint)taken.LocalEndpoint).Port}"));
        Assert.Equal((69, true), (exitCode, output.Contains("Paper:Port", StringComparison.Ordinal)));

        await File.WriteAllTextAsync(Path.Combine(directory, "data", "paper", "keys.env"), "rubbish", TestContext.Current.CancellationToken);
        (exitCode, output) = await RunAsync("paper");
        Assert.Equal((69, true), (exitCode, output.Contains("--new-keys", StringComparison.Ordinal)));
    }

    private Task<ServerProcess> StartAsync(string words = "paper") => ServerProcess.Start(directory, null, words.Split(' ')).ReadyAsync();

    private static string? Key(string output) => Regex.Match(output, "MEXC_API_KEY=(mx0\\w+)") is { Success: true } match ? match.Groups[1].Value : null;

    private static string Url(ServerProcess exchange) => Regex.Match(exchange.Output, "listening  (http://[\\d.:]+)").Groups[1].Value;

    private static async Task<string> ShellAsync(string command)
    {
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", command]) { RedirectStandardOutput = true })!;
        var output = await shell.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);
        return output;
    }

    private async Task<(int ExitCode, string Output)> RunAsync(string words, params (string Name, string Value)[] settings)
    {
        await using var command = ServerProcess.Start(directory, settings, words.Split(' '));
        return (await command.ExitCodeAsync(), command.Output);
    }
}

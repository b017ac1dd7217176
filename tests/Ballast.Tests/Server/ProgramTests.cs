using System.Diagnostics;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Ballast.Tests.Tidy;

namespace Ballast.Tests.Server;

/// <summary>What a user of the program itself relies on: what it prints, how it stops, what it finds again, what its exit codes mean.</summary>
[Collection(Alone.Name)]
[Trait(FromOutside.Name, FromOutside.Value)]
public sealed class ProgramTests : IDisposable
{
    private const int Usage = 64;
    private const int Unavailable = 69;
    private const int Configuration = 78;

    private readonly string directory = Directory.CreateTempSubdirectory("ballast-test-").FullName;

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public async Task A_newcomer_sees_what_runs_and_a_line_that_runs_a_tick()
    {
        await using var server = await ServerProcess.Start(directory).ReadyAsync();

        foreach (var word in (string[])["PAPER", "exchange", "synthetic", "store", "embedded", "observe", "QRLUSDT", "X-CloudScheduler (trusted)", "OIDC is not configured"])
            Assert.Contains(word, server.Output, StringComparison.Ordinal);
        var answer = await TickAsync(server);
        Assert.Equal("success", (string?)answer["status"]);
        Assert.Equal((10_000m, 500m), ((decimal)answer["rebalance"]!["base_balance"]!, (decimal)answer["rebalance"]!["quote_balance"]!));
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task Told_to_stop_it_stops_cleanly_and_a_second_start_finds_its_data(string signal)
    {
        await using (var first = await ServerProcess.Start(directory).ReadyAsync())
        {
            await TickAsync(first, "2026-01-01T12:00:00Z");
            await first.SignalAsync(signal);
            Assert.Equal(0, await first.ExitCodeAsync());
        }
        await using var second = await ServerProcess.Start(directory).ReadyAsync();

        Assert.True((bool)(await TickAsync(second, "2026-01-01T12:00:00Z"))["replayed"]!);
    }

    [Fact]
    public async Task Killed_at_once_it_still_finds_everything_it_had_answered()
    {
        for (var round = 0; round < 3; round++)
        {
            await using var server = await ServerProcess.Start(directory).ReadyAsync();
            for (var earlier = 0; earlier < round; earlier++)
                Assert.True((bool)(await TickAsync(server, $"2026-01-01T12:0{earlier}:00Z"))["replayed"]!);
            Assert.False((bool)(await TickAsync(server, $"2026-01-01T12:0{round}:00Z"))["replayed"]!);
            server.Kill();
        }
    }

    [Fact]
    public async Task Every_mistake_in_the_configuration_is_named_at_once()
    {
        await using var server = ServerProcess.Start(directory, [
            ("Ballast__Policy__TargetRatio", "60"),
            ("Ballast__Policy__Treshold", "0.02"),
            ("Ballast__Mode", "auto"),
            ("MEXC_API_KEY", "mx0secretlooking"),
        ]);

        Assert.Equal(Configuration, await server.ExitCodeAsync());
        foreach (var word in (string[])["60%", "Ballast:Policy:Threshold", "MEXC_SECRET_KEY", "Safety:MaxOrderNotional"])
            Assert.Contains(word, server.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("mx0secretlooking", server.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Production_without_anybody_who_may_call_does_not_start()
    {
        await using var server = ServerProcess.Start(directory, [("ASPNETCORE_ENVIRONMENT", "Production")]);

        Assert.Equal(Configuration, await server.ExitCodeAsync());
        Assert.Contains("Ballast:Auth:Audience", server.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PORT", "PORT")]
    [InlineData("Ballast__Store__Port", "Ballast__Store__Port")]
    [InlineData("Ballast__Paper__Port", "Paper:Port")]
    public async Task A_port_that_is_taken_is_named_with_the_way_out(string setting, string says)
    {
        using var taken = new TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        var port = ((System.Net.IPEndPoint)taken.LocalEndpoint).Port;

        await using var server = ServerProcess.Start(directory, [(setting, $"{port}")]);

        Assert.Equal(Unavailable, await server.ExitCodeAsync());
        Assert.Contains(says, server.Output, StringComparison.Ordinal);
        Assert.Contains($"{port}", server.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("serv")]
    [InlineData("--mode")]
    public async Task A_word_that_is_not_understood_is_not_ignored(string word)
    {
        await using var server = ServerProcess.Start(directory, null, word);

        Assert.Equal(Usage, await server.ExitCodeAsync());
        Assert.Contains($"'{word}'", server.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_command_of_the_README_works_as_written()
    {
        Needs.Program("curl");
        Needs.Program("redis-cli");
        await using var server = await ServerProcess.Start(directory).ReadyAsync();
        var store = Regex.Match(server.Output, @"redis-cli -p (\d+)").Groups[1].Value;

        foreach (var command in ReadmeCommands.OfARunningServer)
        {
            var here = command.Replace("localhost:8080", server.Url.Authority, StringComparison.Ordinal).Replace("6390", store, StringComparison.Ordinal);
            var (exitCode, output) = await ShellAsync(here);
            Assert.True(exitCode == 0, $"{here}: {output}");
            Assert.Matches("success|HOLD|BUY|SELL|avg_cost", output);
        }
    }

    private static async Task<(int ExitCode, string Output)> ShellAsync(string command)
    {
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", command]) { RedirectStandardOutput = true })!;
        var output = await shell.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (shell.ExitCode, output);
    }

    private static async Task<JsonNode> TickAsync(ServerProcess server, string? scheduled = null)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("X-CloudScheduler", "true");
        if (scheduled is not null)
            http.DefaultRequestHeaders.Add("X-CloudScheduler-ScheduleTime", scheduled);
        using var response = await http.PostAsync(new Uri(server.Url, "/tasks/runtime"), null, TestContext.Current.CancellationToken);
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, body);
        return JsonNode.Parse(body)!;
    }
}

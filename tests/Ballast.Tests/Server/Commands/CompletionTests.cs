using System.Diagnostics;
using Ballast.Tests.Mexc;

namespace Ballast.Tests.Server.Commands;

/// <summary>What a shell offers after a press of the tabulator.</summary>
[Collection(Alone.Name)]
[Trait(FromOutside.Name, FromOutside.Value)]
public sealed class CompletionTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("ballast-test-").FullName;

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Theory]
    [InlineData("ballast ex", "explain export")]
    [InlineData("ballast books ", "profit rebuild resolve show verify")]
    [InlineData("ballast books re", "rebuild resolve")]
    [InlineData("ballast mode ", "approve auto observe")]
    [InlineData("ballast replay --thr", "--threshold")]
    [InlineData("ballast explain la", "latest")]
    [InlineData("ballast completion ", "bash fish zsh")]
    [InlineData("ballast nothing-like-it x", "")]
    public async Task Bash_offers_what_may_come_next(string line, string offered) =>
        Assert.Equal(offered, string.Join(' ', (await CompleteAsync(line)).Split(' ').Where(word => !word.StartsWith('-') || line.Contains("--", StringComparison.Ordinal)).Order(StringComparer.Ordinal)));

    [Fact]
    public async Task Names_of_ticks_are_offered_with_their_colons()
    {
        await using var exchange = (await StubExchange.StartAsync()).OnOrdinaryMarket();
        await using var server = await ServerProcess.Start(
            directory, [("MEXC_API_KEY", ServerUnderTest.ApiKey), ("MEXC_SECRET_KEY", ServerUnderTest.SecretKey), ("MEXC_BASE_URL", exchange.BaseUrl.ToString())]).ReadyAsync();
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("X-CloudScheduler", "true");
        http.DefaultRequestHeaders.Add("X-CloudScheduler-ScheduleTime", "2026-01-01T12:00:00Z");
        using var answer = await http.PostAsync(new Uri(server.Url, "/tasks/runtime"), null, TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode);

        // Bash takes what stands before the last colon as typed already.
        Assert.Equal("15-min-job/2026-01-01T12:00:00Z", await CompleteAsync("ballast explain 15", server.StorePort));
        Assert.Equal("00:00Z", await CompleteAsync("ballast explain 15-min-job/2026-01-01T12:0", server.StorePort));
    }

    [Theory]
    [InlineData("zsh", "compdef _ballast ballast")]
    [InlineData("fish", "complete -c ballast")]
    public async Task There_is_a_script_for_other_shells(string shell, string line)
    {
        await using var program = ServerProcess.Start(directory, [], "completion", shell);
        Assert.Equal(0, await program.ExitCodeAsync());
        Assert.Contains(line, program.StandardOutput, StringComparison.Ordinal);
        Assert.Contains("[suggest:", program.StandardOutput, StringComparison.Ordinal);
    }

    /// <summary>What the function that the script defines puts into COMPREPLY.</summary>
    private async Task<string> CompleteAsync(string line, int storePort = 0)
    {
        await using var program = ServerProcess.Start(directory, [], "completion", "bash");
        Assert.Equal(0, await program.ExitCodeAsync());
        var ballast = ServerProcess.Executable is { } native ? $"exec '{native}' \"$@\"" : $"exec dotnet '{Path.Combine(AppContext.BaseDirectory, "Ballast.Server.dll")}' \"$@\"";
        var bin = Directory.CreateDirectory(Path.Combine(directory, "bin")).FullName;
        await File.WriteAllTextAsync(Path.Combine(bin, "ballast"), $"#!/bin/sh\n{ballast}\n", TestContext.Current.CancellationToken);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Path.Combine(bin, "ballast"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        await File.WriteAllTextAsync(
            Path.Combine(directory, "ask.sh"),
            $"{program.StandardOutput}\nCOMP_LINE='{line}'\nCOMP_POINT=${{#COMP_LINE}}\nCOMP_WORDS=(ballast)\n_ballast\necho \"${{COMPREPLY[*]}}\"\n",
            TestContext.Current.CancellationToken);
        var start = new ProcessStartInfo(Needs.Program("bash"), [Path.Combine(directory, "ask.sh")]) { WorkingDirectory = directory, RedirectStandardOutput = true };
        start.Environment["PATH"] = $"{bin}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["Ballast__Store__Port"] = $"{storePort}";
        using var bash = Process.Start(start)!;
        var said = await bash.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await bash.WaitForExitAsync(TestContext.Current.CancellationToken);
        return said.Trim();
    }
}

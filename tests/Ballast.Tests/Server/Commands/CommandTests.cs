using System.Text.Json.Nodes;
using Ballast.Tests.Tidy;

namespace Ballast.Tests.Server.Commands;

/// <summary>Commands as they are typed, in a directory where a server has run.</summary>
[Collection(Alone.Name)]
[Trait(FromOutside.Name, FromOutside.Value)]
public sealed class CommandTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("ballast-test-").FullName;

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public async Task Without_a_server_commands_use_its_data()
    {
        await TickAsync();
        foreach (var words in ReadmeCommands.OnTheStore)
            Assert.Equal(0, (await RunAsync(words)).ExitCode);

        var (_, shown) = await RunAsync("books show --json");
        Assert.Equal(("balanced", 10_000m), ((string?)JsonNode.Parse(shown)!["books"], (decimal)JsonNode.Parse(shown)!["quantity"]!));
        Assert.Contains("verified: 0 trades", (await RunAsync("books verify")).Output, StringComparison.Ordinal);
        Assert.Contains("time,id,order_id,side,price,quantity,value,fee,fee_asset,fee_value,in_opening", (await RunAsync("export trades")).Output, StringComparison.Ordinal);
        Assert.Contains("opening", (await RunAsync("export journal")).Output, StringComparison.Ordinal);
        Assert.Equal(10_000m, (decimal)JsonNode.Parse((await RunAsync("export equity --format json")).Output)![0]!["base"]!);
    }

    [Fact]
    public async Task Beside_a_running_server_commands_use_its_store()
    {
        await using var server = await ServerProcess.Start(directory).ReadyAsync();
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("X-CloudScheduler", "true");
        using var answer = await http.PostAsync(new Uri(server.Url, "/tasks/runtime"), null, TestContext.Current.CancellationToken);
        var port = System.Text.RegularExpressions.Regex.Match(server.Output, @"redis-cli -p (\d+)").Groups[1].Value;

        var (exitCode, output) = await RunAsync("books resolve --as transfer --reason test --asset QRL --amount 5", ("Ballast__Store__Port", port));
        Assert.True(exitCode == 0, output);
        Assert.Contains("recorded         transfer of 5 QRL: test", output, StringComparison.Ordinal);
        Assert.Contains("transfer", (await RunAsync("export journal", ("Ballast__Store__Port", port))).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("books", 64, "command")]
    [InlineData("books frob", 64, "frob")]
    [InlineData("books resolve --as transfer", 64, "--reason")]
    [InlineData("books show", 1, "no books yet")]
    [InlineData("books resolve --as gift --reason x", 1, "neither transfer nor correction")]
    [InlineData("export trades --from tomorrow", 1, "tomorrow")]
    [InlineData("export nothing", 64, "nothing")]
    [InlineData("books show --Ballast:Symbol=a/b", 78, "a/b")]
    public async Task What_cannot_be_done_ends_with_a_sentence_and_a_code(string words, int exitCode, string says)
    {
        var (code, output) = await RunAsync(words);
        Assert.Equal(exitCode, code);
        Assert.Contains(says, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_is_down_is_an_outage() =>
        Assert.Equal(69, (await RunAsync("books show", ("REDIS_URL", "redis://127.0.0.1:1"))).ExitCode);

    private async Task TickAsync()
    {
        await using var server = await ServerProcess.Start(directory).ReadyAsync();
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("X-CloudScheduler", "true");
        using var answer = await http.PostAsync(new Uri(server.Url, "/tasks/runtime"), null, TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode);
        await server.SignalAsync("TERM");
        Assert.Equal(0, await server.ExitCodeAsync());
    }

    private async Task<(int ExitCode, string Output)> RunAsync(string words, params (string Name, string Value)[] settings)
    {
        await using var command = ServerProcess.Start(directory, settings, words.Split(' '));
        return (await command.ExitCodeAsync(), command.Output);
    }
}

using System.Text.Json.Nodes;
using Ballast.Tests.Mexc;
using Ballast.Tests.Server.Store;
using Ballast.Tests.Tidy;
using StackExchange.Redis;

namespace Ballast.Tests.Server.Commands;

/// <summary>One tick as a scheduler starts it that starts programs: a process, an answer, an exit code.</summary>
[Collection(Alone.Name)]
public sealed class TickCommandTests : IDisposable
{
    private const string Noon = "2026-01-01T12:00:00Z";
    private const string Account = """{"canTrade":true,"accountType":"SPOT","balances":[{"asset":"QRL","free":"100","locked":"0"},{"asset":"USDT","free":"150","locked":"0"}]}""";

    private readonly string directory = Directory.CreateTempSubdirectory("ballast-test-").FullName;

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public async Task On_a_machine_with_nothing_it_runs_on_paper_and_keeps_what_came_of_it()
    {
        var (exitCode, shown, _) = await RunAsync("tick");

        Assert.Equal(0, exitCode);
        Assert.Matches("(?m)^tick       15-min-job/manual/[0-9a-f]+: success, mode observe", shown);
        Assert.Matches("(?m)^decision   (HOLD|BUY|SELL)", shown);
        Assert.Matches("(?m)^books      balanced; 10000 at ", shown);
        Assert.Contains("10000 QRL at ", (await RunAsync("books show")).Answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_answer_is_the_one_that_the_endpoint_gives_and_stands_alone_on_standard_output()
    {
        await using var exchange = (await StubExchange.StartAsync()).OnOrdinaryMarket();

        var (exitCode, json, log) = await RunAsync(ReadmeCommands.ATick, On(exchange));

        var answer = JsonNode.Parse(json)!.AsObject();
        Assert.Equal(0, exitCode);
        Assert.Equal(
            ["status", "task", "auth", "tick", "replayed", "mode", "timestamp", "duration_ms", "cost_update", "rebalance", "order"],
            answer.Select(field => field.Key));
        Assert.Equal(("15-min-job", "command", "SELL"), ((string?)answer["task"], (string?)answer["auth"], (string?)answer["rebalance"]!["action"]));
        Assert.Contains("caller=command", log, StringComparison.Ordinal);
        Assert.DoesNotContain(ServerUnderTest.SecretKey, json + log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_symmetric_task_leaves_the_books_alone()
    {
        await using var exchange = (await StubExchange.StartAsync()).OnOrdinaryMarket();

        var (exitCode, json, _) = await RunAsync("tick --task symmetric --json", On(exchange));

        Assert.Equal(0, exitCode);
        Assert.Equal("rebalance-symmetric", (string?)JsonNode.Parse(json)!["task"]);
        Assert.Null(JsonNode.Parse(json)!["cost_update"]);
        Assert.Empty(exchange.RequestsTo("GET /api/v3/myTrades"));
    }

    [Fact]
    public async Task In_production_nobody_has_to_be_allowed_to_call_and_redis_has_the_record()
    {
        await using var exchange = (await StubExchange.StartAsync()).OnOrdinaryMarket();
        await using var redis = await RedisServer.StartAsync();
        (string, string)[] settings = [.. On(exchange), .. On(redis), ("ASPNETCORE_ENVIRONMENT", "Production")];

        var (exitCode, first, log) = await RunAsync($"tick --json --schedule-time {Noon}", settings);
        var (again, second, _) = await RunAsync($"tick --json --schedule-time {Noon}", settings);

        Assert.True(exitCode == 0, log);
        Assert.Equal(0, again);
        Assert.Equal(("15-min-job/" + Noon, false), ((string?)JsonNode.Parse(first)!["tick"], (bool)JsonNode.Parse(first)!["replayed"]!));
        Assert.True((bool)JsonNode.Parse(second)!["replayed"]!);
        Assert.Equal(1, await PlansAsync(redis));
        Assert.False(Directory.Exists(Path.Combine(directory, "data")), "with a Redis nothing is written to disk");
    }

    [Fact]
    public async Task Of_two_at_once_one_runs_and_the_other_says_so()
    {
        await using var exchange = (await StubExchange.StartAsync()).OnOrdinaryMarket();
        await using var redis = await RedisServer.StartAsync();
        var gate = Hold(exchange);
        await using var first = Start("tick", [.. On(exchange), .. On(redis)]);
        await gate.Reached;

        var (exitCode, _, said) = await RunAsync("tick", [.. On(exchange), .. On(redis)]);
        gate.Open();

        Assert.Equal((1, 0), (exitCode, await first.ExitCodeAsync()));
        Assert.Contains("another tick is running", said, StringComparison.Ordinal);
        Assert.Equal(1, await PlansAsync(redis));
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task Told_to_stop_while_a_tick_runs_it_brings_the_tick_to_its_end(string signal)
    {
        await using var exchange = (await StubExchange.StartAsync()).OnOrdinaryMarket();
        await using var redis = await RedisServer.StartAsync();
        var gate = Hold(exchange);
        await using var tick = Start("tick", [.. On(exchange), .. On(redis)]);
        await gate.Reached;

        await tick.SignalAsync(signal);
        // Longer than a command is usually given to end.
        await Task.Delay(TimeSpan.FromSeconds(2.5), TimeProvider.System, TestContext.Current.CancellationToken);
        gate.Open();

        Assert.True(await tick.ExitCodeAsync() == 0, tick.Output);
        Assert.Equal(1, await PlansAsync(redis));
    }

    [Fact]
    public async Task Beside_a_running_server_it_uses_that_ones_store()
    {
        await using var exchange = (await StubExchange.StartAsync()).OnOrdinaryMarket();
        await using var server = await ServerProcess.Start(directory, On(exchange)).ReadyAsync();
        var port = System.Text.RegularExpressions.Regex.Match(server.Output, @"redis-cli -p (\d+)").Groups[1].Value;

        var (exitCode, _, log) = await RunAsync("tick", [.. On(exchange), ("Ballast__Store__Port", port)]);

        Assert.True(exitCode == 0, log);
        await using var inside = await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{port}");
        Assert.Equal(1, await inside.GetDatabase().ListLengthAsync("bot:QRLUSDT:rebalance:history"));
    }

    [Theory]
    [InlineData("GET /api/v3/myTrades", "\"status\":\"partial\"")]
    [InlineData("GET /api/v3/account", "\"status\":\"error\"")]
    public async Task A_tick_that_did_not_succeed_is_told_by_the_exit_code_too(string broken, string says)
    {
        await using var exchange = (await StubExchange.StartAsync()).OnOrdinaryMarket();
        exchange.On(broken, StubReply.Json("""{"code":700002,"msg":"Signature for this request is not valid."}""", 400));

        var (exitCode, json, _) = await RunAsync("tick --json", On(exchange));

        Assert.Equal(1, exitCode);
        Assert.Contains(says, json, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tick --task weekly", 64, "weekly")]
    [InlineData("tick --schedule-time noon", 64, "RFC 3339")]
    [InlineData("tick now", 64, "now")]
    [InlineData("tick --Ballast:Policy:Treshold=0.02", 78, "Ballast:Policy:Threshold")]
    [InlineData("tick --Ballast:Mode=auto", 78, "Safety:MaxOrderNotional")]
    [InlineData("tick --Ballast:Auth:Audience=https://x.example", 78, "Ballast:Auth:ServiceAccounts")]
    public async Task A_mistake_is_named_and_nothing_runs(string words, int exitCode, string says)
    {
        var (code, answer, said) = await RunAsync(words);

        Assert.Equal((exitCode, ""), (code, answer));
        Assert.Contains(says, said, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(directory));
    }

    [Fact]
    public async Task A_store_that_is_down_is_an_outage_and_the_exchange_is_not_asked()
    {
        await using var exchange = (await StubExchange.StartAsync()).OnOrdinaryMarket();

        var (exitCode, answer, said) = await RunAsync("tick --json", [.. On(exchange), ("REDIS_URL", "redis://:hush@127.0.0.1:1")]);

        Assert.Equal(69, exitCode);
        Assert.Equal(["error", "exit_code"], JsonNode.Parse(answer)!.AsObject().Select(field => field.Key));
        Assert.Equal(69, (int)JsonNode.Parse(answer)!["exit_code"]!);
        Assert.Contains("the store cannot be used", said, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", said + answer, StringComparison.Ordinal);
        Assert.Empty(exchange.Requests);
    }

    [Fact]
    public async Task The_account_on_paper_that_a_server_holds_is_not_traded_on_behind_its_back()
    {
        await using var server = await ServerProcess.Start(directory).ReadyAsync();

        var (exitCode, _, said) = await RunAsync("tick");

        Assert.Equal(69, exitCode);
        Assert.Contains("in use", said, StringComparison.Ordinal);
    }

    private static (string, string)[] On(StubExchange exchange) =>
        [("MEXC_API_KEY", ServerUnderTest.ApiKey), ("MEXC_SECRET_KEY", ServerUnderTest.SecretKey), ("MEXC_BASE_URL", exchange.BaseUrl.ToString())];

    private static (string, string)[] On(RedisServer redis) => [("REDIS_URL", $"redis://127.0.0.1:{redis.Port}")];

    private static async Task<long> PlansAsync(RedisServer redis)
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{redis.Port}");
        return await connection.GetDatabase().ListLengthAsync("bot:QRLUSDT:rebalance:history");
    }

    private ServerProcess Start(string words, params (string, string)[] settings) => ServerProcess.Start(directory, settings, words.Split(' '));

    private async Task<(int ExitCode, string Answer, string Said)> RunAsync(string words, params (string, string)[] settings)
    {
        await using var command = Start(words, settings);
        return (await command.ExitCodeAsync(), command.StandardOutput, command.StandardError);
    }

    /// <summary>Keeps back what the account holds until it is told to tell.</summary>
    private static Held Hold(StubExchange exchange)
    {
        const string Route = "GET /api/v3/account";
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        exchange.On(Route, StubReply.Json(Account).After(gate.Task));
        return new Held(
            Eventually.TrueAsync(() => Task.FromResult(exchange.RequestsTo(Route).Count > 0), TimeSpan.FromSeconds(30), "the exchange was not asked"), gate.SetResult);
    }

    private sealed record Held(Task Reached, Action Open);
}

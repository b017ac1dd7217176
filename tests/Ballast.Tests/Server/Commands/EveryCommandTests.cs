using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Ballast.Tests.Mexc;

namespace Ballast.Tests.Server.Commands;

/// <summary>Every command in a pipe, on a terminal, for programs, mistyped, and without its store.</summary>
[Collection(Alone.Name)]
[Trait(FromOutside.Name, FromOutside.Value)]
public sealed class EveryCommandTests : IDisposable
{
    private static readonly string[] OnTheStore =
    [
        "explain", "replay --threshold 20%", "status", "halt holiday", "resume", "mode observe", "books show", "books profit", "books verify", "books rebuild",
        "books resolve --as transfer --reason moved --asset QRL --amount 5", "export trades", "export journal", "export equity",
    ];

    /// <summary>Where there is nothing to approve, the answer is no.</summary>
    private static readonly string[] Refusing = ["approve", "reject", "explain nothing-like-it", "replay --from 2099-01-01 --threshold 2%"];

    private readonly string directory = Directory.CreateTempSubdirectory("ballast-test-").FullName;

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public async Task In_a_pipe_it_is_plain_text_and_for_programs_one_json_document()
    {
        await using var exchange = (await StubExchange.StartAsync()).OnOrdinaryMarket();
        foreach (var words in (string[])["tick", "plan", "version", "completion bash", "completion zsh", "completion fish", .. OnTheStore])
        {
            var (exitCode, answer, said) = await RunAsync(words, On(exchange));
            Assert.True(exitCode == 0, $"{words}: {exitCode} {said}");
            Assert.NotEmpty(answer);
            Assert.DoesNotMatch("\e|\t|\r[^\n]", answer);
            Assert.DoesNotMatch("\e|\r[^\n]|#{3}", words.StartsWith("tick", StringComparison.Ordinal) ? "" : said);

            (exitCode, answer, said) = await RunAsync(words + " --json", On(exchange));
            Assert.True(exitCode == 0, $"{words} --json: {exitCode} {said}");
            Assert.NotNull(JsonNode.Parse(answer));
        }
        foreach (var words in Refusing)
        {
            var (exitCode, answer, said) = await RunAsync(words + " --json", On(exchange));
            Assert.Equal((words, 1), (words, exitCode));
            Assert.Equal(1, (int)JsonNode.Parse(answer)!["exit_code"]!);
            Assert.Equal($"ballast: {JsonNode.Parse(answer)!["error"]}", said.TrimEnd());
        }
    }

    [Fact]
    public async Task On_a_terminal_there_is_a_heading_and_colour_unless_it_is_not_wanted()
    {
        Needs.Program("script");
        await using var exchange = (await StubExchange.StartAsync()).OnOrdinaryMarket();
        Assert.Equal(0, (await RunAsync("tick", On(exchange))).ExitCode);
        foreach (var words in (string[])["plan", "version", .. OnTheStore.Where(words => !words.StartsWith("export", StringComparison.Ordinal))])
        {
            var (exitCode, shown) = await TypeAsync(words, On(exchange));
            Assert.True(exitCode == 0, $"{words}: {exitCode} {shown}");
            if (words != "books verify")
                Assert.Contains("\e[1m", shown, StringComparison.Ordinal);
        }
        var (_, coloured) = await TypeAsync("status", On(exchange));
        var (_, plain) = await TypeAsync("status", [.. On(exchange), ("NO_COLOR", "1")]);
        var (_, dumb) = await TypeAsync("status", [.. On(exchange), ("TERM", "dumb")]);
        Assert.Equal(Words(coloured), Words(plain));
        Assert.Equal(Words(plain), Words(dumb));
        Assert.DoesNotContain("\e[1m", plain, StringComparison.Ordinal);
        Assert.StartsWith("Trading", Words(plain), StringComparison.Ordinal);

        // Besides colours, a terminal may be told to send its keypad, which is nothing to see.
        static string Words(string shown) => Regex.Replace(shown, "\e(\\[\\??\\d+[mh]|=)", "");
    }

    [Fact]
    public async Task A_table_is_aligned_and_what_is_too_long_for_the_terminal_goes_on_in_its_own_column()
    {
        Needs.Program("script");
        await using var exchange = (await StubExchange.StartAsync()).OnOrdinaryMarket();
        await RunAsync("tick", On(exchange));

        var piped = Lines((await RunAsync("explain", On(exchange))).Answer);
        var typed = Lines((await TypeAsync("explain", [.. On(exchange), ("NO_COLOR", "1")], columns: 60)).Shown);

        var column = piped.Single(line => line.StartsWith("Step", StringComparison.Ordinal)).IndexOf("Sum", StringComparison.Ordinal);
        Assert.All(piped.SkipWhile(line => line.Length > 0).Skip(1), line => Assert.True(line[column - 1] == ' ' && line[column] != ' ', line));
        Assert.True(typed.Count > piped.Count, "nothing was broken");
        Assert.All(typed.SkipWhile(line => line.Length > 0).Skip(1), line => Assert.True(line.Length <= 60 && line[column - 1] == ' ' && line[column] != ' ', line));
    }

    [Theory]
    [InlineData("statsu", "did you mean status?")]
    [InlineData("tik", "did you mean tick?")]
    [InlineData("expl", "did you mean explain?")]
    [InlineData("books shwo", "did you mean show?")]
    [InlineData("export trade", "did you mean trades?")]
    [InlineData("paper falut maintenance", "did you mean fault?")]
    [InlineData("paper fault maintenence", "did you mean maintenance?")]
    [InlineData("status --jsno", "did you mean --json?")]
    [InlineData("replay --treshold 2%", "did you mean --threshold?")]
    [InlineData("mode obsreve", "did you mean observe?")]
    [InlineData("completion bahs", "did you mean bash?")]
    [InlineData("plan now", "now")]
    [InlineData("version 1", "1")]
    [InlineData("health x", "x")]
    [InlineData("serve x", "x")]
    [InlineData("frobnicate", "frobnicate")]
    [InlineData("replay", "--threshold 2%")]
    [InlineData("replay --threshold 2", "write 0.02 or 2%")]
    [InlineData("replay --sides none", "both, buy-only or sell-only")]
    [InlineData("replay --from soon --threshold 2%", "soon")]
    public async Task What_is_mistyped_is_not_run_and_the_word_that_was_meant_is_named(string words, string says)
    {
        var (exitCode, answer, said) = await RunAsync(words);
        Assert.Equal((64, ""), (exitCode, answer));
        Assert.Contains(says, said, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(directory));

        (exitCode, answer, _) = await RunAsync(words + " --json");
        Assert.Equal((64, 64), (exitCode, (int)JsonNode.Parse(answer)!["exit_code"]!));
        Assert.NotEmpty((string)JsonNode.Parse(answer)!["error"]!);
    }

    [Fact]
    public async Task Without_its_store_a_command_says_so()
    {
        await using var exchange = (await StubExchange.StartAsync()).OnOrdinaryMarket();
        foreach (var words in (string[])["tick", "plan", "approve", "reject", .. OnTheStore])
        {
            var (exitCode, answer, said) = await RunAsync(words + " --json", [.. On(exchange), ("REDIS_URL", "redis://:hush@127.0.0.1:1")]);
            Assert.Equal((words, 69), (words, exitCode));
            Assert.Equal(69, (int)JsonNode.Parse(answer)!["exit_code"]!);
            Assert.Contains("ballast: the store cannot be used", said, StringComparison.Ordinal);
            Assert.DoesNotContain("hush", answer + said, StringComparison.Ordinal);
        }
        Assert.Empty(exchange.Requests);
    }

    [Fact]
    public async Task A_tick_is_explained_by_any_part_of_its_name_or_time_that_only_it_has()
    {
        await using var exchange = (await StubExchange.StartAsync()).OnOrdinaryMarket();
        foreach (var time in (string[])["2026-01-01T12:00:00Z", "2026-01-01T12:15:00Z"])
            Assert.Equal(0, (await RunAsync($"tick --schedule-time {time}", On(exchange))).ExitCode);

        foreach (var wanted in (string[])["15-min-job/2026-01-01T12:15:00Z", "12:15:00Z", "15-min-job/2026-01-01T12:1", "latest"])
        {
            var answer = JsonNode.Parse((await RunAsync($"explain {wanted} --json", On(exchange))).Answer)!;
            Assert.Equal("15-min-job/2026-01-01T12:15:00Z", (string?)answer["plan"]!["tick"]);
            Assert.Equal("SELL 20 QRL at 2.5: 12.5 % above target, 50 USDT; observed only", (string?)answer["explanation"]!["headline"]);
            Assert.Equal("100 × 2.5 + 150 = 400 USDT", (string?)answer["explanation"]!["lines"]!.AsArray().Single(line => (string?)line!["key"] == "total")!["sum"]);
        }

        var (exitCode, json, said) = await RunAsync("explain 15-min-job --json", On(exchange));
        Assert.Equal(1, exitCode);
        Assert.Equal(
            ["15-min-job/2026-01-01T12:15:00Z", "15-min-job/2026-01-01T12:00:00Z"], JsonNode.Parse(json)!["matches"]!.AsArray().Select(match => (string?)match));
        Assert.Contains("can mean 2 ticks", said, StringComparison.Ordinal);
        Assert.Contains("no tick is kept that 'x' could mean", (await RunAsync("explain x", On(exchange))).Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_is_shown_and_leaves_no_trace()
    {
        await using var exchange = (await StubExchange.StartAsync()).OnOrdinaryMarket();

        var answer = JsonNode.Parse((await RunAsync("plan --json", On(exchange))).Answer)!;

        Assert.Equal(("SELL", 20m), ((string?)answer["plan"]!["action"], (decimal)answer["plan"]!["quantity"]!));
        Assert.Contains("no tick is kept yet", (await RunAsync("explain", On(exchange))).Said, StringComparison.Ordinal);
        Assert.Empty(exchange.RequestsTo("GET /api/v3/myTrades"));

        exchange.On("GET /api/v3/ticker/price", StubReply.Json("""{"code":500,"msg":"Internal error"}""", 500));
        var (exitCode, json, said) = await RunAsync("plan --json", On(exchange));
        Assert.Equal((69, 69), (exitCode, (int)JsonNode.Parse(json)!["exit_code"]!));
        Assert.Contains("there is no plan", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Beside_a_server_on_paper_a_plan_is_made_from_a_copy_of_its_account()
    {
        await using var server = await ServerProcess.Start(directory).ReadyAsync();
        var account = Path.Combine(directory, "data", "paper", "account.jsonl");
        var before = await File.ReadAllTextAsync(account, TestContext.Current.CancellationToken);

        var (exitCode, json, said) = await RunAsync("plan --json", ("Ballast__Store__Port", $"{server.StorePort}"));

        Assert.True(exitCode == 0, said);
        Assert.Equal(10_000m, (decimal)JsonNode.Parse(json)!["plan"]!["base_balance"]!);
        Assert.Equal(before, await File.ReadAllTextAsync(account, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Recorded_ticks_are_decided_again_under_other_settings()
    {
        await using var exchange = (await StubExchange.StartAsync()).OnOrdinaryMarket();
        await RunAsync("tick --schedule-time 2026-01-01T12:00:00Z", On(exchange));

        // 12.5 % off: a sale of 20 at 2.5 = 50 with 0.05 % of it as fee, and nothing once 20 % are asked for
        var answer = JsonNode.Parse((await RunAsync("replay --threshold 20% --json", On(exchange))).Answer)!;

        Assert.Equal((1, 0, 50m, 0.025m), ((int)Before("sells"), (int)Before("buys"), (decimal)Before("turnover"), (decimal)Before("fees")));
        Assert.Equal((0, 1, 0m), ((int)answer["summary"]!["after"]!["sells"]!, (int)answer["summary"]!["after"]!["holds"]!, (decimal)answer["summary"]!["after"]!["turnover"]!));
        Assert.Equal(("SELL", "HOLD", "Within threshold"), ((string?)Changed("before"), (string?)Changed("after"), (string?)Changed("reason")));

        JsonNode Before(string name) => answer["summary"]!["before"]![name]!;

        JsonNode Changed(string name) => answer["changed"]![0]![name]!;
    }

    [Fact]
    public async Task An_export_to_a_file_says_how_many_rows_it_wrote()
    {
        await using var exchange = (await StubExchange.StartAsync()).OnOrdinaryMarket();
        await RunAsync("tick", On(exchange));

        var answer = JsonNode.Parse((await RunAsync("export equity --output curve.json --json", On(exchange))).Answer)!;

        Assert.Equal((1, Path.Combine(directory, "curve.json")), ((int)answer["rows"]!, (string?)answer["file"]));
        Assert.Equal(400m, (decimal)JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(directory, "curve.json"), TestContext.Current.CancellationToken))![0]!["value"]!);
        Assert.StartsWith("time,", (await RunAsync("export equity --format csv --json", On(exchange))).Answer, StringComparison.Ordinal);
        Assert.Equal(69, (await RunAsync("export equity --output no/such/folder/curve.csv", On(exchange))).ExitCode);
    }

    [Fact]
    public async Task A_server_that_is_started_for_a_program_says_where_it_listens_as_json()
    {
        await using var server = ServerProcess.Start(directory, [], "serve", "--json");
        await Store.Eventually.TrueAsync(() => Task.FromResult(server.StandardOutput.Contains('}', StringComparison.Ordinal)), TimeSpan.FromSeconds(60), "it said nothing");
        var started = JsonNode.Parse(server.StandardOutput)!;
        using var http = new HttpClient();
        Assert.Equal(System.Net.HttpStatusCode.OK, (await http.GetAsync(new Uri($"{started["url"]}/health/live"), TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(("QRLUSDT", "paper"), ((string?)started["symbol"], (string?)started["exchange"]));
    }

    private static (string, string)[] On(StubExchange exchange) =>
        [("MEXC_API_KEY", ServerUnderTest.ApiKey), ("MEXC_SECRET_KEY", ServerUnderTest.SecretKey), ("MEXC_BASE_URL", exchange.BaseUrl.ToString())];

    private static List<string> Lines(string text) => [.. text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n')];

    private async Task<(int ExitCode, string Answer, string Said)> RunAsync(string words, params (string, string)[] settings)
    {
        await using var command = ServerProcess.Start(directory, settings, words.Split(' '));
        return (await command.ExitCodeAsync(), command.StandardOutput, command.StandardError);
    }

    private async Task<(int ExitCode, string Shown)> TypeAsync(string words, (string, string)[] settings, int columns = 200)
    {
        await using var command = ServerProcess.StartInTerminal(directory, settings, columns, words.Split(' '));
        return (await command.ExitCodeAsync(), command.StandardOutput);
    }
}

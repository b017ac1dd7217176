using System.Text.RegularExpressions;
using Ballast.Tests.Mexc;
using Ballast.Tests.Tidy;

namespace Ballast.Tests.Server.Diagnosis;

/// <summary>The command as it is typed: on a machine with nothing, beside a server, with things down, with mistakes.</summary>
[Collection(Alone.Name)]
[Trait(FromOutside.Name, FromOutside.Value)]
public sealed class DoctorCommandTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("ballast-test-").FullName;

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public async Task On_a_machine_with_nothing_only_the_first_tick_is_missing_and_nothing_is_left_behind()
    {
        var (exitCode, output) = await RunAsync(ReadmeCommands.Doctor);
        Assert.Equal(0, exitCode);
        Assert.Equal(
            ["! warn    last tick            no tick has run yet"],
            output.Split('\n').Where(line => line.StartsWith('!') || line.StartsWith('✗')).Select(line => line.TrimEnd()));
        Assert.DoesNotContain('\e', output);
        Assert.Matches(@"\d+ lines: \d+ pass, 1 warn, 0 fail, \d+ skipped\s*$", output);
        Assert.Empty(Directory.EnumerateFileSystemEntries(directory));
    }

    [Fact]
    public async Task Lines_stand_in_columns_and_what_to_do_below_them()
    {
        var (_, output) = await RunAsync("doctor");
        var lines = output.TrimEnd().Split('\n').Select(line => line.TrimEnd()).ToList();
        Assert.All(lines[..^1], line => Assert.Matches(@"^(?:[✓!✗-] (?:pass   |warn   |fail   |skipped) \S.{18}  \S|                               → )", line));
    }

    [Fact]
    public async Task After_a_tick_all_is_well_and_json_says_the_same()
    {
        Assert.Equal(0, (await RunAsync("tick")).ExitCode);
        var (exitCode, output) = await RunAsync("doctor --json --test-order");
        var report = Report.Read(exitCode, output);
        Assert.True(exitCode == 0 && !report.Troubled.Any(), output);
        Assert.Equal("pass", report["test_order"].Status);
        Assert.Contains("balanced", report["books"].Says, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Beside_a_running_server_it_uses_that_ones_store_and_market()
    {
        await using var server = await ServerProcess.Start(directory).ReadyAsync();
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("X-CloudScheduler", "true");
        using var answer = await http.PostAsync(new Uri(server.Url, "/tasks/runtime"), null, TestContext.Current.CancellationToken);
        var paper = Regex.Match(server.Output, @"MEXC's REST API at http://127\.0\.0\.1:(\d+)").Groups[1].Value;

        var (exitCode, output) = await RunAsync("doctor --json", ("Ballast__Store__Port", $"{server.StorePort}"), ("Ballast__Paper__Port", paper));

        var report = Report.Read(exitCode, output);
        Assert.True(exitCode == 0 && !report.Troubled.Any(), output);
        Assert.All(["store", "exchange", "symbol", "rules", "last_tick", "books"], name => Assert.Equal("pass", report[name].Status));
        Assert.Contains("GET /api/v1/doctor", report["keys"].Says, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_the_store_down_the_rest_is_looked_at()
    {
        var (exitCode, output) = await RunAsync("doctor --json", ("REDIS_URL", "redis://:hush@127.0.0.1:1"));
        var report = Report.Read(exitCode, output);
        Assert.Equal(1, exitCode);
        Assert.Equal(["store fail"], report.Troubled);
        Assert.Contains("REDIS_URL", report["store"].Fix, StringComparison.Ordinal);
        Assert.Equal(("pass", "pass"), (report["symbol"].Status, report["balances"].Status));
        Assert.All(["persistence", "eviction", "last_tick", "halt", "books"], name => Assert.Equal("skipped", report[name].Status));
        Assert.DoesNotContain("hush", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_the_exchange_down_the_rest_is_looked_at()
    {
        var (exitCode, output) = await RunAsync("doctor --json", Keys("http://127.0.0.1:1"));
        var report = Report.Read(exitCode, output);
        Assert.Equal(1, exitCode);
        Assert.Equal(["exchange fail", "last_tick warn"], report.Troubled);
        Assert.Contains("MEXC_BASE_URL", report["exchange"].Fix, StringComparison.Ordinal);
        Assert.All(
            ["clock", "keys", "withdraw_permission", "symbol", "rules", "balances", "fees", "test_order"], name => Assert.Equal("skipped", report[name].Status));
        Assert.DoesNotContain(ServerUnderTest.SecretKey, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_broken_configuration_every_mistake_is_named_and_the_rest_is_looked_at()
    {
        var (exitCode, output) = await RunAsync(
            "doctor --json", ("Ballast__Policy__Threshold", "2"), ("Ballast__Policy__Treshold", "2%"), ("Ballast__Mode", "auto"));
        var report = Report.Read(exitCode, output);
        Assert.Equal(78, exitCode);
        var mistakes = report.Lines.Where(line => line.Name == "configuration").ToList();
        Assert.Equal(4, mistakes.Count);
        Assert.All(mistakes, mistake => Assert.True(mistake is { Status: "fail", Fix.Length: > 0 }, output));
        Assert.Contains(mistakes, mistake => mistake.Says.Contains("Treshold", StringComparison.Ordinal));
        Assert.Equal(("pass", "pass", "pass", "skipped"), (report["store"].Status, report["symbol"].Status, report["keys"].Status, report["rules"].Status));
    }

    [Fact]
    public async Task What_leads_to_the_store_or_the_exchange_and_is_mistaken_is_not_guessed()
    {
        var (exitCode, output) = await RunAsync("doctor --json", ("REDIS_URL", "localhost"), ("MEXC_API_KEY", "mx0alone"));
        var report = Report.Read(exitCode, output);
        Assert.Equal(78, exitCode);
        Assert.Equal(["configuration fail", "configuration fail"], report.Troubled);
        Assert.All(["store", "exchange", "symbol", "books", "last_tick"], name => Assert.Equal("skipped", report[name].Status));
    }

    [Theory]
    [InlineData("doctor --jsno")]
    [InlineData("doctor please")]
    public async Task A_typing_error_is_told(string words) => Assert.Equal(64, (await RunAsync(words)).ExitCode);

    [Theory]
    [InlineData("""{"code":700006,"msg":"IP [33.33.33.33] not in the ip white list"}""", "33.33.33.33", "add this machine's public address")]
    [InlineData("""{"code":700007,"msg":"No permission to access the endpoint."}""", "may not read the account", "SPOT_ACCOUNT_READ")]
    [InlineData("""{"code":400,"msg":"api key required"}""", "does not know the key", "90 days")]
    public async Task Refused_keys_are_told_apart_by_the_exchanges_codes(string answer, string says, string fix)
    {
        await using var exchange = await HealthyExchangeAsync();
        exchange.On("GET /api/v3/account", StubReply.Json(answer, 400));
        var report = await StubbedAsync(exchange);
        Assert.Equal(["keys fail", "last_tick warn"], report.Troubled);
        Assert.Contains(says, report["keys"].Says, StringComparison.Ordinal);
        Assert.Contains(fix, report["keys"].Fix, StringComparison.Ordinal);
        Assert.DoesNotContain(exchange.Requests, request => request.Route.Contains("selfSymbols", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("true", "fail")]
    [InlineData("false", "pass")]
    public async Task What_the_account_says_of_withdrawals_counts_where_the_key_cannot_be_tried(string canWithdraw, string status)
    {
        await using var exchange = await HealthyExchangeAsync();
        exchange.On("GET /api/v3/account", Account($"\"canWithdraw\":{canWithdraw},"));
        var report = await StubbedAsync(exchange);
        Assert.Equal(status, report["withdraw_permission"].Status);
        Assert.Contains($"canWithdraw: {canWithdraw}", report["withdraw_permission"].Says, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Locked_balances_are_not_free()
    {
        await using var exchange = await HealthyExchangeAsync();
        exchange.On("GET /api/v3/account", Account("", ("0", "100"), ("0", "150")));
        var report = await StubbedAsync(exchange);
        Assert.Equal("fail", report["balances"].Status);
        Assert.Contains("no free balance; 100 QRL and 150 USDT are locked", report["balances"].Says, StringComparison.Ordinal);
        Assert.Contains("cancel the open orders", report["balances"].Fix, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_observe_no_order_is_sent_not_even_a_test_order()
    {
        await using var exchange = await HealthyExchangeAsync();
        Assert.Equal("skipped", (await StubbedAsync(exchange))["test_order"].Status);
        Assert.All(exchange.Requests, request => Assert.StartsWith("GET ", request.Route, StringComparison.Ordinal));

        Assert.Equal("pass", (await StubbedAsync(exchange, " --test-order"))["test_order"].Status);
        Assert.Single(exchange.RequestsTo("POST /api/v3/order/test"));
        Assert.Empty(exchange.RequestsTo("POST /api/v3/order"));
    }

    private static async Task<StubExchange> HealthyExchangeAsync() => (await StubExchange.StartAsync()).OnOrdinaryMarket()
        .On("GET /api/v3/time", StubReply.Computed(() => $$"""{"serverTime":{{TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()}}}"""))
        .On("GET /api/v3/selfSymbols", StubReply.Json("""{"code":200,"data":["QRLUSDT"],"msg":null}"""))
        .On("GET /api/v3/tradeFee", StubReply.Json("""{"data":{"makerCommission":0,"takerCommission":0.0005},"code":0,"msg":"success"}"""))
        .On("GET /api/v3/mxDeduct/enable", StubReply.Json("""{"data":{"mxDeductEnable":false},"code":0,"msg":"success"}"""))
        .On("POST /api/v3/order/test", StubReply.Json("{}"));

    private static StubReply Account(string more, (string Free, string Locked)? coins = null, (string Free, string Locked)? cash = null)
    {
        var (held, money) = (coins ?? ("100", "0"), cash ?? ("150", "0"));
        return StubReply.Json(
            $$"""
            {"canTrade":true,{{more}}"accountType":"SPOT","permissions":["SPOT"],"balances":[
             {"asset":"QRL","free":"{{held.Free}}","locked":"{{held.Locked}}"},{"asset":"USDT","free":"{{money.Free}}","locked":"{{money.Locked}}"}]}
            """);
    }

    private async Task<Report> StubbedAsync(StubExchange exchange, string more = "")
    {
        var (exitCode, output) = await RunAsync("doctor --json" + more, Keys(exchange.BaseUrl.ToString()));
        return Report.Read(exitCode, output);
    }

    private static (string, string)[] Keys(string url) =>
        [("MEXC_API_KEY", ServerUnderTest.ApiKey), ("MEXC_SECRET_KEY", ServerUnderTest.SecretKey), ("MEXC_BASE_URL", url)];

    private async Task<(int ExitCode, string Output)> RunAsync(string words, params (string Name, string Value)[] settings)
    {
        await using var command = ServerProcess.Start(directory, settings, words.Split(' '));
        var exitCode = await command.ExitCodeAsync();
        return (exitCode, command.Output);
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Ballast.Tests.Mexc;

namespace Ballast.Tests.Server.Telemetry;

/// <summary>What the program itself prints in Production, line by line, as Cloud Logging would read it.</summary>
[Collection(Alone.Name)]
public sealed class CloudLogTests : IDisposable
{
    private const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";

    private readonly string directory = Directory.CreateTempSubdirectory("ballast-test-").FullName;

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public async Task A_tick_is_one_object_with_its_numbers_as_numbers()
    {
        await using var exchange = (await StubExchange.StartAsync()).OnOrdinaryMarket();
        var lines = await RunAsync(exchange, [("GOOGLE_CLOUD_PROJECT", "my-project"), ("Ballast__Books__OpeningCost", "2.345")], server => PostAsync(server));

        var tick = Assert.Single(lines);
        Assert.Equal("INFO", (string?)tick["severity"]);
        Assert.StartsWith("tick 15-min-job/manual/", (string?)tick["message"], StringComparison.Ordinal);
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$", (string?)tick["time"]);
        Assert.Equal($"projects/my-project/traces/{Trace}", (string?)tick["logging.googleapis.com/trace"]);
        Assert.Matches("^[0-9a-f]{16}$", (string?)tick["logging.googleapis.com/spanId"]);
        Assert.True((bool?)tick["logging.googleapis.com/trace_sampled"]);
        Expect(tick, """
            {"status":"success","task":"15-min-job","mode":"observe","caller":"X-CloudScheduler","action":"sell","quantity":20,"reason":"QRL above target","price":2.5,"notional":50,
             "deviation":0.125,"total":400,"average_cost":2.345,"realized":0,"unrealized":15.5,"profit":15.5,"new_trades":0,"books":"balanced","halted":false}
            """);
        Assert.InRange((double)tick["duration_ms"]!, 0, 60_000);
        Assert.Equal(exchange.Requests.Count, (int)tick["exchange_calls"]!);
        Assert.StartsWith("GET /api/v3/", (string?)tick["slowest_call"], StringComparison.Ordinal);
        Assert.InRange((double)tick["slowest_ms"]!, 0, 60_000);
        Assert.False(tick.ContainsKey("order"));
    }

    [Fact]
    public async Task What_goes_wrong_has_its_severity_and_no_line_breaks_the_log()
    {
        await using var exchange = (await StubExchange.StartAsync()).OnOrdinaryMarket();
        var lines = await RunAsync(exchange, [], async server =>
        {
            await PostAsync(server);
            exchange.On("GET /api/v3/ticker/price", StubReply.Json("\"line\\nbreak\"", 400));
            await PostAsync(server);
            exchange.On("GET /api/v3/account", StubReply.Empty(403));
            await PostAsync(server);
            await PostAsync(server, trusted: false);
        });

        Assert.Equal(["INFO", "WARNING", "ERROR", "WARNING"], lines.Select(line => (string?)line["severity"]));
        Assert.Equal(["success", "partial", "error", null], lines.Select(line => (string?)line["status"]));
        Assert.Equal(("/tasks/runtime", "no credentials"), ((string?)lines[3]["endpoint"], (string?)lines[3]["reason"]));
        Assert.All(lines, line => Assert.Equal(Trace, (string?)line["logging.googleapis.com/trace"]));
    }

    /// <summary>Runs the program in Production until <paramref name="work"/> is done. Nobody watches it but the reader of its log, so nothing is loaded for others.</summary>
    /// <returns>All lines of its log; what else it printed stands before them, and is no JSON.</returns>
    private async Task<List<JsonObject>> RunAsync(StubExchange exchange, (string Name, string Value)[] settings, Func<ServerProcess, Task> work)
    {
        await using var server = await ServerProcess.Start(directory, [
            ("ASPNETCORE_ENVIRONMENT", "Production"), ("Ballast__Auth__TrustSchedulerHeader", "true"),
            ("MEXC_API_KEY", ServerUnderTest.ApiKey), ("MEXC_SECRET_KEY", ServerUnderTest.SecretKey), ("MEXC_BASE_URL", exchange.BaseUrl.ToString()), .. settings,
        ]).ReadyAsync();
        await work(server);
        if (OperatingSystem.IsLinux())
            Assert.DoesNotContain("OpenTelemetry", await File.ReadAllTextAsync($"/proc/{server.Id}/maps", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await server.SignalAsync("TERM");
        Assert.Equal(0, await server.ExitCodeAsync());
        Assert.Contains("no /metrics; set Ballast__Metrics__Token", server.Output, StringComparison.Ordinal);
        var log = Regex.Split(server.Output, "\r?\n").SkipWhile(line => !line.Contains("curl -X POST", StringComparison.Ordinal)).Skip(1).Where(line => line.Trim().Length > 0);
        return [.. log.Select(line => JsonNode.Parse(line)!.AsObject())];
    }

    private static async Task PostAsync(ServerProcess server, bool trusted = true)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("traceparent", $"00-{Trace}-00f067aa0ba902b7-01");
        if (trusted)
            http.DefaultRequestHeaders.Add("X-CloudScheduler", "true");
        using var response = await http.PostAsync(new Uri(server.Url, "/tasks/runtime"), null, TestContext.Current.CancellationToken);
    }

    private static void Expect(JsonObject line, string expected)
    {
        foreach (var (name, value) in JsonNode.Parse(expected)!.AsObject())
        {
            var found = line[name];
            Assert.True(found is not null && found.GetValueKind() == value!.GetValueKind(), $"{name} in {line.ToJsonString()}");
            if (value!.GetValueKind() == JsonValueKind.Number)
                Assert.Equal((decimal)value, (decimal)found!);
            else
                Assert.Equal(value.ToJsonString(), found!.ToJsonString());
        }
    }
}

using System.Net;
using System.Net.Sockets;
using System.Text;
using Ballast.Tests.Mexc;

namespace Ballast.Tests.Server.Telemetry;

/// <summary>What reaches a collector, and what a collector can do to a tick: nothing but keep it for its budget.</summary>
[Collection(Alone.Name)]
public class DeliveryTests
{
    private const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    private const string Caller = "00f067aa0ba902b7";

    /// <summary>Seconds; the budget is 2, and a collector's own deadline, which must not count, 10.</summary>
    private const double FarLessThanTheCollectorsDeadline = 6;

    [Fact]
    public async Task Metrics_and_spans_have_arrived_when_the_answer_does()
    {
        await using var collector = await Collector.StartAsync();
        await using var server = await StartAsync(collector.Url);
        for (var tick = 1; tick <= 3; tick++)
        {
            await server.AnswerAsync("/tasks/runtime");
            Assert.Equal(tick, collector.Requests.Count(request => request.Path == "/v1/metrics"));
            Assert.Equal(tick, collector.Requests.Count(request => request.Path == "/v1/traces"));
        }
        Assert.All(collector.Requests, request => Assert.Equal("application/x-protobuf", request.ContentType));
        foreach (var word in (string[])["ballast.ticks", "15-min-job", "success", "ballast.portfolio.value", "service.name", "ballast"])
            Assert.True(Holds(collector.BytesOn("/v1/metrics"), word), word);
    }

    [Theory]
    [InlineData("/tasks/runtime", 503, "store_down")]
    [InlineData("/tasks/runtime", 409, "busy")]
    [InlineData("/tasks/rebalance/symmetric", 502, "error")]
    public async Task Ticks_that_end_badly_are_delivered_as_well(string path, int status, string outcome)
    {
        await using var collector = await Collector.StartAsync();
        await using var server = await StartAsync(collector.Url, status == 503 ? [("REDIS_URL", "redis://127.0.0.1:1"), ("Ballast:Store:Port", null), ("Ballast:Store:DataDirectory", null)] : []);
        if (status == 409)
            await (await server.RedisAsync()).StringSetAsync("bot:QRLUSDT:lease", "another", TimeSpan.FromMinutes(1));
        server.Exchange.On("GET /api/v3/account", StubReply.Empty(403));
        using var response = await server.PostAsync(path);
        Assert.True(Holds(collector.BytesOn("/v1/metrics"), outcome), outcome);
        Assert.True(Holds(collector.BytesOn("/v1/traces"), "ballast.outcome"));
    }

    [Fact]
    public async Task The_tick_hangs_on_its_callers_trace_with_a_span_for_each_call()
    {
        await using var collector = await Collector.StartAsync();
        await using var server = await StartAsync(collector.Url);
        server.Http.DefaultRequestHeaders.Add("traceparent", $"00-{Trace}-{Caller}-01");

        var answer = await server.AnswerAsync("/tasks/runtime?secret=in-the-query");
        var spans = collector.BytesOn("/v1/traces");

        Assert.InRange(Count(spans, Convert.FromHexString(Trace)), 8, 100);
        Assert.Equal(1, Count(spans, Convert.FromHexString(Caller)));
        foreach (var word in (string[])
            ["tick", (string)answer["tick"]!, "ballast.action", "sell", "ballast.mode", "observe", "exchange GET /api/v3/account", "http.request.method", "url.path", "http.response.status_code",
             "store lease", "store read", "store commit", "db.system.name", "redis", "db.operation.name"])
            Assert.True(Holds(spans, word), word);
        Assert.False(Holds(spans, "in-the-query"));
    }

    [Theory]
    [InlineData(CollectorState.Failing, "HTTP 500")]
    [InlineData(CollectorState.Hanging, "")]
    public async Task A_collector_that_does_not_work_costs_a_tick_its_budget_and_one_line(CollectorState state, string says)
    {
        await using var collector = await Collector.StartAsync();
        collector.State = state;
        await ExpectOneLineATickAsync(collector.Url, says);
    }

    [Theory]
    [InlineData(CollectorState.Taking, 0)]
    [InlineData(CollectorState.Failing, 1)]
    public async Task A_collector_may_speak_gRPC(CollectorState state, int problems)
    {
        await using var collector = await Collector.StartAsync(grpc: true);
        collector.State = state;
        var log = new LogOfServer();
        await using var server = await StartAsync(collector.Url, [("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc")], log);

        await server.AnswerAsync("/tasks/runtime");

        Assert.Equal(
            ["/opentelemetry.proto.collector.metrics.v1.MetricsService/Export", "/opentelemetry.proto.collector.trace.v1.TraceService/Export"],
            collector.Requests.Select(request => request.Path).Order(StringComparer.Ordinal));
        Assert.Equal(problems, log.Lines.Count(line => line.Contains("telemetry was not delivered", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_collector_that_is_not_there_costs_a_tick_one_line()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        await ExpectOneLineATickAsync($"http://127.0.0.1:{port}", "refused");
    }

    [Fact]
    public async Task A_collector_that_comes_back_gets_everything_that_is_counted()
    {
        await using var collector = await Collector.StartAsync();
        await using var server = await StartAsync(collector.Url);
        collector.State = CollectorState.Hanging;
        await server.AnswerAsync("/tasks/runtime", "2026-01-01T12:00:00Z");
        collector.State = CollectorState.Taking;
        await server.AnswerAsync("/tasks/runtime", "2026-01-01T12:00:00Z");
        var last = collector.Requests.Last(request => request.Path == "/v1/metrics");
        Assert.True(Holds(last.Body, "success") && Holds(last.Body, "replayed"));
    }

    [Theory]
    [InlineData("OTEL_TRACES_EXPORTER", "/v1/metrics")]
    [InlineData("OTEL_METRICS_EXPORTER", "/v1/traces")]
    public async Task Either_half_can_be_switched_off(string setting, string rest)
    {
        await using var collector = await Collector.StartAsync();
        await using var server = await StartAsync(collector.Url, [(setting, "none")]);
        await server.AnswerAsync("/tasks/runtime");
        Assert.Equal([rest], collector.Requests.Select(request => request.Path));
    }

    [Fact]
    public async Task The_owners_name_of_the_service_and_headers_are_used()
    {
        await using var collector = await Collector.StartAsync();
        await using var server = await StartAsync(collector.Url, [("OTEL_SERVICE_NAME", "my-own-name"), ("OTEL_EXPORTER_OTLP_HEADERS", "x-tenant=seven")]);
        await server.AnswerAsync("/tasks/runtime");
        Assert.All(collector.Requests, request => Assert.Equal("seven", request.Headers["x-tenant"]));
        Assert.All(collector.Requests, request => Assert.True(Holds(request.Body, "my-own-name")));
    }

    private static async Task ExpectOneLineATickAsync(string url, string says)
    {
        var log = new LogOfServer();
        await using var server = await StartAsync(url, log: log);
        for (var tick = 1; tick <= 2; tick++)
        {
            var began = TimeProvider.System.GetTimestamp();
            var answer = await server.AnswerAsync("/tasks/runtime");
            Assert.InRange(TimeProvider.System.GetElapsedTime(began).TotalSeconds, 0, FarLessThanTheCollectorsDeadline);
            Assert.Equal("success", (string?)answer["status"]);
            var lines = log.Lines.Where(line => line.Contains("telemetry was not delivered", StringComparison.Ordinal)).ToList();
            Assert.Equal(tick, lines.Count);
            Assert.All(lines, line => Assert.Contains(says, line, StringComparison.OrdinalIgnoreCase));
        }
    }

    internal static Task<ServerUnderTest> StartAsync(string url, IEnumerable<(string Name, string? Value)>? settings = null, LogOfServer? log = null) =>
        ServerUnderTest.StartAsync([("OTEL_EXPORTER_OTLP_ENDPOINT", url), .. settings ?? []], log: log ?? new LogOfServer());

    internal static bool Holds(byte[] bytes, string text) => bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;

    private static int Count(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> part)
    {
        var count = 0;
        for (var at = bytes.IndexOf(part); at >= 0; at = bytes.IndexOf(part), count++)
            bytes = bytes[(at + part.Length)..];
        return count;
    }
}

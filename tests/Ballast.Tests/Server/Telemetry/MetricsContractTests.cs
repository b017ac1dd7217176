using System.Text.RegularExpressions;
using Ballast.Core.Trading;
using Ballast.Tests.Mexc;

namespace Ballast.Tests.Server.Telemetry;

/// <summary>Dashboards and alarms are written against these names: all of them, their types, their labels, and nothing besides.</summary>
public partial class MetricsContractTests
{
    private const string Outcome = "success|partial|error|replayed|busy|overtaken|store_down";
    private const string Task = "15-min-job|rebalance-symmetric";
    private const string Exchange = "ok|refused|rate_limited|server_error|unreachable";
    private const string Path = "(GET|POST|DELETE) /api/v3/[A-Za-z/]+";

    /// <summary>Family, type, and a label's words by its name.</summary>
    private static readonly (string Name, string Type, (string Label, string Words)[] Labels)[] Families =
    [
        ("ballast_ticks_total", "counter", [("task", Task), ("outcome", Outcome)]),
        ("ballast_tick_duration_seconds", "histogram", [("task", Task), ("outcome", Outcome)]),
        ("ballast_decisions_total", "counter", [("action", "hold|buy|sell|none")]),
        ("ballast_plan_deviation_ratio", "gauge", []),
        ("ballast_plan_threshold_ratio", "gauge", []),
        ("ballast_price", "gauge", []),
        ("ballast_portfolio_value", "gauge", []),
        ("ballast_portfolio_leg_value", "gauge", [("leg", "base|quote")]),
        ("ballast_portfolio_held_value", "gauge", []),
        ("ballast_books_average_cost", "gauge", []),
        ("ballast_books_realized_profit", "gauge", []),
        ("ballast_books_unrealized_profit", "gauge", []),
        ("ballast_books_balanced", "gauge", []),
        ("ballast_books_profit", "gauge", [("cause", "market|rebalancing|fees|transfers|corrections|unproven")]),
        ("ballast_orders_total", "counter", [("side", "buy|sell"), ("outcome", "proposed|blocked|filled|partially_filled|unfilled|rejected|unknown")]),
        ("ballast_order_unsettled", "gauge", []),
        ("ballast_guard_refusals_total", "counter", [("guard", string.Join('|', Guards.Names))]),
        ("ballast_halted", "gauge", []),
        ("ballast_mode", "gauge", [("mode", "observe|approve|auto")]),
        ("ballast_tick_last_success_timestamp_seconds", "gauge", []),
        ("ballast_exchange_request_duration_seconds", "histogram", [("operation", Path), ("outcome", Exchange)]),
        ("ballast_store_request_duration_seconds", "histogram", [("operation", "lease|read|commit|begin_order|finish_order|release|other"), ("outcome", "ok|error")]),
        ("ballast_auth_refusals_total", "counter", [("reason", "[A-Za-z -]+")]),
        ("ballast_build_info", "gauge", [("version", @"\d+\.\d+\.\d+"), ("runtime", "native|jit"), ("exchange", "mexc|paper"), ("symbol", "QRLUSDT")]),
    ];

    [Fact]
    public async Task Every_family_is_there_with_its_type_and_its_labels_and_no_other()
    {
        await using var server = await BusyAsync();

        var now = await Scrape.OfAsync(server);

        Assert.Equal(
            Families.Select(family => $"{family.Name} {family.Type}").Order(StringComparer.Ordinal),
            Types().Matches(now.Text).Select(type => $"{type.Groups["name"].Value} {type.Groups["type"].Value}").Order(StringComparer.Ordinal));
        Assert.Equal(Families.Length, Help().Count(now.Text));
        foreach (var sample in now.Samples.Keys)
        {
            var family = Assert.Single(Families, family => Regex.IsMatch(sample, Pattern(family)));
            Assert.NotEmpty(family.Name);
        }
    }

    [Fact]
    public async Task The_buckets_are_those_of_the_contract()
    {
        await using var server = await BusyAsync();
        var now = await Scrape.OfAsync(server);
        Assert.Equal("0.005 0.01 0.025 0.05 0.1 0.25 0.5 1 2.5 5 10 30 +Inf", Bounds("ballast_tick_duration_seconds_bucket{", "outcome=\"success\",task=\"15-min-job\""));
        const string Requests = "0.001 0.0025 0.005 0.01 0.025 0.05 0.1 0.25 0.5 1 2.5 5 10 +Inf";
        Assert.Equal(Requests, Bounds("ballast_store_request_duration_seconds_bucket{", "operation=\"lease\",outcome=\"ok\""));
        Assert.Equal(Requests, Bounds("ballast_exchange_request_duration_seconds_bucket{", "operation=\"GET /api/v3/account\",outcome=\"ok\""));

        string Bounds(string name, string labels) => string.Join(' ', now.Samples.Keys
            .Where(sample => sample.StartsWith(name, StringComparison.Ordinal) && sample.Contains(labels, StringComparison.Ordinal))
            .Select(sample => Regex.Match(sample, "le=\"([^\"]+)\"").Groups[1].Value));
    }

    /// <summary>A server to which nearly everything has happened.</summary>
    private static async Task<ServerUnderTest> BusyAsync()
    {
        var server = await TickMetricsTests.StartTradingAsync();
        server.Exchange.On("POST /api/v3/order", StubReply.Drop()).On("GET /api/v3/order", StubReply.Empty(503), StubReply.Json("""{"msg":"Order does not exist.","code":-2013}""", 400));
        await server.AnswerAsync("/tasks/runtime");
        await server.AnswerAsync("/tasks/runtime", "2026-01-01T12:00:00Z");
        await server.AnswerAsync("/tasks/rebalance/symmetric", "2026-01-01T12:00:00Z");
        await server.AnswerAsync("/tasks/rebalance/symmetric", "2026-01-01T12:00:00Z");
        await (await server.RedisAsync()).StringSetAsync("bot:QRLUSDT:halt", "1");
        await server.AnswerAsync("/tasks/runtime");
        await server.Http.GetAsync("/api/v1/trading", TestContext.Current.CancellationToken);
        return server;
    }

    private static string Pattern((string Name, string Type, (string Label, string Words)[] Labels) family)
    {
        var labels = family.Labels.Select(label => $"{label.Label}=\"({label.Words})\"").Order(StringComparer.Ordinal).ToList();
        if (family.Type != "histogram")
            return labels.Count == 0 ? $"^{family.Name}$" : $$"""^{{family.Name}}\{{{string.Join(',', labels)}}\}$""";
        var buckets = labels.Append("le=\"[^\"]+\"").Order(StringComparer.Ordinal);
        return $$"""^{{family.Name}}(_bucket\{{{string.Join(',', buckets)}}\}|_(sum|count)\{{{string.Join(',', labels)}}\})$""";
    }

    [GeneratedRegex("^# TYPE (?<name>[a-z_0-9]+) (?<type>[a-z]+)$", RegexOptions.Multiline)]
    private static partial Regex Types();

    [GeneratedRegex("^# HELP [a-z_0-9]+ [A-Z1][^\n]+[a-z0-9]\\.$", RegexOptions.Multiline)]
    private static partial Regex Help();
}

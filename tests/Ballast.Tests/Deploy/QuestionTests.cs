namespace Ballast.Tests.Deploy;

/// <summary>Everything that the dashboards and the alert rules ask, asked of a real Prometheus that has watched a real server.</summary>
public class QuestionTests(WatchedBallast watched) : IClassFixture<WatchedBallast>
{
    private const string Window = "1h";

    public static TheoryData<string> Dashboards => [.. DeployFolder.DashboardFiles];

    public static TheoryData<string> Rules => [.. AlertRule.All.Select(rule => rule.Uid)];

    [Theory]
    [MemberData(nameof(Dashboards))]
    public async Task Every_panel_has_something_to_show(string file)
    {
        Needs.PrometheusServer();
        Needs.RedisServer();
        foreach (var question in Dashboard.Of(file).PanelQuestions)
        {
            var values = await watched.Prometheus.AskAsync(question.Sent(Window), watched.Troubled);
            Assert.True(values.Any(double.IsFinite), $"{question.Where} is shown no number by {question.Sent(Window)}");
        }
    }

    [Theory]
    [MemberData(nameof(Dashboards))]
    public async Task Every_annotation_marks_something(string file)
    {
        Needs.PrometheusServer();
        Needs.RedisServer();
        foreach (var question in Dashboard.Of(file).AnnotationQuestions)
        {
            var values = await watched.Prometheus.AskAsync(question.Sent("10s"), watched.Began, watched.Troubled);
            Assert.True(values.Any(value => value > 0), $"{question.Where} marks nothing by {question.Sent("10s")}");
        }
    }

    [Theory]
    [MemberData(nameof(Dashboards))]
    public async Task Every_variable_finds_the_portfolio(string file)
    {
        Needs.PrometheusServer();
        Needs.RedisServer();
        foreach (var variable in Dashboard.Of(file).Variables)
        {
            Assert.Equal("label_values(ballast_build_info, job)", (string?)variable["query"]!["query"]);
            Assert.Equal(["ballast"], await watched.Prometheus.LabelValuesAsync("job", "ballast_build_info"));
        }
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public async Task Every_rule_has_something_to_decide_on_whether_all_is_well_or_not(string uid)
    {
        Needs.PrometheusServer();
        Needs.RedisServer();
        var rule = AlertRule.All.Single(rule => rule.Uid == uid);
        foreach (var time in (DateTimeOffset[])[watched.Well, watched.Troubled])
            Assert.True(double.IsFinite(Assert.Single(await watched.Prometheus.AskAsync(rule.Question.Expression, time))));
    }

    [Fact]
    public async Task While_all_is_well_nothing_fires()
    {
        Needs.PrometheusServer();
        Needs.RedisServer();
        Assert.Empty(await FiringAsync(watched.Well));
    }

    [Fact]
    public async Task In_trouble_all_fires_that_is_about_it()
    {
        Needs.PrometheusServer();
        Needs.RedisServer();
        string[] all =
        [
            "ballast-auth-refusals", "ballast-books-unproven", "ballast-exchange-errors", "ballast-halted", "ballast-order-unknown", "ballast-store-errors",
            "ballast-tick-errors",
        ];
        string[] firing = [.. await FiringAsync(watched.Troubled)];
        Assert.True(all.SequenceEqual(firing), $"{string.Join(' ', firing)} fire after\n{watched.Said}");
    }

    [Fact]
    public async Task Once_it_is_gone_the_rules_that_watch_over_it_from_outside_fire()
    {
        Needs.PrometheusServer();
        Needs.RedisServer();
        var firing = await FiringAsync(watched.Gone, expression => expression.Replace("[20m]", "[3s]", StringComparison.Ordinal));
        Assert.Superset(new HashSet<string> { "ballast-gone", "ballast-scrape" }, firing.ToHashSet());
    }

    [Fact]
    public async Task The_ticks_that_are_shown_are_those_that_ran()
    {
        Needs.PrometheusServer();
        Needs.RedisServer();
        var shown = Dashboard.Of("operator.json").PanelQuestions.Single(question => question.Where == "operator.json, Ticks by outcome, A").Sent(Window);
        Assert.Equal(watched.GoodTicks, Assert.Single(await watched.Prometheus.AskAsync($"({shown}) and on (outcome) ballast_ticks_total{{outcome=\"success\",task=\"15-min-job\"}}", watched.Troubled)));
    }

    [Fact]
    public async Task What_the_tests_believe_to_be_measured_is_what_the_server_shows()
    {
        Needs.PrometheusServer();
        Needs.RedisServer();
        var names = (await watched.Prometheus.LabelValuesAsync("__name__")).Where(name => name.StartsWith("ballast_", StringComparison.Ordinal))
            .SelectMany(name => new Question("", $"{name}{{}}").Metrics);
        Assert.Equal(MetricNames.OfBallast, names.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Prometheus_takes_the_configuration()
    {
        Needs.PrometheusServer();
        var directory = await PrometheusServer.ConfigureAsync(new Uri("http://ballast:8080"), "a-token");
        try
        {
            using var tool = System.Diagnostics.Process.Start(Needs.Program("promtool"), ["check", "config", PrometheusServer.ConfigurationFile(directory)]);
            await tool.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(0, tool.ExitCode);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    /// <returns>The rules whose condition holds at that time, however long they would wait.</returns>
    private async Task<IEnumerable<string>> FiringAsync(DateTimeOffset time, Func<string, string>? change = null)
    {
        var firing = new List<string>();
        foreach (var rule in AlertRule.All)
        {
            var values = await watched.Prometheus.AskAsync(change is null ? rule.Question.Expression : change(rule.Question.Expression), time);
            if (values.Any(rule.Holds) || (values.Count == 0 && rule.WakesOnSilence))
                firing.Add(rule.Uid);
        }
        return firing.Order(StringComparer.Ordinal);
    }
}

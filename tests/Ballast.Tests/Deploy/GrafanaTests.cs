using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Ballast.Tests.Deploy;

/// <summary>What stands in the files that Grafana is provisioned from, without a Grafana.</summary>
public class GrafanaTests
{
    private const string ExpressionSource = "__expr__";

    /// <summary>Columns of Grafana's grid.</summary>
    private const int Columns = 24;

    public static TheoryData<string> Dashboards => [.. DeployFolder.DashboardFiles];

    public static TheoryData<string> Rules => [.. AlertRule.All.Select(rule => rule.Uid)];

    [Fact]
    public void There_are_dashboards_and_alerts() => Assert.Equal((2, 10), (Dashboard.All.Count(), AlertRule.All.Count()));

    [Fact]
    public void No_uid_is_used_twice_and_all_are_of_a_length_that_Grafana_takes()
    {
        string[] uids = [.. Dashboard.All.Select(board => board.Uid), .. AlertRule.All.Select(rule => rule.Uid)];
        Assert.Equal(uids.Distinct(), uids);
        Assert.All(uids, uid => Assert.Matches("^ballast-[a-z-]{1,32}$", uid));
    }

    [Theory]
    [MemberData(nameof(Dashboards))]
    public void Every_panel_says_what_it_shows_in_what_unit_and_what_it_means_when_there_is_nothing(string file)
    {
        var board = Dashboard.Of(file);
        Assert.True((int)board.Json["schemaVersion"]! >= 39);
        foreach (var panel in board.Panels)
        {
            var (title, defaults) = ((string)panel["title"]!, panel["fieldConfig"]!["defaults"]!);
            Assert.NotEmpty(title);
            Assert.True(((string)panel["description"]!).EndsWith('.'), $"{title}: a description is a sentence");
            Assert.NotEmpty((string)defaults["unit"]!);
            Assert.NotEmpty((string)defaults["noValue"]!);
            Assert.NotEmpty(defaults["thresholds"]!["steps"]!.AsArray());
            Assert.All(Dashboard.Objects(panel["targets"]), target => Assert.NotEmpty((string)target["legendFormat"]!));
            if ((string)panel["type"]! is "timeseries" or "state-timeline")
                Assert.True((bool)panel["options"]!["legend"]!["showLegend"]!, $"{title}: colours alone do not tell its lines apart");
        }
    }

    [Theory]
    [MemberData(nameof(Dashboards))]
    public void What_a_colour_says_a_word_says_too(string file)
    {
        foreach (var words in Descendants(Dashboard.Of(file).Json).OfType<JsonObject>().Where(node => (string?)node["type"] == "value" && node["options"] is JsonObject))
        {
            string[] texts = [.. words["options"]!.AsObject().Select(word => (string)word.Value!["text"]!)];
            Assert.DoesNotContain("", texts);
            Assert.Equal(texts.Distinct(), texts);
        }
    }

    [Theory]
    [MemberData(nameof(Dashboards))]
    public void Panels_have_ids_and_places_of_their_own(string file)
    {
        var panels = Dashboard.Of(file).Panels;
        Assert.Equal(panels.Count, panels.Select(panel => (int)panel["id"]!).Distinct().Count());
        Assert.Equal(panels.Count, panels.Select(panel => (string)panel["title"]!).Distinct().Count());
        var taken = new HashSet<(int X, int Y)>();
        foreach (var place in panels.Select(panel => panel["gridPos"]!))
        {
            var (x, y, w, h) = ((int)place["x"]!, (int)place["y"]!, (int)place["w"]!, (int)place["h"]!);
            Assert.InRange(x + w, 1, Columns);
            Assert.All(from i in Enumerable.Range(x, w) from j in Enumerable.Range(y, h) select (i, j), cell => Assert.True(taken.Add(cell), $"two panels at {cell}"));
        }
    }

    [Fact]
    public void The_owners_dashboard_begins_with_a_row_of_single_figures() => Assert.All(
        Dashboard.Of("owner.json").Panels.Where(panel => (int)panel["gridPos"]!["y"]! == 0), panel => Assert.Equal("stat", (string?)panel["type"]));

    [Theory]
    [MemberData(nameof(Dashboards))]
    public void An_annotation_asks_the_same_in_the_old_way_and_in_the_new(string file) => Assert.All(Dashboard.Of(file).Annotations, annotation =>
    {
        Assert.Equal((string?)annotation["expr"], (string?)annotation["target"]!["expr"]);
        Assert.Equal((string?)annotation["step"], (string?)annotation["target"]!["interval"]);
    });

    [Fact]
    public void Everything_asks_the_datasource_that_is_provisioned()
    {
        var provisioned = Regex.Match(DeployFolder.Text("grafana", "provisioning", "datasources", "prometheus.yaml"), @"^    uid: (\S+)$", RegexOptions.Multiline).Groups[1].Value;
        var sources = Dashboard.All.SelectMany(board => Descendants(board.Json)).OfType<JsonObject>()
            .Where(node => (string?)node["datasource"]?["type"] != "grafana" && node["datasource"] is not null)
            .Select(node => (string?)node["datasource"]!["uid"])
            .Concat(AlertRule.All.Select(rule => (string?)rule.Asked["datasourceUid"]));
        Assert.Equal(["ballast-prometheus"], sources.Distinct());
        Assert.Equal("ballast-prometheus", provisioned);
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void Every_rule_says_what_has_happened_and_what_to_do(string uid)
    {
        var rule = AlertRule.All.Single(rule => rule.Uid == uid);
        Assert.InRange(((string)rule.Json["annotations"]!["summary"]!).Length, 20, 120);
        Assert.InRange(((string)rule.Json["annotations"]!["description"]!).Length, 80, 400);
        Assert.Contains((string?)rule.Json["labels"]!["severity"], (string[])["critical", "warning"]);
        Assert.Matches("^[0-9]+[sm]$", (string)rule.Json["for"]!);
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void Every_rule_decides_by_a_limit_on_what_it_asked(string uid)
    {
        var rule = AlertRule.All.Single(rule => rule.Uid == uid);
        var decision = rule.Decided["model"]!;
        Assert.Equal((ExpressionSource, "threshold", "A", "B"), ((string)rule.Decided["datasourceUid"]!, (string)decision["type"]!, (string)decision["expression"]!, (string)rule.Json["condition"]!));
        Assert.Contains(rule.Comparison, (string[])["gt", "lt"]);
        Assert.True((bool)rule.Asked["model"]!["instant"]!);

        // A filter would give no answer where all is well, which is what an outage looks like.
        Assert.DoesNotMatch(@"[^=!<>][<>]=?|[=!]= ", rule.Question.Expression);
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void Every_rule_leads_to_a_panel(string uid)
    {
        var json = AlertRule.All.Single(rule => rule.Uid == uid).Json;
        var board = Dashboard.All.Single(board => board.Uid == (string?)json["dashboardUid"]);
        Assert.Contains((int)json["panelId"]!, board.Panels.Select(panel => (int)panel["id"]!));
        Assert.Equal(board.Uid, (string?)json["annotations"]!["__dashboardUid__"]);
        Assert.Equal($"{json["panelId"]}", (string?)json["annotations"]!["__panelId__"]);
    }

    [Theory]
    [InlineData("ballast-gone", "Alerting", "Alerting")]
    [InlineData("ballast-no-tick", "Alerting", "Alerting")]
    // What pushes its metrics is not scraped at all.
    [InlineData("ballast-scrape", "OK", "KeepLast")]
    [InlineData("ballast-halted", "KeepLast", "KeepLast")]
    [InlineData("ballast-order-unknown", "KeepLast", "KeepLast")]
    [InlineData("ballast-books-unproven", "KeepLast", "KeepLast")]
    [InlineData("ballast-tick-errors", "KeepLast", "KeepLast")]
    [InlineData("ballast-exchange-errors", "KeepLast", "KeepLast")]
    [InlineData("ballast-store-errors", "KeepLast", "KeepLast")]
    [InlineData("ballast-auth-refusals", "KeepLast", "KeepLast")]
    public void Silence_wakes_somebody_and_ends_no_alarm(string uid, string onSilence, string onError)
    {
        var json = AlertRule.All.Single(rule => rule.Uid == uid).Json;
        Assert.Equal((onSilence, onError), ((string?)json["noDataState"], (string?)json["execErrState"]));
    }

    [Fact]
    public void Everything_that_is_measured_is_shown_and_nothing_else_is_asked_for()
    {
        var asked = Dashboard.All.SelectMany(board => board.PanelQuestions.Concat(board.AnnotationQuestions))
            .Concat(AlertRule.All.Select(rule => rule.Question))
            .SelectMany(question => question.Metrics);
        Assert.Equal([.. MetricNames.OfBallast, MetricNames.Up], asked.Distinct().Order(StringComparer.Ordinal));
    }

    private static IEnumerable<JsonNode> Descendants(JsonNode node)
    {
        var children = node switch
        {
            JsonObject fields => fields.Select(field => field.Value),
            JsonArray items => items,
            _ => [],
        };
        return children.OfType<JsonNode>().SelectMany(child => Descendants(child).Prepend(child));
    }
}

using System.Globalization;
using System.Text.Json.Nodes;

namespace Ballast.Tests.Deploy;

/// <summary>A rule as Grafana is given it: a question whose answer, <c>A</c>, is held against a limit by <c>B</c>.</summary>
internal sealed record AlertRule(string Group, JsonObject Json)
{
    public static IEnumerable<AlertRule> All =>
        from file in DeployFolder.AlertFiles
        from @group in Dashboard.Objects(DeployFolder.Json("grafana", "provisioning", "alerting", file)["groups"])
        from rule in Dashboard.Objects(@group["rules"])
        select new AlertRule((string)@group["name"]!, rule);

    public string Uid => (string)Json["uid"]!;

    public Question Question => new($"alert {Uid}", (string)Asked["model"]!["expr"]!);

    /// <summary>The step that asks Prometheus.</summary>
    public JsonObject Asked => Step("A");

    /// <summary>The step that decides.</summary>
    public JsonObject Decided => Step("B");

    public string Comparison => (string)Evaluator["type"]!;

    public decimal Limit => (decimal)Evaluator["params"]![0]!;

    /// <summary>Whether no answer is bad news too.</summary>
    public bool WakesOnSilence => (string?)Json["noDataState"] == "Alerting";

    private JsonNode Evaluator => Decided["model"]!["conditions"]![0]!["evaluator"]!;

    public bool Holds(double value) => Comparison == "gt" ? value > (double)Limit : value < (double)Limit;

    /// <summary>The same as a rule of Prometheus, so that Prometheus' own tool can play time to it.</summary>
    public JsonObject ForPrometheus()
    {
        var condition = string.Create(CultureInfo.InvariantCulture, $"({Question.Expression}) {(Comparison == "gt" ? '>' : '<')} {Limit}");
        return new JsonObject
        {
            ["alert"] = Uid,
            ["expr"] = WakesOnSilence ? $"({condition}) or absent({Question.Expression})" : condition,
            ["for"] = (string)Json["for"]!,
        };
    }

    private JsonObject Step(string refId) => Dashboard.Objects(Json["data"]).Single(step => (string?)step["refId"] == refId);
}

using System.Text.Json.Nodes;

namespace Ballast.Tests.Deploy;

/// <summary>A dashboard as Grafana is given it.</summary>
internal sealed class Dashboard
{
    private readonly string file;

    private Dashboard(string file, JsonObject json) => (this.file, Json) = (file, json);

    public static IEnumerable<Dashboard> All => DeployFolder.DashboardFiles.Select(Of);

    public JsonObject Json { get; }

    public string Uid => (string)Json["uid"]!;

    public IReadOnlyList<JsonObject> Panels => Objects(Json["panels"]);

    /// <summary>Those that ask Prometheus; the built-in one asks Grafana.</summary>
    public IReadOnlyList<JsonObject> Annotations => [.. Objects(Json["annotations"]!["list"]).Where(annotation => annotation["builtIn"] is null)];

    public IReadOnlyList<JsonObject> Variables => Objects(Json["templating"]!["list"]);

    public IEnumerable<Question> PanelQuestions =>
        from panel in Panels
        from target in Objects(panel["targets"])
        select new Question($"{file}, {panel["title"]}, {target["refId"]}", (string)target["expr"]!);

    public IEnumerable<Question> AnnotationQuestions =>
        Annotations.Select(annotation => new Question($"{file}, annotation {annotation["name"]}", (string)annotation["expr"]!));

    public static Dashboard Of(string file) => new(file, DeployFolder.Json("grafana", "dashboards", file));

    public static IReadOnlyList<JsonObject> Objects(JsonNode? list) => [.. list!.AsArray().Select(node => node!.AsObject())];
}

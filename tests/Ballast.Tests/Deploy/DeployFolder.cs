using System.Text.Json.Nodes;

namespace Ballast.Tests.Deploy;

/// <summary>The files of <c>deploy/</c>, as whoever runs them gets them.</summary>
internal static class DeployFolder
{
    private static readonly string Root = Find();

    public static IEnumerable<string> DashboardFiles =>
        Directory.EnumerateFiles(At("grafana", "dashboards"), "*.json").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal);

    public static IEnumerable<string> AlertFiles =>
        Directory.EnumerateFiles(At("grafana", "provisioning", "alerting")).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal);

    /// <returns>The path of a file or folder below <c>deploy/</c>.</returns>
    public static string At(params string[] names) => Path.Combine([Root, .. names]);

    public static string Text(params string[] names) => File.ReadAllText(At(names));

    public static JsonObject Json(params string[] names) => JsonNode.Parse(Text(names))!.AsObject();

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Ballast.slnx")))
            folder = folder.Parent ?? throw new InvalidOperationException("These tests read the repository; build them below Ballast.slnx.");
        return Path.Combine(folder.FullName, "deploy");
    }
}

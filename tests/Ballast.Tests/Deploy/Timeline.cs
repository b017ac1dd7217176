using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Ballast.Tests.Deploy;

/// <summary>
/// Hours of samples, and what the alert rules make of them: Prometheus' own test tool plays the time. Minutes are counted from the
/// beginning; a sample is what a series shows at a minute, and null is none.
/// </summary>
internal sealed class Timeline
{
    private const string Name = "rules.json";

    private readonly List<(string Series, Func<int, decimal?> At)> series = [];

    /// <param name="name">With its labels, such as <c>up{job="ballast"}</c>.</param>
    public Timeline With(string name, Func<int, decimal?> at)
    {
        series.Add((name, at));
        return this;
    }

    public Timeline Add(Timeline other)
    {
        series.AddRange(other.series);
        return this;
    }

    /// <summary>Fails unless exactly these rules fire at that minute.</summary>
    /// <param name="firing">Uids, with the job in brackets where a rule knows it.</param>
    public static JsonObject Fires(int minute, params string[] firing) => new()
    {
        ["expr"] = "count by (alertname, job) (ALERTS{alertstate=\"firing\"})",
        ["eval_time"] = $"{minute}m",
        ["exp_samples"] = new JsonArray([.. firing.Select(alert => (JsonNode)new JsonObject { ["labels"] = Labels(alert), ["value"] = 1 })]),
    };

    /// <returns>Nothing when all comes as it is expected; otherwise what Prometheus' tool says.</returns>
    public async Task<string> PlayAsync(int minutes, IEnumerable<JsonObject> expectations)
    {
        var directory = Directory.CreateTempSubdirectory("ballast-alerts-");
        try
        {
            // JSON is YAML.
            await File.WriteAllTextAsync(Path.Combine(directory.FullName, Name), Rules().ToJsonString());
            await File.WriteAllTextAsync(Path.Combine(directory.FullName, "test.json"), Test(minutes, expectations).ToJsonString());
            var start = new ProcessStartInfo(Needs.Program("promtool"), ["test", "rules", "test.json"])
            {
                WorkingDirectory = directory.FullName,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            using var tool = Process.Start(start)!;
            var output = tool.StandardOutput.ReadToEndAsync();
            var errors = await tool.StandardError.ReadToEndAsync();
            await tool.WaitForExitAsync();
            return tool.ExitCode == 0 ? "" : await output + errors;
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static JsonObject Rules() => new()
    {
        ["groups"] = new JsonArray([.. AlertRule.All.GroupBy(rule => rule.Group).Select(group => (JsonNode)new JsonObject
        {
            ["name"] = group.Key,
            ["rules"] = new JsonArray([.. group.Select(rule => (JsonNode)rule.ForPrometheus())]),
        })]),
    };

    private JsonObject Test(int minutes, IEnumerable<JsonObject> expectations) => new()
    {
        ["rule_files"] = new JsonArray(Name),
        ["evaluation_interval"] = "1m",
        ["tests"] = new JsonArray(new JsonObject
        {
            ["interval"] = "1m",
            ["input_series"] = new JsonArray([.. series.Select(one => (JsonNode)new JsonObject
            {
                ["series"] = one.Series,
                ["values"] = string.Join(' ', Enumerable.Range(0, minutes + 1).Select(minute => one.At(minute)?.ToString(CultureInfo.InvariantCulture) ?? "_")),
            })]),
            ["promql_expr_test"] = new JsonArray([.. expectations]),
        }),
    };

    private static string Labels(string alert) =>
        alert.Split('[') is [var name, var job] ? $"{{alertname=\"{name}\",job=\"{job.TrimEnd(']')}\"}}" : $"{{alertname=\"{alert}\"}}";
}

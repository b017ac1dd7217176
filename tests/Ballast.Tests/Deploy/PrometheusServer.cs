using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Ballast.Tests.Server.Store;

namespace Ballast.Tests.Deploy;

/// <summary>A real Prometheus on a free loopback port, with the configuration of <c>deploy/</c>, in a directory of its own.</summary>
internal sealed class PrometheusServer : IAsyncDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo directory;
    private readonly Process process;
    private readonly HttpClient http;

    private PrometheusServer(DirectoryInfo directory, int port)
    {
        this.directory = directory;
        http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        process = Process.Start(Needs.PrometheusServer(),
        [
            $"--config.file={ConfigurationFile(directory)}", $"--storage.tsdb.path={Path.Combine(directory.FullName, "data")}",
            $"--web.listen-address=127.0.0.1:{port}", "--log.level=error",
        ]);
    }

    /// <summary>
    /// Starts it on the configuration as it is shipped, except for what is another place or pace here: the target, the file of the token, and
    /// a scrape every second.
    /// </summary>
    public static async Task<PrometheusServer> StartAsync(Uri ballast, string token)
    {
        // A port that was free a moment ago can be taken by the time Prometheus asks for it.
        for (var attempt = 1; ; attempt++)
        {
            var server = new PrometheusServer(await ConfigureAsync(ballast, token), RedisServer.FreePort());
            if (await server.IsReadyAsync())
                return server;
            await server.DisposeAsync();
            if (attempt == 3)
                throw new InvalidOperationException("prometheus does not start");
        }
    }

    /// <summary>The configuration of <c>deploy/</c> for this machine, in a new directory; the caller removes it.</summary>
    public static async Task<DirectoryInfo> ConfigureAsync(Uri ballast, string token)
    {
        var directory = Directory.CreateTempSubdirectory("ballast-prometheus-");
        var tokenFile = Path.Combine(directory.FullName, "token");
        await File.WriteAllTextAsync(tokenFile, token);
        var shipped = DeployFolder.Text("prometheus", "prometheus.yml");
        await File.WriteAllTextAsync(ConfigurationFile(directory), new[]
        {
            ("[\"ballast:8080\"]", $"[\"{ballast.Authority}\"]"),
            ("credentials_file: /run/secrets/ballast_metrics_token", $"credentials_file: {tokenFile}"),
            ("scrape_interval: 30s", "scrape_interval: 1s"),
        }.Aggregate(shipped, Replaced));
        return directory;
    }

    public static string ConfigurationFile(DirectoryInfo directory) => Path.Combine(directory.FullName, "prometheus.yml");

    /// <returns>The value of each series that answers the expression at that time; not a number where that is the value.</returns>
    public async Task<IReadOnlyList<double>> AskAsync(string expression, DateTimeOffset? at = null)
    {
        var data = await GetAsync($"/api/v1/query?query={Uri.EscapeDataString(expression)}{(at is { } time ? $"&time={Seconds(time)}" : "")}");
        return (string?)data["resultType"] == "scalar" ? [Value(data["result"])] : [.. data["result"]!.AsArray().Select(one => Value(one!["value"]))];
    }

    /// <returns>The same for every second of a time, of all series in one list.</returns>
    public async Task<IReadOnlyList<double>> AskAsync(string expression, DateTimeOffset from, DateTimeOffset to)
    {
        var data = await GetAsync($"/api/v1/query_range?query={Uri.EscapeDataString(expression)}&start={Seconds(from)}&end={Seconds(to)}&step=1");
        return [.. data["result"]!.AsArray().SelectMany(series => series!["values"]!.AsArray()).Select(Value)];
    }

    /// <returns>The names of all metrics, or the values of any other label, of the series of a metric where one is given.</returns>
    public async Task<IReadOnlyList<string>> LabelValuesAsync(string label, string? metric = null)
    {
        var values = await GetAsync($"/api/v1/label/{label}/values{(metric is null ? "" : $"?match[]={metric}")}");
        return [.. values.AsArray().Select(value => (string)value!)];
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        if (!process.HasExited)
            process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        directory.Delete(recursive: true);
    }

    private static string Replaced(string text, (string Shipped, string Here) change)
    {
        Assert.Contains(change.Shipped, text, StringComparison.Ordinal);
        return text.Replace(change.Shipped, change.Here, StringComparison.Ordinal);
    }

    private static string Seconds(DateTimeOffset time) => (time.ToUnixTimeMilliseconds() / 1000m).ToString(CultureInfo.InvariantCulture);

    /// <param name="sample">A time and a value, the value as text.</param>
    private static double Value(JsonNode? sample) => (string)sample![1]! switch
    {
        "+Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        var text => double.Parse(text, CultureInfo.InvariantCulture),
    };

    private async Task<JsonNode> GetAsync(string path)
    {
        using var response = await http.GetAsync(new Uri(path, UriKind.Relative));
        var answer = await response.Content.ReadFromJsonAsync<JsonObject>();
        Assert.True((string?)answer!["status"] == "success", $"{path}: {answer["error"]}");
        return answer["data"]!;
    }

    private async Task<bool> IsReadyAsync()
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!process.HasExited && TimeProvider.System.GetElapsedTime(began) < StartPatience)
        {
            if (await AnswersAsync())
                return true;
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
        return false;
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            return (await http.GetAsync(new Uri("/-/ready", UriKind.Relative))).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}

using System.Net;
using System.Text.RegularExpressions;
using Ballast.Server.Configuration;
using Ballast.Tests.Server;
using Ballast.Tests.Server.Store;
using Ballast.Tests.Tidy;
using Microsoft.Extensions.Configuration;
using StackExchange.Redis;

namespace Ballast.Tests.Deploy;

/// <summary>What docs/deploy.md and the files that it speaks of promise, tried out where that is possible.</summary>
[Collection(Alone.Name)]
public class DeployPageTests
{
    private static readonly string Page = DeployFolder.Text("..", "docs", "deploy.md");
    private static readonly string Everything = string.Join('\n', Tree.OfRepository().Files.Where(file => file.Names[0] == "deploy").Select(file => file.Text).Append(Page));

    public static TheoryData<string> Paths => [.. Regex.Matches(Everything, @"(?<![\w./-])/(?:tasks|health|metrics|api/v1)(?:/[a-z0-9-]+)*(?![\w/])").Select(match => match.Value).Distinct()];

    public static TheoryData<string> SettingNames => [.. Regex.Matches(Everything, @"\bBallast__\w*\w\b").Select(match => match.Value).Distinct()];

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Every_endpoint_that_is_named_exists(string path)
    {
        await using var server = await ServerUnderTest.StartAsync();

        var statuses = new List<HttpStatusCode>();
        foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Post])
            statuses.Add((await server.Http.SendAsync(new HttpRequestMessage(method, path), TestContext.Current.CancellationToken)).StatusCode);

        Assert.Contains(statuses, status => status != HttpStatusCode.NotFound);
    }

    [Fact]
    public void The_endpoints_of_the_tasks_are_among_them() => Assert.Superset(
        new HashSet<string> { "/tasks/runtime", "/tasks/15-min-job", "/tasks/rebalance/symmetric" }, Paths.Select(row => row.Data).ToHashSet());

    [Theory]
    [MemberData(nameof(SettingNames))]
    public void Every_setting_that_is_named_exists(string name)
    {
        // The pattern of a name stands in deploy.sh and in variables.tf.
        if (name is "Ballast__Auth__")
            return;
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create(name.Replace("__", ":", StringComparison.Ordinal), (string?)"x")]).Build();

        Settings.Load(configuration, "Development").TryGet(out _, out var mistakes);

        Assert.DoesNotContain(mistakes, mistake => mistake.Contains("is not a setting", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_secrets_of_compose_are_made_as_described()
    {
        Needs.Program("openssl");
        var directory = Directory.CreateTempSubdirectory("ballast-test-").FullName;
        File.Copy(DeployFolder.At(".env.example"), Path.Combine(directory, ".env"));

        var (exitCode, _, errors) = await Shell.RunAsync("bash", ["-euc", $"cd {directory}; {Line("for name in")}"], Here());

        Assert.True(exitCode == 0, errors);
        var filled = (await File.ReadAllLinesAsync(Path.Combine(directory, ".env"), TestContext.Current.CancellationToken))
            .Where(line => line.Length > 0 && line[0] != '#').ToDictionary(line => line.Split('=')[0], line => line.Split('=')[1]);
        Assert.All(filled, variable => Assert.Matches(variable.Key.StartsWith("MEXC_", StringComparison.Ordinal) ? "^$" : "^[0-9a-f]{48}$", variable.Value));
        Assert.Equal(4, filled.Values.Where(value => value.Length > 0).Distinct().Count());
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task The_keys_of_another_program_are_put_aside_and_come_back()
    {
        Needs.Program("redis-cli");
        await using var redis = await RedisServer.StartAsync();
        await using var connection = await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{redis.Port}");
        var store = connection.GetDatabase();
        await store.HashSetAsync("bot:QRLUSDT:cost", [new("avg_cost", "2.5")]);
        await store.ListLeftPushAsync("bot:QRLUSDT:rebalance:history", "{}");
        await store.StringSetAsync("another", "x");
        var (aside, ours, back) = (Line("$redis", with: "\"qrl-api:$key\""), Line("$redis", with: "\"ballast:$key\""), Line("$redis", with: "#qrl-api:"));

        await PasteAsync(aside);
        Assert.Equal(["another", "qrl-api:bot:QRLUSDT:cost", "qrl-api:bot:QRLUSDT:rebalance:history"], Keys());
        await using (var server = await ServerUnderTest.StartAsync([("REDIS_URL", $"redis://127.0.0.1:{redis.Port}")]))
            Assert.Equal("balanced", (string?)(await server.AnswerAsync("/tasks/15-min-job"))["cost_update"]!["books"]);
        await PasteAsync(ours);
        await PasteAsync(back);

        Assert.Equal(["bot:QRLUSDT:cost", "bot:QRLUSDT:rebalance:history"], Keys().Where(key => key.StartsWith("bot:", StringComparison.Ordinal)));
        Assert.Equal("2.5", await store.HashGetAsync("bot:QRLUSDT:cost", "avg_cost"));
        Assert.Contains("ballast:bot:QRLUSDT:cost", Keys());

        string[] Keys() => [.. connection.GetServers()[0].Keys().Select(key => key.ToString()).Order(StringComparer.Ordinal)];

        async Task PasteAsync(string line)
        {
            var (exitCode, _, errors) = await Shell.RunAsync("bash", ["-euc", $"redis='redis-cli -h 127.0.0.1 -p {redis.Port}'; {line}"], Here());
            Assert.True(exitCode == 0, errors);
        }
    }

    /// <summary>The one line of the page that begins with some words and has some others in it.</summary>
    private static string Line(string begins, string with = "") =>
        Assert.Single(Page.Split('\n'), line => line.StartsWith(begins, StringComparison.Ordinal) && line.Contains(with, StringComparison.Ordinal));

    private static Dictionary<string, string> Here() => new() { ["PATH"] = Environment.GetEnvironmentVariable("PATH")! };
}

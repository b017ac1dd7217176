using System.Globalization;
using System.Text.Json.Nodes;
using StackExchange.Redis;

namespace Ballast.Tests.Server.Paper;

/// <summary>The real program, killed anywhere in its first start.</summary>
[Collection(Alone.Name)]
[Trait(FromOutside.Name, FromOutside.Value)]
public sealed class PaperPastKillTests : IDisposable
{
    private const int Days = 40;

    /// <summary>All of them where every test is run; a taste of them for whoever runs the tests at hand.</summary>
    private static readonly int Kills = Environment.GetEnvironmentVariable("CI") is null ? 4 : 24;

    private readonly string directory = Directory.CreateTempSubdirectory("ballast-test-").FullName;

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact(Timeout = 25 * 60 * 1000)]
    public async Task Killed_anywhere_in_its_first_start_the_next_one_has_a_whole_past()
    {
        var began = TimeProvider.System.GetTimestamp();
        await WholeAsync(Path.Combine(directory, "whole"));
        var whole = TimeProvider.System.GetElapsedTime(began);
        for (var kill = 1; kill <= Kills; kill++)
        {
            var place = Path.Combine(directory, kill.ToString(CultureInfo.InvariantCulture));
            Directory.CreateDirectory(place);
            await using (var server = Start(place))
            {
                await Task.Delay(whole * kill / Kills, TimeProvider.System, TestContext.Current.CancellationToken);
                server.Kill();
                await server.ExitCodeAsync();
            }
            await WholeAsync(place);
        }
    }

    [Fact]
    public async Task In_a_pipe_the_past_is_one_line_before_the_banner()
    {
        await using var server = await Start(directory, days: 2).ReadyAsync();
        Assert.Matches(@"^2 days of play on the synthetic market: 193 ticks and \d+ orders, run in \d+\.\d s\n", server.StandardOutput);
        Assert.DoesNotContain('\r', server.StandardOutput);
    }

    [Fact]
    public async Task A_single_tick_begins_no_past()
    {
        await using var tick = Start(directory, Days, "tick", "--json");
        Assert.Equal(0, await tick.ExitCodeAsync());
        Assert.Equal(10_000m, (decimal)JsonNode.Parse(tick.StandardOutput)!["rebalance"]!["base_balance"]!);
    }

    private static async Task WholeAsync(string place)
    {
        Directory.CreateDirectory(place);
        await using var server = await Start(place).ReadyAsync();
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("X-CloudScheduler", "true");
        using var response = await http.PostAsync(new Uri(server.Url, "/tasks/runtime"), null, TestContext.Current.CancellationToken);
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        Assert.Equal(("success", "balanced", 0), ((string?)answer["status"], (string?)answer["cost_update"]!["books"], (int)answer["cost_update"]!["new_trades"]!));

        await using var redis = await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{server.StorePort}");
        var store = redis.GetDatabase();
        Assert.Equal(2976, await store.ListLengthAsync("bot:QRLUSDT:rebalance:history"));
        Assert.InRange(await store.ListLengthAsync("bot:QRLUSDT:equity:hourly"), Days * 24 + 1, Days * 24 + 3);
        Assert.Single((await store.ListRangeAsync("bot:QRLUSDT:journal")).Select(line => $"{line}"), line => line.Contains("days of play", StringComparison.Ordinal));
    }

    private static ServerProcess Start(string place, int days = Days, params string[] words) =>
        ServerProcess.Start(place, [("Ballast__Paper__HistoryDays", days.ToString(CultureInfo.InvariantCulture))], words);
}

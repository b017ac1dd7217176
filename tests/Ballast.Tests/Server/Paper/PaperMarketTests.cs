using Ballast.Server;
using Ballast.Tests.PaperExchange;
using Microsoft.Extensions.Time.Testing;

namespace Ballast.Tests.Server.Paper;

/// <summary>The whole program on each kind of market, with a tick that reads it and a banner that names it.</summary>
public sealed class PaperMarketTests : IDisposable
{
    private const string Noon = "2026-01-01T12:00:00Z";
    private const string Later = "2026-01-01T12:15:00Z";
    private readonly string file = Path.Combine(Directory.CreateTempSubdirectory("ballast-test-").FullName, "prices.csv");
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);

    [Theory]
    [InlineData("QRLUSDT", "QRL above target", "QRL below target", "Within threshold")]
    [InlineData("BTCUSDT", "BTC above target", "BTC below target", "Within threshold")]
    [InlineData("METALUSDC", "METAL above target", "METAL below target", "Within threshold")]
    public async Task A_tick_runs_on_any_pair(string symbol, params string[] reasons)
    {
        await using var server = await StartAsync(("Ballast:Symbol", symbol));
        Assert.Contains((string?)(await server.AnswerAsync("/tasks/runtime", Noon))["rebalance"]!["reason"], reasons);
    }

    [Fact]
    public async Task A_tick_reads_recorded_prices_and_the_banner_says_when_they_end()
    {
        await File.WriteAllTextAsync(file, "time,price\n2020-03-12T00:00:00Z,0.05\n2020-03-12T12:00:00Z,0.025\n2020-03-13T00:00:00Z,0.03", TestContext.Current.CancellationToken);
        await using var server = await StartAsync(("Ballast:Paper:Market", "replay"), ("Ballast:Paper:File", file), ("Ballast:Paper:Speed", "60"));
        Assert.Equal(0.05m, (decimal)(await server.AnswerAsync("/tasks/runtime", Noon))["rebalance"]!["price"]!);
        clock.Advance(TimeSpan.FromMinutes(15));
        Assert.Equal(0.025m, (decimal)(await server.AnswerAsync("/tasks/runtime", Later))["rebalance"]!["price"]!);
        var banner = Banner.Text(server.Server, clock.GetUtcNow());
        Assert.Contains("play money on recorded prices", banner, StringComparison.Ordinal);
        Assert.Contains($"replay of {file} (2020-03-12 00:00 to 2020-03-13 00:00, book of seed 1, at 60 times the speed), which ends at 2026-01-01 12:24:00 UTC", banner, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tick_reads_live_prices_and_says_so_when_there_are_none()
    {
        var real = await PaperClient.StartAsync(clock: clock);
        await using var server = await StartAsync(("Ballast:Paper:Market", "live"), ("Ballast:Paper:LiveUrl", real.Url.ToString()));
        Assert.Contains($"live prices of {real.Url.GetLeftPart(UriPartial.Authority)}", Banner.Text(server.Server, clock.GetUtcNow()), StringComparison.Ordinal);
        var price = decimal.Parse((await real.GetAsync("/api/v3/ticker/price?symbol=QRLUSDT"))["price"]!.GetValue<string>());
        Assert.Equal(price, (decimal)(await server.AnswerAsync("/tasks/runtime", Noon))["rebalance"]!["price"]!);

        await real.DisposeAsync();
        clock.Advance(TimeSpan.FromMinutes(15));
        var answer = server.AnswerAsync("/tasks/runtime", Later);
        while (!answer.IsCompleted)
        {
            clock.Advance(TimeSpan.FromMilliseconds(50));
            await Task.WhenAny(answer, Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken));
        }
        Assert.Equal(("partial", "error"), ((string?)(await answer)["status"], (string?)(await answer)["rebalance"]!["status"]));
        Assert.Contains("503", (string?)(await answer)["rebalance"]!["error"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_real_exchange_it_does_not_start_and_says_what_to_do()
    {
        var real = await PaperClient.StartAsync();
        await real.DisposeAsync();
        var error = await Assert.ThrowsAsync<IOException>(() => ServerUnderTest.StartAsync(Settings(("Ballast:Paper:Market", "live"), ("Ballast:Paper:LiveUrl", real.Url.ToString()))));
        Assert.DoesNotContain("MEXC_BASE_URL", error.Message, StringComparison.Ordinal);
        Assert.Contains("the market of QRLUSDT cannot be had", error.Message, StringComparison.Ordinal);
        Assert.Contains("set Ballast:Paper:Market=synthetic", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_banner_names_seed_and_speed_of_a_synthetic_market()
    {
        await using var server = await StartAsync(("Ballast:Paper:Seed", "42"), ("Ballast:Paper:Speed", "0.5"));
        Assert.Contains("paper, synthetic market (seed 42, at 0.5 times the speed), MEXC's REST API at", Banner.Text(server.Server, clock.GetUtcNow()), StringComparison.Ordinal);
    }

    private Task<ServerUnderTest> StartAsync(params (string Name, string? Value)[] settings) => ServerUnderTest.StartAsync(Settings(settings), clock: clock);

    private static IEnumerable<(string Name, string? Value)> Settings(params (string Name, string? Value)[] settings) =>
        [("MEXC_API_KEY", null), ("MEXC_SECRET_KEY", null), ("MEXC_BASE_URL", null), ("Ballast:Paper:Port", "0"), .. settings];
}

using Ballast.Core;
using Ballast.Core.Paper;
using Ballast.Core.Trading;
using Ballast.Mexc;

namespace Ballast.Tests.PaperExchange;

/// <summary>The client that trades live, against the paper exchange: what one writes the other reads.</summary>
public class MexcClientOnPaperTests
{
    private static readonly Symbol Qrl = Symbol.Parse("QRLUSDT").TryGet(out var symbol, out _) ? symbol : default;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_wallet_is_read_as_the_engine_recorded_it()
    {
        await using var paper = await PaperClient.StartAsync();
        using var client = Client(paper);
        var deposit = Value(paper.Engine.Deposit("USDT", 250.500m, paper.Clock.GetUtcNow()));
        paper.Clock.Advance(TimeSpan.FromSeconds(90));
        var withdrawal = Value(paper.Engine.Withdraw("QRL", 1_234.56m, paper.Clock.GetUtcNow()));

        var now = paper.Clock.GetUtcNow();
        var rows = Value(await new MexcExchange(client, paper.Clock).WalletAsync(now.AddDays(-7), now, Cancel));
        Assert.Equal([deposit.Row, withdrawal.Row], rows);
        Assert.Equal([250.5m, -1_234.56m], rows.Select(row => row.Units));
    }

    [Fact]
    public async Task A_window_that_is_too_long_is_rejected_in_words_that_reach_the_owner()
    {
        await using var paper = await PaperClient.StartAsync();
        using var client = Client(paper);
        var now = paper.Clock.GetUtcNow();
        var failure = (await new MexcExchange(client, paper.Clock).WalletAsync(now.AddDays(-8), now, Cancel)).Failure!;
        Assert.Equal(FailureKind.Rejected, failure.Kind);
        Assert.Contains("The time range cannot be longer than 7 days", failure.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prices_of_past_minutes_averages_and_depth_are_those_of_the_exchange_without_a_wire()
    {
        await using var paper = await PaperClient.StartAsync();
        using var client = Client(paper);
        var (wired, direct) = (new MexcExchange(client, paper.Clock), new InMemoryExchange(paper.Engine, paper.Clock));
        paper.Clock.Advance(TimeSpan.FromSeconds(100));

        foreach (var age in new[] { 0, 59, 3_600, 86_400, 30 * 86_400 })
        {
            var time = paper.Clock.GetUtcNow().AddSeconds(-age);
            Assert.Equal(Value(await direct.PriceAtAsync(Qrl, time, Cancel)), Value(await wired.PriceAtAsync(Qrl, time, Cancel)));
        }
        Assert.Equal(Value(await direct.AveragePriceAsync(Qrl, Cancel)), Value(await wired.AveragePriceAsync(Qrl, Cancel)));
        Assert.Equal(Value(await direct.PriceOfAsync("QRL", "USDT", Cancel)), Value(await wired.PriceOfAsync("QRL", "USDT", Cancel)));
        var (expected, read) = (Value(await direct.DepthAsync(Qrl, Cancel)), Value(await wired.DepthAsync(Qrl, Cancel)));
        Assert.Equal(expected.Bids, read.Bids);
        Assert.Equal(expected.Asks, read.Asks);
    }

    private static MexcClient Client(PaperClient paper)
    {
        var options = new MexcOptions { BaseUrl = paper.Url, ApiKey = PaperClient.Key, SecretKey = PaperClient.Secret };
        return new MexcClient(options, MexcHandler.Create(options), paper.Clock, new Random(1));
    }

    private static T Value<T>(Result<T> result) =>
        result.TryGet(out var value, out var failure) ? value : throw new InvalidOperationException(failure.Reason);
}

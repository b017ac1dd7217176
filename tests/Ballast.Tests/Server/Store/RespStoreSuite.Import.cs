using Ballast.Core;
using Ballast.Core.Paper;
using Ballast.Core.Ticks;
using Ballast.Core.Trading;
using Ballast.Server.Store;
using Ballast.Tests.Core;

namespace Ballast.Tests.Server.Store;

public abstract partial class RespStoreSuite
{
    private static readonly StoredJournalLine Line = new(Sample.Noon.UtcDateTime, Change: new StoredChange("play", "2 days of play", "Ballast"));

    [Fact]
    public async Task An_import_leaves_what_the_ticks_themselves_would_have_left()
    {
        var ticks = await PastAsync();
        Assert.Contains(ticks, tick => tick.Order is { Outcome: OrderOutcome.Filled });
        var (one, all) = (NewRespPortfolio(), NewRespPortfolio());
        foreach (var tick in ticks)
            await one.RunAsync(tick);
        Assert.True(await ((RedisStore)all.Store).ImportAsync(ticks, Line));

        var expected = await ContentAsync(one);
        var imported = await ContentAsync(all);
        Assert.Contains(Line.ToJson(), imported, StringComparison.Ordinal);
        Assert.Equal(expected, imported.Replace(Line.ToJson() + " ", "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_import_goes_into_an_empty_store_only_and_fences_out_whoever_was_on_the_way()
    {
        var ticks = await PastAsync();
        var portfolio = NewRespPortfolio();
        var store = (RedisStore)portfolio.Store;
        var late = await portfolio.LeaseAsync(Sample.Tick(0));
        Assert.True(await store.IsEmptyAsync());
        Assert.False(await store.ImportAsync(ticks, Line));

        await portfolio.Raw.KeyDeleteAsync(portfolio.Keys.Lease);
        Assert.True(await store.ImportAsync(ticks, Line));
        Assert.False(await store.IsEmptyAsync());
        Assert.Equal(UtcText.Write(ticks[0].Timestamp), await store.BooksOpenedAsync());
        Assert.False(await store.CommitAsync(late, Sample.Report(Sample.Tick(0)), null));
        Assert.False(await store.ImportAsync(ticks, Line));
    }

    [Theory]
    [InlineData("halt")]
    [InlineData("settings")]
    [InlineData("orders")]
    public async Task What_an_owner_has_set_is_not_empty(string key)
    {
        var portfolio = NewRespPortfolio();
        Assert.Null(await ((RedisStore)portfolio.Store).BooksOpenedAsync());
        await portfolio.Raw.StringSetAsync($"{portfolio.Keys}{key}", "x");
        Assert.False(await ((RedisStore)portfolio.Store).IsEmptyAsync());
        Assert.False(await ((RedisStore)portfolio.Store).ImportAsync(await PastAsync(), Line));
    }

    private static async Task<IReadOnlyList<TickReport>> PastAsync()
    {
        var past = new Backtest(
            PaperOpening.Default(1),
            new TickOptions
            {
                Symbol = QrlUsdt.Symbol,
                Mode = Mode.Auto,
                Limits = new SafetyLimits { MaxOrderNotional = new Amount(500), MaxDailyNotional = new Amount(1_000) },
            },
            Sample.Noon);
        for (var tick = 0; tick < 2 * 96; tick++)
            await past.RunAsync(new TickRequest(new TickId($"past/{tick}"), "15-min-job", "test", WithBooks: true), Sample.Noon.AddMinutes(15 * tick));
        return past.Ticks;
    }

    /// <summary>All but what counts leases.</summary>
    private static async Task<string> ContentAsync(RespPortfolio portfolio) => string.Join('\n', (await portfolio.ContentAsync())
        .Split('\n').Where(line => !line.StartsWith($"{portfolio.Keys.Epoch} ", StringComparison.Ordinal)))
        .Replace(portfolio.Symbol.Name, "", StringComparison.Ordinal);
}

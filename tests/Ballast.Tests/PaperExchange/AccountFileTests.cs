using Ballast.Core.Paper;
using Ballast.PaperExchange;
using Ballast.Tests.Core;
using Ballast.Tests.Core.Paper;
using Microsoft.Extensions.Time.Testing;

namespace Ballast.Tests.PaperExchange;

public sealed class AccountFileTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("ballast-paper-").FullName;
    private readonly FakeTimeProvider clock = new(PaperClient.Start);

    private string File => Path.Combine(directory, "account.jsonl");

    [Fact]
    public async Task A_killed_exchange_goes_on_with_the_account_that_it_had()
    {
        PaperState before;
        await using (var first = await StartAsync())
        {
            Trade(first.Engine);
            before = first.Engine.State;
            // What a process leaves that is killed here: the file as it is, and no chance to tidy up.
            System.IO.File.Copy(File, File + ".killed");
        }
        System.IO.File.Move(File + ".killed", File, overwrite: true);
        clock.Advance(TimeSpan.FromHours(1));
        await using var second = await StartAsync();
        Assert.Null(second.AccountNote);
        var after = second.Engine.State;
        Assert.Equal(before.Balances.OrderBy(entry => entry.Key), after.Balances.OrderBy(entry => entry.Key));
        Assert.Equal(before.Orders.Values, after.Orders.Values);
        Assert.Equal(before.Trades, after.Trades);
        Assert.Equal(before.Transfers, after.Transfers);
        Assert.True(after.MxDeduction);
        var next = second.Engine.Place(ScriptedMarket.Request("SELL MARKET 100"), clock.GetUtcNow()).Must();
        Assert.DoesNotContain(next.Id, before.Orders.Keys);
    }

    [Fact]
    public async Task A_line_that_was_torn_by_a_crash_is_left_out_and_said()
    {
        await using (var first = await StartAsync())
            Trade(first.Engine);
        var text = await System.IO.File.ReadAllTextAsync(File, TestContext.Current.CancellationToken);
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await System.IO.File.WriteAllTextAsync(
            File, string.Join('\n', lines[..^1]) + "\n" + lines[^1][..^3], TestContext.Current.CancellationToken);
        await using var second = await StartAsync();
        Assert.Contains("not whole", second.AccountNote, StringComparison.Ordinal);
        Assert.False(second.Engine.MxDeduction);
    }

    [Theory]
    [InlineData("rubbish\n")]
    [InlineData("{}\n")]
    [InlineData("")]
    [InlineData("null\n")]
    public async Task What_cannot_be_read_is_never_begun_anew_in_silence(string content)
    {
        await System.IO.File.WriteAllTextAsync(File, content, TestContext.Current.CancellationToken);
        var refusal = await Assert.ThrowsAnyAsync<IOException>(StartAsync);
        Assert.Contains("rename the file to begin anew", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(content, await System.IO.File.ReadAllTextAsync(File, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task One_account_is_kept_by_one_process()
    {
        await using var first = await StartAsync();
        var refusal = await Assert.ThrowsAnyAsync<IOException>(StartAsync);
        Assert.Contains("in use by another process", refusal.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(directory, recursive: true);

    private Task<PaperExchangeServer> StartAsync() => PaperExchangeServer.StartAsync(
        new PaperExchangeOptions { Port = 0, Seed = 7, ApiKey = "mx0key", SecretKey = "secret", DataDirectory = directory },
        clock, TestContext.Current.CancellationToken);

    // The last call changes one thing alone, so that tearing its line off loses that.
    private void Trade(MatchingEngine engine)
    {
        var now = clock.GetUtcNow();
        engine.Place(ScriptedMarket.Request("BUY MARKET 100 #one"), now).Must();
        engine.Place(ScriptedMarket.Request("SELL LIMIT 500 @0.0535 #two"), now).Must();
        engine.Place(ScriptedMarket.Request("BUY MARKET $20 #three"), now).Must();
        engine.Deposit("MX", 1.5m, now).Must();
        engine.Cancel(new PaperOrderKey("QRLUSDT", null, "two"), now).Must();
        engine.Place(ScriptedMarket.Request("SELL LIMIT 300 @0.0535 #four"), now).Must();
        engine.DeductMx(true, now);
    }
}

using System.Globalization;
using Ballast.Core;
using Ballast.Core.Books;
using Ballast.Core.Ticks;
using Ballast.Server.Store;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Ballast.Tests.Server.Store;

/// <summary>What the embedded store keeps, and for how long: through restarts, through SIGKILL, and through more writes than fit its memory.</summary>
[Collection(Alone.Name)]
public sealed class EmbeddedStoreTests : IDisposable
{
    private const long MegaByte = 1024 * 1024;

    private readonly string directory = Directory.CreateTempSubdirectory("ballast-embedded-").FullName;

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public async Task What_was_committed_is_there_after_a_restart()
    {
        var books = Sample.Books(Sample.Trade("1", 0));
        long epoch;
        using (var first = EmbeddedStore.Start(directory, 0))
        {
            await using var connection = Connect(first);
            var lease = await LeaseAsync(connection, 0);
            epoch = lease.Epoch;
            Assert.True(await StoreOn(connection).CommitAsync(lease, Sample.Report(lease.Tick, books), null));
        }
        using var second = EmbeddedStore.Start(directory, 0);
        await using var again = Connect(second);
        Assert.IsType<LeaseAnswer.Finished>(await StoreOn(again).TakeLeaseAsync(Sample.Tick(0), "again", TimeSpan.FromMinutes(1)));
        Assert.True((await LeaseAsync(again, 1)).Epoch > epoch);
        Assert.True((await StoreOn(again).ReadAsync()).Ledger.TryGet(out var ledger, out _));
        AnyBooks.AssertSame(books.Ledger, ledger!);
    }

    [Fact]
    public async Task Every_answered_write_survives_a_kill_in_the_middle_of_checkpoints()
    {
        var port = RedisServer.FreePort();
        var answered = 0;
        await using (var server = await ServerProcess.Start(directory, [("Ballast__Store__Port", $"{port}"), ("Ballast__Store__DataDirectory", directory)]).ReadyAsync())
        {
            var options = RedisConnection.Options("127.0.0.1", port);
            options.AllowAdmin = true;
            await using var connection = new RedisConnection(options, TimeProvider.System);
            var killed = WriteUntilKilledAsync(connection, () => answered++);
            await Eventually.TrueAsync(() => Task.FromResult(answered >= 60), TimeSpan.FromSeconds(30), $"only {answered} ticks were written");
            server.Kill();
            await killed;
        }

        using var store = EmbeddedStore.Start(directory, 0);
        await using var again = Connect(store);
        var keys = new StoreKeys(Pair, hashTags: false);
        var kept = await again.CallAsync(database => database.ListLengthAsync(keys.History));
        Assert.InRange(kept, answered, answered + 1);
        Assert.Equal(kept, await again.CallAsync(database => database.SortedSetLengthAsync(keys.Trades)));
        Assert.True((await StoreOn(again).ReadAsync()).Ledger.TryGet(out var ledger, out var failure), failure?.Reason);
        Assert.True(ledger!.Coherent());
    }

    [Fact]
    public async Task The_append_only_file_stays_short_however_much_is_written_and_nothing_is_forgotten()
    {
        const long limit = 16 * MegaByte;
        var longest = 0L;
        using (var store = EmbeddedStore.Start(directory, 0, limit))
        {
            await using var connection = Connect(store);
            await WriteOldThingsAsync(connection);
            for (var written = 0L; written < 200 * MegaByte; written += MegaByte)
            {
                await ChurnAsync(connection, written);
                longest = Math.Max(longest, store.AppendOnlyBytes);
                await store.ShortenAsync(connection);
            }
            await HasOldThingsAsync(connection);
        }

        // One segment is the grain of the limit, and up to one more is written before the next look.
        Assert.InRange(longest, limit, limit + 16 * MegaByte);
        using var again = EmbeddedStore.Start(directory, 0, limit);
        await using var second = Connect(again);
        await HasOldThingsAsync(second);
    }

    [Fact]
    public async Task A_short_append_only_file_is_left_alone()
    {
        using var store = EmbeddedStore.Start(directory, 0);
        await using var connection = Connect(store);
        await WriteOldThingsAsync(connection);
        Assert.False(await store.ShortenAsync(connection));
    }

    [Fact]
    public async Task A_server_that_runs_for_months_shortens_it_by_itself()
    {
        var clock = new FakeTimeProvider(Sample.Noon);
        using var store = EmbeddedStore.Start(directory, 0, mostAppendOnlyBytes: 0);
        await using var connection = Connect(store);
        using var upkeep = new EmbeddedUpkeep(store, connection, clock, NullLogger<EmbeddedUpkeep>.Instance);
        await upkeep.StartAsync(TestContext.Current.CancellationToken);
        await WriteOldThingsAsync(connection);

        var checkpoints = Path.Combine(directory, "Store", "checkpoints", "cpr-checkpoints");
        await Eventually.TrueAsync(
            () =>
            {
                clock.Advance(TimeSpan.FromMinutes(1));
                return Task.FromResult(Directory.Exists(checkpoints) && Directory.EnumerateDirectories(checkpoints).Any());
            },
            TimeSpan.FromSeconds(10),
            "no checkpoint was taken");
        await upkeep.StopAsync(TestContext.Current.CancellationToken);
        await HasOldThingsAsync(connection);
    }

    [Fact]
    public void A_port_that_is_taken_is_named_with_the_way_out()
    {
        using var first = EmbeddedStore.Start(Path.Combine(directory, "first"), 0);
        var refusal = Assert.ThrowsAny<IOException>(() => EmbeddedStore.Start(Path.Combine(directory, "second"), first.Port));
        Assert.Contains($"{first.Port}", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Ballast__Store__Port", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_directory_that_is_in_use_is_named_with_the_way_out_and_left_in_peace()
    {
        using var first = EmbeddedStore.Start(directory, 0);
        var refusal = Assert.ThrowsAny<IOException>(() => EmbeddedStore.Start(directory, 0));
        Assert.Contains(directory, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Ballast__Store__DataDirectory", refusal.Message, StringComparison.Ordinal);

        await using var connection = Connect(first);
        await LeaseAsync(connection, 0);
    }

    [Fact]
    public void A_directory_is_free_again_after_a_start_that_failed()
    {
        using var taken = EmbeddedStore.Start(Path.Combine(directory, "first"), 0);
        Assert.ThrowsAny<IOException>(() => EmbeddedStore.Start(Path.Combine(directory, "second"), taken.Port));
        EmbeddedStore.Start(Path.Combine(directory, "second"), 0).Dispose();
    }

    [Fact]
    public async Task Data_that_cannot_be_read_is_not_taken_for_none()
    {
        using (var store = EmbeddedStore.Start(directory, 0, mostAppendOnlyBytes: 0))
        {
            await using var connection = Connect(store);
            await WriteOldThingsAsync(connection);
            Assert.True(await store.ShortenAsync(connection));
            await LeaseAsync(connection, 0);
        }
        foreach (var checkpoint in Directory.EnumerateFiles(Path.Combine(directory, "Store", "checkpoints", "cpr-checkpoints"), "info.dat.*", SearchOption.AllDirectories))
            await File.WriteAllTextAsync(checkpoint, "damaged", TestContext.Current.CancellationToken);

        var refusal = Assert.ThrowsAny<IOException>(() => EmbeddedStore.Start(directory, 0));
        Assert.Contains(directory, refusal.Message, StringComparison.Ordinal);
    }

    private static Symbol Pair => Symbol.Parse("QRLUSDT").TryGet(out var symbol, out _) ? symbol : default;

    private static RedisConnection Connect(EmbeddedStore store) => new(store.ConnectionOptions(), TimeProvider.System);

    private static RedisStore StoreOn(RedisConnection connection) => new(connection, new StoreKeys(Pair, hashTags: false), Pair, 100_000);

    private static async Task<Lease> LeaseAsync(RedisConnection connection, int tick) =>
        Assert.IsType<LeaseAnswer.Granted>(await StoreOn(connection).TakeLeaseAsync(Sample.Tick(tick), "first", TimeSpan.FromMinutes(1))).Lease;

    /// <summary>Tick after tick, each with a trade, and every few of them a checkpoint beside the next.</summary>
    private static async Task WriteUntilKilledAsync(RedisConnection connection, Action answered)
    {
        var (store, trades) = (StoreOn(connection), new List<Trade>());
        var outage = await Eventually.OutageAsync(async () =>
        {
            for (var tick = 0; ; tick++)
            {
                var checkpoint = tick % 7 == 3 ? Eventually.OutageAsync(() => connection.CallAsync(database => database.ExecuteAsync("SAVE"))) : Task.CompletedTask;
                trades.Add(Sample.Trade(tick.ToString("0000", CultureInfo.InvariantCulture), tick));
                var lease = await LeaseAsync(connection, tick);
                if (await store.CommitAsync(lease, Sample.Report(lease.Tick, Sample.Books([.. trades])), null))
                    answered();
                await checkpoint;
            }
        });
        Assert.NotNull(outage);
    }

    /// <summary>What an owner sets once and never touches again.</summary>
    private static async Task WriteOldThingsAsync(RedisConnection connection)
    {
        await connection.CallAsync(database => database.HashSetAsync("old:hash", "threshold", "0.02"));
        await connection.CallAsync(database => database.StringSetAsync("old:string", "kept"));
        await connection.CallAsync(database => database.SortedSetAddAsync("old:zset", "trade", 1));
    }

    private static async Task HasOldThingsAsync(RedisConnection connection)
    {
        Assert.Equal("0.02", await connection.CallAsync(database => database.HashGetAsync("old:hash", "threshold")));
        Assert.Equal("kept", await connection.CallAsync(database => database.StringGetAsync("old:string")));
        Assert.Equal(1, await connection.CallAsync(database => database.SortedSetLengthAsync("old:zset")));
    }

    /// <summary>A megabyte in transactions, under names that are not used again.</summary>
    private static Task<bool[]> ChurnAsync(RedisConnection connection, long from) => Task.WhenAll(Enumerable.Range(0, 16).Select(part => connection.CallAsync(database =>
    {
        var transaction = database.CreateTransaction();
        var written = transaction.StringSetAsync($"churn:{from}:{part}", new string('x', (int)(MegaByte / 16)), TimeSpan.FromHours(1));
        return transaction.ExecuteAsync();
    })));
}

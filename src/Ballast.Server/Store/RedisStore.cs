using System.Text.Json;
using Ballast.Core;
using Ballast.Core.Books;
using Ballast.Core.Ticks;
using Ballast.Server.Http;
using Ballast.Server.Tasks;
using StackExchange.Redis;

namespace Ballast.Server.Store;

/// <summary>
/// The store on Redis, Valkey or Garnet. Besides the lease a tick costs two round trips: one pipelined read, one conditional
/// transaction. No Lua, so that Garnet needs none of its native libraries.
/// </summary>
/// <param name="historyLimit">How many plans <c>rebalance:history</c> keeps; 2976 is a month of ticks.</param>
public sealed class RedisStore(RedisConnection connection, StoreKeys keys, Symbol symbol, int historyLimit) : IStore
{
    private static readonly TimeSpan AnswerLifetime = TimeSpan.FromHours(24);

    public Task<LeaseAnswer> TakeLeaseAsync(TickId tick, string holder, TimeSpan lifetime) => connection.CallAsync<LeaseAnswer>(async database =>
    {
        // The epoch may rise only together with the lease: raised on its own it would fence out the tick that is running.
        var take = database.CreateTransaction();
        take.AddCondition(Condition.KeyNotExists(keys.Answer(tick)));
        take.AddCondition(Condition.KeyNotExists(keys.Lease));
        var set = take.StringSetAsync(keys.Lease, holder, lifetime);
        var epoch = take.StringIncrementAsync(keys.Epoch);
        if (await take.ExecuteAsync())
        {
            await set;
            return new LeaseAnswer.Granted(new Lease(tick, holder, await epoch));
        }

        var answer = database.StringGetAsync(keys.Answer(tick));
        var left = database.KeyTimeToLiveAsync(keys.Lease);
        return (string?)await answer is { } stored
            ? new LeaseAnswer.Finished(stored)
            : new LeaseAnswer.Busy(await left ?? TimeSpan.FromSeconds(1));
    });

    public Task<StoredState> ReadAsync() => connection.CallAsync(async database =>
    {
        var cost = database.HashGetAllAsync(keys.Cost);
        var newest = database.SortedSetRangeByRankAsync(keys.Trades, 0, Ledger.RecentLimit - 1, Order.Descending);
        var settings = database.HashGetAllAsync(keys.Settings);
        var rules = database.StringGetAsync(keys.Rules);
        await Task.WhenAll(cost, newest, settings, rules);
        return new StoredState(
            ReadLedger(await cost, await newest),
            (await settings).ToDictionary(setting => (string)setting.Name!, setting => (string)setting.Value!),
            (string?)await rules is { } json ? JsonSerializer.Deserialize(json, BallastJson.Default.StoredRules)!.ToRules(symbol) : null);
    });

    public Task<bool> CommitAsync(Lease lease, TickReport report, SymbolRules? rulesToRemember) => connection.CallAsync(async database =>
    {
        var write = database.CreateTransaction();
        write.AddCondition(Condition.StringEqual(keys.Epoch, lease.Epoch));
        List<Task> done = [.. WritePlan(write, report), write.KeyDeleteAsync(keys.Lease)];
        if (report.Books is { } books && books.TryGet(out var after, out _))
            done.AddRange(WriteBooks(write, after, report.Timestamp));
        if (report.Status != TickStatus.Error)
            done.Add(write.StringSetAsync(keys.Answer(lease.Tick), JsonSerializer.Serialize(TaskAnswer.From(report), BallastJson.Default.TaskAnswer), AnswerLifetime));
        if (rulesToRemember is not null)
            done.Add(write.StringSetAsync(keys.Rules, JsonSerializer.Serialize(StoredRules.From(rulesToRemember), BallastJson.Default.StoredRules), MemoryStore.RulesLifetime));
        if (!await write.ExecuteAsync())
            return false;

        // A command can fail inside a transaction that succeeds, for instance on a key that holds somebody else's type.
        await Task.WhenAll(done);
        return true;
    });

    public Task ReleaseAsync(Lease lease) => connection.CallAsync(async database =>
    {
        var release = database.CreateTransaction();
        release.AddCondition(Condition.StringEqual(keys.Lease, lease.Holder));
        var deleted = release.KeyDeleteAsync(keys.Lease);
        return await release.ExecuteAsync() && await deleted;
    });

    /// <summary>A tick without a plan leaves the last good one in place and goes into the history all the same.</summary>
    private IEnumerable<Task> WritePlan(ITransaction write, TickReport report)
    {
        var json = JsonSerializer.Serialize(StoredPlan.From(report), BallastJson.Default.StoredPlan);
        if (report.Plan.Failure is null)
            yield return write.StringSetAsync(keys.Plan, json);
        yield return write.ListLeftPushAsync(keys.History, json);
        yield return write.ListTrimAsync(keys.History, 0, historyLimit - 1);
    }

    private IEnumerable<Task> WriteBooks(ITransaction write, BooksAfter books, DateTimeOffset now)
    {
        // Fields come and go (an unproven difference, a fee in another asset), so the hashes are written whole.
        yield return write.KeyDeleteAsync([keys.Cost, keys.ProfitAndLoss]);
        yield return write.HashSetAsync(keys.Cost, BooksHash.Cost(books.Ledger, now));
        yield return write.HashSetAsync(keys.ProfitAndLoss, BooksHash.Profit(books.Profit, now));
        if (books.NewTrades.Count > 0)
            yield return write.SortedSetAddAsync(keys.Trades, [.. books.NewTrades.Select(Entry)]);
    }

    private Result<Ledger?> ReadLedger(HashEntry[] cost, RedisValue[] newest)
    {
        try
        {
            return BooksHash.Read(keys.Cost, cost, newest.Select(json => JsonSerializer.Deserialize((string)json!, BallastJson.Default.StoredTrade)!.ToTrade()));
        }
        catch (JsonException unreadable)
        {
            return Failure.BadData($"a member of {keys.Trades} is not a trade as Ballast writes it: {unreadable.Message}");
        }
    }

    private static SortedSetEntry Entry(Trade trade) =>
        new(JsonSerializer.Serialize(StoredTrade.From(trade), BallastJson.Default.StoredTrade), trade.Time.ToUnixTimeMilliseconds());
}

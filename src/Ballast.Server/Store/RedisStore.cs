using System.Collections.Concurrent;
using System.Text.Json;
using Ballast.Core;
using Ballast.Core.Books;
using Ballast.Core.Ticks;
using Ballast.Server.Http;
using Ballast.Server.Notices;
using Ballast.Server.Tasks;
using Ballast.Server.Telemetry;
using StackExchange.Redis;

namespace Ballast.Server.Store;

/// <summary>
/// The store on Redis, Valkey or Garnet. Besides the lease a tick costs two round trips: one pipelined read, one conditional
/// transaction. No Lua, so that Garnet needs none of its native libraries.
/// </summary>
/// <param name="historyLimit">How many plans <c>rebalance:history</c> and points <c>equity</c> keep; 2976 is a month of ticks.</param>
/// <param name="outbox">Takes what ticks give to tell; null where nobody is notified.</param>
public sealed class RedisStore(RedisConnection connection, StoreKeys keys, Symbol symbol, int historyLimit, Outbox? outbox = null) : IStore
{
    private static readonly TimeSpan AnswerLifetime = TimeSpan.FromHours(24);

    /// <summary>Plans, or points of the curve, in one command of an import.</summary>
    private const int PastPage = 100;

    /// <summary>A past of months is some megabytes, and a store in this process may be only just starting.</summary>
    private static readonly TimeSpan PastPatience = TimeSpan.FromSeconds(60);

    private readonly RedisBooks layout = new(keys, historyLimit);
    private readonly RedisTrading trading = new(keys);

    /// <summary>How many attempts given up are remembered; an outage may bring forth any number.</summary>
    private const int MostAbandoned = 1000;

    /// <summary>
    /// Attempts at the lease that were given up while the store was silent. One of them may have got it all the same, and nobody works
    /// under it: a store that comes back would keep everybody out until it runs out.
    /// </summary>
    private readonly ConcurrentDictionary<string, bool> abandoned = new(StringComparer.Ordinal);

    public async Task<LeaseAnswer> TakeLeaseAsync(TickId tick, string holder, TimeSpan lifetime)
    {
        try
        {
            var answer = await TryTakeLeaseAsync(tick, holder, lifetime);
            return answer is LeaseAnswer.Busy && !abandoned.IsEmpty && await ReleaseAbandonedAsync()
                ? await TryTakeLeaseAsync(tick, holder, lifetime)
                : answer;
        }
        catch (StoreUnavailableException)
        {
            if (abandoned.Count < MostAbandoned)
                abandoned[holder] = true;
            throw;
        }
    }

    private Task<LeaseAnswer> TryTakeLeaseAsync(TickId tick, string holder, TimeSpan lifetime) => connection.TransactAsync<LeaseAnswer>(async database =>
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
    }, StoreOperation.Lease);

    public Task<StoredState> ReadAsync() => connection.CallAsync(async database =>
    {
        var reading = layout.Read(database);
        var orders = trading.Read(database);
        var settings = StoredValue.ReadAsync(keys.Settings, database.HashGetAllAsync(keys.Settings));
        var rules = StoredValue.ReadAsync(keys.Rules, database.StringGetAsync(keys.Rules));
        var told = outbox?.Read(database);

        // Settings that cannot be read must not become the default ones.
        if (!(await settings).TryGet(out var overrides, out var failure))
            throw new StoreUnavailableException(failure.Reason);
        return new StoredState(
            await layout.LedgerAsync(reading),
            await layout.EquityAsync(reading),
            overrides.ToDictionary(setting => (string)setting.Name!, setting => (string)setting.Value!),
            ReadRules(await rules),
            await trading.StateAsync(orders))
        {
            Told = told is null ? null : await Outbox.ToldAsync(told),
        };
    }, StoreOperation.Read);

    public Task<bool> CommitAsync(Lease lease, TickReport report, SymbolRules? rulesToRemember) => WriteAsync(
        lease,
        write => [.. UntilOrder(write, report, rulesToRemember), .. FromOrder(write, lease, report), .. outbox?.Write(write, report) ?? []],
        StoreOperation.Commit);

    public Task<BeginAnswer> BeginOrderAsync(Lease lease, TickReport report, SymbolRules? rulesToRemember) => connection.TransactAsync(async database =>
    {
        var write = database.CreateTransaction();
        var newest = write.AddCondition(Condition.StringEqual(keys.Epoch, lease.Epoch));
        var going = write.AddCondition(Condition.KeyNotExists(keys.Halt));
        var alone = write.AddCondition(report.Settled is { } settled
            ? Condition.HashEqual(keys.OpenOrder, "client_order_id", settled.ClientOrderId)
            : Condition.KeyNotExists(keys.OpenOrder));
        var ours = Growing(write).ToList();
        List<Task> done =
        [
            .. UntilOrder(write, report, rulesToRemember), .. trading.Write(write, report.Trading!, report.Timestamp), .. outbox?.WriteBeforeOrder(write, report) ?? [],
        ];
        if (!await write.ExecuteAsync())
        {
            return !newest.WasSatisfied ? BeginAnswer.Overtaken
                : !going.WasSatisfied ? BeginAnswer.Halted
                : !alone.WasSatisfied ? BeginAnswer.Occupied
                : throw Foreign(ours);
        }
        await Task.WhenAll(done);
        return BeginAnswer.Begun;
    }, StoreOperation.BeginOrder);

    public Task<bool> FinishOrderAsync(Lease lease, TickReport report) =>
        WriteAsync(lease, write => [.. FromOrder(write, lease, report), .. outbox?.WriteAfterOrder(write, report) ?? []], StoreOperation.FinishOrder);

    private IEnumerable<Task> UntilOrder(ITransaction write, TickReport report, SymbolRules? rulesToRemember)
    {
        foreach (var written in WritePlans(write, [report]))
            yield return written;
        if (report.Books is { } result && result.TryGet(out var after, out _))
        {
            foreach (var written in layout.Write(write, after, report.Timestamp))
                yield return written;
        }
        if (rulesToRemember is not null)
            yield return write.StringSetAsync(keys.Rules, JsonSerializer.Serialize(StoredRules.From(rulesToRemember), BallastJson.Default.StoredRules), MemoryStore.RulesLifetime);
    }

    private IEnumerable<Task> FromOrder(ITransaction write, Lease lease, TickReport report)
    {
        if (report.Trading is { } after)
        {
            foreach (var written in trading.Write(write, after, report.Timestamp))
                yield return written;
        }
        if (report.Status != TickStatus.Error)
            yield return write.StringSetAsync(keys.Answer(lease.Tick), JsonSerializer.Serialize(TaskAnswer.From(report), BallastJson.Default.TaskAnswer), AnswerLifetime);
    }

    public Task<bool> CommitBooksAsync(Lease lease, BooksAfter books, DateTimeOffset now) =>
        WriteAsync(lease, write => layout.Write(write, books, now));

    public async Task<bool> RestoreBooksAsync(Lease lease, BooksAfter books, IReadOnlyList<Entry> entries, DateTimeOffset now)
    {
        await layout.PrepareAsync(connection, entries);
        return await WriteAsync(lease, write => layout.Restore(write, books, entries, now));
    }

    public Task<IReadOnlySet<string>> TradeIdsAsync(DateTimeOffset from, DateTimeOffset to) =>
        layout.TradeIdsAsync(connection, from, to);

    public Task<Result<Journal>> ReadJournalAsync() => layout.JournalAsync(connection);

    /// <summary>Whether nothing of the portfolio's is there: no tick has run, and nobody has set anything.</summary>
    public Task<bool> IsEmptyAsync() => connection.CallAsync(async database => await database.KeyExistsAsync(keys.Kept) == 0, PastPatience);

    /// <summary>When the books were opened, as they say it; null when they were not.</summary>
    public Task<string?> BooksOpenedAsync() =>
        connection.CallAsync(async database => (string?)await database.HashGetAsync(keys.Cost, "opening_at"), PastPatience);

    /// <summary>
    /// Writes ticks that were run elsewhere into an empty store: all of them or nothing. False when the store is not empty; then nothing was
    /// written. Their answers are left out, because nobody can ask for one of them again.
    /// </summary>
    /// <param name="ticks">Oldest first; each with books and a plan, and none with an order that is not settled.</param>
    /// <param name="line">What the journal says of it, in front of what they booked.</param>
    public Task<bool> ImportAsync(IReadOnlyList<TickReport> ticks, StoredJournalLine line) => connection.TransactAsync(async database =>
    {
        var write = database.CreateTransaction();
        foreach (var key in (RedisKey[])[.. keys.Kept, keys.Lease])
            write.AddCondition(Condition.KeyNotExists(key));
        List<Task> done = [write.StringIncrementAsync(keys.Epoch), write.ListRightPushAsync(keys.Journal, line.ToJson()), .. WriteTicks(write, ticks)];
        if (!await write.ExecuteAsync())
            return false;
        await Task.WhenAll(done);
        return true;
    }, PastPatience);

    /// <summary>What grows is written as every tick writes it, and what stands is written once, of the last tick.</summary>
    private IEnumerable<Task> WriteTicks(ITransaction write, IReadOnlyList<TickReport> ticks)
    {
        foreach (var page in ticks.TakeLast(historyLimit).Chunk(PastPage))
        {
            foreach (var written in WritePlans(write, page))
                yield return written;
        }
        foreach (var page in ticks.Chunk(PastPage))
        {
            foreach (var written in layout.WritePoints(write, page.Select(BooksOf)))
                yield return written;
        }
        foreach (var tick in ticks)
        {
            foreach (var written in layout.WriteEntries(write, BooksOf(tick), tick.Timestamp).Concat(trading.WriteFinished(write, tick.Trading!.Finished, tick.Timestamp)))
                yield return written;
        }
        var last = ticks[^1];
        foreach (var written in layout.WriteStanding(write, BooksOf(last), last.Timestamp).Concat(trading.Write(write, last.Trading! with { Finished = [] }, last.Timestamp)))
            yield return written;
    }

    private static BooksAfter BooksOf(TickReport tick) =>
        tick.Books is { } books && books.TryGet(out var after, out _) ? after : throw new ArgumentException($"{tick.Request.Id} has no books");

    /// <summary>All of it or nothing, on the condition that the lease's epoch is still the newest; the lease goes back with it.</summary>
    private Task<bool> WriteAsync(
        Lease lease, Func<ITransaction, IEnumerable<Task>> fill, StoreOperation operation = StoreOperation.Other) => connection.TransactAsync(async database =>
    {
        var write = database.CreateTransaction();
        var newest = write.AddCondition(Condition.StringEqual(keys.Epoch, lease.Epoch));
        var ours = Growing(write).ToList();
        List<Task> done = [.. fill(write), write.KeyDeleteAsync(keys.Lease)];
        if (!await write.ExecuteAsync())
        {
            return newest.WasSatisfied ? throw Foreign(ours) : false;
        }

        // A command can still fail inside a transaction that succeeds.
        await Task.WhenAll(done);
        return true;
    }, operation);

    private static StoreUnavailableException Foreign(List<(RedisKey Key, ConditionResult Condition)> growing) =>
        new($"{growing.Find(key => !key.Condition.WasSatisfied).Key} holds something else than Ballast writes there; rename it");

    /// <summary>Adding to somebody else's type would fail when the rest is already written; these conditions fail before.</summary>
    private IEnumerable<(RedisKey Key, ConditionResult Condition)> Growing(ITransaction write)
    {
        foreach (var key in (RedisKey[])[keys.History, keys.Journal, keys.Equity, keys.EquityHourly, keys.Orders])
            yield return (key, write.AddCondition(Condition.ListLengthLessThan(key, long.MaxValue)));
        foreach (var key in (RedisKey[])[keys.Trades, keys.Movements, keys.OrderIds])
            yield return (key, write.AddCondition(Condition.SortedSetLengthLessThan(key, long.MaxValue)));
    }

    public Task ReleaseAsync(Lease lease) => ReleaseAsync(lease.Holder);

    private Task<bool> ReleaseAsync(string holder) => connection.TransactAsync(async database =>
    {
        var release = database.CreateTransaction();
        release.AddCondition(Condition.StringEqual(keys.Lease, holder));
        var deleted = release.KeyDeleteAsync(keys.Lease);
        return await release.ExecuteAsync() && await deleted;
    }, StoreOperation.Release);

    /// <summary>True when the lease was held by an attempt that this instance gave up, and is free now.</summary>
    private async Task<bool> ReleaseAbandonedAsync()
    {
        var holder = await connection.CallAsync(async database => (string?)await database.StringGetAsync(keys.Lease));
        return holder is not null && abandoned.TryRemove(holder, out _) && await ReleaseAsync(holder);
    }

    /// <summary>A tick without a plan leaves the last good one in place and goes into the history all the same.</summary>
    /// <param name="ticks">Oldest first; one at least.</param>
    private IEnumerable<Task> WritePlans(ITransaction write, TickReport[] ticks)
    {
        RedisValue[] plans = [.. ticks.Select(tick => (RedisValue)JsonSerializer.Serialize(StoredPlan.From(tick), BallastJson.Default.StoredPlan))];
        for (var last = ticks.Length - 1; last >= 0; last--)
        {
            if (ticks[last].Plan.Failure is not null)
                continue;
            yield return write.StringSetAsync(keys.Plan, plans[last]);
            break;
        }
        yield return write.ListLeftPushAsync(keys.History, plans);
        yield return write.ListTrimAsync(keys.History, 0, historyLimit - 1);
    }

    /// <summary>Rules that cannot be read are as good as none: the exchange is asked, and its answer takes their place.</summary>
    private SymbolRules? ReadRules(Result<RedisValue> rules)
    {
        try
        {
            return rules.TryGet(out var json, out _) && json.HasValue
                ? JsonSerializer.Deserialize((string)json!, BallastJson.Default.StoredRules)?.ToRules(symbol)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

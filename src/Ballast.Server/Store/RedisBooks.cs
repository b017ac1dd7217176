using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Ballast.Core;
using Ballast.Core.Books;
using Ballast.Core.Ticks;
using Ballast.Server.Http;
using StackExchange.Redis;

namespace Ballast.Server.Store;

/// <summary>How the books lie in the store: what a tick folds on, the curve, and the journal that all of it can be made from again.</summary>
internal sealed class RedisBooks(StoreKeys keys, int curveLimit)
{
    /// <summary>The curve's old part has one point an hour, for 400 days.</summary>
    private const int HourlyLimit = 400 * 24;

    /// <summary>Lines of the journal, and trades, that are asked for at once.</summary>
    private const int JournalPage = 5_000;

    /// <summary>Begins to read what a tick needs; part of the tick's one round trip.</summary>
    public BooksReading Read(IDatabase database) => new(
        StoredValue.ReadAsync(keys.Cost, database.HashGetAllAsync(keys.Cost)),
        StoredValue.ReadAsync(keys.Trades, database.SortedSetRangeByRankAsync(keys.Trades, 0, Ledger.RecentLimit - 1, Order.Descending)),
        StoredValue.ReadAsync(keys.Movements, database.SortedSetRangeByRankAsync(keys.Movements, 0, Ledger.MovementLimit - 1, Order.Descending)),
        StoredValue.ReadAsync(keys.EquityStart, database.StringGetAsync(keys.EquityStart)),
        StoredValue.ReadAsync(keys.Equity, database.ListGetByIndexAsync(keys.Equity, 0)));

    public async Task<Result<Ledger?>> LedgerAsync(BooksReading reading)
    {
        if (!(await reading.Cost).TryGet(out var hash, out var failure)
            || !(await reading.Trades).TryGet(out var members, out failure)
            || !Trades(members).TryGet(out var trades, out failure)
            || !(await reading.Movements).TryGet(out members, out failure)
            || !Movements(members).TryGet(out var movements, out failure))
            return failure;
        return BooksHash.Read(keys.Cost, hash, trades, movements);
    }

    public async Task<Result<Equity>> EquityAsync(BooksReading reading)
    {
        if (!(await reading.Start).TryGet(out var start, out var failure)
            || !(await reading.Last).TryGet(out var last, out failure)
            || !Point(keys.EquityStart, start).TryGet(out var first, out failure)
            || !Point(keys.Equity, last).TryGet(out var newest, out failure))
            return failure;
        return new Equity(first, newest);
    }

    public IEnumerable<Task> Write(ITransaction write, BooksAfter books, DateTimeOffset now)
    {
        foreach (var written in WriteStanding(write, books, now))
            yield return written;
        foreach (var written in WriteEntries(write, books, now))
            yield return written;
        foreach (var written in WritePoints(write, [books]))
            yield return written;
    }

    /// <summary>What one tick has booked for the first time.</summary>
    public IEnumerable<Task> WriteEntries(ITransaction write, BooksAfter books, DateTimeOffset now)
    {
        if (books.NewTrades.Count > 0)
            yield return write.SortedSetAddAsync(keys.Trades, [.. books.NewTrades.Select(Entry)]);
        if (books.NewMovements.Count > 0)
            yield return write.SortedSetAddAsync(keys.Movements, [.. books.NewMovements.Select(Entry)]);
        RedisValue[] lines = [.. StoredJournalLine.From(books, now).Select(line => (RedisValue)line.ToJson())];
        if (lines.Length > 0)
            yield return write.ListRightPushAsync(keys.Journal, lines);
    }

    /// <summary>Fields come and go (an unproven difference, a fee in another asset), so the hashes are written whole.</summary>
    public IEnumerable<Task> WriteStanding(ITransaction write, BooksAfter books, DateTimeOffset now)
    {
        yield return write.KeyDeleteAsync([keys.Cost, keys.ProfitAndLoss]);
        yield return write.HashSetAsync(keys.Cost, BooksHash.Cost(books.Ledger, now));
        yield return write.HashSetAsync(keys.ProfitAndLoss, BooksHash.Profit(books, now));
    }

    /// <summary>Lays the trades and movements of the journal down beside those in use; a million do not fit into one transaction.</summary>
    public async Task PrepareAsync(RedisConnection connection, IReadOnlyList<Entry> entries)
    {
        await connection.CallAsync(database => database.KeyDeleteAsync([StoreKeys.Prepared(keys.Trades), StoreKeys.Prepared(keys.Movements)]));
        await AddAsync(keys.Trades, entries.OfType<Trade>().Select(Entry));
        await AddAsync(keys.Movements, entries.OfType<Movement>().Select(Entry));

        async Task AddAsync(RedisKey key, IEnumerable<SortedSetEntry> members)
        {
            foreach (var page in members.Chunk(JournalPage))
                await connection.CallAsync(database => database.SortedSetAddAsync(StoreKeys.Prepared(key), page));
        }
    }

    /// <summary>Puts what was prepared in the place of what is in use, together with the books.</summary>
    public IEnumerable<Task> Restore(ITransaction write, BooksAfter books, IReadOnlyList<Entry> entries, DateTimeOffset now)
    {
        yield return entries.OfType<Trade>().Any()
            ? write.KeyRenameAsync(StoreKeys.Prepared(keys.Trades), keys.Trades) : write.KeyDeleteAsync(keys.Trades);
        yield return entries.OfType<Movement>().Any()
            ? write.KeyRenameAsync(StoreKeys.Prepared(keys.Movements), keys.Movements) : write.KeyDeleteAsync(keys.Movements);
        foreach (var written in WriteStanding(write, books, now))
            yield return written;
    }

    /// <summary>The curve's next points.</summary>
    /// <param name="ticks">Oldest first.</param>
    public IEnumerable<Task> WritePoints(ITransaction write, IEnumerable<BooksAfter> ticks)
    {
        var (points, hours) = (new List<RedisValue>(), new List<RedisValue>());
        foreach (var books in ticks)
        {
            if (books.NewPoint is not { } point)
                continue;
            RedisValue json = JsonSerializer.Serialize(StoredPoint.From(point), BallastJson.Default.StoredPoint);
            points.Add(json);
            if (Hour(point.At) != Hour(books.PreviousPoint?.At))
                hours.Add(json);
            if (books.Equity.Start == point)
                yield return write.StringSetAsync(keys.EquityStart, json);
        }
        foreach (var written in Push(write, keys.Equity, points, curveLimit).Concat(Push(write, keys.EquityHourly, hours, HourlyLimit)))
            yield return written;

        static long? Hour(DateTimeOffset? time) => time?.UtcTicks / TimeSpan.TicksPerHour;
    }

    private static IEnumerable<Task> Push(ITransaction write, RedisKey key, List<RedisValue> points, int limit) =>
        points.Count == 0 ? [] : [write.ListLeftPushAsync(key, [.. points]), write.ListTrimAsync(key, 0, limit - 1)];

    public async Task<Result<Journal>> JournalAsync(RedisConnection connection)
    {
        var (opening, entries) = ((Opening?)null, new List<Entry>());
        for (long from = 0; ; from += JournalPage)
        {
            var (first, last) = (from, from + JournalPage - 1);
            var page = await connection.CallAsync(database => StoredValue.ReadAsync(keys.Journal, database.ListRangeAsync(keys.Journal, first, last)));
            if (!page.TryGet(out var lines, out var failure))
                return failure;
            foreach (var json in lines)
            {
                if (!StoredValue.Parse(json, BallastJson.Default.StoredJournalLine).TryGet(out var line, out failure)
                    || !EntryOf(line).TryGet(out var entry, out failure))
                    return Failure.BadData($"line {entries.Count} of {keys.Journal} is not as Ballast writes it ({failure.Reason}); put a backup back");
                opening = line.Opening?.ToOpening() ?? opening;
                if (entry is not null)
                    entries.Add(entry);
            }
            if (lines.Length < JournalPage)
                return new Journal(opening, entries);
        }
    }

    private static Result<Entry?> EntryOf(StoredJournalLine line)
    {
        Failure? failure = null;
        Entry? entry = line switch
        {
            { Trade: { } trade } => trade.ToTrade().TryGet(out var read, out failure) ? read : null,
            { Movement: { } movement } => movement.ToMovement().TryGet(out var read, out failure) ? read : null,
            _ => null,
        };
        return failure is null ? entry : failure;
    }

    public async Task<IReadOnlySet<string>> TradeIdsAsync(RedisConnection connection, DateTimeOffset from, DateTimeOffset to)
    {
        // By rank, because a page further on by score would be counted from the first one each time.
        var (first, end) = (await BeforeAsync(connection, from), await BeforeAsync(connection, to));
        var ids = new HashSet<string>(StringComparer.Ordinal);
        for (var start = first; start < end; start += JournalPage)
        {
            var (begin, last) = (start, Math.Min(start + JournalPage, end) - 1);
            var members = await connection.CallAsync(database => database.SortedSetRangeByRankAsync(keys.Trades, begin, last));
            if (!Trades(members).TryGet(out var trades, out var failure))
                throw new StoreUnavailableException(failure.Reason);
            ids.UnionWith(trades.Select(trade => trade.Id));
        }
        return ids;
    }

    private Task<long> BeforeAsync(RedisConnection connection, DateTimeOffset time) => connection.CallAsync(database =>
        database.SortedSetLengthAsync(keys.Trades, double.NegativeInfinity, time.ToUnixTimeMilliseconds(), Exclude.Stop));

    public static SortedSetEntry Entry(Trade trade) =>
        new(JsonSerializer.Serialize(StoredTrade.From(trade), BallastJson.Default.StoredTrade), trade.Time.ToUnixTimeMilliseconds());

    public static SortedSetEntry Entry(Movement movement) =>
        new(JsonSerializer.Serialize(StoredMovement.From(movement), BallastJson.Default.StoredMovement), movement.Time.ToUnixTimeMilliseconds());

    private Result<IReadOnlyList<Trade>> Trades(RedisValue[] members) =>
        Members(keys.Trades, members, "a trade", BallastJson.Default.StoredTrade, stored => stored.ToTrade());

    private Result<IReadOnlyList<Movement>> Movements(RedisValue[] members) =>
        Members(keys.Movements, members, "a movement", BallastJson.Default.StoredMovement, stored => stored.ToMovement());

    private static Result<IReadOnlyList<T>> Members<TStored, T>(
        RedisKey key, RedisValue[] members, string what, JsonTypeInfo<TStored> type, Func<TStored, Result<T>> read)
        where TStored : class
    {
        var found = new List<T>(members.Length);
        foreach (var member in members)
        {
            if (!StoredValue.Parse(member, type).TryGet(out var stored, out var failure) || !read(stored).TryGet(out var value, out failure))
                return Failure.BadData($"a member of {key} is not {what} as Ballast writes it ({failure.Reason}); remove it");
            found.Add(value);
        }
        return Result<IReadOnlyList<T>>.Of(found);
    }

    private static Result<EquityPoint?> Point(RedisKey key, RedisValue json) =>
        json.IsNull ? (EquityPoint?)null
        : StoredValue.Parse(json, BallastJson.Default.StoredPoint).TryGet(out var point, out var failure) ? point.ToPoint()
        : Failure.BadData($"{key} holds something else than a point as Ballast writes it ({failure.Reason}); rename it, and it will be begun anew");
}

/// <summary>Answers under way.</summary>
internal sealed record BooksReading(
    Task<Result<HashEntry[]>> Cost,
    Task<Result<RedisValue[]>> Trades,
    Task<Result<RedisValue[]>> Movements,
    Task<Result<RedisValue>> Start,
    Task<Result<RedisValue>> Last);

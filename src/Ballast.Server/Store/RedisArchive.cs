using Ballast.Core;
using Ballast.Core.Ticks;
using Ballast.Server.Http;
using StackExchange.Redis;

namespace Ballast.Server.Store;

/// <summary>
/// Everything kept, to be read in pages by people and exports; no tick reads it. Throws <see cref="StoreUnavailableException"/> when the store
/// cannot be reached, or holds what Ballast did not write.
/// </summary>
public sealed class RedisArchive(RedisConnection connection, StoreKeys keys)
{
    private const int Page = 5_000;

    /// <summary>Whoever looks at the newest rows seldom wants more than these.</summary>
    private const int ShortPage = 500;

    /// <summary>Rows stand in the order in which they were written, and carry the time of the instance that wrote them.</summary>
    private static readonly TimeSpan ClocksDiffer = TimeSpan.FromHours(1);

    /// <summary>How many rows there are to read, for whoever shows how far that has come.</summary>
    public Task<long> CountPlansAsync() => connection.CallAsync(database => database.ListLengthAsync(keys.History));

    public Task<long> CountTradesAsync(DateTimeOffset from, DateTimeOffset to) => connection.CallAsync(database =>
        database.SortedSetLengthAsync(keys.Trades, from.ToUnixTimeMilliseconds(), to.ToUnixTimeMilliseconds()));

    public Task<long> CountJournalAsync() => connection.CallAsync(database => database.ListLengthAsync(keys.Journal));

    /// <summary>By time, both ends included.</summary>
    public async IAsyncEnumerable<StoredTrade> TradesAsync(DateTimeOffset from, DateTimeOffset to)
    {
        for (var skip = 0; ; skip += Page)
        {
            var first = skip;
            var members = await connection.CallAsync(database => database.SortedSetRangeByScoreAsync(
                keys.Trades, from.ToUnixTimeMilliseconds(), to.ToUnixTimeMilliseconds(), skip: first, take: Page));
            foreach (var member in members)
                yield return StoredValue.Must(StoredValue.Parse(member, BallastJson.Default.StoredTrade), keys.Trades);
            if (members.Length < Page)
                yield break;
        }
    }

    /// <summary>Lines written from <paramref name="from"/> to <paramref name="to"/>, in the order in which they were.</summary>
    public async IAsyncEnumerable<StoredJournalLine> JournalAsync(DateTimeOffset from, DateTimeOffset to)
    {
        await foreach (var value in ListAsync(keys.Journal))
        {
            var line = StoredValue.Must(StoredValue.Parse(value, BallastJson.Default.StoredJournalLine), keys.Journal);
            if (StoredTime.Read(line.At) >= from && StoredTime.Read(line.At) <= to)
                yield return line;
        }
    }

    /// <summary>The curve, oldest first: one point an hour where the newer list no longer reaches, then one a tick.</summary>
    public async Task<IReadOnlyList<StoredPoint>> EquityAsync(DateTimeOffset from, DateTimeOffset to)
    {
        var (newer, older) = (PointsAsync(keys.Equity), PointsAsync(keys.EquityHourly));
        var ticks = await newer;
        var begin = ticks.Count > 0 ? ticks[^1].T : DateTime.MaxValue;
        var hours = (await older).Where(point => point.T < begin);
        return [.. ticks.Concat(hours).Reverse().Where(point => StoredTime.Read(point.T) >= from && StoredTime.Read(point.T) <= to)];
    }

    /// <summary>
    /// Plans and failed ticks from <paramref name="from"/> to <paramref name="to"/>, newest first. A row that cannot be read is a failure among them,
    /// wherever it stands, because its time is not known.
    /// </summary>
    public async IAsyncEnumerable<Result<StoredPlan>> PlansAsync(DateTimeOffset from, DateTimeOffset to)
    {
        await foreach (var value in NewestFirstAsync(keys.History))
        {
            if (!StoredValue.Parse(value, BallastJson.Default.StoredPlan).TryGet(out var plan, out var failure))
            {
                yield return Unreadable(keys.History, failure);
                continue;
            }
            var time = StoredTime.Read(plan.Timestamp);
            if (from - time > ClocksDiffer)
                yield break;
            if (time >= from && time <= to)
                yield return plan;
        }
    }

    /// <summary>The newest record of a tick, which may have been tried more than once; null when it is not kept (any more).</summary>
    public async Task<StoredPlan?> PlanAsync(string tick)
    {
        await foreach (var value in NewestFirstAsync(keys.History))
        {
            if (StoredValue.Parse(value, BallastJson.Default.StoredPlan).TryGet(out var plan, out var failure))
            {
                if (plan.Tick == tick)
                    return plan;
            }
            else if (((string)value!).Contains($"\"{tick}\"", StringComparison.Ordinal))
            {
                throw new StoreUnavailableException(Unreadable(keys.History, failure).Reason);
            }
        }
        return null;
    }

    /// <summary>Settled orders, newest first. A row that cannot be read is a failure among them.</summary>
    public async IAsyncEnumerable<Result<StoredOrder>> OrdersAsync()
    {
        await foreach (var value in NewestFirstAsync(keys.Orders))
        {
            var row = StoredValue.Parse(value, BallastJson.Default.StoredOrder);
            yield return row.TryGet(out _, out var failure) ? row : Unreadable(keys.Orders, failure);
        }
    }

    /// <summary>What became of an order; null as long as that is not known, and when it is not kept any more.</summary>
    public async Task<StoredOrder?> OrderAsync(string clientOrderId)
    {
        await foreach (var row in OrdersAsync())
        {
            if (row.TryGet(out var order, out _) && order.Order.ClientOrderId == clientOrderId)
                return order;
        }
        return null;
    }

    private static Failure Unreadable(RedisKey key, Failure failure) => Failure.BadData($"a row of {key} cannot be read ({failure.Reason})");

    /// <summary>
    /// A list that grows at its beginning, page by page: what is pushed in the meantime moves rows that were seen already into the next page, and
    /// those are left out there.
    /// </summary>
    private async IAsyncEnumerable<RedisValue> NewestFirstAsync(RedisKey key)
    {
        var seen = new HashSet<RedisValue>();
        for (long start = 0; ; start += ShortPage)
        {
            var first = start;
            var values = await connection.CallAsync(database => database.ListRangeAsync(key, first, first + ShortPage - 1));
            foreach (var value in values)
            {
                if (!seen.Contains(value))
                    yield return value;
            }
            if (values.Length < ShortPage)
                yield break;
            seen = [.. values];
        }
    }

    private async Task<IReadOnlyList<StoredPoint>> PointsAsync(RedisKey key)
    {
        var points = new List<StoredPoint>();
        await foreach (var value in ListAsync(key))
            points.Add(StoredValue.Must(StoredValue.Parse(value, BallastJson.Default.StoredPoint), key));
        return points;
    }

    private async IAsyncEnumerable<RedisValue> ListAsync(RedisKey key)
    {
        for (long start = 0; ; start += Page)
        {
            var first = start;
            var values = await connection.CallAsync(database => database.ListRangeAsync(key, first, first + Page - 1));
            foreach (var value in values)
                yield return value;
            if (values.Length < Page)
                yield break;
        }
    }
}

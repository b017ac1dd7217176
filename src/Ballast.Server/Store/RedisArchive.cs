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

    /// <summary>By time, both ends included.</summary>
    public async IAsyncEnumerable<StoredTrade> TradesAsync(DateTimeOffset from, DateTimeOffset to)
    {
        for (var skip = 0; ; skip += Page)
        {
            var first = skip;
            var members = await connection.CallAsync(database => database.SortedSetRangeByScoreAsync(
                keys.Trades, from.ToUnixTimeMilliseconds(), to.ToUnixTimeMilliseconds(), skip: first, take: Page));
            foreach (var member in members)
                yield return Must(StoredValue.Parse(member, BallastJson.Default.StoredTrade), keys.Trades);
            if (members.Length < Page)
                yield break;
        }
    }

    /// <summary>Lines written from <paramref name="from"/> to <paramref name="to"/>, in the order in which they were.</summary>
    public async IAsyncEnumerable<StoredJournalLine> JournalAsync(DateTimeOffset from, DateTimeOffset to)
    {
        await foreach (var value in ListAsync(keys.Journal))
        {
            var line = Must(StoredValue.Parse(value, BallastJson.Default.StoredJournalLine), keys.Journal);
            if (StoredTime.Read(line.At) >= from && StoredTime.Read(line.At) <= to)
                yield return line;
        }
    }

    /// <summary>The curve, oldest first: one point an hour where the newer list no longer reaches, then one a tick.</summary>
    public async Task<IReadOnlyList<StoredPoint>> EquityAsync(DateTimeOffset from, DateTimeOffset to)
    {
        var ticks = await PointsAsync(keys.Equity);
        var begin = ticks.Count > 0 ? ticks[^1].T : DateTime.MaxValue;
        var hours = (await PointsAsync(keys.EquityHourly)).Where(point => point.T < begin);
        return [.. ticks.Concat(hours).Reverse().Where(point => StoredTime.Read(point.T) >= from && StoredTime.Read(point.T) <= to)];
    }

    private async Task<IReadOnlyList<StoredPoint>> PointsAsync(RedisKey key)
    {
        var points = new List<StoredPoint>();
        await foreach (var value in ListAsync(key))
            points.Add(Must(StoredValue.Parse(value, BallastJson.Default.StoredPoint), key));
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

    private static T Must<T>(Result<T> result, RedisKey key) => result.TryGet(out var value, out var failure) ? value
        : throw new StoreUnavailableException($"{key} holds something that Ballast did not write ({failure.Reason})");
}

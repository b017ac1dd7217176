using System.Globalization;
using System.Security.Cryptography;
using Ballast.Core;
using Ballast.Server.Store;
using StackExchange.Redis;

namespace Ballast.Server.Records;

/// <summary>
/// The last row of a page: how far down the list it stood, and what it was. Rows are only added at the beginning of a list and only taken away
/// at its end, so it stands there or further down ever after.
/// </summary>
internal readonly record struct ListCursor(long Place, string Mark)
{
    private const int MarkLetters = 16;

    public static ListCursor Of(long place, RedisValue row) => new(place, MarkOf(row));

    public static bool TryRead(string text, out ListCursor cursor)
    {
        cursor = default;
        var parts = text.Split('-');
        if (parts.Length != 2 || parts[1].Length != MarkLetters || !long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var place))
            return false;
        cursor = new ListCursor(place, parts[1]);
        return true;
    }

    public bool Marks(RedisValue row) => MarkOf(row) == Mark;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Place}-{Mark}");

    private static string MarkOf(RedisValue row) => Convert.ToHexStringLower(SHA256.HashData(((ReadOnlyMemory<byte>)row).Span))[..MarkLetters];
}

/// <summary>What is to be done with a row.</summary>
internal enum Fit
{
    Wanted,
    Unwanted,

    /// <summary>Nothing wanted comes after it.</summary>
    TooOld,
}

/// <summary>Pages of a list that grows at its beginning, each row once, however much is added between two pages.</summary>
internal static class NewestFirst
{
    private const int Slice = 500;

    /// <summary>A page ends after so many rows looked at, whether or not it is full: nobody waits for a whole long history.</summary>
    private const int MostRows = 20_000;

    /// <param name="before">The last row of the page before; null begins at the newest.</param>
    /// <returns>At most <paramref name="limit"/> rows, and the cursor of the last one looked at when there may be more.</returns>
    /// <exception cref="Core.Ticks.StoreUnavailableException">The store cannot be reached, or the list is none.</exception>
    public static async Task<(List<T> Rows, string? Next)> PageAsync<T>(
        RedisConnection connection, RedisKey key, ListCursor? before, int limit, Func<RedisValue, T> read, Func<T, Fit> fits)
    {
        var (rows, start, looked) = (new List<T>(Math.Min(limit, Slice)), before?.Place ?? 0, 0);
        ListCursor? last = null;
        // A page without a filter is one slice: the row before it, its rows, and one more that tells whether there is a next page.
        for (var size = Math.Min(limit + 2, Slice); ; size = Slice)
        {
            var (first, count) = (start, size);
            var values = await connection.CallAsync(database => database.ListRangeAsync(key, first, first + count - 1));
            for (var place = 0; place < values.Length; place++)
            {
                if (before is { } sought)
                {
                    if (sought.Marks(values[place]))
                        before = null;
                    continue;
                }
                var row = read(values[place]);
                var fit = fits(row);
                if (fit == Fit.TooOld)
                    return (rows, null);
                if (rows.Count == limit && fit == Fit.Wanted || ++looked > MostRows)
                    return (rows, last?.ToString());
                if (fit == Fit.Wanted)
                    rows.Add(row);
                if (fit == Fit.Wanted || looked == MostRows)
                    last = ListCursor.Of(start + place, values[place]);
            }
            if (values.Length < size)
                return (rows, null);
            start += values.Length;
        }
    }
}

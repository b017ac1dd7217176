using System.Security.Cryptography;
using System.Text;
using Ballast.Core;
using Ballast.Server.Store;
using StackExchange.Redis;

namespace Ballast.Server.Overview;

/// <summary>
/// What the store holds, as four short words: each is another one as soon as what it stands for has changed, whoever changed it, redis-cli among
/// them. The same on every server of a portfolio, and after a restart.
/// </summary>
public sealed record Fingerprint(string Tick, string Trading, string Books, string Settings)
{
    private const int WordLetters = 8;

    /// <summary>All of it as one word, for an event's id.</summary>
    public string Tag => $"{Tick}{Trading}{Books}{Settings}";

    /// <summary>What of this is other than in <paramref name="tag"/>; everything when that is no tag.</summary>
    public IReadOnlyList<string> ChangesSince(string? tag)
    {
        var known = tag is { Length: 4 * WordLetters } ? tag : new string(' ', 4 * WordLetters);
        var (changes, place) = (new List<string>(4), 0);
        Compare("tick", Tick);
        Compare("trading", Trading);
        Compare("books", Books);
        Compare("settings", Settings);
        return changes;

        void Compare(string name, string word)
        {
            if (string.CompareOrdinal(known, place, word, 0, WordLetters) != 0)
                changes.Add(name);
            place += WordLetters;
        }
    }

    internal static async Task<Fingerprint> OfAsync(FingerprintReading reading)
    {
        var tick = Word([One(await reading.Newest)]);
        var trading = Word([
            All(await reading.Halt), All(await reading.Mode), All(await reading.Proposal),
            All(await reading.Open), All(await reading.Trading), One(await reading.Order)]);
        var books = Word([Some(await reading.Books), Count(await reading.Journal)]);
        return new Fingerprint(tick, trading, books, Word([All(await reading.Settings)]));
    }

    private static string Word(ReadOnlySpan<string> parts) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts!))))[..WordLetters];

    private static string One(Result<RedisValue> value) => value.TryGet(out var found, out var failure) ? $"{found}" : failure.Reason;

    private static string Some(Result<RedisValue[]> values) => values.TryGet(out var found, out var failure) ? string.Join(' ', found) : failure.Reason;

    private static string Count(Result<long> value) => value.TryGet(out var found, out var failure) ? Decimals.Text(found) : failure.Reason;

    /// <summary>A hash has no order of its own.</summary>
    private static string All(Result<HashEntry[]> hash) => hash.TryGet(out var fields, out var failure)
        ? string.Join('\n', fields.Select(field => $"{field.Name}={field.Value}").Order(StringComparer.Ordinal)) : failure.Reason;
}

/// <summary>Answers under way: ten small questions in one round trip.</summary>
internal sealed record FingerprintReading(
    Task<Result<RedisValue>> Newest,
    Task<Result<HashEntry[]>> Halt,
    Task<Result<HashEntry[]>> Mode,
    Task<Result<HashEntry[]>> Proposal,
    Task<Result<HashEntry[]>> Open,
    Task<Result<HashEntry[]>> Trading,
    Task<Result<RedisValue>> Order,
    Task<Result<RedisValue[]>> Books,
    Task<Result<long>> Journal,
    Task<Result<HashEntry[]>> Settings)
{
    private static readonly RedisValue[] OfBooks = ["updated_at", "books", "quantity", "avg_cost"];

    public static FingerprintReading Begin(IDatabase database, StoreKeys keys) => new(
        StoredValue.ReadAsync(keys.History, database.ListGetByIndexAsync(keys.History, 0)),
        Hash(database, keys.Halt),
        Hash(database, keys.Mode),
        Hash(database, keys.Proposal),
        Hash(database, keys.OpenOrder),
        Hash(database, keys.Trading),
        StoredValue.ReadAsync(keys.Orders, database.ListGetByIndexAsync(keys.Orders, 0)),
        StoredValue.ReadAsync(keys.Cost, database.HashGetAsync(keys.Cost, OfBooks)),
        StoredValue.ReadAsync(keys.Journal, database.ListLengthAsync(keys.Journal)),
        Hash(database, keys.Settings));

    private static Task<Result<HashEntry[]>> Hash(IDatabase database, RedisKey key) => StoredValue.ReadAsync(key, database.HashGetAllAsync(key));
}

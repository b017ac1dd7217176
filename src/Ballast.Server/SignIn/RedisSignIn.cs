using Ballast.Server.Store;
using StackExchange.Redis;

namespace Ballast.Server.SignIn;

/// <summary>
/// What the store holds about signing in: hashes of passwords, digests of sessions and links. Nothing in it lets anybody in who reads it. Every call
/// throws <see cref="Core.Ticks.StoreUnavailableException"/> when the store cannot be reached.
/// </summary>
/// <param name="patience">Longest wait for an answer; a person at a terminal has more of it than a caller over HTTP.</param>
internal sealed class RedisSignIn(RedisConnection connection, StoreKeys keys, TimeSpan patience)
{
    /// <summary>More people than this do not own one portfolio; who has not been seen for longest is signed out.</summary>
    private const int MostSessions = 50;

    /// <summary>The text of the stored hash; null where no password is set.</summary>
    public Task<string?> PasswordAsync(Role role) => CallAsync(async database => (string?)await database.HashGetAsync(keys.Operator, Field(role)));

    /// <summary>Sets or removes (null) a password, and signs everybody out.</summary>
    /// <returns>How many were signed out.</returns>
    public Task<int> SetPasswordAsync(Role role, PasswordHash? hash, string by, DateTimeOffset now) => CallAsync(async database =>
    {
        var signedIn = (int)await database.HashLengthAsync(keys.Sessions);
        var change = new StoredChange(role == Role.Operator ? "operator password" : "reader password", hash is null ? "removed" : "set", by);
        var write = database.CreateTransaction();
        Task[] done =
        [
            hash is null ? write.HashDeleteAsync(keys.Operator, Field(role)) : write.HashSetAsync(keys.Operator, Field(role), hash.ToString()),
            write.KeyDeleteAsync(keys.Sessions),
            write.ListRightPushAsync(keys.Journal, new StoredJournalLine(now.UtcDateTime, Change: change).ToJson()),
        ];
        await write.ExecuteAsync();
        await Task.WhenAll(done);
        return signedIn;
    });

    /// <summary>Puts the same password's newer hash in the place of its older one, unless another password has been set meanwhile.</summary>
    public Task ReplaceAsync(Role role, PasswordHash older, PasswordHash newer) => connection.TransactAsync(database =>
    {
        var write = database.CreateTransaction();
        write.AddCondition(Condition.HashEqual(keys.Operator, Field(role), older.ToString()));
        _ = write.HashSetAsync(keys.Operator, Field(role), newer.ToString());
        return write.ExecuteAsync();
    });

    public Task<Session?> FindAsync(SessionId id) =>
        CallAsync(async database => Session.Parse(await database.HashGetAsync(keys.Sessions, id.Digest)));

    /// <summary>False when the stored password that let them in has been changed meanwhile.</summary>
    /// <param name="storedPassword">The hash that the password fitted; null where it does not stand in the store.</param>
    /// <param name="earlier">A session that this one takes the place of.</param>
    public async Task<bool> AddAsync(SessionId id, Session session, PasswordHash? storedPassword, SessionId? earlier, DateTimeOffset now)
    {
        var gone = Superfluous(await CallAsync(database => database.HashGetAllAsync(keys.Sessions)), now.UtcDateTime);
        if (earlier is not null)
            gone.Add(earlier.Digest);
        return await connection.TransactAsync(database =>
        {
            var write = database.CreateTransaction();
            if (storedPassword is not null)
                write.AddCondition(Condition.HashEqual(keys.Operator, Field(session.Role), storedPassword.ToString()));
            if (gone.Count > 0)
                _ = write.HashDeleteAsync(keys.Sessions, [.. gone]);
            _ = write.HashSetAsync(keys.Sessions, id.Digest, session.ToJson());
            return write.ExecuteAsync();
        });
    }

    /// <summary>Writes when a session was last seen, unless it has been ended meanwhile.</summary>
    public Task TouchAsync(SessionId id, Session before, Session now) => connection.TransactAsync(database =>
    {
        var write = database.CreateTransaction();
        write.AddCondition(Condition.HashEqual(keys.Sessions, id.Digest, before.ToJson()));
        _ = write.HashSetAsync(keys.Sessions, id.Digest, now.ToJson());
        return write.ExecuteAsync();
    });

    public Task RemoveAsync(SessionId id) => CallAsync(database => database.HashDeleteAsync(keys.Sessions, id.Digest));

    /// <returns>How many there were.</returns>
    public Task<int> RemoveAllAsync() => CallAsync(async database =>
    {
        var signedIn = (int)await database.HashLengthAsync(keys.Sessions);
        await database.KeyDeleteAsync(keys.Sessions);
        return signedIn;
    });

    /// <summary>All of them, expired ones too, by the digest of their id.</summary>
    public Task<List<(string Digest, Session Session)>> AllAsync() =>
        CallAsync(async database => Known(await database.HashGetAllAsync(keys.Sessions)));

    public Task AddLinkAsync(string digest, TimeSpan lifetime) =>
        CallAsync(database => database.StringSetAsync(keys.SignIn("link:" + digest), "unused", lifetime));

    /// <summary>True for one caller only.</summary>
    public Task<bool> UseLinkAsync(string digest) => CallAsync(database => database.KeyDeleteAsync(keys.SignIn("link:" + digest)));

    private Task<T> CallAsync<T>(Func<IDatabase, Task<T>> call) => connection.CallAsync(call, patience);

    private static string Field(Role role) => role == Role.Operator ? "password" : "reader_password";

    private static List<(string Digest, Session Session)> Known(HashEntry[] stored)
    {
        var known = new List<(string Digest, Session Session)>();
        foreach (var entry in stored)
        {
            if (Session.Parse(entry.Value) is { } session)
                known.Add(((string)entry.Name!, session));
        }
        return known;
    }

    private static List<RedisValue> Superfluous(HashEntry[] stored, DateTime now)
    {
        var (gone, alive) = (new List<RedisValue>(), new List<(DateTime Seen, RedisValue Digest)>());
        foreach (var entry in stored)
        {
            if (Session.Parse(entry.Value) is { } session && session.Expires > now)
                alive.Add((session.Seen, entry.Name));
            else
                gone.Add(entry.Name);
        }
        alive.Sort((one, other) => other.Seen.CompareTo(one.Seen));
        for (var i = MostSessions - 1; i < alive.Count; i++)
            gone.Add(alive[i].Digest);
        return gone;
    }
}

using System.Text.Json;
using Ballast.Core;
using Ballast.Core.Ticks;
using Ballast.Server.Store;
using StackExchange.Redis;

namespace Ballast.Server.Notices;

/// <summary>
/// How notices lie in the store: what is to be delivered, what was told, and who is delivering. A tick's own go in with its one write and are asked
/// for with its one read, so that a tick with nothing to tell costs no round trip more.
/// </summary>
public sealed class Outbox
{
    /// <summary>Longer than a round can take; a holder that died keeps the others out for no longer.</summary>
    private static readonly TimeSpan ClaimLifetime = TimeSpan.FromSeconds(10);

    private readonly RedisConnection connection;
    private readonly StoreKeys keys;
    private readonly TickNews? news;

    /// <param name="news">Null for a command, which runs no tick.</param>
    internal Outbox(RedisConnection connection, StoreKeys keys, Symbol symbol, TickNews? news) =>
        (this.connection, this.keys, Symbol, this.news) = (connection, keys, symbol, news);

    internal Symbol Symbol { get; }

    /// <summary>Begins to read what was told; part of a tick's one round trip.</summary>
    internal OutboxReading Read(IDatabase database) => new(
        StoredValue.ReadAsync(keys.Notices, database.HashGetAllAsync(keys.Notices)),
        StoredValue.ReadAsync(keys.Outbox, database.HashLengthAsync(keys.Outbox)));

    /// <summary>What cannot be read counts as never told.</summary>
    internal static async Task<Told> ToldAsync(OutboxReading reading) => new(
        (await reading.Topics).TryGet(out var topics, out _) ? topics.ToDictionary(topic => (string)topic.Name!, topic => (string)topic.Value!) : [],
        (await reading.Waiting).TryGet(out var waiting, out _) ? waiting : 0);

    /// <summary>Whether a tick leaves anything to deliver.</summary>
    internal bool HasWork(TickReport report) => report.Before?.Told is { Waiting: > 0 } || news!.Of(report).Notices.Count > 0;

    internal IEnumerable<Task> Write(ITransaction write, TickReport report) => Write(write, news!.Of(report));

    internal IEnumerable<Task> WriteBeforeOrder(ITransaction write, TickReport report) => Write(write, news!.BeforeOrder(report));

    internal IEnumerable<Task> WriteAfterOrder(ITransaction write, TickReport report) => Write(write, news!.AfterOrder(report));

    /// <summary>What is told from outside of ticks, with the write that it is about.</summary>
    internal IEnumerable<Task> Write(ITransaction write, News told)
    {
        foreach (var notice in told.Notices)
            yield return Quiet(write.HashSetAsync(keys.Outbox, notice.Id, Json(new OutboxEntry(notice))));
        if (told.Topics.Count > 0)
            yield return Quiet(write.HashSetAsync(keys.Notices, [.. told.Topics.Select(topic => new HashEntry(topic.Key, topic.Value))]));
    }

    /// <summary>Whether ticks of some server tell anything, so that what commands do has to be told, too.</summary>
    internal Task<bool> IsUsedAsync() => connection.CallAsync(database => database.KeyExistsAsync(keys.Notices));

    /// <summary>Takes what is to be delivered, all of it and for a short time; null when somebody else has it.</summary>
    internal Task<OutboxContent?> ClaimAsync(string holder) => connection.CallAsync(async database =>
    {
        var claimed = database.StringSetAsync(keys.OutboxClaim, holder, ClaimLifetime, When.NotExists);
        var entries = StoredValue.ReadAsync(keys.Outbox, database.HashGetAllAsync(keys.Outbox));
        var states = StoredValue.ReadAsync(keys.OutboxChannels, database.HashGetAllAsync(keys.OutboxChannels));
        return await claimed ? new OutboxContent(Entries(await entries), States(await states)) : null;
    });

    /// <summary>
    /// Writes down what was delivered and gives the claim back. False when the claim has passed to another: then nothing is written, and the other
    /// sends again what was sent.
    /// </summary>
    /// <param name="changed">Null takes an entry out.</param>
    internal Task<bool> SettleAsync(string holder, IReadOnlyDictionary<string, OutboxEntry?> changed, IReadOnlyDictionary<string, ChannelState> states) =>
        connection.TransactAsync(async database =>
        {
            var write = database.CreateTransaction();
            write.AddCondition(Condition.StringEqual(keys.OutboxClaim, holder));
            List<Task> done = [write.KeyDeleteAsync(keys.OutboxClaim)];
            RedisValue[] gone = [.. changed.Where(entry => entry.Value is null).Select(entry => (RedisValue)entry.Key)];
            if (gone.Length > 0)
                done.Add(write.HashDeleteAsync(keys.Outbox, gone));
            foreach (var (id, entry) in changed)
            {
                if (entry is not null)
                    done.Add(write.HashSetAsync(keys.Outbox, id, Json(entry)));
            }
            foreach (var (channel, state) in states)
                done.Add(write.HashSetAsync(keys.OutboxChannels, channel, JsonSerializer.Serialize(state, OutboxJson.Default.ChannelState)));
            if (!await write.ExecuteAsync())
                return false;
            await Task.WhenAll(done);
            return true;
        });

    /// <summary>Whether this update of Telegram's has not been seen before; from now on it has.</summary>
    internal Task<bool> IsNewUpdateAsync(long update, TimeSpan remember) =>
        connection.CallAsync(database => database.StringSetAsync(keys.TelegramUpdate(update), "1", remember, When.NotExists));

    /// <summary>An update that could not be carried out may come again.</summary>
    internal Task ForgetUpdateAsync(long update) => connection.CallAsync(database => database.KeyDeleteAsync(keys.TelegramUpdate(update)));

    private static string Json(OutboxEntry entry) => JsonSerializer.Serialize(entry, OutboxJson.Default.OutboxEntry);

    /// <summary>A key of ours that somebody has put something else under must not fail the tick or the halt that it is about.</summary>
    private static async Task<bool> Quiet(Task write)
    {
        try
        {
            await write;
            return true;
        }
        catch (RedisServerException foreign) when (foreign.Message.StartsWith("WRONGTYPE", StringComparison.Ordinal))
        {
            return false;
        }
    }

    /// <summary>What cannot be read cannot be delivered either, and is taken out.</summary>
    private static Dictionary<string, OutboxEntry?> Entries(Result<HashEntry[]> hash) => hash.TryGet(out var fields, out _)
        ? fields.ToDictionary(
            field => (string)field.Name!, field => StoredValue.Parse(field.Value, OutboxJson.Default.OutboxEntry).TryGet(out var entry, out _) ? entry : null)
        : [];

    private static Dictionary<string, ChannelState> States(Result<HashEntry[]> hash)
    {
        var states = new Dictionary<string, ChannelState>();
        foreach (var field in hash.TryGet(out var fields, out _) ? fields : [])
        {
            if (StoredValue.Parse(field.Value, OutboxJson.Default.ChannelState).TryGet(out var state, out _))
                states[(string)field.Name!] = state;
        }
        return states;
    }
}

/// <summary>Answers under way.</summary>
internal sealed record OutboxReading(Task<Result<HashEntry[]>> Topics, Task<Result<long>> Waiting);

/// <param name="Entries">By id; null for one that cannot be read.</param>
/// <param name="States">By the channel's name.</param>
internal sealed record OutboxContent(IReadOnlyDictionary<string, OutboxEntry?> Entries, IReadOnlyDictionary<string, ChannelState> States);

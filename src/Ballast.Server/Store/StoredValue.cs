using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Ballast.Core;
using Ballast.Core.Ticks;
using StackExchange.Redis;

namespace Ballast.Server.Store;

/// <summary>Reads what a key holds and tells data that is not ours from an outage.</summary>
internal static class StoredValue
{
    /// <summary>A key that holds another type than ours says something about the data; it is no outage.</summary>
    public static async Task<Result<T>> ReadAsync<T>(RedisKey key, Task<T> reading)
    {
        try
        {
            return await reading;
        }
        catch (RedisServerException foreign) when (foreign.Message.StartsWith("WRONGTYPE", StringComparison.Ordinal))
        {
            return Failure.BadData($"{key} holds something else than Ballast writes there; rename it, and it will be begun anew");
        }
    }

    /// <exception cref="StoreUnavailableException">It is none of ours.</exception>
    public static T Must<T>(Result<T> value, RedisKey key) => value.TryGet(out var ours, out var failure) ? ours
        : throw new StoreUnavailableException($"{key} holds something that Ballast did not write ({failure.Reason})");

    public static Result<T> Parse<T>(RedisValue json, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(((ReadOnlyMemory<byte>)json).Span, type) is { } value ? value : Failure.BadData("it is null");
        }
        catch (JsonException unreadable)
        {
            return Failure.BadData(unreadable.Message);
        }
    }
}

using Ballast.Server.Http;
using Ballast.Server.Store;
using StackExchange.Redis;

namespace Ballast.Server.Diagnosis;

/// <summary>A line of the history, as far as the doctor reads it.</summary>
/// <param name="Error">Why it had no plan; null when it had one.</param>
internal sealed record HistoryLine(string Tick, DateTimeOffset At, string? Error)
{
    /// <summary>Null for what Ballast did not write.</summary>
    public static HistoryLine? Read(RedisValue json) => StoredValue.Parse(json, BallastJson.Default.StoredPlan).TryGet(out var plan, out _)
        ? new HistoryLine(plan.Tick, StoredTime.Read(plan.Timestamp), plan.Error) : null;
}

using System.Text.Json.Serialization;

namespace Ballast.Server.Notices;

/// <summary>A notice that is not yet everywhere it has to go, as it lies in the store.</summary>
/// <param name="Done">The channels that have it, or will not get it any more.</param>
/// <param name="Refusals">How often a channel has refused it.</param>
public sealed record OutboxEntry(Notice Notice, IReadOnlyList<string> Done, IReadOnlyDictionary<string, int> Refusals)
{
    internal OutboxEntry(Notice notice)
        : this(notice, [], new Dictionary<string, int>())
    {
    }

    internal bool IsDone(Channel channel) => Done.Contains(channel.Name, StringComparer.Ordinal);

    internal OutboxEntry With(Channel channel) => IsDone(channel) ? this : this with { Done = [.. Done, channel.Name] };

    internal int RefusalsOf(Channel channel) => Refusals.GetValueOrDefault(channel.Name);

    internal OutboxEntry Refused(Channel channel) =>
        this with { Refusals = new Dictionary<string, int>(Refusals) { [channel.Name] = RefusalsOf(channel) + 1 } };
}

/// <summary>What is remembered of a channel from round to round.</summary>
public sealed record ChannelState
{
    public static readonly ChannelState New = new();

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>When the hour began that the two below count.</summary>
    public DateTimeOffset HourBegan { get; init; }

    public int Sent { get; init; }

    /// <summary>Whether what was beyond the most of this hour has been summed up.</summary>
    public bool Digested { get; init; }

    /// <summary>Attempts in a row that failed.</summary>
    public int Failures { get; init; }

    /// <summary>Until when the channel is left alone; null when it need not be.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>The counts of this hour. An hour that seems to begin later was begun by a clock that is ahead, and is left to pass.</summary>
    internal ChannelState At(DateTimeOffset now) => now - HourBegan >= Hour ? this with { HourBegan = now, Sent = 0, Digested = false } : this;

    internal ChannelState AfterSending(bool digest) =>
        this with { Sent = digest ? Sent : Sent + 1, Digested = Digested || digest, Failures = 0, NotBefore = null };

    /// <summary>1, 4, 16 minutes, then an hour; longer when the other side asks for it.</summary>
    internal ChannelState AfterFailing(DateTimeOffset now, TimeSpan? retryAfter)
    {
        var wait = Failures switch { 0 => 1, 1 => 4, 2 => 16, _ => 60 };
        var usual = TimeSpan.FromMinutes(wait);
        return this with { Failures = Math.Min(Failures, 1000) + 1, NotBefore = now + (retryAfter > usual ? retryAfter.Value : usual) };
    }
}

/// <summary>The JSON of the outbox, compiled ahead.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(OutboxEntry))]
[JsonSerializable(typeof(ChannelState))]
public sealed partial class OutboxJson : JsonSerializerContext;

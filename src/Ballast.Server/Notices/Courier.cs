using Ballast.Core.Ticks;
using Ballast.Server.Telemetry;

namespace Ballast.Server.Notices;

/// <summary>
/// Delivers what lies in the outbox: all channels side by side, within the <see cref="Budget"/>, because the instance may be frozen after the answer.
/// What does not get through stays for the next tick. A channel that is slow or dead costs the tick its budget and nothing else.
/// </summary>
public sealed partial class Courier
{
    /// <summary>For everything that one tick has to deliver.</summary>
    public static readonly TimeSpan Budget = TimeSpan.FromSeconds(2);

    /// <summary>When sending ends, so that what was delivered can still be written down.</summary>
    private static readonly TimeSpan SendingEnds = TimeSpan.FromMilliseconds(1500);

    /// <summary>Somebody else who delivers will not have seen what has just been written.</summary>
    private static readonly TimeSpan Knock = TimeSpan.FromMilliseconds(100);

    private readonly Outbox outbox;
    private readonly IReadOnlyList<Channel> channels;
    private readonly NotifySettings settings;
    private readonly Post post;
    private readonly NoticeMeasures measures;
    private readonly TimeProvider clock;
    private readonly Func<string> newHolder;
    private readonly ILogger<Courier> log;

    /// <param name="newHolder">Makes a name for each round; unique over all instances.</param>
    internal Courier(
        Outbox outbox, IReadOnlyList<Channel> channels, NotifySettings settings, Post post, NoticeMeasures measures, TimeProvider clock,
        Func<string> newHolder, ILogger<Courier> log) =>
        (this.outbox, this.channels, this.settings, this.post, this.measures, this.clock, this.newHolder, this.log) =
            (outbox, channels, settings, post, measures, clock, newHolder, log);

    /// <summary>Delivers what a tick has left, where it has left anything. Never fails.</summary>
    public Task DeliverAsync(TickOutcome outcome) =>
        outcome is TickOutcome.Finished { Report: var report } && outbox.HasWork(report) ? DeliverAsync() : Task.CompletedTask;

    /// <summary>Never fails, and never takes longer than the <see cref="Budget"/>.</summary>
    public async Task DeliverAsync()
    {
        try
        {
            await RunAsync().WaitAsync(Budget, clock);
        }
        catch (TimeoutException)
        {
            Late(Budget.TotalSeconds);
        }
    }

    private async Task RunAsync()
    {
        using var span = Spans.Begin("notices");
        try
        {
            using var ends = new CancellationTokenSource(SendingEnds, clock);
            var holder = newHolder();
            if (await ClaimAsync(holder, ends.Token) is not { } content)
                return;
            var rounds = await Task.WhenAll(channels.Select(channel => SendAsync(channel, content, ends.Token)));
            var states = rounds.Where(round => round.State is not null).ToDictionary(round => round.Channel.Name, round => round.State!);
            if (!await outbox.SettleAsync(holder, Changed(content, rounds), states))
                Overtaken();
        }
        catch (StoreUnavailableException outage)
        {
            StoreDown(outage.Message);
        }
        catch (Exception bug)
        {
            // Whatever is wrong with telling, what is told about has happened and is written down.
            Failed(bug.GetType().Name, bug.StackTrace);
        }
    }

    private async Task<OutboxContent?> ClaimAsync(string holder, CancellationToken ends)
    {
        while (true)
        {
            if (await outbox.ClaimAsync(holder) is { } content)
                return content;
            await Task.Delay(Knock, clock, ends).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (ends.IsCancellationRequested)
                return null;
        }
    }

    /// <summary>One channel's part. A failure ends it: whoever does not answer one notice does not answer the next.</summary>
    private async Task<ChannelRound> SendAsync(Channel channel, OutboxContent content, CancellationToken ends)
    {
        var now = clock.GetUtcNow();
        var before = content.States.GetValueOrDefault(channel.Name) ?? ChannelState.New;
        var round = new ChannelRound(channel);
        var waiting = Waiting(channel, content, round, now);
        var state = before.At(now);
        foreach (var parcel in Round.Plan(waiting, state, settings.MaxPerHour, now))
        {
            if (ends.IsCancellationRequested)
                break;
            var answer = await post.SendAsync(channel, parcel.Notice, ends);
            state = Conclude(round, parcel, answer, state);
            if (answer.Outcome == PostOutcome.Failed)
                break;
        }
        round.State = state == before ? null : state;
        return round;
    }

    private ChannelState Conclude(ChannelRound round, Parcel parcel, PostAnswer answer, ChannelState state)
    {
        switch (answer.Outcome)
        {
            case PostOutcome.Sent:
                measures.Notice(round.Channel, "sent", parcel.Covers.Count);
                round.Done.UnionWith(parcel.Covers);
                return state.AfterSending(parcel.IsDigest);
            case PostOutcome.Refused:
                measures.Notice(round.Channel, "refused");
                Refused(round.Channel.Name, parcel.Notice.Id, answer.Detail);
                round.Refused.UnionWith(parcel.Covers);
                return state;
            default:
                measures.Notice(round.Channel, "failed");
                var after = state.AfterFailing(clock.GetUtcNow(), answer.RetryAfter);
                NotDelivered(round.Channel.Name, answer.Detail, after.NotBefore!.Value);
                return after;
        }
    }

    /// <summary>What the channel has to get, oldest first; what has become too old, or was refused too often, is given up here.</summary>
    private List<OutboxEntry> Waiting(Channel channel, OutboxContent content, ChannelRound round, DateTimeOffset now)
    {
        var waiting = new List<OutboxEntry>();
        foreach (var entry in content.Entries.Values)
        {
            if (entry is null || entry.IsDone(channel) || !Round.Concerns(channel, entry, settings.Kinds))
                continue;
            if (!Round.IsGivenUp(entry, channel, now))
            {
                waiting.Add(entry);
                continue;
            }
            measures.Notice(channel, "given_up");
            GivenUp(channel.Name, entry.Notice.Id, entry.Notice.Title);
            round.Done.Add(entry.Notice.Id);
        }
        waiting.Sort((left, right) => left.Notice.At != right.Notice.At
            ? left.Notice.At.CompareTo(right.Notice.At) : string.CompareOrdinal(left.Notice.Id, right.Notice.Id));
        return waiting;
    }

    /// <summary>An entry that has nowhere to go any more is taken out.</summary>
    private Dictionary<string, OutboxEntry?> Changed(OutboxContent content, ChannelRound[] rounds)
    {
        var changed = new Dictionary<string, OutboxEntry?>();
        foreach (var (id, before) in content.Entries)
        {
            var after = before;
            foreach (var round in rounds)
            {
                if (after is not null && round.Done.Contains(id))
                    after = after.With(round.Channel);
                if (after is not null && round.Refused.Contains(id))
                    after = after.Refused(round.Channel);
            }
            if (after is null || channels.All(channel => after.IsDone(channel) || !Round.Concerns(channel, after, settings.Kinds)))
                changed[id] = null;
            else if (after != before)
                changed[id] = after;
        }
        return changed;
    }

    [LoggerMessage(30, LogLevel.Warning, "{Channel} was not notified: {Problem}; it is tried again by the first tick after {NotBefore:u}")]
    private partial void NotDelivered(string channel, string problem, DateTimeOffset notBefore);

    [LoggerMessage(31, LogLevel.Warning, "{Channel} refused the notice {Notice}: {Problem}")]
    private partial void Refused(string channel, string notice, string problem);

    [LoggerMessage(32, LogLevel.Error, "{Channel} was never told, and is not tried any more: {Title} ({Notice})")]
    private partial void GivenUp(string channel, string notice, string title);

    [LoggerMessage(33, LogLevel.Warning, "notices took longer than {Seconds:0} s; what is left is for the next tick")]
    private partial void Late(double seconds);

    [LoggerMessage(34, LogLevel.Warning, "notices could not be read or marked in the store; those that were sent may be sent again: {Reason}")]
    private partial void StoreDown(string reason);

    [LoggerMessage(35, LogLevel.Warning, "another instance took over the delivery of notices; those that were sent may be sent again")]
    private partial void Overtaken();

    // Its message may hold what was to be sent, and to whom.
    [LoggerMessage(36, LogLevel.Error, "notices could not be delivered: {Bug} {Stack}")]
    private partial void Failed(string bug, string? stack);
}

/// <summary>What one round brought for a channel.</summary>
internal sealed class ChannelRound(Channel channel)
{
    public Channel Channel => channel;

    /// <summary>Ids of notices that the channel has, or will not get any more.</summary>
    public HashSet<string> Done { get; } = [];

    public HashSet<string> Refused { get; } = [];

    /// <summary>Null when nothing has changed.</summary>
    public ChannelState? State { get; set; }
}

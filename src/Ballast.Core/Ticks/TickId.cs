namespace Ballast.Core.Ticks;

/// <summary>
/// Names one run of a task. Two deliveries of the same scheduled run carry the same id; everything else is a run of its own.
/// Text: <c>15-min-job/2026-01-01T12:00:00Z</c> or <c>15-min-job/manual/&lt;id&gt;</c>.
/// </summary>
public readonly record struct TickId(string Text)
{
    /// <summary>A run forced by hand carries the next run's time; so much ahead it cannot be a regular delivery.</summary>
    private static readonly TimeSpan MostAhead = TimeSpan.FromSeconds(30);

    /// <param name="scheduled">The run's own time as the scheduler sent it, constant over its retries; null when it sent none.</param>
    /// <param name="newId">Makes the id of a run that has no time of its own; letters and digits.</param>
    public static TickId For(string task, DateTimeOffset? scheduled, DateTimeOffset now, Func<string> newId) =>
        scheduled is { } time && time <= now + MostAhead
            ? new TickId($"{task}/{UtcText.Write(time)}")
            : new TickId($"{task}/manual/{newId()}");

    public override string ToString() => Text;
}

namespace Ballast.Benchmarks;

/// <summary>
/// A calendar moved by hand over timers and timestamps that are real: books keep their age while they are measured, and what is measured
/// is real time.
/// </summary>
internal sealed class HandClock(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; private set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;

    public void Advance(TimeSpan span) => Now += span;
}

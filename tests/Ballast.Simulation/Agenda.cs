namespace Ballast.Simulation;

/// <summary>
/// All that is still to happen, and the time. One thing happens at a time, in order of its instant and then of its entry. What belongs to
/// an instance does not happen after that has crashed, and waits while it is frozen.
/// </summary>
internal sealed class Agenda(DateTimeOffset start)
{
    private sealed record Entry(Instance? Of, Action What);

    private readonly PriorityQueue<Entry, (DateTimeOffset Due, long Number)> queue = new();
    private long entered;

    public DateTimeOffset Now { get; private set; } = start;

    public void At(DateTimeOffset due, Instance? of, Action what) => queue.Enqueue(new Entry(of, what), (due > Now ? due : Now, entered++));

    public void In(TimeSpan delay, Instance? of, Action what) => At(Now + delay, of, what);

    /// <summary>Lets the next thing happen; false when none is due before <paramref name="end"/>.</summary>
    public bool Step(DateTimeOffset end)
    {
        if (!queue.TryPeek(out _, out var next) || next.Due > end)
            return false;
        queue.TryDequeue(out var entry, out _);
        Now = next.Due;
        if (entry!.Of is not { } instance)
            entry.What();
        else if (instance.FrozenUntil > Now)
            At(instance.FrozenUntil, instance, entry.What);
        else if (!instance.Crashed)
            entry.What();
        return true;
    }
}

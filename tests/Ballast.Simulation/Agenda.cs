namespace Ballast.Simulation;

/// <summary>
/// All that is still to happen, and the time. One thing happens at a time, in order of its instant and then of its entry. What belongs to
/// an instance does not happen after that has crashed, and waits while it is frozen.
/// </summary>
internal sealed class Agenda(DateTimeOffset start)
{
    private readonly record struct Entry(Instance? Of, Action What);

    private readonly record struct Turn(long UtcTicks, long Number) : IComparable<Turn>
    {
        public int CompareTo(Turn other) => UtcTicks != other.UtcTicks ? UtcTicks.CompareTo(other.UtcTicks) : Number.CompareTo(other.Number);
    }

    private readonly PriorityQueue<Entry, Turn> queue = new();
    private long entered;

    public DateTimeOffset Now { get; private set; } = start;

    public void At(DateTimeOffset due, Instance? of, Action what) =>
        queue.Enqueue(new Entry(of, what), new Turn((due > Now ? due : Now).UtcTicks, entered++));

    public void In(TimeSpan delay, Instance? of, Action what) => At(Now + delay, of, what);

    /// <summary>Lets the next thing happen; false when none is due before <paramref name="end"/>.</summary>
    public bool Step(DateTimeOffset end)
    {
        if (!queue.TryPeek(out var entry, out var next) || next.UtcTicks > end.UtcTicks)
            return false;
        queue.Dequeue();
        Now = new DateTimeOffset(next.UtcTicks, TimeSpan.Zero);
        if (entry.Of is not { } instance)
            entry.What();
        else if (instance.FrozenUntil > Now)
            At(instance.FrozenUntil, instance, entry.What);
        else if (!instance.Crashed)
            entry.What();
        return true;
    }
}

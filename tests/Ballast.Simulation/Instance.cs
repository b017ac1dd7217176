namespace Ballast.Simulation;

/// <summary>
/// One running copy of the program: it has a clock of its own, may freeze and wake up, and may be gone in the middle of anything.
/// </summary>
internal sealed class Instance
{
    public Instance(string name, Agenda agenda, TimeSpan skew)
    {
        (Name, Skew) = (name, skew);
        Clock = new InstanceClock(agenda, this);
    }

    public string Name { get; }

    /// <summary>How far its clock is ahead of the exchange's.</summary>
    public TimeSpan Skew { get; }

    public TimeProvider Clock { get; }
    public bool Crashed { get; set; }
    public DateTimeOffset FrozenUntil { get; set; }

    /// <summary>How often it froze: a tick that was frozen may take any time.</summary>
    public int Freezes { get; set; }

    private sealed class InstanceClock(Agenda agenda, Instance instance) : TimeProvider
    {
        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => agenda.Now + instance.Skew;

        public override long GetTimestamp() => agenda.Now.UtcTicks;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = new AgendaTimer(agenda, instance, () => callback(state));
            timer.Change(dueTime, period);
            return timer;
        }
    }

    /// <summary>Fires once each time that it is set; nothing here uses a period.</summary>
    private sealed class AgendaTimer(Agenda agenda, Instance instance, Action fire) : ITimer
    {
        private int setting;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var mine = ++setting;
            if (dueTime >= TimeSpan.Zero)
                agenda.In(dueTime, instance, () =>
                {
                    if (mine == setting)
                        fire();
                });
            return true;
        }

        public void Dispose() => setting++;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

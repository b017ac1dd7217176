using Ballast.Core.Ticks;

namespace Ballast.Simulation;

/// <summary>A place to crash at: a request that leaves, by its number.</summary>
/// <param name="Acted">Whether the other side carries it out, and nobody is left to hear of it; otherwise it never arrives.</param>
internal sealed record CrashPoint(long Letter, bool Acted);

/// <summary>What a request is about, in the words of the event log.</summary>
internal readonly record struct Topic(string Word, string? Name = null, long? Number = null)
{
    public static implicit operator Topic(string word) => new(word);

    public override string ToString() => Name is null && Number is null ? Word : FormattableString.Invariant($"{Word} {Name}{Number}");
}

/// <summary>Between an instance and the rest of the world: every request and every answer is an event of its own, and may go wrong.</summary>
internal sealed class Wire(World world, Instance instance)
{
    /// <summary>Whether the tick that uses it has answered: nothing may run on after that.</summary>
    public bool Closed { get; set; }

    /// <param name="act">What the other side does when the request arrives; it happens at once.</param>
    /// <param name="failed">What the sender learns of a fault; null throws <see cref="StoreUnavailableException"/>.</param>
    public Task<T> SendAsync<T>(Boundary boundary, Topic what, Func<Task<T>> act, Func<FaultKind, T>? failed, CancellationToken cancel = default)
    {
        if (cancel.IsCancellationRequested)
            return Task.FromCanceled<T>(cancel);
        if (Closed)
            world.Break("a tick went on after its answer", what.ToString());
        var fate = world.Faults.Draw(boundary);
        world.Note($"{instance.Name} asks {what}");
        var crash = world.CrashHere();
        if (crash is not null)
            fate = fate with { Acts = crash.Acted, DiesWithSender = false };
        if (fate.Kind != FaultKind.None)
            world.Note($"  fault: {fate.Kind}{(fate.Acts ? "" : ", nothing done")}");

        var letter = new Letter<T>(world, instance, what, fate, act, failed);
        if (fate.Acts)
            world.Agenda.In(fate.Request, null, letter.Arrive);
        if (crash is not null)
            world.Crash(instance, crash.Acted ? fate.Request : TimeSpan.Zero);
        var until = fate.Kind == FaultKind.Late ? fate.Answer : fate.Request + fate.Answer;
        world.Agenda.In(until, instance, letter.Return);
        if (cancel.CanBeCanceled)
            world.Watch(letter, cancel);
        world.Endanger(instance, until);
        return letter.Answer;
    }
}

/// <summary>A request under way, and its answer.</summary>
internal abstract class Letter(Instance instance)
{
    public Instance Sender => instance;

    public abstract bool Ended { get; }

    /// <summary>Its sender waits no longer.</summary>
    public abstract void GiveUp(CancellationToken token);
}

internal sealed class Letter<T>(World world, Instance instance, Topic what, Fate fate, Func<Task<T>> act, Func<FaultKind, T>? failed) : Letter(instance)
{
    // Continuations run where the answer is delivered, one after the other.
    private readonly TaskCompletionSource<T> answer = new();
    private Task<T>? done;

    public Task<T> Answer => answer.Task;

    public override bool Ended => answer.Task.IsCompleted;

    public void Arrive()
    {
        if (!Sender.Crashed || !fate.DiesWithSender)
            done = act();
    }

    public void Return()
    {
        if (Ended)
            return;
        world.Note($"{Sender.Name} hears {what}{(fate.Kind == FaultKind.None ? "" : $": {fate.Kind}")}");
        if (fate.Kind is FaultKind.None or FaultKind.Slow)
            answer.TrySetResult(done!.GetAwaiter().GetResult());
        else if (failed is not null)
            answer.TrySetResult(failed(fate.Kind));
        else
            answer.TrySetException(new StoreUnavailableException($"{what}: {fate.Kind}"));
    }

    public override void GiveUp(CancellationToken token) => answer.TrySetCanceled(token);
}

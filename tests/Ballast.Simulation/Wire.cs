using Ballast.Core.Ticks;

namespace Ballast.Simulation;

/// <summary>Between an instance and the rest of the world: every request and every answer is an event of its own, and may go wrong.</summary>
internal sealed class Wire(World world, Instance instance)
{
    /// <param name="act">What the other side does when the request arrives; it happens at once.</param>
    /// <param name="failed">What the sender learns of a fault; null throws <see cref="StoreUnavailableException"/>.</param>
    public Task<T> SendAsync<T>(Boundary boundary, string what, Func<Task<T>> act, Func<FaultKind, T>? failed, CancellationToken cancel = default)
    {
        if (cancel.IsCancellationRequested)
            return Task.FromCanceled<T>(cancel);
        var fate = world.Faults.Draw(boundary);
        world.Note($"{instance.Name} asks {what}");
        if (fate.Kind != FaultKind.None)
            world.Note($"  fault: {fate.Kind}{(fate.Acts ? "" : ", nothing done")}");

        // Continuations run where the answer is delivered, one after the other.
        var answer = new TaskCompletionSource<T>();
        Task<T>? done = null;
        if (fate.Acts)
            world.Agenda.In(fate.Request, null, () =>
            {
                if (!instance.Crashed || !fate.DiesWithSender)
                    done = act();
            });
        var until = fate.Kind == FaultKind.Late ? fate.Answer : fate.Request + fate.Answer;
        world.Agenda.In(until, instance, () => Deliver(what, fate.Kind, answer, done, failed));
        if (cancel.CanBeCanceled)
            world.Watch(() => answer.TrySetCanceled(cancel), answer.Task, cancel);
        world.Endanger(instance, until);
        return answer.Task;
    }

    private void Deliver<T>(string what, FaultKind kind, TaskCompletionSource<T> answer, Task<T>? done, Func<FaultKind, T>? failed)
    {
        if (answer.Task.IsCompleted)
            return;
        world.Note($"{instance.Name} hears {what}{(kind == FaultKind.None ? "" : $": {kind}")}");
        if (kind is FaultKind.None or FaultKind.Slow)
            answer.TrySetResult(done!.GetAwaiter().GetResult());
        else if (failed is not null)
            answer.TrySetResult(failed(kind));
        else
            answer.TrySetException(new StoreUnavailableException($"{what}: {kind}"));
    }
}

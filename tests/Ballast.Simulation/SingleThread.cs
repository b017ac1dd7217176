namespace Ballast.Simulation;

/// <summary>
/// Where awaits come back to: a line in which each waits for its turn, so that whatever completes them, nothing runs beside anything else.
/// </summary>
internal sealed class SingleThread : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback What, object? State)> line = new();

    public override void Post(SendOrPostCallback d, object? state) => line.Enqueue((d, state));

    public override void Send(SendOrPostCallback d, object? state) => d(state);

    public void RunAll()
    {
        while (line.TryDequeue(out var next))
            next.What(next.State);
    }

    /// <summary>Runs something with this in place of whatever context the caller has.</summary>
    public void Run(Action what)
    {
        var before = Current;
        SetSynchronizationContext(this);
        try
        {
            what();
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }
}

using System.Collections.Concurrent;

namespace Ballast.Server.Store;

/// <summary>
/// The thread that all transactions are begun on, one after the other. The client blocks the thread that a transaction is begun on until
/// its conditions are answered; with threads of the pool, a store that falls silent would take the whole server's.
/// </summary>
public sealed class TransactionThread : IDisposable
{
    private readonly BlockingCollection<Action> waiting = [];
    private readonly TimeProvider clock;

    public TransactionThread(TimeProvider clock)
    {
        this.clock = clock;
        new Thread(BeginAll) { IsBackground = true, Name = "store transactions" }.Start();
    }

    /// <param name="begin">Returns as soon as the transaction is under way.</param>
    /// <param name="left">What has not been begun by then is not begun at all: its caller has given up.</param>
    /// <exception cref="TimeoutException">Those before it took too long.</exception>
    /// <exception cref="ObjectDisposedException">Nothing is begun any more.</exception>
    public Task<T> BeginAsync<T>(Func<Task<T>> begin, TimeSpan left)
    {
        var asked = clock.GetTimestamp();
        var begun = new TaskCompletionSource<Task<T>>(TaskCreationOptions.RunContinuationsAsynchronously);
        var next = () => begun.SetResult(clock.GetElapsedTime(asked) < left ? Begin(begin) : Task.FromException<T>(new TimeoutException()));
        try
        {
            waiting.Add(next);
        }
        catch (InvalidOperationException)
        {
            throw new ObjectDisposedException(nameof(TransactionThread));
        }
        return begun.Task.Unwrap();
    }

    /// <summary>Ends the thread once it has begun what waits. The collection itself is left to the collector: whoever came first would take it from the other.</summary>
    public void Dispose() => waiting.CompleteAdding();

    private void BeginAll()
    {
        foreach (var begin in waiting.GetConsumingEnumerable())
            begin();
    }

    private static Task<T> Begin<T>(Func<Task<T>> begin)
    {
        try
        {
            return begin();
        }
        catch (Exception failure)
        {
            return Task.FromException<T>(failure);
        }
    }
}

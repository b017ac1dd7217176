using System.Threading.Channels;
using Ballast.Core.Ticks;
using Ballast.Server.Overview;
using Ballast.Server.Store;

namespace Ballast.Server.Events;

/// <summary>
/// Tells those who listen that something in the store has changed. Only while somebody does, the store is asked, once for all of them, in one round
/// trip; what this server changes itself is looked at without waiting. Safe to call from several threads.
/// </summary>
public sealed class ChangeWatch(RedisConnection connection, StoreKeys keys, TimeProvider clock)
{
    /// <summary>Each listener keeps a connection open.</summary>
    public const int MostListeners = 20;

    /// <summary>How long a change by another server, or by hand, may go unnoticed.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1.5);

    private readonly Lock gate = new();
    private readonly List<Listener> listeners = [];
    private TaskCompletionSource woken = NewSignal();
    private bool watching;

    /// <summary>What the store holds at this moment.</summary>
    /// <exception cref="StoreUnavailableException">It cannot be reached.</exception>
    public Task<Fingerprint> LookAsync() => connection.CallAsync(async database => await Fingerprint.OfAsync(FingerprintReading.Begin(database, keys)));

    /// <summary>Null when there are <see cref="MostListeners"/> already.</summary>
    public Listener? Join()
    {
        lock (gate)
        {
            if (listeners.Count >= MostListeners)
                return null;
            var listener = new Listener(this);
            listeners.Add(listener);
            if (!watching)
            {
                watching = true;
                _ = Task.Run(WatchAsync);
            }
            return listener;
        }
    }

    /// <summary>Something may have changed just now.</summary>
    public void Wake()
    {
        lock (gate)
            woken.TrySetResult();
    }

    /// <summary>After a request that may have changed something, whatever came of it.</summary>
    public static async ValueTask<object?> WakeAfter(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        finally
        {
            if (!HttpMethods.IsGet(context.HttpContext.Request.Method))
                context.HttpContext.RequestServices.GetRequiredService<ChangeWatch>().Wake();
        }
    }

    private async Task WatchAsync()
    {
        Fingerprint? latest = null;
        while (Waiting() is { } signal)
        {
            if (await TryLookAsync() is { } seen && seen != latest)
                Tell(latest = seen);
            await ((Task)signal.WaitAsync(Pace, clock)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Completed by what happens from now on; null when nobody listens any more, and then the watch is over.</summary>
    private Task? Waiting()
    {
        lock (gate)
        {
            watching = listeners.Count > 0;
            if (woken.Task.IsCompleted)
                woken = NewSignal();
            return watching ? woken.Task : null;
        }
    }

    /// <summary>A store that is away has nothing new to say; those who look at it are told so when they ask.</summary>
    private async Task<Fingerprint?> TryLookAsync()
    {
        try
        {
            return await LookAsync();
        }
        catch (StoreUnavailableException)
        {
            return null;
        }
    }

    private void Tell(Fingerprint seen)
    {
        lock (gate)
        {
            foreach (var listener in listeners)
                listener.Tell(seen);
        }
    }

    private void Leave(Listener listener)
    {
        lock (gate)
        {
            listeners.Remove(listener);
            // The last one to leave switches the light off.
            woken.TrySetResult();
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>One who listens. Of several changes in a row only the last one counts.</summary>
    public sealed class Listener(ChangeWatch watch) : IDisposable
    {
        private readonly Channel<Fingerprint> told = Channel.CreateBounded<Fingerprint>(
            new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

        public ChannelReader<Fingerprint> Changes => told.Reader;

        internal void Tell(Fingerprint seen) => told.Writer.TryWrite(seen);

        public void Dispose() => watch.Leave(this);
    }
}

namespace Ballast.Server.Telemetry;

/// <summary>The requests to the exchange that one tick has made, for its line in the log.</summary>
internal sealed class ExchangeTally
{
    private static readonly AsyncLocal<ExchangeTally?> Flowing = new();

    private readonly Lock gate = new();
    private (string Operation, TimeSpan Took)? slowest;
    private int count;

    /// <summary>That of the tick that is calling; null outside of ticks.</summary>
    public static ExchangeTally? Current => Flowing.Value;

    /// <summary>Counts for the caller and for everything that it calls.</summary>
    public static ExchangeTally Begin() => Flowing.Value = new ExchangeTally();

    public void Add(string operation, TimeSpan took)
    {
        lock (gate)
        {
            count++;
            if (slowest is not { } known || took > known.Took)
                slowest = (operation, took);
        }
    }

    public (int Count, string? Slowest, TimeSpan? SlowestTook) Read()
    {
        lock (gate)
            return (count, slowest?.Operation, slowest?.Took);
    }
}

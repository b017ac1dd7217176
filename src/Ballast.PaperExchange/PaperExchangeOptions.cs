namespace Ballast.PaperExchange;

/// <summary>How a paper exchange is started. Not a record: a record would print its secret.</summary>
public sealed class PaperExchangeOptions
{
    /// <summary>On loopback; 0 takes any free port.</summary>
    public int Port { get; init; } = 8090;

    /// <summary>The same seed is the same market.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Other markets than the seed's synthetic ones. Disposed with the exchange, if they can be.</summary>
    public IPaperMarkets? Markets { get; init; }

    /// <summary>The one access key that is known here; letters and digits.</summary>
    public required string ApiKey { get; init; }

    public required string SecretKey { get; init; }
}

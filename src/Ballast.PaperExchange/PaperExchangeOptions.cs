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

    /// <summary>Where the account is kept; null keeps it in memory, as long as the server lives.</summary>
    public string? DataDirectory { get; init; }

    /// <summary>Whether too many requests are refused, by the exchange's newest known limits. An owner's own exchange need not.</summary>
    public bool RateLimit { get; init; }

    /// <summary>Whether a POST, PUT or DELETE must call itself application/json, as the original has been seen to insist.</summary>
    public bool StrictContentType { get; init; }

    /// <summary>The one access key that is known here; letters and digits.</summary>
    public required string ApiKey { get; init; }

    public required string SecretKey { get; init; }

    /// <summary>Whether faults, deposits and withdrawals can be asked for over HTTP, under <c>/paper</c>, by any program on this machine.</summary>
    public bool Admin { get; init; }
}

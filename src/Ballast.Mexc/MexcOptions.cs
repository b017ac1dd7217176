namespace Ballast.Mexc;

/// <summary>Where the exchange is and who we are there. The secret never appears in <see cref="ToString"/>.</summary>
public sealed record MexcOptions
{
    /// <summary>Scheme, host and port; the client adds <c>/api/v3/…</c>.</summary>
    public required Uri BaseUrl { get; init; }
    public required string ApiKey { get; init; }
    public required string SecretKey { get; init; }

    /// <summary>How old a signed request may be when it arrives; the exchange allows at most 60 s.</summary>
    public TimeSpan ReceiveWindow { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Longest wait for one answer.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>Longest time for one call with all its retries and their waits.</summary>
    public TimeSpan TotalTimeout { get; init; } = TimeSpan.FromSeconds(10);

    public override string ToString() => $"MEXC at {BaseUrl}";
}

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

    /// <summary>Longest time for one call with all its repeats and their waits.</summary>
    public TimeSpan TotalTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Wait before the first repeat of a read; doubled for each further one, less up to half of it by chance. Above 0.</summary>
    public TimeSpan RepeatDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    // A URL may carry a user and a password; only its server is shown.
    public override string ToString() => $"MEXC at {BaseUrl.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped)}";
}

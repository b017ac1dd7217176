namespace Ballast.Server.Auth;

/// <summary>Who may call the task endpoints.</summary>
public sealed record AuthSettings
{
    /// <summary>Exactly the <c>iss</c> of the tokens; compared character by character, so a trailing slash counts.</summary>
    public string Issuer { get; init; } = "https://accounts.google.com";

    /// <summary>Accepted <c>aud</c> values. A scheduler job that names none uses its full target URL.</summary>
    public IReadOnlyList<string> Audiences { get; init; } = [];

    /// <summary>E-mail addresses of the accounts that may call.</summary>
    public IReadOnlyList<string> ServiceAccounts { get; init; } = [];

    /// <summary>
    /// Whether <c>X-CloudScheduler</c> alone lets a caller in. Anyone can send that header: true only behind an ingress that strips it
    /// from what comes from outside.
    /// </summary>
    public bool TrustSchedulerHeader { get; init; }

    /// <summary>Whether a token can be accepted at all.</summary>
    public bool OidcConfigured => Audiences.Count > 0 && ServiceAccounts.Count > 0;
}

namespace Ballast.Server.Auth;

/// <summary>Who may call the task endpoints. The values arrive validated.</summary>
public sealed record AuthSettings
{
    public const string Google = "https://accounts.google.com";

    /// <summary>Who signs the tokens: an https URL, or an http URL on loopback. Equals the <c>issuer</c> it publishes.</summary>
    public string Issuer { get; init; } = Google;

    /// <summary>Accepted <c>aud</c> values, compared exactly. A job's default is its full target URL. Empty: no token lets in.</summary>
    public IReadOnlyList<string> Audiences { get; init; } = [];

    /// <summary>E-mail addresses of the accounts that may call, in any case. Empty: no token lets in.</summary>
    public IReadOnlyList<string> ServiceAccounts { get; init; } = [];

    /// <summary>Whether <c>X-CloudScheduler</c> alone lets in. Only behind an ingress that strips or authenticates that header.</summary>
    public bool TrustSchedulerHeader { get; init; }

    public bool OidcConfigured => Audiences.Count > 0 && ServiceAccounts.Count > 0;
}

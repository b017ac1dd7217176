namespace Ballast.Server.Auth;

/// <summary>
/// Why a call was refused: the whole vocabulary of the log and of the counter. It is an exception because that is what the framework
/// carries from a handler to its challenge; it is never thrown, and it never holds anything the caller sent.
/// </summary>
internal sealed class Refusal : Exception
{
    public static readonly Refusal NoCredentials = new("no credentials");
    public static readonly Refusal UntrustedHeader = new("X-CloudScheduler is not trusted");
    public static readonly Refusal SeveralHeaders = new("several Authorization headers");
    public static readonly Refusal NotBearer = new("not a bearer token");
    public static readonly Refusal TokensNotConfigured = new("tokens are not configured");
    public static readonly Refusal Malformed = new("malformed token");
    public static readonly Refusal WrongAlgorithm = new("wrong algorithm");
    public static readonly Refusal IssuerUnavailable = new("issuer unavailable");
    public static readonly Refusal UnknownKey = new("unknown key");
    public static readonly Refusal WrongSignature = new("wrong signature");
    public static readonly Refusal WrongIssuer = new("wrong issuer");
    public static readonly Refusal WrongAudience = new("wrong audience");
    public static readonly Refusal Expired = new("expired");
    public static readonly Refusal NotYetValid = new("not yet valid");
    public static readonly Refusal NoExpiry = new("no expiry");
    public static readonly Refusal EmailNotVerified = new("e-mail not verified");
    public static readonly Refusal EmailNotAllowed = new("e-mail not allowed");

    public static readonly Refusal WrongOperatorToken = new("wrong operator token");

    public static readonly Refusal WrongMetricsToken = new("wrong metrics token");

    /// <summary>Forged, signed out, or of another server.</summary>
    public static readonly Refusal UnknownSession = new("unknown session");
    public static readonly Refusal ExpiredSession = new("session expired");

    /// <summary>A change that another page asked for, or that no page of ours can have asked for.</summary>
    public static readonly Refusal CrossSite = new("cross-site request");
    public static readonly Refusal WrongCsrfToken = new("wrong CSRF token");

    /// <summary>Whoever may look wanted to change something.</summary>
    public static readonly Refusal OnlyReader = new("readers may only look");
    public static readonly Refusal WrongPassword = new("wrong password");
    public static readonly Refusal LockedOut = new("locked out");
    public static readonly Refusal UsedLink = new("used or unknown link");

    /// <summary>Not the caller's fault: whether there is such a session cannot be said now.</summary>
    public static readonly Refusal StoreUnavailable = new("store unavailable");

    /// <summary>Whatever has no word of its own.</summary>
    public static readonly Refusal InvalidToken = new("invalid token");

    /// <summary>The whole vocabulary, for counters that begin at 0.</summary>
    public static IReadOnlyList<Refusal> All =>
    [
        NoCredentials, UntrustedHeader, SeveralHeaders, NotBearer, TokensNotConfigured, Malformed, WrongAlgorithm, IssuerUnavailable, UnknownKey,
        WrongSignature, WrongIssuer, WrongAudience, Expired, NotYetValid, NoExpiry, EmailNotVerified, EmailNotAllowed, WrongOperatorToken,
        WrongMetricsToken, UnknownSession, ExpiredSession, CrossSite, WrongCsrfToken, OnlyReader, WrongPassword, LockedOut, UsedLink, StoreUnavailable,
        InvalidToken,
    ];

    private Refusal(string reason)
        : base(reason)
    {
    }
}

using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Ballast.Server.Auth;

/// <summary>
/// What a token must be, told to the framework's JwtBearer handler: RS256 by a key the issuer publishes, issuer, audience, times, and a
/// verified e-mail on the list. Key addresses inside a token (jku, x5u) are never followed: keys come from the configured issuer only.
/// </summary>
internal sealed class OidcToken(AuthSettings settings, IssuerKeys keys, TimeProvider clock)
{
    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(60);

    private const string BearerPrefix = "Bearer ";

    public void Configure(JwtBearerOptions options)
    {
        options.ConfigurationManager = keys;
        options.RequireHttpsMetadata = !settings.Issuer.StartsWith("http://", StringComparison.Ordinal);
        options.MapInboundClaims = false;
        options.SaveToken = false;
        options.IncludeErrorDetails = false;
        options.TokenValidationParameters = Rules();
        options.Events = new JwtBearerEvents
        {
            OnMessageReceived = LookUpKeyAsync,
            OnTokenValidated = CheckEmailAsync,
            OnAuthenticationFailed = Refuse,
        };
    }

    private TokenValidationParameters Rules() => new()
    {
        AuthenticationType = SchedulerAuthentication.Oidc,
        ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
        RequireSignedTokens = true,
        ValidIssuers = settings.Issuer == AuthSettings.Google ? [AuthSettings.Google, "accounts.google.com"] : [settings.Issuer],
        ValidAudiences = settings.Audiences,
        IgnoreTrailingSlashWhenValidatingAudience = false,
        RequireExpirationTime = true,
        LifetimeValidator = Lives,
        // The library's messages quote the token's claims; our log does not.
        LogValidationExceptions = false,
    };

    /// <summary>The library's own rule, on the given clock: that one can only be told to skip the check, not what time it is.</summary>
    private bool Lives(DateTime? notBefore, DateTime? expires, SecurityToken token, TokenValidationParameters rules)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        if (expires is null)
            throw new SecurityTokenNoExpirationException();
        if (expires < now - ClockSkew)
            throw new SecurityTokenExpiredException();
        if (notBefore > now + ClockSkew)
            throw new SecurityTokenNotYetValidException();
        return notBefore is null || notBefore <= expires;
    }

    /// <summary>Before the token is judged: makes sure that a key published a moment ago is known.</summary>
    private async Task LookUpKeyAsync(MessageReceivedContext context)
    {
        var authorization = context.Request.Headers.Authorization.ToString();
        if (!authorization.StartsWith(BearerPrefix, StringComparison.OrdinalIgnoreCase))
            context.Fail(Refusal.NotBearer);
        else if (!TryRead(authorization[BearerPrefix.Length..].Trim(), out var token))
            context.Fail(Refusal.Malformed);
        else if (token.Alg != SecurityAlgorithms.RsaSha256)
            context.Fail(Refusal.WrongAlgorithm);
        else if (await FindKeyAsync(token, context.HttpContext.RequestAborted) is { } refusal)
            context.Fail(refusal);
        else
            context.Token = token.EncodedToken;
    }

    /// <summary>Null when the token's key is known, or when it names none and every known key is to be tried.</summary>
    private async Task<Refusal?> FindKeyAsync(JsonWebToken token, CancellationToken cancel) =>
        await keys.FindAsync(string.IsNullOrEmpty(token.Kid) ? null : token.Kid, cancel) switch
        {
            KeyLookup.Known => null,
            KeyLookup.Unknown => Refusal.UnknownKey,
            _ => Refusal.IssuerUnavailable,
        };

    private static bool TryRead(string text, out JsonWebToken token)
    {
        try
        {
            token = new JsonWebToken(text);
            return true;
        }
        catch (Exception malformed) when (malformed is ArgumentException or FormatException or SecurityTokenException)
        {
            token = null!;
            return false;
        }
    }

    private async Task CheckEmailAsync(TokenValidatedContext context)
    {
        var token = (JsonWebToken)context.SecurityToken;
        if (Only(token, "email_verified") is not { ValueType: ClaimValueTypes.Boolean, Value: "true" })
            context.Fail(Refusal.EmailNotVerified);
        else if (Only(token, "email") is not { } email || !settings.ServiceAccounts.Contains(email.Value, StringComparer.OrdinalIgnoreCase))
            context.Fail(Refusal.EmailNotAllowed);
        else
            await keys.KeepAsync();
    }

    /// <summary>The claim of this name. Null when there is none, or several.</summary>
    private static Claim? Only(JsonWebToken token, string name) =>
        token.Claims.Where(claim => claim.Type == name).ToArray() is [var only] ? only : null;

    private static Task Refuse(AuthenticationFailedContext context)
    {
        context.Fail(context.Exception switch
        {
            SecurityTokenExpiredException => Refusal.Expired,
            SecurityTokenNotYetValidException => Refusal.NotYetValid,
            SecurityTokenNoExpirationException => Refusal.NoExpiry,
            SecurityTokenInvalidIssuerException => Refusal.WrongIssuer,
            SecurityTokenInvalidAudienceException => Refusal.WrongAudience,
            SecurityTokenInvalidAlgorithmException => Refusal.WrongAlgorithm,
            SecurityTokenInvalidSignatureException => Refusal.WrongSignature,
            SecurityTokenMalformedException => Refusal.Malformed,
            _ => Refusal.InvalidToken,
        });
        return Task.CompletedTask;
    }
}

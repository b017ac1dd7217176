using System.Security.Claims;
using System.Text.Encodings.Web;
using Ballast.Server.Http;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Ballast.Server.Auth;

/// <summary>
/// Decides which proof counts, and answers everyone who has none. As soon as an Authorization header is there, whatever it holds, only its
/// token can let in; the scheduler's own header, which anyone can send, is not even looked at then.
/// </summary>
internal sealed class SchedulerHandler(
    AuthSettings settings,
    Refusals refusals,
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, NullLoggerFactory.Instance, encoder)
{
    protected override Task<AuthenticateResult> HandleAuthenticateAsync() =>
        Request.Headers.TryGetValue(HeaderNames.Authorization, out var authorization)
            ? ByTokenAsync(authorization)
            : Task.FromResult(ByHeader());

    /// <summary>The same answer for every reason, so that a caller learns nothing from it.</summary>
    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var result = await HandleAuthenticateOnceSafeAsync();
        refusals.Record(result.Failure as Refusal ?? Refusal.InvalidToken, EndpointName());
        Response.Headers.WWWAuthenticate = "Bearer";
        await Problems.WriteAsync(Context, StatusCodes.Status401Unauthorized, "Unauthorized", "Unauthorized");
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => HandleChallengeAsync(properties);

    private async Task<AuthenticateResult> ByTokenAsync(StringValues authorization)
    {
        if (authorization.Count != 1)
            return AuthenticateResult.Fail(Refusal.SeveralHeaders);
        if (!settings.OidcConfigured)
            return AuthenticateResult.Fail(Refusal.TokensNotConfigured);
        return await Context.AuthenticateAsync(SchedulerAuthentication.Oidc);
    }

    private AuthenticateResult ByHeader()
    {
        if (string.IsNullOrWhiteSpace(Request.Headers[SchedulerAuthentication.SchedulerHeader].ToString()))
            return AuthenticateResult.Fail(Refusal.NoCredentials);
        if (!settings.TrustSchedulerHeader)
            return AuthenticateResult.Fail(Refusal.UntrustedHeader);
        var scheduler = new ClaimsPrincipal(new ClaimsIdentity(SchedulerAuthentication.SchedulerHeader));
        return AuthenticateResult.Success(new AuthenticationTicket(scheduler, Scheme.Name));
    }

    /// <summary>The route as the program wrote it, not the path as the caller did.</summary>
    private string EndpointName() => (Context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "an endpoint";
}

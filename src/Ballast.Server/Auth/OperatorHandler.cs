using System.Security.Claims;
using System.Text.Encodings.Web;
using Ballast.Core.Ticks;
using Ballast.Server.Http;
using Ballast.Server.SignIn;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Ballast.Server.Auth;

/// <summary>
/// Judges the operator's proof. As soon as an Authorization header is there only its token can let in; otherwise the session's cookie does, and then a
/// change must prove that a page of ours asked for it.
/// </summary>
/// <param name="desk">Null where nobody can sign in.</param>
internal sealed class OperatorHandler(Refusals refusals, IOptionsMonitor<TokenOptions> options, UrlEncoder encoder, SignInDesk? desk = null)
    : AuthenticationHandler<TokenOptions>(options, NullLoggerFactory.Instance, encoder)
{
    public const string CsrfHeader = "X-CSRF-Token";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() =>
        Request.Headers.Authorization.Count == 0 && desk is not null && SessionCookie.Read(Request) is { } cookie
            ? BySessionAsync(desk, cookie)
            : Task.FromResult(ByToken());

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var refusal = (await HandleAuthenticateOnceSafeAsync()).Failure as Refusal ?? Refusal.InvalidToken;
        Record(refusal);
        if (refusal == Refusal.StoreUnavailable)
        {
            await Problems.WriteAsync(Context, StatusCodes.Status503ServiceUnavailable, "Service unavailable", "Redis unavailable", TimeSpan.FromSeconds(5));
        }
        else if (refusal == Refusal.CrossSite || refusal == Refusal.WrongCsrfToken)
        {
            await ForbidAsync($"A change needs the header {CsrfHeader} of this session, and must come from this server's own page");
        }
        else
        {
            // The same answer for every other reason, so that a caller learns nothing from it.
            Response.Headers.WWWAuthenticate = "Bearer";
            await Problems.WriteAsync(Context, StatusCodes.Status401Unauthorized, "Unauthorized", "Unauthorized");
        }
    }

    /// <summary>Reached by readers only: an operator may do everything.</summary>
    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        Record(Refusal.OnlyReader);
        return ForbidAsync("You may look, and change nothing: that takes the operator's password");
    }

    private AuthenticateResult ByToken() => TokenHandler.Judge(Request.Headers.Authorization, Options.Token, Options.Wrong) is { } refusal
        ? AuthenticateResult.Fail(refusal) : Success(Role.Operator, "operator (token)");

    private async Task<AuthenticateResult> BySessionAsync(SignInDesk known, string cookie)
    {
        if (!SessionId.TryParse(cookie, out var id))
            return AuthenticateResult.Fail(Refusal.UnknownSession);
        try
        {
            var (session, refusal) = await known.FindAsync(id);
            if (session is null)
                return AuthenticateResult.Fail(refusal!);
            if (!OperatorAuthentication.Looks(Request.Method) && Foreign(id) is { } foreign)
                return AuthenticateResult.Fail(foreign);
            Context.Features.Set(new SignedIn(id, session));
            return Success(session.Role, session.Role == Role.Operator ? "operator (session)" : "reader (session)");
        }
        catch (StoreUnavailableException)
        {
            return AuthenticateResult.Fail(Refusal.StoreUnavailable);
        }
    }

    /// <summary>What speaks against a change with this session's cookie; null when nothing does.</summary>
    private Refusal? Foreign(SessionId id) =>
        RequestOrigin.Of(Request) != RequestOrigin.Kind.Own ? Refusal.CrossSite
        : !id.MatchesCsrfToken(Request.Headers[CsrfHeader]) ? Refusal.WrongCsrfToken
        : null;

    private AuthenticateResult Success(Role role, string who)
    {
        var identity = new ClaimsIdentity(Scheme.Name);
        identity.AddClaim(new Claim(ClaimTypes.Name, who));
        identity.AddClaim(new Claim(ClaimTypes.Role, role == Role.Operator ? nameof(Role.Operator) : nameof(Role.Reader)));
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name));
    }

    private Task ForbidAsync(string detail) => Problems.WriteAsync(Context, StatusCodes.Status403Forbidden, "Forbidden", detail);

    private void Record(Refusal refusal) => refusals.Record(refusal, (Context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "an endpoint");
}

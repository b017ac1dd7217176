using System.Security.Claims;
using System.Text.Encodings.Web;
using Ballast.Server.Configuration;
using Ballast.Server.Http;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Ballast.Server.Auth;

/// <summary>Who may use the API: whoever shows the operator's token. A scheduler's proof opens nothing here, and this one no task.</summary>
public static class OperatorAuthentication
{
    private const string Scheme = "Operator";

    private static readonly AuthorizationPolicy Proven = new AuthorizationPolicyBuilder(Scheme).RequireAuthenticatedUser().Build();

    /// <summary>Needs <see cref="SchedulerAuthentication.AddSchedulerAuthentication"/>, which brings what both share.</summary>
    public static IServiceCollection AddOperatorAuthentication(this IServiceCollection services, OperatorToken token)
    {
        services.AddSingleton(token);
        new AuthenticationBuilder(services).AddScheme<AuthenticationSchemeOptions, OperatorHandler>(Scheme, configureOptions: null);
        return services;
    }

    /// <summary>Every endpoint of the group answers 401 to callers without the token.</summary>
    public static TBuilder RequireOperator<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder => endpoints.RequireAuthorization(Proven);
}

internal sealed class OperatorHandler(
    OperatorToken token, Refusals refusals, IOptionsMonitor<AuthenticationSchemeOptions> options, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, NullLoggerFactory.Instance, encoder)
{
    private const string Bearer = "Bearer ";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers[HeaderNames.Authorization];
        return Task.FromResult(header.Count switch
        {
            0 => AuthenticateResult.Fail(Refusal.NoCredentials),
            > 1 => AuthenticateResult.Fail(Refusal.SeveralHeaders),
            _ when !header.ToString().StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) => AuthenticateResult.Fail(Refusal.NotBearer),
            _ when !token.Matches(header.ToString()[Bearer.Length..].Trim()) => AuthenticateResult.Fail(Refusal.WrongOperatorToken),
            _ => AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity(Scheme.Name)), Scheme.Name)),
        });
    }

    /// <summary>The same answer for every reason, so that a caller learns nothing from it.</summary>
    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var result = await HandleAuthenticateOnceSafeAsync();
        var endpoint = (Context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "an endpoint";
        refusals.Record(result.Failure as Refusal ?? Refusal.InvalidToken, endpoint);
        Response.Headers.WWWAuthenticate = "Bearer";
        await Problems.WriteAsync(Context, StatusCodes.Status401Unauthorized, "Unauthorized", "Unauthorized");
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => HandleChallengeAsync(properties);
}

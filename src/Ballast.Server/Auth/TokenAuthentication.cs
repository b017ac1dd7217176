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

/// <summary>
/// Who may use the API, and who may read the metrics: whoever shows the token for it. Neither token opens the other's door, nor a task; a scheduler's
/// proof opens none of theirs.
/// </summary>
public static class TokenAuthentication
{
    private const string Operator = "Operator";
    private const string Metrics = "Metrics";

    private static readonly AuthorizationPolicy ProvenOperator = Policy(Operator);
    private static readonly AuthorizationPolicy ProvenReader = Policy(Metrics);

    /// <summary>Needs <see cref="SchedulerAuthentication.AddSchedulerAuthentication"/>, which brings what all share.</summary>
    public static IServiceCollection AddOperatorAuthentication(this IServiceCollection services, BearerToken token) =>
        services.AddToken(Operator, token, Refusal.WrongOperatorToken);

    /// <summary>Needs <see cref="SchedulerAuthentication.AddSchedulerAuthentication"/>, which brings what all share.</summary>
    public static IServiceCollection AddMetricsAuthentication(this IServiceCollection services, BearerToken token) =>
        services.AddToken(Metrics, token, Refusal.WrongMetricsToken);

    /// <summary>Every endpoint of the group answers 401 to callers without the operator's token.</summary>
    public static TBuilder RequireOperator<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder => endpoints.RequireAuthorization(ProvenOperator);

    /// <summary>The endpoint answers 401 to callers without the token for the metrics.</summary>
    public static TBuilder RequireMetricsReader<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder => endpoints.RequireAuthorization(ProvenReader);

    private static IServiceCollection AddToken(this IServiceCollection services, string scheme, BearerToken token, Refusal wrong)
    {
        new AuthenticationBuilder(services).AddScheme<TokenOptions, TokenHandler>(scheme, options => (options.Token, options.Wrong) = (token, wrong));
        return services;
    }

    private static AuthorizationPolicy Policy(string scheme) => new AuthorizationPolicyBuilder(scheme).RequireAuthenticatedUser().Build();
}

internal sealed class TokenOptions : AuthenticationSchemeOptions
{
    /// <summary>The one that lets in; without any, nobody comes in.</summary>
    public BearerToken? Token { get; set; }

    /// <summary>What another one is called in the log and in the count.</summary>
    public Refusal Wrong { get; set; } = Refusal.InvalidToken;
}

internal sealed class TokenHandler(Refusals refusals, IOptionsMonitor<TokenOptions> options, UrlEncoder encoder)
    : AuthenticationHandler<TokenOptions>(options, NullLoggerFactory.Instance, encoder)
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
            _ when Options.Token?.Matches(header.ToString()[Bearer.Length..].Trim()) != true => AuthenticateResult.Fail(Options.Wrong),
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

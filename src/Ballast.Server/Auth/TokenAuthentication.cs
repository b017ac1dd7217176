using System.Security.Claims;
using System.Text.Encodings.Web;
using Ballast.Server.Configuration;
using Ballast.Server.Http;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace Ballast.Server.Auth;

/// <summary>
/// Who may read the metrics: whoever shows the token for it. It opens neither the API nor a task, and the proof of an operator or a scheduler does not
/// open the metrics.
/// </summary>
public static class TokenAuthentication
{
    private const string Metrics = "Metrics";

    private static readonly AuthorizationPolicy ProvenReader = new AuthorizationPolicyBuilder(Metrics).RequireAuthenticatedUser().Build();

    /// <summary>Needs <see cref="SchedulerAuthentication.AddSchedulerAuthentication"/>, which brings what all share.</summary>
    public static IServiceCollection AddMetricsAuthentication(this IServiceCollection services, BearerToken token)
    {
        new AuthenticationBuilder(services).AddScheme<TokenOptions, TokenHandler>(
            Metrics, options => (options.Token, options.Wrong) = (token, Refusal.WrongMetricsToken));
        return services;
    }

    /// <summary>The endpoint answers 401 to callers without the token for the metrics.</summary>
    public static TBuilder RequireMetricsReader<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder => endpoints.RequireAuthorization(ProvenReader);
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

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(
        Judge(Request.Headers.Authorization, Options.Token, Options.Wrong) is { } refusal ? AuthenticateResult.Fail(refusal)
        : AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity(Scheme.Name)), Scheme.Name)));

    /// <summary>What is wrong with the header; null when it shows the token.</summary>
    /// <param name="token">Null lets nobody in.</param>
    /// <param name="wrong">What another token is called.</param>
    public static Refusal? Judge(StringValues header, BearerToken? token, Refusal wrong) => header.Count switch
    {
        0 => Refusal.NoCredentials,
        > 1 => Refusal.SeveralHeaders,
        _ when !header.ToString().StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) => Refusal.NotBearer,
        _ when token?.Matches(header.ToString()[Bearer.Length..].Trim()) != true => wrong,
        _ => null,
    };

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

using Ballast.Server.Configuration;
using Ballast.Server.SignIn;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;

namespace Ballast.Server.Auth;

/// <summary>
/// Who may use the API: whoever shows the operator's token, or is signed in. A scheduler's proof and the token for the metrics open nothing here, and
/// what opens the API opens no task and no metrics.
/// </summary>
public static class OperatorAuthentication
{
    /// <summary>The scheme that judges token and session.</summary>
    internal const string Scheme = "Operator";

    private static readonly AuthorizationPolicy Anyone = new AuthorizationPolicyBuilder(Scheme).RequireAuthenticatedUser().Build();

    private static readonly AuthorizationPolicy Operators =
        new AuthorizationPolicyBuilder(Scheme).RequireAuthenticatedUser().RequireRole(nameof(Role.Operator)).Build();

    private static readonly AuthorizationPolicy Readers = new AuthorizationPolicyBuilder(Scheme).RequireAuthenticatedUser()
        .RequireAssertion(call => call.User.IsInRole(nameof(Role.Operator)) || call.Resource is HttpContext http && Looks(http.Request.Method)).Build();

    /// <summary>Needs <see cref="SchedulerAuthentication.AddSchedulerAuthentication"/>, which brings what all share.</summary>
    /// <param name="token">Null where only a session lets in.</param>
    public static IServiceCollection AddOperatorAuthentication(this IServiceCollection services, BearerToken? token)
    {
        new AuthenticationBuilder(services).AddScheme<TokenOptions, OperatorHandler>(
            Scheme, options => (options.Token, options.Wrong) = (token, Refusal.WrongOperatorToken));
        return services;
    }

    /// <summary>Every endpoint of the group answers 401 to strangers and 403 to readers.</summary>
    public static TBuilder RequireOperator<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder => endpoints.RequireAuthorization(Operators);

    /// <summary>
    /// Every endpoint of the group answers 401 to strangers. Readers get what is read (GET, HEAD) and a 403 for all that changes, which takes an
    /// operator: a group needs no other rule.
    /// </summary>
    public static TBuilder RequireReader<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder => endpoints.RequireAuthorization(Readers);

    /// <summary>The endpoint answers 401 to strangers, and serves everybody else: for what concerns nobody but the caller.</summary>
    public static TBuilder RequireSignedIn<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder => endpoints.RequireAuthorization(Anyone);

    /// <summary>Who did it, for the journal: <c>operator (token)</c>, <c>operator (session)</c> or <c>reader (session)</c>.</summary>
    /// <exception cref="InvalidOperationException">The endpoint is behind none of the rules above.</exception>
    public static string Who(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.User.Identity is { IsAuthenticated: true, Name: { } name } ? name
            : throw new InvalidOperationException("This endpoint does not require anybody.");
    }

    /// <summary>Whether a call of this method changes nothing.</summary>
    internal static bool Looks(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method);
}

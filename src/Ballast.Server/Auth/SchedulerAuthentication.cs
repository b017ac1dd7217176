using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Ballast.Server.Auth;

/// <summary>Who may call the task endpoints: a scheduler with a valid token, or one behind a trusted ingress.</summary>
public static class SchedulerAuthentication
{
    /// <summary>Answer of <see cref="CallerOf"/> for a caller with a valid token; also the name of the scheme that judges it.</summary>
    public const string Oidc = "OIDC";

    /// <summary>Answer of <see cref="CallerOf"/> for a caller trusted by this header, and the header's name.</summary>
    public const string SchedulerHeader = "X-CloudScheduler";

    private const string Scheme = "Scheduler";

    private static readonly AuthorizationPolicy Proven = new AuthorizationPolicyBuilder(Scheme).RequireAuthenticatedUser().Build();

    /// <summary>Registers what <see cref="RequireScheduler"/> needs. The issuer is read when the first token arrives.</summary>
    /// <param name="clock">Judges the token's times and the age of the issuer's keys.</param>
    /// <param name="kept">Where the issuer's keys are kept from start to start; null keeps them nowhere.</param>
    public static IServiceCollection AddSchedulerAuthentication(
        this IServiceCollection services, AuthSettings settings, TimeProvider clock, Func<IServiceProvider, KeptKeys>? kept = null)
    {
        services.AddMetrics();
        services.AddSingleton(settings);
        services.AddSingleton<Refusals>();
        services.AddSingleton(provider => new IssuerKeys(settings.Issuer, kept?.Invoke(provider), clock, provider.GetRequiredService<ILogger<IssuerKeys>>()));
        services.AddOptions<JwtBearerOptions>(Oidc)
            .Configure<IssuerKeys>((options, keys) => new OidcToken(settings, keys, clock).Configure(options));
        // Not AddAuthentication, which makes a key ring on disk at every cold start; no cookie here needs one.
        // Not AddJwtBearer, which would let a configuration section of its own override the rules.
        services.AddAuthenticationCore();
        services.AddWebEncoders();
        services.TryAddSingleton(clock);
        // Two schemes and no default: an endpoint that did not ask for the scheduler never reads a token.
        new AuthenticationBuilder(services)
            .AddScheme<JwtBearerOptions, SilentJwtBearerHandler>(Oidc, configureOptions: null)
            .AddScheme<AuthenticationSchemeOptions, SchedulerHandler>(Scheme, configureOptions: null);
        services.AddAuthorization();
        return services;
    }

    /// <summary>
    /// Every endpoint of the group answers 401 to callers without proof, before the body or anything else is read. Needs
    /// UseAuthorization after UseRouting where the program places UseRouting itself; without it the endpoints fail instead of opening.
    /// </summary>
    public static TBuilder RequireScheduler<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder => endpoints.RequireAuthorization(Proven);

    /// <summary>How the caller proved itself: <see cref="Oidc"/> or <see cref="SchedulerHeader"/>.</summary>
    /// <exception cref="InvalidOperationException">The endpoint is not behind <see cref="RequireScheduler"/>.</exception>
    public static string CallerOf(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.User.Identity is { IsAuthenticated: true, AuthenticationType: { } caller }
            ? caller
            : throw new InvalidOperationException("This endpoint does not require the scheduler.");
    }
}

using Ballast.Core;
using Ballast.Server.Auth;
using Ballast.Server.Configuration;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Ballast.Server.Diagnosis;

/// <summary>Who may come in, and whether who should can.</summary>
internal static class AccessChecks
{
    /// <summary>Whether tokens are meant to let somebody in: with an audience and accounts, or, on the way there, with an issuer of the owner's.</summary>
    public static bool IsAsked(AuthSettings auth) => auth.OidcConfigured || auth.Issuer != AuthSettings.Google;

    /// <summary>Reads what the issuer publishes, as the server does when the first token arrives.</summary>
    public static async Task<Result<OpenIdConnectConfiguration>> ReadIssuerAsync(AuthSettings auth, CancellationToken cancel)
    {
        using var documents = new IssuerDocuments(new Uri(auth.Issuer));
        try
        {
            return await IssuerKeys.PublishedAsync(auth.Issuer, documents, cancel);
        }
        catch (Exception outage) when (!cancel.IsCancellationRequested)
        {
            return Failure.Unavailable(IssuerKeys.Why(outage));
        }
    }

    public static Finding Issuer(AuthSettings auth, Measured<OpenIdConnectConfiguration> issuer)
    {
        if (!IsAsked(auth))
            return Finding.Skip("OIDC is not configured", "to let a scheduler in by token, set Ballast__Auth__Audience and Ballast__Auth__ServiceAccounts");
        if (!issuer.Result.TryGet(out var published, out var failure))
            return Finding.Fail(
                $"the keys of {auth.Issuer} cannot be read, so no token is let in: {failure.Reason}",
                $"see that this machine reaches it: curl {auth.Issuer.TrimEnd('/')}/.well-known/openid-configuration; or correct Ballast__Auth__Issuer");
        if (auth.Audiences.FirstOrDefault(audience => !IsAddress(audience)) is { } odd)
            return Finding.Warn(
                $"the audience '{odd}' is not an https address; the default of a scheduler's job is the full address that it calls",
                "set Ballast__Auth__Audience to what the job sends, usually https://<service>/tasks/runtime");
        if (auth.Issuer == AuthSettings.Google && auth.ServiceAccounts.FirstOrDefault(account => !IsOfService(account)) is { } person)
            return Finding.Warn(
                $"'{person}' is not the address of a service account, and Google signs a scheduler's tokens for those only",
                "set Ballast__Auth__ServiceAccounts to the job's own, such as scheduler@project.iam.gserviceaccount.com");
        return auth.OidcConfigured
            ? Finding.Pass($"{auth.Issuer} publishes {published.SigningKeys.Count} keys; audience {string.Join(", ", auth.Audiences)}")
            : Finding.Warn($"{auth.Issuer} is there, but no token of its lets anybody in", "set Ballast__Auth__Audience and Ballast__Auth__ServiceAccounts");
    }

    /// <param name="ticking">Whether ticks come although nobody may call.</param>
    public static Finding Callers(Settings settings, bool ticking)
    {
        var auth = settings.Auth;
        if (auth.TrustSchedulerHeader)
            return settings.IsProduction
                ? Finding.Warn(
                    $"whoever reaches the server and sends {SchedulerAuthentication.SchedulerHeader} may run ticks",
                    "keep it behind an ingress that strips that header from strangers, or set Ballast__Auth__TrustSchedulerHeader=false and configure OIDC")
                : Finding.Pass($"anyone on this machine, with the header {SchedulerAuthentication.SchedulerHeader}; elsewhere set up OIDC");
        if (auth.OidcConfigured)
            return Finding.Pass(
                $"{string.Join(", ", auth.ServiceAccounts)}, with a token; the header {SchedulerAuthentication.SchedulerHeader} alone is refused");
        if (settings.Schedule.Enabled || ticking)
            return Finding.Pass(settings.Schedule.Enabled
                ? "nobody, and nobody needs to: the server keeps its own time" : "nobody may call, and ticks come all the same: from ballast tick");
        return Finding.Fail(
            "nobody may call the task endpoints and the server has no clock of its own, so ballast serve refuses to start; only ballast tick runs",
            "set Ballast__Auth__Audience and Ballast__Auth__ServiceAccounts, or Ballast__Schedule__Enabled=true");
    }

    public static Finding Access(Settings settings)
    {
        if (settings.Telemetry.Collector is { Headers: not null, Endpoint: { Scheme: "http", IsLoopback: false } endpoint })
            return Finding.Warn(
                $"the headers for the collector travel to {endpoint.Host} unencrypted",
                $"set {CollectorSettings.EndpointName} to an https address");
        var operators = settings.Operator is null ? "the API is off (no Ballast__Operator__ApiToken)" : "the API asks for the operator's token";
        var metrics = settings.Telemetry switch
        {
            { ServesMetrics: false } => "/metrics is off",
            { MetricsToken: null } => "/metrics asks for nothing and is served on this machine only",
            _ => "/metrics asks for its token",
        };
        return Finding.Pass($"{operators}; {metrics}");
    }

    private static bool IsOfService(string account) => account.EndsWith(".gserviceaccount.com", StringComparison.OrdinalIgnoreCase);

    private static bool IsAddress(string audience) =>
        Uri.TryCreate(audience, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || address.IsLoopback) && address.Host.Length > 0;
}

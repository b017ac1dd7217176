using Ballast.Server.Auth;
using Ballast.Server.Diagnosis;
using Ballast.Tests.Server.Auth;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Ballast.Tests.Server.Diagnosis;

/// <summary>Whether a scheduler's tokens can let it in.</summary>
public class AccessChecksTests
{
    private const string Scheduler = "scheduler@project.iam.gserviceaccount.com";

    [Theory]
    [InlineData("https://service.example/tasks/runtime", Scheduler, "pass", null)]
    [InlineData("my-service", Scheduler, "warn", "https://<service>/tasks/runtime")]
    [InlineData("https://service.example/tasks/runtime", "me@example.org", "warn", "gserviceaccount.com")]
    public void An_audience_is_plausible(string audience, string account, string status, string? fix)
    {
        var finding = AccessChecks.Issuer(
            new AuthSettings { Audiences = [audience], ServiceAccounts = [account] }, new Measured<OpenIdConnectConfiguration>(new OpenIdConnectConfiguration(), 1));
        Assert.Equal(status, finding.Status);
        Assert.Contains(fix ?? "", finding.Fix ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(IssuerState.Serving, null)]
    [InlineData(IssuerState.Failing, "it answered 500")]
    [InlineData(IssuerState.ServingNoKeys, "it publishes no signing key")]
    [InlineData(IssuerState.Down, "it could not be reached")]
    public async Task An_issuer_is_read_as_the_server_reads_it(IssuerState state, string? says)
    {
        await using var issuer = await LoopbackIssuer.StartAsync();
        issuer.State = state;
        var auth = new AuthSettings { Issuer = issuer.Issuer, Audiences = [LoopbackIssuer.Audience], ServiceAccounts = [LoopbackIssuer.ServiceAccount] };
        var finding = AccessChecks.Issuer(auth, new(await AccessChecks.ReadIssuerAsync(auth, TestContext.Current.CancellationToken), 1));
        Assert.Equal(says is null ? "pass" : "fail", finding.Status);
        Assert.Contains(says ?? "publishes 1 keys", finding.Says, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_issuer_that_is_set_alone_lets_nobody_in()
    {
        await using var issuer = await LoopbackIssuer.StartAsync();
        var auth = new AuthSettings { Issuer = issuer.Issuer };
        Assert.Equal("warn", AccessChecks.Issuer(auth, new(await AccessChecks.ReadIssuerAsync(auth, TestContext.Current.CancellationToken), 1)).Status);
        Assert.Equal("skipped", AccessChecks.Issuer(new AuthSettings(), Measured<OpenIdConnectConfiguration>.NotAsked).Status);
    }
}

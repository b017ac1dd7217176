namespace Ballast.Tests.Server.Auth;

/// <summary>Which header counts, and what everyone else is told.</summary>
public class CredentialTests(GuardedAppFixture fixture) : IClassFixture<GuardedAppFixture>
{
    private static readonly (string, string) SchedulerHeader = ("X-CloudScheduler", "true");

    [Fact]
    public async Task A_call_without_credentials_is_refused() =>
        await IsRefusedAsync("no credentials", fixture.App);

    [Theory]
    [InlineData("Basic dXNlcjpwYXNz", "not a bearer token")]
    [InlineData("Bearer", "not a bearer token")]
    [InlineData("TOKEN", "not a bearer token")]
    [InlineData("Bearer TOKEN", null)]
    [InlineData("bearer TOKEN", null)]
    [InlineData("BearerTOKEN", "not a bearer token")]
    [InlineData("Bearer Bearer TOKEN", "malformed token")]
    [InlineData("DPoP TOKEN", "not a bearer token")]
    public async Task Only_the_bearer_scheme_lets_in(string authorization, string? reason)
    {
        var value = WithToken(authorization);
        if (reason is null)
            Assert.Equal(200, (await fixture.App.CallAsync(("Authorization", value))).Status);
        else
            await IsRefusedAsync(reason, fixture.App, ("Authorization", value));
    }

    [Theory]
    [InlineData("Authorization: Bearer TOKEN", "Authorization: Bearer TOKEN")]
    [InlineData("Authorization: Bearer TOKEN", "authorization: Bearer bad")]
    [InlineData("Authorization: Bearer TOKEN", "Authorization: ")]
    [InlineData("Authorization: Bearer TOKEN, Bearer TOKEN", "X-Nothing: 1")]
    public async Task Two_authorization_headers_are_refused_though_one_would_do(string first, string second)
    {
        var before = fixture.App.Calls;
        var answer = await fixture.App.SendRawAsync(WithToken(first), WithToken(second), "Content-Length: 0");
        Assert.StartsWith("HTTP/1.1 401 ", answer, StringComparison.Ordinal);
        Assert.Equal(before, fixture.App.Calls);
    }

    [Fact]
    public async Task The_schedulers_header_alone_is_refused_where_it_is_not_trusted() =>
        await IsRefusedAsync("X-CloudScheduler is not trusted", fixture.App, SchedulerHeader);

    [Fact]
    public async Task The_schedulers_header_alone_lets_in_where_it_is_trusted()
    {
        await using var trusting = await TrustingAsync();
        var answer = await trusting.CallAsync(SchedulerHeader);
        Assert.Equal((200, "X-CloudScheduler", 1), (answer.Status, answer.Body, trusting.Calls));
    }

    [Fact]
    public async Task A_token_beside_a_trusted_header_is_what_counts()
    {
        await using var trusting = await TrustingAsync();
        var answer = await trusting.CallAsync(("Authorization", $"Bearer {fixture.Issuer.Token()}"), SchedulerHeader);
        Assert.Equal((200, "OIDC"), (answer.Status, answer.Body));
    }

    [Theory]
    [InlineData("X-CloudScheduler: ")]
    [InlineData("X-CloudScheduler:   ")]
    [InlineData("X-Cloud-Scheduler: true")]
    [InlineData("X-CloudScheduler-JobName: tick")]
    public async Task An_empty_or_other_header_is_no_trusted_one(string line)
    {
        await using var trusting = await TrustingAsync();
        Assert.StartsWith("HTTP/1.1 401 ", await trusting.SendRawAsync(line, "Content-Length: 0"), StringComparison.Ordinal);
        Assert.Equal((0, 1), (trusting.Calls, trusting.Refusals["no credentials"]));
    }

    [Theory]
    [InlineData("Authorization: Bearer garbage")]
    [InlineData("Authorization: Basic dXNlcjpwYXNz")]
    [InlineData("Authorization: ")]
    [InlineData("Authorization: Bearer ")]
    public async Task Any_authorization_header_outweighs_even_a_trusted_schedulers_header(string authorization)
    {
        await using var trusting = await TrustingAsync();
        var answer = await trusting.SendRawAsync(authorization, "X-CloudScheduler: true", "Content-Length: 0");
        Assert.StartsWith("HTTP/1.1 401 ", answer, StringComparison.Ordinal);
        Assert.Equal(0, trusting.Calls);
    }

    [Fact]
    public async Task A_forged_token_is_refused_though_a_trusted_header_stands_beside_it()
    {
        await using var trusting = await TrustingAsync();
        var forged = fixture.Issuer.Token(key: new IssuerKey("first"));
        await IsRefusedAsync("wrong signature", trusting, ("Authorization", $"Bearer {forged}"), SchedulerHeader);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Where_tokens_are_not_configured_every_token_is_refused(bool hasAudience)
    {
        var settings = GuardedApp.SettingsFor(fixture.Issuer);
        settings = hasAudience ? settings with { ServiceAccounts = [] } : settings with { Audiences = [] };
        await using var app = await GuardedApp.StartAsync(settings);
        await IsRefusedAsync("tokens are not configured", app, ("Authorization", $"Bearer {fixture.Issuer.Token()}"));
    }

    [Fact]
    public async Task The_answer_is_a_problem_document_that_tells_nothing()
    {
        var answer = await fixture.App.CallAsync(token: null);
        Assert.Equal("""{"title":"Unauthorized","status":401,"detail":"Unauthorized"}""", answer.Body);
        Assert.Equal("application/problem+json", answer.Headers["Content-Type"]);
        Assert.Equal("Bearer", answer.Headers["WWW-Authenticate"]);
        Assert.Equal("no-store", answer.Headers["Cache-Control"]);
    }

    [Fact]
    public async Task The_answer_is_the_same_for_every_reason()
    {
        var issuer = fixture.Issuer;
        var answers = new[]
        {
            await fixture.App.CallAsync(token: null),
            await fixture.App.CallAsync(SchedulerHeader),
            await fixture.App.CallAsync("garbage"),
            await fixture.App.CallAsync(issuer.Token(claims => claims["exp"] = issuer.SecondsFromNow(-3600))),
            await fixture.App.CallAsync(issuer.Token(claims => claims["email"] = "someone@else.test")),
            await fixture.App.CallAsync(issuer.Token(key: new IssuerKey("first"))),
            await fixture.App.CallAsync(issuer.Token(key: new IssuerKey("unknown"))),
        };
        Assert.All(answers, answer => Assert.Equivalent(answers[0], answer, strict: true));
    }

    [Fact]
    public async Task The_body_is_not_asked_for()
    {
        var answer = await fixture.App.SendRawAsync("Content-Length: 1000", "Expect: 100-continue", "Content-Type: application/json");
        Assert.StartsWith("HTTP/1.1 401 ", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endpoint_outside_the_group_never_looks_at_a_token()
    {
        await using var issuer = await LoopbackIssuer.StartAsync();
        await using var app = await GuardedApp.StartAsync(issuer);
        Assert.Equal(200, await app.CallOpenAsync(issuer.Token()));
        Assert.Equal((0, 0), (issuer.DiscoveryFetches, issuer.KeyFetches));
    }

    private string WithToken(string line) => line.Replace("TOKEN", fixture.Issuer.Token(), StringComparison.Ordinal);

    private Task<GuardedApp> TrustingAsync() =>
        GuardedApp.StartAsync(GuardedApp.SettingsFor(fixture.Issuer) with { TrustSchedulerHeader = true });

    private static async Task IsRefusedAsync(string reason, GuardedApp app, params (string, string)[] headers)
    {
        var (calls, counted) = (app.Calls, app.Refusals.GetValueOrDefault(reason));
        var answer = await app.CallAsync(headers);
        Assert.Equal((401, calls), (answer.Status, app.Calls));
        Assert.Equal(counted + 1, app.Refusals.GetValueOrDefault(reason));
    }
}

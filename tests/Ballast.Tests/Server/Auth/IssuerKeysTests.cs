using Ballast.Server.Auth;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Ballast.Tests.Server.Auth;

/// <summary>Where the keys come from, how they change, and what happens when the issuer is in trouble.</summary>
public sealed class IssuerKeysTests : IAsyncLifetime
{
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private LoopbackIssuer issuer = null!;
    private GuardedApp app = null!;

    public async ValueTask InitializeAsync()
    {
        issuer = await LoopbackIssuer.StartAsync(clock);
        app = await GuardedApp.StartAsync(issuer, clock);
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        await issuer.DisposeAsync();
    }

    [Fact]
    public async Task The_keys_are_read_with_the_first_token_and_kept()
    {
        Assert.Equal((0, 0), (issuer.DiscoveryFetches, issuer.KeyFetches));
        for (var call = 0; call < 5; call++)
            Assert.Equal(200, await StatusAsync(issuer.Token()));
        Assert.Equal((1, 1), (issuer.DiscoveryFetches, issuer.KeyFetches));
    }

    [Fact]
    public async Task Simultaneous_first_calls_share_one_reading()
    {
        var statuses = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => StatusAsync(issuer.Token())));
        Assert.All(statuses, status => Assert.Equal(200, status));
        Assert.Equal(1, issuer.KeyFetches);
    }

    [Theory]
    [InlineData(IssuerState.Down)]
    [InlineData(IssuerState.Failing)]
    [InlineData(IssuerState.ServingRubbish)]
    [InlineData(IssuerState.ServingNoKeys)]
    [InlineData(IssuerState.ServingTooMuch)]
    [InlineData(IssuerState.Redirecting)]
    public async Task A_token_is_refused_while_its_issuer_is_in_trouble_and_accepted_afterwards(IssuerState trouble)
    {
        issuer.State = trouble;
        Assert.Equal(401, await StatusAsync(issuer.Token()));
        Assert.Equal((0, 1), (app.Calls, app.Refusals["issuer unavailable"]));

        issuer.State = IssuerState.Serving;
        clock.Advance(IssuerKeys.Pause);
        Assert.Equal(200, await StatusAsync(issuer.Token()));
    }

    [Fact]
    public async Task A_token_is_refused_after_five_seconds_when_its_issuer_never_answers()
    {
        issuer.State = IssuerState.Hanging;
        var call = StatusAsync(issuer.Token());
        await UntilAsync(() => issuer.DiscoveryFetches == 1);
        clock.Advance(TimeSpan.FromSeconds(4.9));
        Assert.False(call.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal(401, await call);
        Assert.Equal(1, app.Refusals["issuer unavailable"]);
    }

    [Fact]
    public async Task A_token_is_refused_when_nobody_listens_where_its_issuer_should_be()
    {
        await issuer.DisposeAsync();
        issuer = await LoopbackIssuer.StartAsync(clock);
        Assert.Equal(401, await StatusAsync(issuer.Token()));
        Assert.Equal(1, app.Refusals["issuer unavailable"]);
    }

    [Fact]
    public async Task An_issuer_that_calls_itself_otherwise_is_not_believed()
    {
        issuer.AdvertisedIssuer = "https://accounts.google.com";
        Assert.Equal(401, await StatusAsync(issuer.Token()));
        Assert.Equal(401, await StatusAsync(issuer.Token(claims => claims["iss"] = "https://accounts.google.com")));
        Assert.Equal((0, 2), (app.Calls, app.Refusals["issuer unavailable"]));
    }

    [Theory]
    [InlineData("http://keys.test/jwks")]
    [InlineData("file:///etc/hostname")]
    [InlineData("jwks")]
    [InlineData("")]
    public async Task A_senseless_or_unreachable_address_of_the_keys_lets_nobody_in(string address)
    {
        issuer.AdvertisedKeys = address;
        Assert.Equal(401, await StatusAsync(issuer.Token()));
        Assert.Equal(1, app.Refusals["issuer unavailable"]);
    }

    [Fact]
    public async Task A_rotated_key_is_accepted_with_its_first_token_and_the_withdrawn_one_no_longer()
    {
        var old = issuer.Current;
        Assert.Equal(200, await StatusAsync(issuer.Token()));
        issuer.Rotate("second");
        Assert.Equal(200, await StatusAsync(issuer.Token()));
        Assert.Equal(401, await StatusAsync(issuer.Token(key: old)));
        Assert.Equal(2, issuer.KeyFetches);
    }

    [Fact]
    public async Task A_key_published_beside_the_old_one_leaves_both_valid()
    {
        Assert.Equal(200, await StatusAsync(issuer.Token()));
        var next = new IssuerKey("next");
        issuer.Publish(next);
        Assert.Equal(200, await StatusAsync(issuer.Token(key: next)));
        Assert.Equal(200, await StatusAsync(issuer.Token()));
    }

    [Fact]
    public async Task A_flood_of_forged_key_ids_reaches_the_issuer_once_per_pause()
    {
        Assert.Equal(200, await StatusAsync(issuer.Token()));
        var floods = 0;
        for (; floods < 3; floods++)
        {
            await FloodAsync(100);
            Assert.Equal(2 + floods, issuer.KeyFetches);
            clock.Advance(IssuerKeys.Pause);
        }
        Assert.Equal((1, 300), (app.Calls, app.Refusals["unknown key"]));
    }

    [Fact]
    public async Task A_flood_before_any_key_is_known_reaches_a_broken_issuer_once_per_pause()
    {
        issuer.State = IssuerState.Failing;
        await FloodAsync(100);
        Assert.Equal((1, 0), (issuer.DiscoveryFetches, issuer.KeyFetches));
    }

    [Fact]
    public async Task A_new_key_is_accepted_within_five_seconds_even_right_after_a_flood()
    {
        await using var now = await LoopbackIssuer.StartAsync();
        await using var live = await GuardedApp.StartAsync(now);
        Assert.Equal(200, (await live.CallAsync(now.Token())).Status);
        await Task.WhenAll(Enumerable.Range(0, 50).Select(id => live.CallAsync(now.Token(key: Forged(id)))));

        now.Rotate("second");
        await UntilAsync(async () => (await live.CallAsync(now.Token())).Status == 200, TimeSpan.FromSeconds(5));
        Assert.InRange(now.KeyFetches, 2, 4);
    }

    [Theory]
    [InlineData(IssuerState.Down)]
    [InlineData(IssuerState.ServingRubbish)]
    [InlineData(IssuerState.ServingNoKeys)]
    public async Task Known_keys_stay_in_use_when_they_cannot_be_read_again(IssuerState trouble)
    {
        Assert.Equal(200, await StatusAsync(issuer.Token()));
        issuer.State = trouble;
        clock.Advance(IssuerKeys.Freshness);
        Assert.Equal(200, await StatusAsync(issuer.Token()));
        Assert.Equal(2, issuer.DiscoveryFetches);
    }

    [Fact]
    public async Task Keys_are_read_again_after_twelve_hours_so_that_a_withdrawn_one_ends()
    {
        var old = issuer.Current;
        Assert.Equal(200, await StatusAsync(issuer.Token()));
        issuer.Publish(new IssuerKey("second"));
        issuer.Withdraw(old.Id);
        clock.Advance(TimeSpan.FromHours(12) - TimeSpan.FromSeconds(1));
        Assert.Equal(200, await StatusAsync(issuer.Token(key: old)));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(401, await StatusAsync(issuer.Token(key: old)));
    }

    [Fact]
    public async Task A_known_key_does_not_wait_while_a_forged_id_is_looked_up()
    {
        Assert.Equal(200, await StatusAsync(issuer.Token()));
        issuer.State = IssuerState.Hanging;
        var forged = StatusAsync(issuer.Token(key: Forged(1)));
        await UntilAsync(() => issuer.DiscoveryFetches == 2);
        Assert.Equal(200, await StatusAsync(issuer.Token()));
        Assert.False(forged.IsCompleted);
        clock.Advance(IssuerKeys.Deadline);
        Assert.Equal(401, await forged);
    }

    [Fact]
    public async Task A_caller_who_hangs_up_does_not_spoil_the_reading_for_the_next()
    {
        issuer.State = IssuerState.Hanging;
        using var impatient = new CancellationTokenSource();
        var gone = app.CallUntilAsync(issuer.Token(), impatient.Token);
        await UntilAsync(() => issuer.DiscoveryFetches == 1);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);

        var next = StatusAsync(issuer.Token());
        clock.Advance(IssuerKeys.Deadline);
        Assert.Equal(401, await next);
        Assert.Equal(1, issuer.DiscoveryFetches);
    }

    [Fact]
    public async Task A_new_key_of_an_issuer_that_names_no_key_is_accepted_with_the_second_token()
    {
        Assert.Equal(200, await StatusAsync(Nameless()));
        issuer.Rotate("second");
        Assert.Equal(401, await StatusAsync(Nameless()));
        Assert.Equal(200, await StatusAsync(Nameless()));

        string Nameless()
        {
            var header = issuer.Header();
            header.Remove("kid");
            return TestToken.Compose(header, issuer.Claims(), issuer.Current.Sign);
        }
    }

    [Theory]
    [InlineData("https://accounts.google.com", true, "https://accounts.google.com", "accounts.google.com")]
    [InlineData("https://issuer.test", true, "https://issuer.test")]
    [InlineData("http://127.0.0.1:9", false, "http://127.0.0.1:9")]
    public void Only_google_goes_by_two_names_and_only_loopback_by_http(string configured, bool https, params string[] accepted)
    {
        var services = new ServiceCollection().AddLogging();
        services.AddSchedulerAuthentication(new AuthSettings { Issuer = configured }, clock);
        using var provider = services.BuildServiceProvider();
        var options = provider.GetRequiredService<IOptionsMonitor<JwtBearerOptions>>().Get(SchedulerAuthentication.Oidc);
        Assert.Equal(https, options.RequireHttpsMetadata);
        Assert.Equal(accepted, options.TokenValidationParameters.ValidIssuers);
    }

    private async Task<int> StatusAsync(string token) => (await app.CallAsync(token)).Status;

    private Task<int[]> FloodAsync(int calls) =>
        Task.WhenAll(Enumerable.Range(0, calls).Select(id => StatusAsync(issuer.Token(key: Forged(id)))));

    private static readonly IssuerKey Attacker = new("attacker");

    private static IssuerKey Forged(int id) => Attacker.Under($"forged-{id}");

    private static Task UntilAsync(Func<bool> reached) => UntilAsync(() => Task.FromResult(reached()), TimeSpan.FromSeconds(10));

    private static async Task UntilAsync(Func<Task<bool>> reached, TimeSpan limit)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (!await reached())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < limit, $"Not reached within {limit}");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }
}

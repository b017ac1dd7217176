using Ballast.Core.Ticks;
using Ballast.Server.Auth;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Ballast.Tests.Server.Auth;

/// <summary>A cold start finds the issuer's keys in the store, and trusts nothing that it did not put there itself.</summary>
public sealed class KeptKeysTests : IAsyncLifetime
{
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly Shelf shelf = new();
    private LoopbackIssuer issuer = null!;

    public async ValueTask InitializeAsync() => issuer = await LoopbackIssuer.StartAsync(clock);

    public ValueTask DisposeAsync() => issuer.DisposeAsync();

    [Fact]
    public async Task The_second_start_does_not_ask_the_issuer()
    {
        Assert.Equal(200, await StartAndCallAsync(issuer.Token()));
        Assert.Equal(1, issuer.KeyFetches);
        Assert.Equal(IssuerKeys.Freshness, shelf.Expiry);

        issuer.State = IssuerState.Down;
        Assert.Equal(200, await StartAndCallAsync(issuer.Token()));
        Assert.Equal(1, issuer.KeyFetches);
    }

    [Fact]
    public async Task A_key_that_was_published_since_then_lets_in_at_once()
    {
        await StartAndCallAsync(issuer.Token());
        issuer.Rotate("second");
        Assert.Equal(200, await StartAndCallAsync(issuer.Token()));
        Assert.Equal(2, issuer.KeyFetches);

        issuer.State = IssuerState.Down;
        Assert.Equal(200, await StartAndCallAsync(issuer.Token()));
    }

    [Fact]
    public async Task Keys_are_as_old_as_when_they_were_read_not_as_when_they_were_found()
    {
        await StartAndCallAsync(issuer.Token());
        clock.Advance(IssuerKeys.Freshness - TimeSpan.FromMinutes(1));
        await using var app = await StartAsync();
        Assert.Equal(200, (await app.CallAsync(issuer.Token())).Status);
        Assert.Equal(1, issuer.KeyFetches);

        clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(200, (await app.CallAsync(issuer.Token())).Status);
        Assert.Equal(2, issuer.KeyFetches);
    }

    [Fact]
    public async Task A_store_that_forgot_to_expire_them_does_not_make_old_keys_new()
    {
        await StartAndCallAsync(issuer.Token());
        clock.Advance(IssuerKeys.Freshness);

        Assert.Equal(200, await StartAndCallAsync(issuer.Token()));
        Assert.Equal(2, issuer.KeyFetches);
    }

    [Theory]
    [InlineData("another deployment's seal")]
    [InlineData("a key put in its place")]
    [InlineData("rubbish")]
    [InlineData("nothing")]
    public async Task What_somebody_else_wrote_is_not_believed(string wrote)
    {
        await StartAndCallAsync(issuer.Token());
        var (seal, body) = (shelf.Text![..64], shelf.Text[65..]);
        shelf.Text = wrote switch
        {
            "another deployment's seal" => $"{new string('0', 64)}\n{body}",
            "a key put in its place" => $"{seal}\n{body.Replace("AQAB", "AAAD", StringComparison.Ordinal)}",
            "rubbish" => "rubbish",
            _ => "",
        };

        issuer.State = IssuerState.Down;
        Assert.Equal(401, await StartAndCallAsync(issuer.Token()));
        issuer.State = IssuerState.Serving;
        Assert.Equal(200, await StartAndCallAsync(issuer.Token()));
    }

    [Fact]
    public async Task Without_the_store_the_issuer_is_asked()
    {
        shelf.Down = true;
        Assert.Equal(200, await StartAndCallAsync(issuer.Token()));
        Assert.Equal(200, await StartAndCallAsync(issuer.Token()));
        Assert.Equal(2, issuer.KeyFetches);
    }

    [Fact]
    public async Task A_stranger_makes_nobody_write()
    {
        await StartAndCallAsync(issuer.Token(claims => claims["email"] = "stranger@example.com"));
        Assert.Equal((1, null), (issuer.KeyFetches, shelf.Text));
    }

    private async Task<int> StartAndCallAsync(string token)
    {
        await using var app = await StartAsync();
        return (await app.CallAsync(token)).Status;
    }

    private Task<GuardedApp> StartAsync() => GuardedApp.StartAsync(
        issuer, clock, new KeptKeys(issuer.Issuer, "a secret"u8.ToArray(), shelf.ReadAsync, shelf.WriteAsync, clock, NullLogger<KeptKeys>.Instance));

    /// <summary>One key of a store that never expires anything by itself.</summary>
    private sealed class Shelf
    {
        public string? Text { get; set; }

        public TimeSpan Expiry { get; private set; }

        public bool Down { get; set; }

        public Task<string?> ReadAsync() => Down ? throw new StoreUnavailableException("down") : Task.FromResult(Text);

        public Task WriteAsync(string text, TimeSpan expiry)
        {
            if (Down)
                throw new StoreUnavailableException("down");
            (Text, Expiry) = (text, expiry);
            return Task.CompletedTask;
        }
    }
}

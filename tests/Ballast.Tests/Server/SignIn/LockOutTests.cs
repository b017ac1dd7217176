using System.Net;
using Ballast.Server.SignIn;
using StackExchange.Redis;

namespace Ballast.Tests.Server.SignIn;

/// <summary>Guessing passwords.</summary>
public class LockOutTests
{
    private const string Prefix = "bot:QRLUSDT:signin:";

    [Theory]
    [InlineData(1, null)]
    [InlineData(4, null)]
    [InlineData(5, 30)]
    [InlineData(6, 60)]
    [InlineData(7, 120)]
    [InlineData(11, 1920)]
    [InlineData(12, 3600)]
    [InlineData(1_000_000, 3600)]
    public void Pauses_double_up_to_an_hour(long attempt, int? seconds) =>
        Assert.Equal(seconds, (int?)LockOut.PauseAfter(attempt)?.TotalSeconds);

    [Fact]
    public async Task Guessing_ends_in_a_pause_that_the_right_password_has_to_wait_for_too()
    {
        await using var server = await StartAsync();
        var stranger = Browser.Of(server);
        for (var guess = 0; guess < 5; guess++)
            Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.SignInAsync($"wrong password {guess}")).Status);

        foreach (var password in (string[])["wrong password 6", Passwords.Operator])
        {
            var refused = await stranger.SignInAsync(password);
            Assert.Equal(HttpStatusCode.TooManyRequests, refused.Status);
            Assert.InRange(int.Parse(refused.Header("Retry-After")!, System.Globalization.CultureInfo.InvariantCulture), 1, 30);
            Assert.Empty(refused.SetCookies);
        }

        // The pause is over.
        await (await server.RedisAsync()).KeyDeleteAsync(await PauseAsync(server));
        Assert.Equal(HttpStatusCode.OK, (await stranger.SignInAsync(Passwords.Operator)).Status);
        for (var guess = 0; guess < 4; guess++)
            Assert.Equal(HttpStatusCode.Unauthorized, (await Browser.Of(server).SignInAsync($"wrong password {guess}")).Status);
    }

    [Fact]
    public async Task Guesses_that_come_all_at_once_are_as_few()
    {
        await using var server = await StartAsync();
        var replies = await Task.WhenAll(Enumerable.Range(0, 24).Select(guess => Browser.Of(server).SignInAsync($"wrong password {guess}")));
        Assert.InRange(replies.Count(reply => reply.Status == HttpStatusCode.Unauthorized), 1, 5);
        Assert.All(replies, reply => Assert.True(reply.Status is HttpStatusCode.Unauthorized or HttpStatusCode.TooManyRequests));
    }

    [Fact]
    public async Task A_browser_that_was_there_before_is_not_kept_out_by_strangers()
    {
        await using var server = await StartAsync();
        var owner = Browser.Of(server);
        await owner.EnterAsync();
        await owner.SendAsync("DELETE", "/api/v1/session");
        for (var guess = 0; guess < 6; guess++)
            await Browser.Of(server).SignInAsync($"wrong password {guess}");
        Assert.Equal(HttpStatusCode.TooManyRequests, (await Browser.Of(server).SignInAsync(Passwords.Operator)).Status);
        Assert.Equal(HttpStatusCode.OK, (await owner.SignInAsync(Passwords.Operator)).Status);

        // Whoever steals that cookie guesses no faster.
        var thief = Browser.Of(server);
        thief.Put("ballast-device", owner.Cookies["ballast-device"]);
        for (var guess = 0; guess < 5; guess++)
            Assert.Equal(HttpStatusCode.Unauthorized, (await thief.SignInAsync($"wrong password {guess}")).Status);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await thief.SignInAsync(Passwords.Operator)).Status);
    }

    [Fact]
    public async Task Readers_guess_the_operators_password_no_faster()
    {
        await using var server = await StartAsync();
        for (var guess = 0; guess < 4; guess++)
            Assert.Equal(HttpStatusCode.Unauthorized, (await Browser.Of(server).SignInAsync($"wrong password {guess}")).Status);
        for (var visit = 0; visit < 2; visit++)
            Assert.Equal(HttpStatusCode.OK, (await Browser.Of(server).SignInAsync(Passwords.Reader)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await Browser.Of(server).SignInAsync("wrong password 5")).Status);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await Browser.Of(server).SignInAsync(Passwords.Operator)).Status);
    }

    [Fact]
    public async Task An_invented_cookie_makes_no_browser_known()
    {
        await using var server = await StartAsync();
        for (var guess = 0; guess < 6; guess++)
            await Browser.Of(server).SignInAsync($"wrong password {guess}");
        var stranger = Browser.Of(server);
        stranger.Put("ballast-device", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
        Assert.Equal(HttpStatusCode.TooManyRequests, (await stranger.SignInAsync(Passwords.Operator)).Status);
    }

    [Fact]
    public async Task Strangers_at_many_addresses_share_what_they_have()
    {
        await using var server = await StartAsync();
        var owner = Browser.Of(server);
        await owner.EnterAsync();
        var store = await server.RedisAsync();
        await store.StringSetAsync(Prefix + "attempts:all", LockOut.FreeAttemptsOfAll);
        Assert.Equal(HttpStatusCode.Unauthorized, (await Browser.Of(server).SignInAsync("wrong password")).Status);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await Browser.Of(server).SignInAsync(Passwords.Operator)).Status);
        Assert.InRange(await store.KeyTimeToLiveAsync(Prefix + "pause:all") ?? TimeSpan.Zero, TimeSpan.FromSeconds(1), LockOut.PauseOfAll);
        Assert.Equal(HttpStatusCode.OK, (await owner.SignInAsync(Passwords.Operator)).Status);
    }

    [Fact]
    public async Task Several_instances_count_together_and_what_they_count_is_forgotten_in_time()
    {
        await using var one = await StartAsync();
        await using var other = await ServerUnderTest.StartAsync([("REDIS_URL", $"redis://127.0.0.1:{one.Server.Embedded!.Port}")]);
        for (var guess = 0; guess < 5; guess++)
            Assert.Equal(HttpStatusCode.Unauthorized, (await Browser.Of(guess % 2 == 0 ? one : other).SignInAsync($"wrong password {guess}")).Status);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await Browser.Of(other).SignInAsync(Passwords.Operator)).Status);

        var store = await one.RedisAsync();
        foreach (var key in await KeysAsync(store))
            Assert.NotNull(await store.KeyTimeToLiveAsync(key));
    }

    [Fact]
    public async Task Without_the_store_nobody_tries()
    {
        await using var server = await ServerUnderTest.StartAsync([("REDIS_URL", "redis://127.0.0.1:1")]);
        var browser = Browser.Of(server);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await browser.SignInAsync(Passwords.Operator)).Status);
        browser.Put("ballast", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await browser.GetAsync("/api/v1/trading")).Status);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await browser.GetAsync("/api/v1/session")).Status);
    }

    private static async Task<RedisKey> PauseAsync(ServerUnderTest server) =>
        Assert.Single(await KeysAsync(await server.RedisAsync()), key => $"{key}".StartsWith(Prefix + "pause:address:", StringComparison.Ordinal));

    private static async Task<List<RedisKey>> KeysAsync(IDatabase store)
    {
        var keys = new List<RedisKey>();
        await foreach (var key in store.Multiplexer.GetServers().Single().KeysAsync(pattern: Prefix + "*"))
            keys.Add(key);
        return keys;
    }

    private static async Task<ServerUnderTest> StartAsync()
    {
        var server = await ServerUnderTest.StartAsync();
        await Passwords.SetAsync(server);
        return server;
    }
}

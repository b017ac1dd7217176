using System.Net;
using Ballast.Tests.Server.Configuration;

namespace Ballast.Tests.Server.SignIn;

/// <summary>What the cookies say of themselves, in Development and in Production, behind a proxy and not.</summary>
public class CookieTests
{
    private static readonly (string Name, string? Value)[] Hashes =
        [("Ballast:Operator:PasswordHash", Passwords.OperatorHash), ("Ballast:Operator:ReaderPasswordHash", Passwords.ReaderHash), .. Configured.Callers];

    [Fact]
    public async Task On_this_machine_they_are_plain_and_out_of_every_other_pages_reach()
    {
        await using var server = await ServerUnderTest.StartAsync();
        await Passwords.SetAsync(server);
        var cookies = (await Browser.Of(server).EnterAsync()).SetCookies;
        Assert.Matches("^ballast=[A-Za-z0-9_-]{43}; max-age=604800; path=/; samesite=strict; httponly$", cookies[0]);
        Assert.Matches("^ballast-device=[A-Za-z0-9_-]{43}; max-age=7776000; path=/; samesite=strict; httponly$", cookies[1]);
    }

    [Fact]
    public async Task In_Production_they_are_locked_to_this_address_and_to_encryption()
    {
        await using var server = await ServerUnderTest.StartAsync([.. Hashes, ("Ballast:Dashboard:TrustedProxies", "1")], "Production");
        var browser = ThroughAProxy(server);
        var reply = await browser.SignInAsync(Passwords.Operator);
        Assert.Equal(HttpStatusCode.OK, reply.Status);
        Assert.Matches("^__Host-ballast=[A-Za-z0-9_-]{43}; max-age=604800; path=/; secure; samesite=strict; httponly$", reply.SetCookies[0]);
        Assert.Matches("^__Host-ballast-device=[A-Za-z0-9_-]{43}; max-age=7776000; path=/; secure; samesite=strict; httponly$", reply.SetCookies[1]);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/api/v1/trading")).Status);

        // A cookie that another site of the same domain, or an unencrypted page, could have set is not looked at.
        var tossed = ThroughAProxy(server);
        tossed.Put("ballast", browser.Cookies["__Host-ballast"]);
        Assert.Equal(HttpStatusCode.Unauthorized, (await tossed.GetAsync("/api/v1/trading")).Status);
    }

    [Theory]
    [InlineData("ballast.example.com", null, null)]
    [InlineData("localhost", "203.0.113.7", null)]
    [InlineData("localhost", null, "https://localhost")]
    public async Task Whatever_may_leave_this_machine_is_locked(string host, string? forwardedFor, string? origin)
    {
        await using var server = await ServerUnderTest.StartAsync(Hashes, "Production");
        var browser = Browser.Of(server).With("Host", host).With("X-Forwarded-For", forwardedFor).With("Origin", origin ?? $"http://{host}");
        Assert.All((await browser.EnterAsync()).SetCookies, cookie => Assert.Contains("; secure;", cookie, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_address_of_a_caller_is_what_the_owners_proxy_says_and_not_what_the_caller_says()
    {
        await using var server = await ServerUnderTest.StartAsync([.. Hashes, ("Ballast:Dashboard:TrustedProxies", "1")], "Production");
        for (var guess = 0; guess < 5; guess++)
        {
            var guessing = ThroughAProxy(server, $"198.51.100.{guess}, 203.0.113.7");
            Assert.Equal(HttpStatusCode.Unauthorized, (await guessing.SignInAsync($"wrong password {guess}")).Status);
        }
        Assert.Equal(HttpStatusCode.TooManyRequests, (await ThroughAProxy(server, "198.51.100.9, 203.0.113.7").SignInAsync(Passwords.Operator)).Status);
        Assert.Equal(HttpStatusCode.OK, (await ThroughAProxy(server, "203.0.113.7, 203.0.113.8").SignInAsync(Passwords.Operator)).Status);
    }

    [Fact]
    public async Task Without_a_proxy_of_the_owners_nobody_chooses_an_address()
    {
        await using var server = await ServerUnderTest.StartAsync(Hashes, "Production");
        for (var guess = 0; guess < 5; guess++)
            await ThroughAProxy(server, $"198.51.100.{guess}").SignInAsync($"wrong password {guess}");
        var refused = await ThroughAProxy(server, "198.51.100.200").SignInAsync(Passwords.Operator);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.Status);
        Assert.Null(refused.Header("Strict-Transport-Security"));
    }

    [Fact]
    public async Task Neighbours_of_version_6_are_one_caller()
    {
        await using var server = await ServerUnderTest.StartAsync([.. Hashes, ("Ballast:Dashboard:TrustedProxies", "1")], "Production");
        for (var guess = 0; guess < 5; guess++)
            await ThroughAProxy(server, $"2001:db8::{guess + 1}").SignInAsync($"wrong password {guess}");
        Assert.Equal(HttpStatusCode.TooManyRequests, (await ThroughAProxy(server, "2001:db8::ffff").SignInAsync(Passwords.Operator)).Status);
        Assert.Equal(HttpStatusCode.OK, (await ThroughAProxy(server, "2001:db8:0:1::1").SignInAsync(Passwords.Operator)).Status);
    }

    [Fact]
    public async Task Another_configured_password_ends_the_sessions_of_the_one_before()
    {
        await using var store = await ServerUnderTest.StartAsync();
        (string, string?) redis = ("REDIS_URL", $"redis://127.0.0.1:{store.Server.Embedded!.Port}");
        await using var before = await ServerUnderTest.StartAsync([.. Hashes, redis], "Production");
        await using var same = await ServerUnderTest.StartAsync([.. Hashes, redis], "Production");
        await using var other = await ServerUnderTest.StartAsync(
            [("Ballast:Operator:PasswordHash", Passwords.ReaderHash), .. Configured.Callers, redis], "Production");
        var browser = Browser.Of(before);
        await browser.EnterAsync();

        Assert.Equal(HttpStatusCode.OK, (await Moved(browser, same).GetAsync("/api/v1/trading")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await Moved(browser, other).GetAsync("/api/v1/trading")).Status);
    }

    private static Browser Moved(Browser browser, ServerUnderTest to)
    {
        var moved = Browser.Of(to);
        foreach (var (name, value) in browser.Cookies)
            moved.Put(name, value);
        return moved;
    }

    private static Browser ThroughAProxy(ServerUnderTest server, string forwardedFor = "203.0.113.7") => Browser.Of(server)
        .With("Host", "ballast.example.com").With("Origin", "https://ballast.example.com")
        .With("X-Forwarded-For", forwardedFor).With("X-Forwarded-Proto", "https");
}

using System.Net;
using System.Text.RegularExpressions;
using Ballast.Server;
using Ballast.Tests.Server.Configuration;
using Microsoft.Extensions.Time.Testing;

namespace Ballast.Tests.Server.SignIn;

/// <summary>The link on the banner.</summary>
public class LinkTests
{
    [Fact]
    public async Task It_lets_in_once()
    {
        await using var server = await ServerUnderTest.StartAsync();
        var link = LinkOf(server);
        Assert.Equal(server.Http.BaseAddress!.Authority, link.Authority);
        var (first, second) = (Browser.Of(server), Browser.Of(server));

        var entered = await first.GetAsync(link.PathAndQuery);
        Assert.Equal((HttpStatusCode.SeeOther, "/"), (entered.Status, entered.Header("Location")));
        Assert.Matches("^ballast=[A-Za-z0-9_-]{43}; max-age=604800; path=/; samesite=strict; httponly$", Assert.Single(entered.SetCookies));
        var session = (await first.GetAsync("/api/v1/session")).Json!;
        Assert.Equal((true, "operator"), ((bool)session["signed_in"]!, (string?)session["role"]));

        var refused = await second.GetAsync(link.PathAndQuery);
        Assert.Equal((HttpStatusCode.SeeOther, "/?link=used"), (refused.Status, refused.Header("Location")));
        Assert.Empty(refused.SetCookies);
        Assert.Equal(HttpStatusCode.Unauthorized, (await second.GetAsync("/api/v1/trading")).Status);
    }

    [Fact]
    public async Task Of_many_that_open_it_at_once_one_is_let_in()
    {
        await using var server = await ServerUnderTest.StartAsync();
        var link = LinkOf(server);
        var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Browser.Of(server).GetAsync(link.PathAndQuery)));
        Assert.Single(replies, reply => reply.SetCookies.Length > 0);
    }

    [Theory]
    [InlineData(14, true)]
    [InlineData(16, false)]
    public async Task It_is_good_for_a_quarter_of_an_hour(int minutes, bool good)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));
        await using var server = await ServerUnderTest.StartAsync(clock: clock);
        var link = LinkOf(server);
        clock.Advance(TimeSpan.FromMinutes(minutes));
        Assert.Equal(good ? "/" : "/?link=used", (await Browser.Of(server).GetAsync(link.PathAndQuery)).Header("Location"));
    }

    [Theory]
    [InlineData("00000000000000000000000000000000")]
    [InlineData("x")]
    [InlineData("%2e%2e%2f%2e%2e%2fetc%2fpasswd")]
    [InlineData("*")]
    public async Task No_other_code_does(string code)
    {
        await using var server = await ServerUnderTest.StartAsync();
        LinkOf(server);
        var refused = await Browser.Of(server).GetAsync("/sign-in/" + code);
        Assert.Equal((HttpStatusCode.SeeOther, "/?link=used", 0), (refused.Status, refused.Header("Location"), refused.SetCookies.Length));
    }

    [Fact]
    public async Task Asking_what_would_come_does_not_use_it_up()
    {
        await using var server = await ServerUnderTest.StartAsync();
        var link = LinkOf(server);
        Assert.Empty((await Browser.Of(server).SendAsync("HEAD", link.PathAndQuery)).SetCookies);
        Assert.Equal("/", (await Browser.Of(server).GetAsync(link.PathAndQuery)).Header("Location"));
    }

    [Fact]
    public async Task There_is_none_outside_Development_and_a_session_of_one_ends_there()
    {
        await using var development = await ServerUnderTest.StartAsync();
        var browser = Browser.Of(development);
        await browser.GetAsync(LinkOf(development).PathAndQuery);

        await using var server = await ServerUnderTest.StartAsync(
            [("Ballast:Dashboard:Enabled", "true"), ("REDIS_URL", $"redis://127.0.0.1:{development.Server.Embedded!.Port}"), .. Configured.Callers],
            "Production");
        Assert.DoesNotContain("/sign-in/", BannerOf(server), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await Browser.Of(server).GetAsync("/sign-in/00000000000000000000000000000000")).Status);
        var moved = Browser.Of(server);
        moved.Put("ballast", browser.Cookies["ballast"]);
        Assert.Equal(HttpStatusCode.Unauthorized, (await moved.GetAsync("/api/v1/trading")).Status);
        Assert.Equal("""{"signed_in":false,"sign_in":"off"}""", (await moved.GetAsync("/api/v1/session")).Body);
    }

    [Theory]
    [InlineData("Production", null, "off; set Ballast__Dashboard__Enabled=true")]
    [InlineData("Production", "true", "ballast operator set-password")]
    [InlineData("Development", "false", "off; set Ballast__Dashboard__Enabled=true")]
    public async Task The_banner_says_how_to_get_in(string environment, string? enabled, string says)
    {
        await using var server = await ServerUnderTest.StartAsync([("Ballast:Dashboard:Enabled", enabled), .. Configured.Callers], environment);
        Assert.Contains(says, BannerOf(server), StringComparison.Ordinal);
        var there = enabled == "true";
        Assert.Equal(there ? HttpStatusCode.OK : HttpStatusCode.NotFound, (await Browser.Of(server).GetAsync("/api/v1/session")).Status);
        var hasApi = there || environment == "Development";
        Assert.Equal(hasApi ? HttpStatusCode.Unauthorized : HttpStatusCode.NotFound, (await Browser.Of(server).GetAsync("/api/v1/trading")).Status);
        if (!there)
            Assert.Equal(HttpStatusCode.NotFound, (await Browser.Of(server).GetAsync("/")).Status);
    }

    internal static Uri LinkOf(ServerUnderTest server) => new(Regex.Match(BannerOf(server), @"http://\S+/sign-in/[0-9a-f]{32}").Value);

    private static string BannerOf(ServerUnderTest server) => Banner.Text(server.Server, TimeProvider.System.GetUtcNow());
}

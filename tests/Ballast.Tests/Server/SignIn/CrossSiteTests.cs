using System.Net;

namespace Ballast.Tests.Server.SignIn;

/// <summary>What another page can make the owner's browser send.</summary>
[Trait(FromOutside.Name, FromOutside.Value)]
public class CrossSiteTests
{
    private const string Own = "(own)";

    public static TheoryData<string?, string?, string?> Requests => new()
    {
        { "cross-site", "https://evil.example", null },
        { "cross-site", "https://evil.example", Own },
        { "cross-site", null, Own },
        { "same-site", Own, Own },
        { "none", Own, Own },
        { null, "https://evil.example", Own },
        { null, "null", Own },
        { null, "http://localhost:1", Own },
        { null, "http://localhost", Own },
        { "same-origin", "https://evil.example", Own },
        { null, null, Own },
        { "same-origin", Own, null },
        { "same-origin", Own, "" },
        { "same-origin", Own, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task A_change_that_our_page_did_not_ask_for_is_refused(string? site, string? origin, string? csrf)
    {
        await using var server = await StartAsync();
        var browser = Browser.Of(server);
        await browser.EnterAsync();
        var attacked = browser.Stolen().With("Sec-Fetch-Site", site).With("Origin", origin == Own ? OwnOrigin(server) : origin)
            .With("X-CSRF-Token", csrf == Own ? browser.Csrf : csrf);
        foreach (var (method, path) in ((string, string)[])[("POST", "halt"), ("PUT", "settings"), ("DELETE", "sessions"), ("DELETE", "session")])
        {
            var refused = await attacked.SendAsync(method, "/api/v1/" + path, """{"reason":"evil"}""");
            Assert.True(refused.Status == HttpStatusCode.Forbidden, $"{method} {path}: {refused.Status} {refused.Body}");
        }
        Assert.False((await browser.GetAsync("/api/v1/trading")).Json!.ContainsKey("halt"));
    }

    [Theory]
    [InlineData("same-origin", null)]
    [InlineData(null, Own)]
    [InlineData("same-origin", Own)]
    public async Task Our_own_page_is_served_whichever_way_its_browser_says_so(string? site, string? origin)
    {
        await using var server = await StartAsync();
        var browser = Browser.Of(server);
        await browser.EnterAsync();
        browser.With("Sec-Fetch-Site", site).With("Origin", origin == Own ? OwnOrigin(server) : origin);
        Assert.Equal(HttpStatusCode.OK, (await browser.SendAsync("POST", "/api/v1/halt", """{"reason":"mine"}""")).Status);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data")]
    public async Task A_form_signs_nobody_in_and_changes_nothing(string type)
    {
        await using var server = await StartAsync();
        var form = await Browser.Of(server).SendAsync("POST", "/api/v1/session", $$"""{"password":"{{Passwords.Operator}}"}""", type);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, form.Status);
        Assert.Empty(form.SetCookies);
        var browser = Browser.Of(server);
        await browser.EnterAsync();
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await browser.SendAsync("POST", "/api/v1/halt", """{"reason":"evil"}""", type)).Status);
    }

    [Theory]
    [InlineData("cross-site", "https://evil.example")]
    [InlineData("same-site", null)]
    [InlineData(null, "https://evil.example")]
    public async Task No_other_page_signs_its_visitor_in(string? site, string? origin)
    {
        await using var server = await StartAsync();
        var reply = await Browser.Of(server).With("Sec-Fetch-Site", site).With("Origin", origin).SignInAsync(Passwords.Operator);
        Assert.Equal(HttpStatusCode.Forbidden, reply.Status);
        Assert.Empty(reply.SetCookies);
    }

    [Fact]
    public async Task A_name_that_was_pointed_at_this_machine_reaches_nothing()
    {
        await using var server = await StartAsync();
        var rebound = Browser.Of(server).With("Host", "rebound.example").With("Origin", "http://rebound.example");
        Assert.Equal(HttpStatusCode.BadRequest, (await rebound.SignInAsync(Passwords.Operator)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await rebound.GetAsync("/")).Status);
    }

    private static string OwnOrigin(ServerUnderTest server) => server.Http.BaseAddress!.GetLeftPart(UriPartial.Authority);

    private static async Task<ServerUnderTest> StartAsync()
    {
        var server = await ServerUnderTest.StartAsync();
        await Passwords.SetAsync(server);
        return server;
    }
}

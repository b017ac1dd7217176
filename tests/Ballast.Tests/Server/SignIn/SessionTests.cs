using System.Net;
using System.Text.Json.Nodes;

namespace Ballast.Tests.Server.SignIn;

/// <summary>Who is signed in, with what, and for how long, over real HTTP.</summary>
[Trait(FromOutside.Name, FromOutside.Value)]
public class SessionTests
{
    private const string Sessions = "bot:QRLUSDT:sessions";

    [Fact]
    public async Task A_password_lets_in_and_signing_out_shows_the_door()
    {
        await using var server = await StartAsync();
        var browser = Browser.Of(server);
        Assert.Equal("""{"signed_in":false,"sign_in":"password"}""", (await browser.GetAsync("/api/v1/session")).Body);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("/api/v1/trading")).Status);

        var entered = (await browser.EnterAsync()).Json!;
        Assert.Equal((true, "operator", false), ((bool)entered["signed_in"]!, (string?)entered["role"], entered.ContainsKey("sign_in")));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/api/v1/trading")).Status);
        Assert.Equal((string?)entered["csrf"], (string?)(await browser.GetAsync("/api/v1/session")).Json!["csrf"]);
        Assert.Equal(HttpStatusCode.OK, (await browser.SendAsync("POST", "/api/v1/halt", """{"reason":"lunch"}""")).Status);
        Assert.Equal("operator (session)", (string?)(await browser.GetAsync("/api/v1/trading")).Json!["halt"]!["by"]);

        var thief = browser.Stolen();
        Assert.Equal("""{"signed_in":false,"sign_in":"password"}""", (await browser.SendAsync("DELETE", "/api/v1/session")).Body);
        Assert.False(browser.Cookies.ContainsKey("ballast"));
        Assert.Equal(HttpStatusCode.Unauthorized, (await thief.GetAsync("/api/v1/trading")).Status);
    }

    [Theory]
    [InlineData("wrong password of mine")]
    [InlineData("correct horse batter")]
    [InlineData("Correct horse battery")]
    [InlineData("")]
    public async Task Another_password_does_not(string password)
    {
        await using var server = await StartAsync();
        var browser = Browser.Of(server);
        var reply = await browser.SignInAsync(password);
        Assert.Equal("""{"title":"Unauthorized","status":401,"detail":"Wrong password"}""", reply.Body);
        Assert.Empty(reply.SetCookies);
    }

    [Fact]
    public async Task Where_no_password_is_set_the_answer_is_the_same()
    {
        await using var server = await ServerUnderTest.StartAsync();
        Assert.Equal("""{"signed_in":false,"sign_in":"link"}""", (await Browser.Of(server).GetAsync("/api/v1/session")).Body);
        Assert.Equal("""{"title":"Unauthorized","status":401,"detail":"Wrong password"}""", (await Browser.Of(server).SignInAsync(Passwords.Operator)).Body);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"password":null}""")]
    [InlineData("""["correct horse battery"]""")]
    [InlineData("correct horse battery")]
    [InlineData("")]
    public async Task A_body_that_is_not_understood_is_named(string body)
    {
        await using var server = await StartAsync();
        Assert.Equal(HttpStatusCode.BadRequest, (await Browser.Of(server).SendAsync("POST", "/api/v1/session", body)).Status);
    }

    [Fact]
    public async Task A_giant_body_is_refused_and_not_read()
    {
        await using var server = await StartAsync();
        var giant = new JsonObject { ["password"] = new string('x', 1 << 20) }.ToJsonString();
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await Browser.Of(server).SendAsync("POST", "/api/v1/session", giant)).Status);
        var browser = Browser.Of(server);
        await browser.EnterAsync();
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await browser.SendAsync("POST", "/api/v1/halt", giant)).Status);
    }

    [Theory]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("not an id")]
    [InlineData("%00")]
    public async Task A_forged_cookie_opens_nothing(string cookie)
    {
        await using var server = await StartAsync();
        var browser = Browser.Of(server);
        browser.Put("ballast", cookie);
        browser.Put("__Host-ballast", cookie);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("/api/v1/trading")).Status);
        Assert.False((bool)(await browser.GetAsync("/api/v1/session")).Json!["signed_in"]!);
    }

    [Theory]
    [InlineData(-7.01, -0.1, false)]
    [InlineData(-6.9, -0.51, false)]
    [InlineData(-6.9, -0.49, true)]
    public async Task It_ends_after_a_week_and_after_half_a_day_of_silence(double sinceDays, double seenDays, bool good)
    {
        await using var server = await StartAsync();
        var browser = Browser.Of(server);
        await browser.EnterAsync();
        var store = await server.RedisAsync();
        var entry = Assert.Single(await store.HashGetAllAsync(Sessions));
        var session = JsonNode.Parse((string)entry.Value!)!;
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        (session["since"], session["seen"]) = (now.AddDays(sinceDays), now.AddDays(seenDays));
        await store.HashSetAsync(Sessions, entry.Name, session.ToJsonString());

        Assert.Equal(good ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, (await browser.GetAsync("/api/v1/trading")).Status);
    }

    [Fact]
    public async Task Nothing_in_the_store_can_be_shown_as_a_cookie_or_a_password()
    {
        await using var server = await StartAsync();
        var browser = Browser.Of(server);
        await browser.EnterAsync();
        var store = await server.RedisAsync();
        var held = $"{string.Join(' ', await store.HashGetAllAsync(Sessions))} {string.Join(' ', await store.HashGetAllAsync("bot:QRLUSDT:operator"))}";
        foreach (var secret in (string[])[browser.Cookies["ballast"], browser.Cookies["ballast-device"], browser.Csrf!, Passwords.Operator, Passwords.Reader])
            Assert.DoesNotContain(secret, held, StringComparison.Ordinal);
        var thief = Browser.Of(server);
        thief.Put("ballast", (string)(await store.HashKeysAsync(Sessions)).Single()!);
        Assert.Equal(HttpStatusCode.Unauthorized, (await thief.GetAsync("/api/v1/trading")).Status);
    }

    [Fact]
    public async Task An_id_that_somebody_else_has_chosen_is_never_taken_up()
    {
        await using var server = await StartAsync();
        var victim = Browser.Of(server);
        victim.Put("ballast", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
        await victim.EnterAsync();
        Assert.NotEqual("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", victim.Cookies["ballast"]);

        // Nor does an id go on that was somebody's before: signing in again ends it.
        var before = victim.Stolen();
        await victim.EnterAsync();
        Assert.NotEqual(before.Cookies["ballast"], victim.Cookies["ballast"]);
        Assert.Equal(HttpStatusCode.Unauthorized, (await before.GetAsync("/api/v1/trading")).Status);
    }

    [Fact]
    public async Task Everybody_can_be_signed_out_at_once()
    {
        await using var server = await StartAsync();
        var (owner, reader) = (Browser.Of(server), Browser.Of(server));
        await owner.EnterAsync();
        await reader.EnterAsync(Passwords.Reader);
        var rows = (await owner.GetAsync("/api/v1/sessions")).Json!["items"]!.AsArray();
        Assert.Equal(["operator True password 127.0.0.1", "reader False password 127.0.0.1"], rows
            .Select(row => $"{row!["role"]} {(bool)row["current"]!} {row["signed_in_by"]} {row["address"]}".Replace("::1", "127.0.0.1", StringComparison.Ordinal))
            .Order());
        Assert.Equal(HttpStatusCode.OK, (await owner.SendAsync("DELETE", "/api/v1/sessions")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await reader.GetAsync("/api/v1/trading")).Status);
    }

    [Fact]
    public async Task A_hash_that_was_made_with_less_work_is_made_anew_when_its_password_is_shown()
    {
        await using var server = await ServerUnderTest.StartAsync();
        await Passwords.SetAsync(server);
        var first = Browser.Of(server);
        Assert.Equal(HttpStatusCode.OK, (await first.SignInAsync(Passwords.Operator)).Status);
        var stored = (string)(await (await server.RedisAsync()).HashGetAsync("bot:QRLUSDT:operator", "password"))!;
        Assert.StartsWith("pbkdf2-sha256.600000.", stored, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await Browser.Of(server).SignInAsync(Passwords.Operator)).Status);
        Assert.Equal(HttpStatusCode.OK, (await first.GetAsync("/api/v1/trading")).Status);
    }

    [Fact]
    public async Task The_token_still_opens_everything_and_no_cookie_stands_in_for_a_wrong_one()
    {
        const string token = "a-token-of-at-least-24-letters";
        await using var server = await ServerUnderTest.StartAsync([("Ballast:Operator:ApiToken", token)]);
        await Passwords.SetAsync(server);
        var script = Browser.Of(server).With("Authorization", "Bearer " + token).With("Sec-Fetch-Site", null).With("Origin", null);
        Assert.Equal("""{"signed_in":true,"role":"operator"}""", (await script.GetAsync("/api/v1/session")).Body);
        Assert.Equal(HttpStatusCode.OK, (await script.SendAsync("POST", "/api/v1/halt", """{"reason":"script"}""")).Status);

        var browser = Browser.Of(server);
        await browser.EnterAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.With("Authorization", "Bearer wrong").GetAsync("/api/v1/trading")).Status);
    }

    [Fact]
    public async Task A_session_opens_neither_a_task_nor_the_metrics()
    {
        await using var server = await ServerUnderTest.StartAsync(
        [
            ("Ballast:Auth:TrustSchedulerHeader", "false"), ("Ballast:Auth:Audience", "https://example.com/tasks/runtime"),
            ("Ballast:Auth:ServiceAccounts", "scheduler@example.iam.gserviceaccount.com"), ("Ballast:Metrics:Token", "metrics-token-of-24-letters-or-more"),
        ]);
        await Passwords.SetAsync(server);
        var browser = Browser.Of(server);
        await browser.EnterAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.SendAsync("POST", "/tasks/runtime")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("/metrics")).Status);
    }

    private static async Task<ServerUnderTest> StartAsync()
    {
        var server = await ServerUnderTest.StartAsync();
        await Passwords.SetAsync(server);
        return server;
    }
}

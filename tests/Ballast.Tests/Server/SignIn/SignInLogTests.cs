using Ballast.Tests.Server.Telemetry;

namespace Ballast.Tests.Server.SignIn;

/// <summary>What the log and the metrics tell of signing in: that it happened, and nothing that lets in.</summary>
public class SignInLogTests
{
    [Fact]
    public async Task Refusals_are_counted_and_no_secret_is_written_anywhere()
    {
        var log = new LogOfServer();
        await using var server = await ServerUnderTest.StartAsync(log: log);
        await Passwords.SetAsync(server);
        var link = LinkTests.LinkOf(server);
        var (owner, reader, guest) = (Browser.Of(server), Browser.Of(server), Browser.Of(server));
        await guest.GetAsync(link.PathAndQuery);
        await guest.GetAsync(link.PathAndQuery);
        await owner.SignInAsync("wrong password of mine");
        await owner.EnterAsync();
        await reader.EnterAsync(Passwords.Reader);
        await reader.SendAsync("POST", "/api/v1/halt", """{"reason":"mine"}""");
        await owner.Stolen().With("Sec-Fetch-Site", "cross-site").SendAsync("POST", "/api/v1/halt", """{"reason":"mine"}""");
        await owner.Stolen().With("X-CSRF-Token", "wrong").SendAsync("POST", "/api/v1/halt", """{"reason":"mine"}""");
        var thief = owner.Stolen();
        await owner.SendAsync("DELETE", "/api/v1/session");
        await thief.GetAsync("/api/v1/trading");

        var scrape = await Scrape.OfAsync(server);
        Assert.Equal(
            [
                """{reason="cross-site request"} 1""", """{reason="readers may only look"} 1""", """{reason="unknown session"} 1""",
                """{reason="used or unknown link"} 1""", """{reason="wrong CSRF token"} 1""", """{reason="wrong password"} 1""",
            ],
            scrape.CountedIn("ballast_auth_refusals_total").Order(StringComparer.Ordinal).OrderBy(line => line, StringComparer.OrdinalIgnoreCase));

        string[] secrets =
        [
            Passwords.Operator, Passwords.Reader, "wrong password of mine", link.Segments[^1], thief.Csrf!,
            .. thief.Cookies.Values, .. reader.Cookies.Values, .. guest.Cookies.Values,
        ];
        var ours = log.Lines.Where(line => !IsFrameworks(line)).ToList();
        Assert.Contains(ours, line => line.Contains("Signed in as Operator", StringComparison.Ordinal));
        foreach (var secret in secrets)
            Assert.All(ours, line => Assert.DoesNotContain(secret, line, StringComparison.Ordinal));
    }

    /// <summary>The program prints the framework's warnings only.</summary>
    private static bool IsFrameworks(string line) =>
        line.Split(' ', 3) is ["Information" or "Debug" or "Trace", var category, _] && category.StartsWith("Microsoft.", StringComparison.Ordinal);
}

using System.Net;
using Ballast.Tests.Server.Overview;

namespace Ballast.Tests.Server.SignIn;

/// <summary>A reader's session, and whoever has stolen it, may look.</summary>
[Trait(FromOutside.Name, FromOutside.Value)]
public class ReaderTests
{
    [Fact]
    public async Task Whatever_is_described_is_shown_to_a_reader_and_every_change_refused()
    {
        await using var server = await ServerUnderTest.StartAsync(LookedAt.OnPaper);
        await Passwords.SetAsync(server);
        await server.AnswerAsync("/tasks/runtime");
        var reader = Browser.Of(server);
        await reader.EnterAsync(Passwords.Reader);
        var described = (await reader.GetAsync("/openapi/v1.json")).Json!["paths"]!.AsObject()
            .Where(path => path.Key.StartsWith("/api/v1/", StringComparison.Ordinal) && path.Key is not ("/api/v1/session" or "/api/v1/events"))
            .SelectMany(path => path.Value!.AsObject().Select(call => (Method: call.Key.ToUpperInvariant(), Path: path.Key))).ToList();
        Assert.Contains(("POST", "/api/v1/tick"), described);
        Assert.Contains(("DELETE", "/api/v1/paper/faults"), described);
        Assert.Contains(("GET", "/api/v1/doctor"), described);
        foreach (var (method, path) in described)
        {
            var answer = await reader.SendAsync(method, path);
            if (method == "GET")
                Assert.True(answer.Status is HttpStatusCode.OK or HttpStatusCode.BadRequest, $"{path}: {answer.Status} {answer.Body}");
            else
                Assert.True(answer.Status == HttpStatusCode.Forbidden, $"{method} {path}: {answer.Status} {answer.Body}");
        }
    }

    [Fact]
    public async Task Readers_see_everything_and_change_nothing()
    {
        await using var server = await ServerUnderTest.StartAsync();
        await Passwords.SetAsync(server);
        await server.AnswerAsync("/tasks/runtime");
        var reader = Browser.Of(server);
        Assert.Equal("reader", (string?)(await reader.EnterAsync(Passwords.Reader)).Json!["role"]);
        foreach (var path in (string[])["trading", "books", "books/profit", "sessions"])
            Assert.Equal(HttpStatusCode.OK, (await reader.GetAsync("/api/v1/" + path)).Status);

        foreach (var thief in (Browser[])[reader, reader.Stolen()])
        {
            foreach (var (method, path, body) in ((string, string, string?)[])
                [
                    ("POST", "halt", """{"reason":"mine"}"""), ("POST", "resume", """{"reason":"mine"}"""),
                    ("POST", "mode", """{"mode":"observe","reason":"mine"}"""),
                    ("POST", "proposal/approve", null), ("POST", "proposal/reject", """{"reason":"mine"}"""), ("PUT", "settings", """{"target_ratio":"0.9"}"""),
                    ("POST", "books/resolve", """{"as":"transfer","reason":"mine"}"""), ("POST", "books/verify", null), ("POST", "books/rebuild", null),
                    ("DELETE", "sessions", null),
                ])
            {
                var refused = await thief.SendAsync(method, "/api/v1/" + path, body);
                Assert.True(refused.Status == HttpStatusCode.Forbidden, $"{method} {path}: {refused.Status} {refused.Body}");
                Assert.Equal("Forbidden", (string?)refused.Json!["title"]);
            }
        }

        var trading = (await reader.GetAsync("/api/v1/trading")).Json!;
        Assert.False(trading.ContainsKey("halt"));
        Assert.Empty(trading["settings"]!.AsObject());
        Assert.Equal(HttpStatusCode.OK, (await reader.SendAsync("DELETE", "/api/v1/session")).Status);
    }
}

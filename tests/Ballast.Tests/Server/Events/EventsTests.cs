using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text.Json.Nodes;
using Ballast.Tests.Server.Overview;

namespace Ballast.Tests.Server.Events;

/// <summary>Server-sent events, read off the wire.</summary>
[Trait(FromOutside.Name, FromOutside.Value)]
public class EventsTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_new_listener_is_told_to_look_at_everything_and_then_of_each_change()
    {
        await using var server = await LookedAt.StartAsync();
        await using var stream = await StreamAsync(server);
        var first = await NextAsync(stream);
        Assert.Equal((string?)(await server.LookAsync("overview"))["version_tag"], first.Id);
        Assert.Equal(["tick", "trading", "books", "settings"], first.What);

        await server.AnswerAsync("/tasks/runtime");
        var ticked = await NextAsync(stream);
        Assert.Equal("tick", ticked.What[0]);
        Assert.Contains("books", ticked.What);
        Assert.DoesNotContain("settings", ticked.What);

        await server.CallAsync("PUT", "settings", """{"threshold":"2%"}""");
        Assert.Contains("settings", (await NextAsync(stream)).What);
    }

    [Fact]
    public async Task A_halt_by_hand_in_the_store_reaches_a_listener()
    {
        await using var server = await LookedAt.StartAsync();
        await using var stream = await StreamAsync(server);
        await NextAsync(stream);
        await (await server.RedisAsync()).StringSetAsync("bot:QRLUSDT:halt", "by hand");
        Assert.Equal(["trading"], (await NextAsync(stream)).What);
    }

    [Fact]
    public async Task A_listener_that_comes_back_is_told_what_it_missed_and_nothing_else()
    {
        await using var server = await LookedAt.StartAsync();
        await server.AnswerAsync("/tasks/runtime");
        var tag = (string)(await server.LookAsync("overview"))["version_tag"]!;
        await using (var stream = await StreamAsync(server, tag))
        {
            await server.CallAsync("PUT", "settings", """{"threshold":"2%"}""");
            Assert.Equal("books,settings", string.Join(',', (await NextAsync(stream)).What));
        }
        await server.CallAsync("POST", "halt", """{"reason":"meanwhile"}""");
        await using var again = await StreamAsync(server, tag);
        Assert.Equal("trading,books,settings", string.Join(',', (await NextAsync(again)).What));
    }

    [Fact]
    public async Task So_many_may_listen_and_whoever_leaves_makes_room()
    {
        await using var server = await LookedAt.StartAsync();
        var streams = new List<Stream>();
        for (var listener = 0; listener < Ballast.Server.Events.ChangeWatch.MostListeners; listener++)
            streams.Add(await StreamAsync(server));
        using (var refused = await SendAsync(server))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.True(refused.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        }
        await streams[0].DisposeAsync();
        await Store.Eventually.TrueAsync(
            async () =>
            {
                using var response = await SendAsync(server);
                return response.IsSuccessStatusCode;
            },
            Soon,
            "nobody else may listen although one has left");
        foreach (var stream in streams)
            await stream.DisposeAsync();
    }

    [Fact]
    public async Task A_listener_does_not_hold_the_server_up_when_it_stops()
    {
        var server = await LookedAt.StartAsync();
        var stream = await StreamAsync(server);
        await NextAsync(stream);
        // Longer than this and the host would have given up on it.
        await server.Server.App.StopAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(8), TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.Null(await new StreamReader(stream).ReadLineAsync(TestContext.Current.CancellationToken));
        await stream.DisposeAsync();
        await server.DisposeAsync();
    }

    private static Task<HttpResponseMessage> SendAsync(ServerUnderTest server, string? known = null)
    {
        var request = LookedAt.Request("GET", "events");
        if (known is not null)
            request.Headers.TryAddWithoutValidation("Last-Event-ID", known);
        return server.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }

    [SuppressMessage("Reliability", "CA2000", Justification = "the stream closes the response")]
    private static async Task<Stream> StreamAsync(ServerUnderTest server, string? known = null)
    {
        var response = await SendAsync(server, known);
        Assert.Equal(("text/event-stream", HttpStatusCode.OK), (response.Content.Headers.ContentType?.MediaType, response.StatusCode));
        return await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>The next event; signs of life pass by.</summary>
    private static async Task<(string Id, string[] What)> NextAsync(Stream stream)
    {
        using var deadline = new CancellationTokenSource(Soon, TimeProvider.System);
        var lines = new List<string>();
        while (true)
        {
            var line = await LineAsync(stream, deadline.Token);
            if (line.Length > 0)
            {
                lines.Add(line);
                continue;
            }
            if (lines.Contains("event: changed"))
            {
                var data = JsonNode.Parse(lines.Single(field => field.StartsWith("data: ", StringComparison.Ordinal))[6..])!;
                var id = lines.Single(field => field.StartsWith("id: ", StringComparison.Ordinal))[4..];
                Assert.Equal(id, (string?)data["version_tag"]);
                return (id, [.. data["what"]!.AsArray().Select(word => (string)word!)]);
            }
            lines.Clear();
        }
    }

    /// <summary>Byte by byte, so that nothing of what follows is read before it is asked for.</summary>
    private static async Task<string> LineAsync(Stream stream, CancellationToken deadline)
    {
        var (line, one) = (new List<byte>(), new byte[1]);
        while (await stream.ReadAsync(one, deadline) == 1 && one[0] != (byte)'\n')
            line.Add(one[0]);
        return System.Text.Encoding.UTF8.GetString([.. line]);
    }
}

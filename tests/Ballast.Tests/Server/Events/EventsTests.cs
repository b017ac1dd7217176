using System.Net;
using Ballast.Tests.Server.Overview;

namespace Ballast.Tests.Server.Events;

/// <summary>Server-sent events, read off the wire.</summary>
[Trait(FromOutside.Name, FromOutside.Value)]
public class EventsTests
{
    [Fact]
    public async Task A_new_listener_is_told_to_look_at_everything_and_then_of_each_change()
    {
        await using var server = await LookedAt.StartAsync();
        await using var stream = await EventStream.OpenAsync(server);
        var first = await EventStream.NextAsync(stream);
        Assert.Equal((string?)(await server.LookAsync("overview"))["version_tag"], first.Id);
        Assert.Equal(["tick", "trading", "books", "settings"], first.What);

        await server.AnswerAsync("/tasks/runtime");
        var ticked = await EventStream.NextAsync(stream);
        Assert.Equal("tick", ticked.What[0]);
        Assert.Contains("books", ticked.What);
        Assert.DoesNotContain("settings", ticked.What);

        await server.CallAsync("PUT", "settings", """{"threshold":"2%"}""");
        Assert.Contains("settings", (await EventStream.NextAsync(stream)).What);
    }

    [Fact]
    public async Task A_halt_by_hand_in_the_store_reaches_a_listener()
    {
        await using var server = await LookedAt.StartAsync();
        await using var stream = await EventStream.OpenAsync(server);
        await EventStream.NextAsync(stream);
        await (await server.RedisAsync()).StringSetAsync("bot:QRLUSDT:halt", "by hand");
        Assert.Equal(["trading"], (await EventStream.NextAsync(stream)).What);
    }

    [Fact]
    public async Task A_listener_that_comes_back_is_told_what_it_missed_and_nothing_else()
    {
        await using var server = await LookedAt.StartAsync();
        await server.AnswerAsync("/tasks/runtime");
        var tag = (string)(await server.LookAsync("overview"))["version_tag"]!;
        await using (var stream = await EventStream.OpenAsync(server, tag))
        {
            await server.CallAsync("PUT", "settings", """{"threshold":"2%"}""");
            Assert.Equal("books,settings", string.Join(',', (await EventStream.NextAsync(stream)).What));
        }
        await server.CallAsync("POST", "halt", """{"reason":"meanwhile"}""");
        await using var again = await EventStream.OpenAsync(server, tag);
        Assert.Equal("trading,books,settings", string.Join(',', (await EventStream.NextAsync(again)).What));
    }

    [Fact]
    public async Task So_many_may_listen_and_whoever_leaves_makes_room()
    {
        await using var server = await LookedAt.StartAsync();
        var streams = new List<Stream>();
        for (var listener = 0; listener < Ballast.Server.Events.ChangeWatch.MostListeners; listener++)
            streams.Add(await EventStream.OpenAsync(server));
        using (var refused = await EventStream.SendAsync(server))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.True(refused.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        }
        await streams[0].DisposeAsync();
        await Store.Eventually.TrueAsync(
            async () =>
            {
                using var response = await EventStream.SendAsync(server);
                return response.IsSuccessStatusCode;
            },
            EventStream.Soon,
            "nobody else may listen although one has left");
        foreach (var stream in streams)
            await stream.DisposeAsync();
    }
}

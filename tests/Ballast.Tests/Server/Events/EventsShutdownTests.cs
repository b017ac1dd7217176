using Ballast.Tests.Server.Overview;

namespace Ballast.Tests.Server.Events;

public class EventsShutdownTests
{
    [Fact]
    public async Task A_listener_does_not_hold_the_server_up_when_it_stops()
    {
        var server = await LookedAt.StartAsync();
        var stream = await EventStream.OpenAsync(server);
        await EventStream.NextAsync(stream);
        // Longer than this and the host would have given up on it.
        await server.Server.App.StopAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(8), TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.Null(await new StreamReader(stream).ReadLineAsync(TestContext.Current.CancellationToken));
        await stream.DisposeAsync();
        await server.DisposeAsync();
    }
}

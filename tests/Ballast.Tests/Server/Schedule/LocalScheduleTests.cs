using System.Net;
using Ballast.Server;
using Ballast.Server.Schedule;

namespace Ballast.Tests.Server.Schedule;

public class LocalScheduleTests
{
    [Theory]
    [InlineData("2026-01-01T12:00:00Z", 15, "2026-01-01T12:15:00Z")] // on the mark: the run of the mark is past
    [InlineData("2026-01-01T12:00:01Z", 15, "2026-01-01T12:15:00Z")]
    [InlineData("2026-01-01T12:14:59.999Z", 15, "2026-01-01T12:15:00Z")]
    [InlineData("2026-01-01T23:59:59Z", 15, "2026-01-02T00:00:00Z")]
    [InlineData("2026-01-01T12:07:00+05:45", 60, "2026-01-01T07:00:00Z")] // 06:22 UTC
    [InlineData("2026-01-01T12:00:00Z", 1440, "2026-01-02T00:00:00Z")]
    public void The_next_run_is_at_the_next_round_time(string now, int everyMinutes, string next) =>
        Assert.Equal(DateTimeOffset.Parse(next), LocalSchedule.NextRun(DateTimeOffset.Parse(now), everyMinutes));

    [Theory]
    [InlineData("2026-01-01T12:00:00Z", 15, "2026-01-01T12:00:15Z")]
    [InlineData("2026-01-01T12:00:14.9Z", 15, "2026-01-01T12:00:15Z")]
    [InlineData("2026-01-01T12:00:59Z", 5, "2026-01-01T12:01:00Z")]
    public void On_a_fast_market_it_is_seconds_away(string now, int everySeconds, string next) =>
        Assert.Equal(DateTimeOffset.Parse(next), LocalSchedule.NextRun(DateTimeOffset.Parse(now), TimeSpan.FromSeconds(everySeconds)));

    [Theory]
    [InlineData("Production")]
    [InlineData("Server")]
    public async Task A_server_that_keeps_its_own_time_starts_without_callers_and_serves_none(string environment)
    {
        await using var server = await ServerUnderTest.StartAsync([("Ballast:Schedule:Enabled", "true")], environment);

        using var answer = await server.PostAsync("/tasks/runtime");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Empty(server.Exchange.Requests);
        Assert.Contains("Run a tick:\n  ballast tick ", Banner.Text(server.Server, TimeProvider.System.GetUtcNow()), StringComparison.Ordinal);
    }
}

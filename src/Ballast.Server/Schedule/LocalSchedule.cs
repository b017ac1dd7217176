using Ballast.Server.Configuration;
using Ballast.Server.Tasks;

namespace Ballast.Server.Schedule;

/// <summary>
/// The scheduler for those who have none: calls the task at round times (12:00, 12:15, …, UTC), through the same code and the same lease
/// as everybody else. A run has the name that a cloud scheduler would give it, so the two never do one run twice.
/// </summary>
public sealed partial class LocalSchedule(TickRunner runner, ScheduleSettings settings, TimeProvider clock, ILogger<LocalSchedule> log) : BackgroundService
{
    /// <summary>How such a run proves itself: it comes from inside.</summary>
    private const string Caller = "schedule";

    /// <summary>The first round time after <paramref name="now"/>.</summary>
    public static DateTimeOffset NextRun(DateTimeOffset now, int everyMinutes) => NextRun(now, TimeSpan.FromMinutes(everyMinutes));

    /// <summary>The first multiple of <paramref name="every"/> after <paramref name="now"/>.</summary>
    public static DateTimeOffset NextRun(DateTimeOffset now, TimeSpan every) =>
        new((now.UtcTicks / every.Ticks + 1) * every.Ticks, TimeSpan.Zero);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var next = NextRun(clock.GetUtcNow(), settings.Every);
            while (next - clock.GetUtcNow() is var wait && wait > TimeSpan.Zero)
                await Task.Delay(wait, clock, stoppingToken);
            try
            {
                await runner.RunAsync(TickRunner.Runtime, next, Caller);
            }
            catch (Exception bug)
            {
                // One tick gone wrong must not be the last one.
                Failed(bug, next);
            }
        }
    }

    [LoggerMessage(10, LogLevel.Error, "the scheduled tick of {Time:O} failed")]
    private partial void Failed(Exception bug, DateTimeOffset time);
}

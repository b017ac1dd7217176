using Ballast.Core.Ticks;

namespace Ballast.Server.Store;

/// <summary>Keeps the embedded store's append-only file short, for a server that runs for months.</summary>
public sealed partial class EmbeddedUpkeep(EmbeddedStore store, RedisConnection connection, TimeProvider clock, ILogger<EmbeddedUpkeep> log)
    : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                if (await store.ShortenAsync(connection))
                    Shortened(store.AppendOnlyBytes);
            }
            catch (Exception late) when (late is StoreUnavailableException or IOException)
            {
                // The file stays long for another minute; nothing is lost by that.
                Postponed(late);
            }
        }
    }

    [LoggerMessage(20, LogLevel.Information, "a checkpoint took the place of the embedded store's append-only file, which is now {Bytes} bytes long")]
    private partial void Shortened(long bytes);

    [LoggerMessage(21, LogLevel.Warning, "the embedded store's append-only file could not be shortened; it will be tried again")]
    private partial void Postponed(Exception late);
}

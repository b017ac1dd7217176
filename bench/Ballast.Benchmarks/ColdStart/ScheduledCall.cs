using System.Globalization;
using System.Text;

namespace Ballast.Benchmarks.ColdStart;

/// <summary>What a scheduler sends, as bytes: each time another run of the task, so that none is taken for a repeat of one before.</summary>
internal sealed class ScheduledCall(LoopbackIssuer issuer)
{
    private readonly DateTimeOffset first = TimeProvider.System.GetUtcNow();
    private int runs;

    public byte[] Next()
    {
        // Backwards: a time ahead of the clock would not count as a regular run.
        var time = first.AddSeconds(-++runs).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return Encoding.ASCII.GetBytes(
            "POST /tasks/runtime HTTP/1.1\r\n"
            + "Host: localhost\r\n"
            + $"Authorization: Bearer {issuer.Token()}\r\n"
            + "X-CloudScheduler: true\r\n"
            + $"X-CloudScheduler-ScheduleTime: {time}\r\n"
            + "User-Agent: Google-Cloud-Scheduler\r\n"
            + "Content-Length: 0\r\n\r\n");
    }

    /// <summary>What the bare program is asked.</summary>
    public static byte[] Hello() => "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"u8.ToArray();
}

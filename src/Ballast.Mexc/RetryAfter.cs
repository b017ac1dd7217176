using System.Net.Http.Headers;

namespace Ballast.Mexc;

/// <summary>The Retry-After header in both its forms.</summary>
internal static class RetryAfter
{
    /// <summary>Null when absent or unreadable; never negative.</summary>
    /// <param name="now">Our time, for a date without the server's own Date header beside it.</param>
    public static TimeSpan? Read(HttpResponseHeaders headers, DateTimeOffset now)
    {
        var wait = headers.RetryAfter switch
        {
            { Delta: { } seconds } => seconds,
            // Both dates come from the same clock, so ours may be off.
            { Date: { } date } => date - (headers.Date ?? now),
            _ => (TimeSpan?)null,
        };
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }
}

using System.Net;

namespace Ballast.Mexc;

/// <summary>Makes the connections to the exchange; kept for as long as the program runs.</summary>
public static class MexcHandler
{
    /// <summary>
    /// No redirects, which would carry a signed request to another host; no cookies; connections renewed, so that a changed DNS entry
    /// is noticed. Connecting takes at most half the patience for an answer, so that its failing is known to be one.
    /// </summary>
    public static SocketsHttpHandler Create(MexcOptions options) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = !options.BaseUrl.IsLoopback,
        AutomaticDecompression = DecompressionMethods.All,
        ConnectTimeout = new TimeSpan(options.AttemptTimeout.Ticks / 2),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ActivityHeadersPropagator = null,
    };
}

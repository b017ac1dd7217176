using Microsoft.AspNetCore.HttpOverrides;

namespace Ballast.Server.Http;

/// <summary>
/// What proxies of the owner's say about their caller: address and encryption. Anybody can send such headers, so that exactly as many entries count, from
/// the end, as there are proxies that add one.
/// </summary>
internal static class TrustedProxies
{
    /// <param name="count">0 believes nobody.</param>
    public static void UseTrustedProxies(this IApplicationBuilder app, int count)
    {
        if (count == 0)
            return;
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            ForwardLimit = count,
        };

        // They are told from strangers by their number, because their addresses are often not known.
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        app.UseForwardedHeaders(options);
    }
}

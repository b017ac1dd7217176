namespace Ballast.Server.Http;

/// <summary>Which page made a browser send a request, as the browser itself says, where no page can have a hand in it.</summary>
internal static class RequestOrigin
{
    public enum Kind
    {
        /// <summary>The caller says nothing: it is no browser, or a very old one.</summary>
        Unknown,

        /// <summary>A page of this server.</summary>
        Own,

        /// <summary>Any other page, even one of a sister address.</summary>
        Foreign,
    }

    /// <summary>Where both headers are there, both must say so. A proxy has to pass on the name that the browser called (<c>Host</c>).</summary>
    public static Kind Of(HttpRequest request)
    {
        var (site, origin) = (request.Headers["Sec-Fetch-Site"], request.Headers.Origin);
        if (site.Count == 0 && origin.Count == 0)
            return Kind.Unknown;
        return (site.Count == 0 || site == "same-origin") && (origin.Count == 0 || IsOwn(request, origin.ToString())) ? Kind.Own : Kind.Foreign;
    }

    /// <summary>Name and port must be the same. The scheme may differ, because a proxy may have taken the encryption off.</summary>
    private static bool IsOwn(HttpRequest request, string origin)
    {
        if (!Uri.TryCreate(origin, UriKind.Absolute, out var page) || page.Scheme is not ("http" or "https"))
            return false;
        var (host, port) = (request.Host.Host.Trim('[', ']'), request.Host.Port ?? page.Port);
        if (request.Host.Port is null && !page.IsDefaultPort)
            return false;
        return page.Port == port && page.Host.Trim('[', ']').Equals(host, StringComparison.OrdinalIgnoreCase);
    }
}

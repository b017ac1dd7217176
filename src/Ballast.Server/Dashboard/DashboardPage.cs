using System.Text;
using Ballast.Server.Http;
using Microsoft.Net.Http.Headers;

namespace Ballast.Server.Dashboard;

/// <summary>Serves the dashboard's files at the paths that no endpoint has. They hold nothing secret: what is to be seen comes from the API.</summary>
internal static class DashboardPage
{
    /// <summary>Scripts, styles and everything else from this server only, none of it inside the page; no other page may frame it.</summary>
    public const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; manifest-src 'self'; "
        + "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private static readonly byte[] NotBuilt = Encoding.UTF8.GetBytes("""
        This Ballast was built without its dashboard.

        To get it, install Node 20.19 or later with npm (https://nodejs.org) where you build it, and build again:

          dotnet run --project src/Ballast.Server

        The API is at /api/v1, and described at /openapi/v1.json.

        """);

    /// <summary>Stands behind UseRouting.</summary>
    public static void UseDashboard(this WebApplication app) => app.Use((http, next) =>
    {
        var request = http.Request;
        if (http.GetEndpoint() is not null || !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)))
            return next(http);
        return DashboardFiles.Find(request.Path.Value) is { } file ? ServeAsync(http, file)
            : request.Path.Value == "/" ? SayHowAsync(http)
            : next(http);
    });

    private static Task ServeAsync(HttpContext http, DashboardFile file)
    {
        var encoding = AcceptedEncoding(http.Request);
        var (headers, tag) = (http.Response.Headers, file.Tag(encoding));
        headers.ETag = tag;
        headers.CacheControl = file.CacheControl;
        headers.Vary = HeaderNames.AcceptEncoding;
        if (file.IsPage)
            headers.ContentSecurityPolicy = Policy;
        if (IsKnown(http.Request, tag))
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }
        headers.ContentType = file.ContentType;
        if (encoding is not null)
            headers.ContentEncoding = encoding;
        return WriteAsync(http, file.Bytes(encoding));
    }

    private static Task SayHowAsync(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        http.Response.ContentType = "text/plain; charset=utf-8";
        http.Response.Headers.CacheControl = CacheControlHeaderValue.NoStoreString;
        return WriteAsync(http, NotBuilt);
    }

    private static Task WriteAsync(HttpContext http, byte[] body)
    {
        http.Response.ContentLength = body.Length;
        return HttpMethods.IsHead(http.Request.Method) ? Task.CompletedTask : http.Response.Body.WriteAsync(body, 0, body.Length, http.RequestAborted);
    }

    private static bool IsKnown(HttpRequest request, string tag)
    {
        foreach (var line in request.Headers.IfNoneMatch)
        {
            foreach (var known in (line ?? "").Split(',', StringSplitOptions.TrimEntries))
            {
                if (known == "*" || known == tag || known == "W/" + tag)
                    return true;
            }
        }
        return false;
    }

    /// <summary>The smallest encoding that the caller takes; one of quality 0 is one that it does not.</summary>
    private static string? AcceptedEncoding(HttpRequest request)
    {
        if (!StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptEncoding, out var offers))
            return null;
        string? best = null;
        foreach (var offer in offers)
        {
            if (offer.Quality == 0)
                continue;
            if (offer.Value.Equals(DashboardFile.Brotli, StringComparison.OrdinalIgnoreCase))
                return DashboardFile.Brotli;
            if (offer.Value.Equals(DashboardFile.Gzip, StringComparison.OrdinalIgnoreCase))
                best = DashboardFile.Gzip;
        }
        return best;
    }
}

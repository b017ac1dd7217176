namespace Ballast.Server.Http;

/// <summary>What every answer tells a browser not to do with it, whichever part of the program made the answer.</summary>
internal sealed class SecurityHeaders : IStartupFilter
{
    /// <summary>For everything that is not a page: it may load nothing, and nothing may frame it.</summary>
    private const string NotAPage = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>Seconds. Two years, the least that browsers' own lists take.</summary>
    private const string StayEncrypted = "max-age=63072000";

    /// <summary>Stands before everything else, also before what the framework puts in front of our own (the filter of hosts).</summary>
    public static void AddTo(IServiceCollection services) => services.Insert(0, ServiceDescriptor.Singleton<IStartupFilter>(new SecurityHeaders()));

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((http, rest) =>
        {
            // When the answer begins and not now: a failure takes away all headers that were set before it.
            http.Response.OnStarting(
                static state =>
                {
                    Set((HttpContext)state);
                    return Task.CompletedTask;
                },
                http);
            return rest(http);
        });
        next(app);
    };

    private static void Set(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
        if (headers.ContentSecurityPolicy.Count == 0)
            headers.ContentSecurityPolicy = NotAPage;
        // What is asked for is how things stand now, and whose it is.
        if (headers.CacheControl.Count == 0)
            headers.CacheControl = "no-store";
        if (http.Request.IsHttps)
            headers.StrictTransportSecurity = StayEncrypted;
    }
}

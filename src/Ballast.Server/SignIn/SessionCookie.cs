using System.Net;

namespace Ballast.Server.SignIn;

/// <summary>
/// The cookies: the session's, and the one by which a browser is known that has signed in before (<see cref="LockOut"/>). No script reads them and no
/// other site makes a browser send them. With <c>__Host-</c> browsers take them over encrypted connections only, and from this very address.
/// </summary>
internal static class SessionCookie
{
    private const string SessionName = "ballast";
    private const string DeviceName = "ballast-device";
    private const string Locked = "__Host-";

    /// <summary>Null when there is none.</summary>
    public static string? Read(HttpRequest request) => Read(request, SessionName);

    public static string? ReadDevice(HttpRequest request) => Read(request, DeviceName);

    public static void Write(HttpContext http, SessionId id) => Write(http, SessionName, id.Secret, Session.Longest);

    public static void WriteDevice(HttpContext http, SessionId device) => Write(http, DeviceName, device.Secret, LockOut.DeviceMemory);

    public static void Clear(HttpContext http) => Write(http, SessionName, "", TimeSpan.Zero);

    /// <summary>Plain only where nothing leaves this machine. A proxy on the same machine gives itself away by what it adds.</summary>
    private static bool IsPlain(HttpRequest request) =>
        !request.IsHttps
        && request.HttpContext.Connection.RemoteIpAddress is { } caller && IPAddress.IsLoopback(caller)
        && request.Host.Host is "localhost" or "127.0.0.1" or "[::1]"
        && !request.Headers.ContainsKey("X-Forwarded-For") && !request.Headers.ContainsKey("X-Forwarded-Proto") && !request.Headers.ContainsKey("Forwarded");

    private static string? Read(HttpRequest request, string name) =>
        request.Cookies[Locked + name] ?? (IsPlain(request) ? request.Cookies[name] : null);

    private static void Write(HttpContext http, string name, string value, TimeSpan lifetime)
    {
        // A page that was loaded over an encrypted connection says so when it signs in, whatever a proxy in between keeps to itself.
        var plain = IsPlain(http.Request) && !http.Request.Headers.Origin.ToString().StartsWith("https:", StringComparison.OrdinalIgnoreCase);
        http.Response.Cookies.Append(plain ? name : Locked + name, value, new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            Secure = !plain,
            Path = "/",
            MaxAge = lifetime,
            IsEssential = true,
        });
    }
}

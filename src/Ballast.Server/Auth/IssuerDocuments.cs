using Microsoft.IdentityModel.Protocols;

namespace Ballast.Server.Auth;

/// <summary>
/// Reads what the issuer publishes: over https, or over http when the issuer itself is on loopback. No redirects, no cookies, at most
/// 256 KiB a document (Google's are under 4), so that a confused issuer costs little.
/// </summary>
public sealed class IssuerDocuments : IDocumentRetriever, IDisposable
{
    private const int LargestDocumentBytes = 256 * 1024;

    private readonly bool loopbackHttp;
    private readonly HttpClient http;

    public IssuerDocuments(Uri issuer)
    {
        loopbackHttp = IsLoopbackHttp(issuer);
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
        // The deadline is the caller's: it spans both documents and follows the given clock.
        http = new HttpClient(handler)
        {
            MaxResponseContentBufferSize = LargestDocumentBytes,
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <exception cref="InvalidDataException">The address is not one to read keys from; nothing was sent.</exception>
    /// <exception cref="HttpRequestException">No answer, not 200, or too large.</exception>
    public Task<string> GetDocumentAsync(string address, CancellationToken cancel)
    {
        var document = new Uri(address);
        if (document.Scheme != Uri.UriSchemeHttps && !(loopbackHttp && IsLoopbackHttp(document)))
            throw new InvalidDataException("not all its documents are served over https");
        return http.GetStringAsync(document, cancel);
    }

    public void Dispose() => http.Dispose();

    private static bool IsLoopbackHttp(Uri address) => address.Scheme == Uri.UriSchemeHttp && address.IsLoopback;
}

using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Ballast.Tests.Mexc;

/// <summary>A request as it stood on the wire.</summary>
/// <param name="Target">Path and query, undecoded.</param>
/// <param name="Headers">By name, whatever its case.</param>
public sealed record StubRequest(string Method, string Target, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public string Path => Target.Split('?')[0];

    public string Route => $"{Method} {Path}";

    /// <summary>Undecoded, without the question mark.</summary>
    public string Query => Target.Split('?', 2) is [_, var query] ? query : "";

    /// <summary>The decoded value of a query parameter; null when it was not sent.</summary>
    public string? this[string name] => Query.Split('&')
        .Where(pair => pair.StartsWith(name + '=', StringComparison.Ordinal))
        .Select(pair => Uri.UnescapeDataString(pair[(name.Length + 1)..]))
        .FirstOrDefault();

    /// <summary>The timestamp parameter.</summary>
    public DateTimeOffset SignedAt => DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(this["timestamp"]!));

    /// <summary>Whether the last parameter is the lower-case signature over every byte before it.</summary>
    public bool IsSignedWith(string secret)
    {
        const string mark = "&signature=";
        var end = Query.IndexOf(mark, StringComparison.Ordinal);
        if (end < 0) return false;
        var mac = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(Query[..end] + Body));
        return Query[(end + mark.Length)..] == Convert.ToHexStringLower(mac);
    }

    internal static async Task<StubRequest> ReadAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        return new StubRequest(
            context.Request.Method,
            context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget,
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            await reader.ReadToEndAsync());
    }
}

using System.Security.Cryptography;
using System.Text;

namespace Ballast.Mexc;

/// <summary>HMAC-SHA256 as the exchange checks it: over the query and body exactly as they travel, without the signature itself.</summary>
/// <param name="secretKey">The secret half of the API key; it stays in here.</param>
public sealed class MexcSigner(string secretKey)
{
    private readonly byte[] key = Encoding.UTF8.GetBytes(secretKey);

    /// <summary>64 hex digits, lower case: the only case that is documented to be accepted.</summary>
    /// <param name="totalParameters">The raw query without its question mark, directly followed by the raw body, no <c>&amp;</c> between.</param>
    public string Sign(string totalParameters) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(totalParameters)));
}

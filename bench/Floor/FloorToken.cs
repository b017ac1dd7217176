using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Ballast.Floor;

/// <summary>The one costly step of judging a token: its RS256 signature.</summary>
internal static class FloorToken
{
    /// <param name="keySet">JSON as an issuer publishes it, with one key.</param>
    public static bool IsGenuine(string token, byte[] keySet)
    {
        using var set = JsonDocument.Parse(keySet);
        var key = set.RootElement.GetProperty("keys")[0];
        using var rsa = RSA.Create(new RSAParameters { Modulus = Bytes(key, "n"), Exponent = Bytes(key, "e") });
        var end = token.LastIndexOf('.');
        return rsa.VerifyData(
            Encoding.ASCII.GetBytes(token[..end]), Base64Url.DecodeFromChars(token.AsSpan(end + 1)), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    private static byte[] Bytes(JsonElement key, string name) => Base64Url.DecodeFromChars(key.GetProperty(name).GetString());
}

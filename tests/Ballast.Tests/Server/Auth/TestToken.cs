using System.Buffers.Text;
using System.Text;
using System.Text.Json.Nodes;

namespace Ballast.Tests.Server.Auth;

/// <summary>Compact JWTs put together by hand, so that wrong ones can be made as easily as right ones.</summary>
public static class TestToken
{
    public static string Compose(JsonObject header, JsonObject claims, Func<byte[], byte[]> sign) =>
        Compose(header.ToJsonString(), claims.ToJsonString(), sign);

    /// <summary>From parts that need not be JSON.</summary>
    public static string Compose(string header, string claims, Func<byte[], byte[]> sign)
    {
        var content = $"{Part(header)}.{Part(claims)}";
        return $"{content}.{Base64Url.EncodeToString(sign(Encoding.ASCII.GetBytes(content)))}";
    }

    /// <summary>Two parts and an empty signature.</summary>
    public static string ComposeUnsigned(JsonObject header, JsonObject claims) =>
        $"{Part(header.ToJsonString())}.{Part(claims.ToJsonString())}.";

    private static string Part(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}

using System.Security.Cryptography;
using Ballast.Core;

namespace Ballast.Server.Configuration;

/// <summary>
/// What a caller shows to use the API, or to read the metrics. Only its digest is kept: the token appears in no text, and comparing digests tells
/// nothing about how much of a guess was right.
/// </summary>
public sealed class BearerToken
{
    private const int Shortest = 24;

    private readonly byte[] digest;

    private BearerToken(string token, bool show = false) => (digest, Shown) = (Digest(token), show ? token : null);

    /// <summary>The token itself, where it was made for this start and its owner has to be told; null otherwise.</summary>
    public string? Shown { get; }

    public bool Matches(string token) => CryptographicOperations.FixedTimeEquals(digest, Digest(token));

    /// <summary>A token of the moment, for trials on this machine.</summary>
    public static BearerToken New() => new(RandomNumberGenerator.GetHexString(32, lowercase: true), show: true);

    internal static Result<BearerToken> Parse(string text) =>
        text.Length < Shortest
            ? Failure.BadData($"is shorter than {Shortest} characters; write a random one, such as the output of: openssl rand -hex 24")
        : text.Any(letter => !char.IsAscii(letter) || char.IsControl(letter) || letter == ' ')
            ? Failure.BadData("has a space or a character that no header can carry; write letters and digits, such as the output of: openssl rand -hex 24")
        : new BearerToken(text);

    private static byte[] Digest(string token) => SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(token));
}

using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Ballast.Server.SignIn;

/// <summary>
/// The secret of one session: 256 random bits that stand in the caller's cookie and nowhere else. The store knows their digest only, so that who reads
/// the store cannot sign in with what stands there. It shows itself in no text.
/// </summary>
public sealed class SessionId
{
    private const int Length = 32;

    private readonly byte[] bytes;

    private SessionId(byte[] bytes) => this.bytes = bytes;

    public static SessionId New() => new(RandomNumberGenerator.GetBytes(Length));

    /// <summary>Reads what <see cref="Secret"/> gave; false for anything else.</summary>
    public static bool TryParse(string? text, [MaybeNullWhen(false)] out SessionId id)
    {
        var bytes = new byte[Length];
        id = text is not null && Base64Url.IsValid(text, out var decoded) && decoded == Length && Base64Url.TryDecodeFromChars(text, bytes, out _)
            ? new SessionId(bytes) : null;
        return id is not null;
    }

    /// <summary>The name under which the store knows it.</summary>
    public string Digest => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>What goes into the cookie.</summary>
    public string Secret => Base64Url.EncodeToString(bytes);

    /// <summary>
    /// What a page of ours has to send along with a change. It follows from the cookie, which a foreign page makes the browser send but cannot read.
    /// </summary>
    public string CsrfToken => Base64Url.EncodeToString(HMACSHA256.HashData(bytes, "changes of this session"u8));

    public bool MatchesCsrfToken(string? text) => text is not null
        && CryptographicOperations.FixedTimeEquals(System.Text.Encoding.UTF8.GetBytes(text), System.Text.Encoding.UTF8.GetBytes(CsrfToken));
}

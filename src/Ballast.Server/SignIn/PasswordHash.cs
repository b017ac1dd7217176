using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Ballast.Core;

namespace Ballast.Server.SignIn;

/// <summary>
/// What is kept of a password: <c>pbkdf2-sha256.600000.salt.key</c>, salt and key in base64url. The cost stands in it, so that it can be raised later;
/// dots, because shells, URLs and Compose files leave them alone.
/// </summary>
public sealed class PasswordHash
{
    /// <summary>Characters. Length is what makes a password hard to guess; nothing else is asked for.</summary>
    public const int Shortest = 12;

    /// <summary>Rounds of a hash that is made now; about 0.2 s of a processor.</summary>
    public const int Rounds = 600_000;

    private const string Method = "pbkdf2-sha256";
    private const int SaltLength = 16;
    private const int KeyLength = 32;

    /// <summary>More would let a hash that somebody else wrote hold the processor for minutes.</summary>
    private const int MostRounds = 10_000_000;

    private readonly int rounds;
    private readonly byte[] salt;
    private readonly byte[] key;

    private PasswordHash(int rounds, byte[] salt, byte[] key) => (this.rounds, this.salt, this.key) = (rounds, salt, key);

    /// <summary>Matches no password, and takes as long to say so as any other.</summary>
    public static PasswordHash OfNobody { get; } = new(Rounds, new byte[SaltLength], []);

    /// <summary>Whether it was made with less work than is usual now.</summary>
    public bool IsWeak => rounds < Rounds;

    public static PasswordHash Of(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltLength);
        return new PasswordHash(Rounds, salt, Derive(password, salt, Rounds));
    }

    /// <summary>As long for a wrong password as for the right one.</summary>
    public bool Matches(string password) => CryptographicOperations.FixedTimeEquals(key, Derive(password, salt, rounds));

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static Result<PasswordHash> Parse(string text)
    {
        if (text.Split('.') is not [Method, var rounds, var salt, var key]
            || !int.TryParse(rounds, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count is < 1 or > MostRounds
            || !TryDecode(salt, SaltLength, out var saltBytes) || !TryDecode(key, KeyLength, out var keyBytes))
            return Failure.BadData("is not the hash of a password; write the output of: ballast operator hash-password");
        return new PasswordHash(count, saltBytes, keyBytes);
    }

    /// <summary>The same, for a place where nothing raises the cost by itself.</summary>
    public static Result<PasswordHash> ParseStrong(string text) =>
        !Parse(text).TryGet(out var hash, out var failure) ? failure
        : hash.IsWeak ? Failure.BadData($"was made with fewer than {Rounds} rounds; write the output of: ballast operator hash-password")
        : hash;

    /// <summary>What is wrong with a password that is to be set; null when nothing is.</summary>
    public static string? Complaint(string password) =>
        password.Length < Shortest ? $"a password has {Shortest} characters or more; a few words that nobody else would put together are best"
        : password.Any(char.IsControl) ? "a password has no control characters"
        : null;

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Method}.{rounds}.{Base64Url.EncodeToString(salt)}.{Base64Url.EncodeToString(key)}");

    private static byte[] Derive(string password, byte[] salt, int rounds) =>
        Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password), salt, rounds, HashAlgorithmName.SHA256, KeyLength);

    private static bool TryDecode(string text, int length, out byte[] bytes)
    {
        bytes = new byte[length];
        return Base64Url.IsValid(text, out var decoded) && decoded == length && Base64Url.TryDecodeFromChars(text, bytes, out _);
    }
}

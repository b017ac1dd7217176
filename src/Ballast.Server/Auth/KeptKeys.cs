using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Ballast.Core;
using Ballast.Core.Ticks;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Ballast.Server.Auth;

/// <summary>
/// The issuer's keys, kept in the store for as long as they are fresh, so that a cold start need not ask the issuer. They are sealed with a
/// key that the store does not know: whoever can write to the store still cannot make a scheduler.
/// </summary>
/// <param name="sealKey">Secret of this deployment; the same at every start.</param>
/// <param name="read">What was written last; null when there is nothing, or it expired.</param>
/// <param name="write">Writes a text that expires after a time.</param>
public sealed partial class KeptKeys(
    string issuer, byte[] sealKey, Func<Task<string?>> read, Func<string, TimeSpan, Task> write, TimeProvider clock, ILogger<KeptKeys> log)
{
    /// <summary>What is kept and how long ago it was read. Null when there is nothing that can be used; then the issuer has to be asked.</summary>
    internal async Task<(OpenIdConnectConfiguration Published, TimeSpan Age)?> FindAsync()
    {
        try
        {
            return await read() is { } text ? Open(text) : null;
        }
        catch (StoreUnavailableException outage)
        {
            LogUnread(outage.Message);
            return null;
        }
    }

    /// <summary>Keeps keys that were read <paramref name="age"/> ago, unless one of them is of a kind that is not kept.</summary>
    internal async Task KeepAsync(OpenIdConnectConfiguration published, TimeSpan age)
    {
        var keys = published.SigningKeys.OfType<RsaSecurityKey>().Where(key => key is { KeyId: not null, Parameters.Modulus: not null }).ToArray();
        var left = IssuerKeys.Freshness - age;
        if (keys.Length != published.SigningKeys.Count || left <= TimeSpan.Zero)
            return;
        var lines = keys.Select(key =>
            $"{Text(Encoding.UTF8.GetBytes(key.KeyId))} {Text(key.Parameters.Modulus!)} {Text(key.Parameters.Exponent!)}");
        var body = string.Join('\n', [issuer, UtcText.Write(clock.GetUtcNow() - age), .. lines]);
        try
        {
            await write($"{Seal(body)}\n{body}", left);
        }
        catch (StoreUnavailableException outage)
        {
            LogUnwritten(outage.Message);
        }
    }

    private (OpenIdConnectConfiguration, TimeSpan)? Open(string text)
    {
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        if (end < 0 || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(text[..end]), Encoding.UTF8.GetBytes(Seal(text[(end + 1)..]))))
        {
            LogUnsealed();
            return null;
        }
        // What bears the seal was written by this program; another issuer's was written before the settings changed.
        var lines = text[(end + 1)..].Split('\n');
        if (lines[0] != issuer || !UtcText.TryRead(lines[1], out var readAt) || clock.GetUtcNow() - readAt is not { Ticks: >= 0 } age || age >= IssuerKeys.Freshness)
            return null;
        var published = new OpenIdConnectConfiguration { Issuer = issuer };
        foreach (var line in lines.Skip(2))
        {
            var parts = line.Split(' ');
            var numbers = new RSAParameters { Modulus = Bytes(parts[1]), Exponent = Bytes(parts[2]) };
            published.SigningKeys.Add(new RsaSecurityKey(numbers) { KeyId = Encoding.UTF8.GetString(Bytes(parts[0])) });
        }
        return (published, age);
    }

    private static string Text(byte[] bytes) => Base64Url.EncodeToString(bytes);

    private static byte[] Bytes(string text) => Base64Url.DecodeFromChars(text);

    private string Seal(string body) => Convert.ToHexStringLower(HMACSHA256.HashData(sealKey, Encoding.UTF8.GetBytes(body)));

    [LoggerMessage(Level = LogLevel.Information, Message = "The issuer's keys could not be read from the store ({Why}); the issuer is asked")]
    private partial void LogUnread(string why);

    [LoggerMessage(Level = LogLevel.Information, Message = "The issuer's keys could not be kept in the store ({Why}); the next cold start asks the issuer")]
    private partial void LogUnwritten(string why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The issuer's keys in the store do not bear this deployment's seal and are not used; the issuer is asked")]
    private partial void LogUnsealed();
}

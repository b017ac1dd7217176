using System.Security.Cryptography;
using Ballast.Core;

namespace Ballast.Server.Configuration;

/// <summary>
/// The keys of a paper exchange that stands alone: made once and kept, so that what its clients are configured with stays valid. The file is a
/// piece of shell that sets <c>MEXC_API_KEY</c> and <c>MEXC_SECRET_KEY</c>, readable by its owner alone. Not a record: a record would print its secret.
/// </summary>
internal sealed class PaperKeys
{
    private PaperKeys(string path, string apiKey, string secretKey, bool made) => (Path, ApiKey, SecretKey, Made) = (path, apiKey, secretKey, made);

    /// <summary>Absolute.</summary>
    public string Path { get; }

    public string ApiKey { get; }

    public string SecretKey { get; }

    /// <summary>Whether they are new, so that their owner has to be told.</summary>
    public bool Made { get; }

    /// <param name="renew">Makes new ones although there are some.</param>
    /// <exception cref="IOException">The file cannot be read or written; the message says what to do.</exception>
    /// <exception cref="UnauthorizedAccessException">The directory belongs to somebody else.</exception>
    public static PaperKeys Open(string dataDirectory, bool renew)
    {
        var path = System.IO.Path.Combine(System.IO.Path.GetFullPath(dataDirectory), "paper", "keys.env");
        return !renew && File.Exists(path) ? Read(path) : Make(path);
    }

    private static PaperKeys Read(string path)
    {
        var lines = File.ReadAllLines(path);
        return Value(lines, MexcKeys.ApiKeyName) is { } apiKey && Value(lines, MexcKeys.SecretKeyName) is { } secretKey
            ? new PaperKeys(path, apiKey, secretKey, made: false)
            : throw new IOException($"{path} does not hold a pair of keys; start once with --new-keys to make new ones");
    }

    private static string? Value(IEnumerable<string> lines, string name) =>
        lines.FirstOrDefault(line => line.StartsWith(name + "=", StringComparison.Ordinal))?[(name.Length + 1)..].Trim() is { Length: > 0 } value
        && value.All(char.IsAsciiLetterOrDigit) ? value : null;

    // Written whole under another name first: a crash leaves the old keys or the new ones.
    private static PaperKeys Make(string path)
    {
        var keys = new PaperKeys(path, "mx0" + RandomNumberGenerator.GetHexString(16, lowercase: true), RandomNumberGenerator.GetHexString(32, lowercase: true), made: true);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        var draft = path + ".new";
        File.Delete(draft);
        using (var file = new StreamWriter(draft, OwnerOnly()))
            file.Write($"{MexcKeys.ApiKeyName}={keys.ApiKey}\n{MexcKeys.SecretKeyName}={keys.SecretKey}\n");
        File.Move(draft, path, overwrite: true);
        return keys;
    }

    private static FileStreamOptions OwnerOnly()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }
}

using System.IO.Compression;
using System.Security.Cryptography;

namespace Ballast.Server.Dashboard;

/// <summary>
/// One file of the dashboard as it lies in the program, compressed with Brotli. Other encodings are made of it when a caller first asks for one, and
/// kept: browsers take Brotli from secure addresses only, and a script may take none at all.
/// </summary>
/// <param name="compressed">The file, compressed with Brotli.</param>
/// <param name="hashed">Whether its name changes with its contents, so that it may be kept for ever.</param>
internal sealed class DashboardFile(byte[] compressed, string contentType, bool hashed)
{
    public const string Brotli = "br";
    public const string Gzip = "gzip";

    private readonly string digest = Convert.ToHexStringLower(SHA256.HashData(compressed).AsSpan(0, 10));
    private readonly Lock gate = new();
    private byte[]? plain;
    private byte[]? zipped;

    public string ContentType => contentType;

    public string CacheControl => hashed ? "public, max-age=31536000, immutable" : "no-cache";

    public bool IsPage => contentType.StartsWith("text/html", StringComparison.Ordinal);

    /// <param name="encoding"><see cref="Brotli"/>, <see cref="Gzip"/> or null for the file itself.</param>
    public string Tag(string? encoding) => $"\"{digest}-{encoding ?? "plain"}\"";

    /// <param name="encoding"><see cref="Brotli"/>, <see cref="Gzip"/> or null for the file itself.</param>
    public byte[] Bytes(string? encoding)
    {
        if (encoding == Brotli)
            return compressed;
        lock (gate)
        {
            plain ??= Decompressed();
            return encoding is null ? plain : zipped ??= Zipped(plain);
        }
    }

    private byte[] Decompressed()
    {
        using var file = new MemoryStream();
        using (var stream = new BrotliStream(new MemoryStream(compressed), CompressionMode.Decompress))
            stream.CopyTo(file);
        return file.ToArray();
    }

    private static byte[] Zipped(byte[] file)
    {
        using var zipped = new MemoryStream();
        using (var stream = new GZipStream(zipped, CompressionLevel.SmallestSize))
            stream.Write(file);
        return zipped.ToArray();
    }
}

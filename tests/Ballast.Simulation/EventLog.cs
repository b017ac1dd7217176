using System.Security.Cryptography;
using System.Text;
using Ballast.Core;

namespace Ballast.Simulation;

/// <summary>What happened, line by line. Kept only when somebody wants to read it: a seed tells the same story again at any time.</summary>
internal sealed class EventLog(bool kept)
{
    private readonly List<string> lines = [];

    public bool Kept => kept;

    public IReadOnlyList<string> Lines => lines;

    /// <summary>SHA-256 over all lines.</summary>
    public string Digest => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', lines))));

    public void Write(DateTimeOffset at, FormattableString text)
    {
        if (kept)
            lines.Add($"{UtcText.Write(at)} {FormattableString.Invariant(text)}");
    }
}

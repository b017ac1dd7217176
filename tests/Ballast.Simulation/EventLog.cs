using System.Globalization;
using System.Runtime.CompilerServices;
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

    public void Write(DateTimeOffset at, string text) => lines.Add($"{UtcText.Write(at)} {text}");
}

/// <summary>A line of the log, invariant. It costs nothing where none is kept: the compiler then leaves out what would have been put into it.</summary>
[InterpolatedStringHandler]
internal ref struct Line
{
    private DefaultInterpolatedStringHandler text;

    public Line(int literalLength, int formattedCount, World world, out bool kept)
    {
        kept = world.IsTold;
        text = kept ? new DefaultInterpolatedStringHandler(literalLength, formattedCount, CultureInfo.InvariantCulture) : default;
    }

    public void AppendLiteral(string value) => text.AppendLiteral(value);

    public void AppendFormatted<T>(T value) => text.AppendFormatted(value);

    public void AppendFormatted<T>(T value, string? format) => text.AppendFormatted(value, format);

    public string ToStringAndClear() => text.ToStringAndClear();
}

using System.Security.Cryptography;
using System.Text;
using Ballast.Core;

namespace Ballast.Server.Notices;

/// <summary>What a notice is about; each can be switched off by its own setting.</summary>
public enum NoticeKind
{
    /// <summary>An order left, and what came of it.</summary>
    Order,

    /// <summary>An order was planned and did not leave, or the exchange said no.</summary>
    Refused,

    /// <summary>An order left, and nobody knows what became of it.</summary>
    Unknown,

    /// <summary>An order waits for its owner, or somebody has decided about it.</summary>
    Proposal,

    Halt,
    Mode,
    Books,

    /// <summary>Ticks fail, or work again.</summary>
    Failure,

    Summary,

    /// <summary>Stands for several others, beyond the most that a channel is sent in an hour.</summary>
    Digest,

    Test,
}

/// <summary>In ascending order: a channel may ask for the upper part only.</summary>
public enum Severity
{
    Info,
    Warning,
    Alarm,
}

/// <summary>One message to the owner, the same for every channel.</summary>
/// <param name="Id">The same however often it is sent: 16 hexadecimal digits.</param>
/// <param name="Tick">Null for what did not happen in a tick.</param>
/// <param name="Title">One short line that begins with the pair.</param>
/// <param name="Facts">The figures of the text for programs, by name; decimals and times as text.</param>
/// <param name="Proposal">The key of the proposal that this can be answered with, see <see cref="ProposalKey"/>; null elsewhere.</param>
public sealed record Notice(
    string Id,
    NoticeKind Kind,
    Severity Severity,
    DateTimeOffset At,
    string Symbol,
    string? Tick,
    string Title,
    string Text,
    IReadOnlyDictionary<string, string> Facts,
    string? Proposal = null)
{
    /// <summary>A function of what it is about, so that the same thing told twice has one id.</summary>
    public static string IdOf(Symbol symbol, string origin, string topic) => Digest($"{symbol}\n{origin}\n{topic}");

    /// <summary>Names a proposal by its tick, short enough for a button: an old button never means a newer proposal.</summary>
    public static string ProposalKey(string tick) => Digest(tick);

    /// <summary>Names a message that stands for several.</summary>
    public static string IdOf(IEnumerable<string> covered) => Digest(string.Join(' ', covered));

    private static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];
}

using Ballast.Core;
using Ballast.Core.Ticks;

namespace Ballast.Server.Notices;

/// <summary>What one tick gives to tell, while it is put together: notices, and what is to be remembered as told.</summary>
internal sealed class Edition(TickReport report, Symbol symbol)
{
    private readonly IReadOnlyDictionary<string, string> told = report.Before?.Told?.Topics ?? new Dictionary<string, string>();
    private readonly Dictionary<string, string> topics = [];
    private readonly List<Notice> notices = [];

    public TickReport Report => report;

    public DateTimeOffset At => report.Timestamp;

    public IReadOnlyList<Notice> Notices => notices;

    /// <summary>Only those that have changed.</summary>
    public IReadOnlyDictionary<string, string> Topics => topics;

    /// <summary>The pair's own names; those of the symbol where the exchange's rules are not known.</summary>
    public string Coin => report.Rules?.Base ?? symbol.Name;

    public string Quote => report.Rules?.Quote ?? "quote";

    /// <summary>What was last told of a topic; null when nothing ever was.</summary>
    public string? Told(string topic) => told.GetValueOrDefault(topic);

    public void Remember(string topic, string value)
    {
        if (Told(topic) != value)
            topics[topic] = value;
    }

    /// <param name="topic">Tells notices of one tick apart.</param>
    public void Tell(
        NoticeKind kind, Severity severity, string topic, string title, string text,
        IReadOnlyDictionary<string, string>? facts = null, string? proposal = null) =>
        notices.Add(new Notice(
            Notice.IdOf(symbol, report.Request.Id.Text, topic), kind, severity, At, symbol.Name, report.Request.Id.Text,
            $"{symbol.Name}: {title}", text, facts ?? new Dictionary<string, string>(), proposal));
}

using System.Diagnostics.Metrics;
using Ballast.Server.Telemetry;

namespace Ballast.Server.Notices;

/// <summary>Counts what became of notices, and of what came in by Telegram. Made only where somebody is notified.</summary>
internal sealed class NoticeMeasures(IMeterFactory meters)
{
    private readonly Counter<long> notices = meters.Create(Measures.Name).CreateCounter<long>(
        "ballast.notices", "{notice}", "Notices by channel and by what became of them; one that failed counts again when it is tried again.");

    private readonly Counter<long> updates = meters.Create(Measures.Name).CreateCounter<long>(
        "ballast.telegram.updates", "{update}", "What came in by Telegram, by what became of it.");

    /// <param name="outcome"><c>sent</c>, <c>refused</c>, <c>failed</c> or <c>given_up</c>.</param>
    public void Notice(Channel channel, string outcome, int count = 1) =>
        notices.Add(count, new KeyValuePair<string, object?>("channel", channel.Kind), new KeyValuePair<string, object?>("outcome", outcome));

    /// <param name="outcome"><c>handled</c>, <c>repeated</c>, <c>stranger</c>, <c>ignored</c> or <c>unproven</c>.</param>
    public void Update(string outcome) => updates.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
}

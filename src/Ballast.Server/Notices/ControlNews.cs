using Ballast.Core;
using Ballast.Core.Books;
using Ballast.Core.Trading;
using Ballast.Server.Tasks;
using StackExchange.Redis;

namespace Ballast.Server.Notices;

/// <summary>What is told of what an owner does beside the ticks. It goes into the outbox with the write that it is about.</summary>
public sealed class ControlNews
{
    private readonly Outbox outbox;
    private readonly bool always;

    /// <param name="always">False for a command, which does not know whether anybody is notified: the store does.</param>
    internal ControlNews(Outbox outbox, bool always) => (this.outbox, this.always) = (outbox, always);

    internal Task<bool> IsHeardAsync() => always ? Task.FromResult(true) : outbox.IsUsedAsync();

    internal IEnumerable<Task> Write(ITransaction write, News told) => outbox.Write(write, told);

    internal News Halted(Halt halt, DateTimeOffset now) => Of(
        NoticeKind.Halt, Severity.Alarm, now, "trading is halted", $"Halted by {halt.By}: {halt.Reason}\nNo order leaves until it is lifted.",
        new() { ["by"] = halt.By, ["reason"] = halt.Reason }, (StandingNews.HaltTopic, StandingNews.KeyOf(halt)));

    internal News Resumed(string by, string reason, DateTimeOffset now) => Of(
        NoticeKind.Halt, Severity.Info, now, "trading goes on", $"The halt was lifted by {by}: {reason}",
        new() { ["by"] = by, ["reason"] = reason }, (StandingNews.HaltTopic, ""));

    /// <summary>Where the configuration allows less, the next tick says so.</summary>
    internal News ModeSet(ModeChange mode, DateTimeOffset now) => Of(
        NoticeKind.Mode, Severity.Warning, now, $"the mode is {TaskAnswer.Lower(mode.Mode)}", $"Set by {mode.By}: {mode.Reason}",
        new() { ["mode"] = TaskAnswer.Lower(mode.Mode), ["by"] = mode.By, ["reason"] = mode.Reason }, (StandingNews.ModeTopic, TaskAnswer.Lower(mode.Mode)));

    /// <param name="decision"><c>approved</c> or <c>rejected</c>.</param>
    internal News Decided(Proposal proposal, string decision, string by, DateTimeOffset now)
    {
        var side = proposal.Side == Side.Buy ? "BUY" : "SELL";
        return Of(
            NoticeKind.Proposal, Severity.Info, now, $"{side} {proposal.Quantity} is {decision}", $"By {by}.",
            new() { ["side"] = side, ["quantity"] = $"{proposal.Quantity}", ["decision"] = decision, ["by"] = by, ["proposed_by"] = proposal.Tick });
    }

    private News Of(
        NoticeKind kind, Severity severity, DateTimeOffset now, string title, string text, Dictionary<string, string> facts,
        (string Topic, string Value)? told = null)
    {
        var id = Notice.IdOf(outbox.Symbol, UtcText.Write(now), $"{kind} {title} {text}");
        var notice = new Notice(id, kind, severity, now, outbox.Symbol.Name, null, $"{outbox.Symbol.Name}: {title}", text, facts);
        return new News([notice], told is { } topic ? new Dictionary<string, string> { [topic.Topic] = topic.Value } : []);
    }
}

using System.Globalization;
using Ballast.Core;
using Ballast.Core.Ticks;
using Ballast.Core.Trading;
using Ballast.Server.Tasks;

namespace Ballast.Server.Notices;

/// <summary>What is told when something stands otherwise than it was last told: the halt, the mode, the books, whether ticks work.</summary>
internal static class StandingNews
{
    public const string HaltTopic = "halt";
    public const string ModeTopic = "mode";
    private const string BooksTopic = "books";
    private const string FailingTopic = "failing";

    /// <summary>In a row: the first, and then ever more rarely; from a day on once a day.</summary>
    private const int TicksOfADay = 96;

    public static void Write(Edition edition)
    {
        WriteHalt(edition);
        WriteMode(edition);
        WriteBooks(edition);
        WriteFailure(edition);
    }

    /// <summary>Tells one halt from another; empty for none.</summary>
    public static string KeyOf(Halt? halt) => halt is null ? "" : $"{(halt.Since is { } since ? UtcText.Write(since) : "")}|{halt.By}|{halt.Reason}";

    private static void WriteHalt(Edition edition)
    {
        if (edition.Report is not { Trading: { } trading, Before: { } before } || !before.Trading.TryGet(out var stored, out _))
            return;
        var halt = trading.NewHalt ?? stored.Halt;
        var told = edition.Told(HaltTopic) ?? "";
        if (KeyOf(halt) == told)
            return;
        edition.Remember(HaltTopic, KeyOf(halt));
        if (halt is null)
            edition.Tell(NoticeKind.Halt, Severity.Info, "halt", "trading goes on", "The halt was lifted.");
        else
            edition.Tell(
                NoticeKind.Halt, Severity.Alarm, "halt", "trading is halted",
                $"Halted by {halt.By}{(halt.Since is { } since ? $" at {Figures.Time(since)}" : "")}: {halt.Reason}\nNo order leaves until it is lifted.",
                new Dictionary<string, string> { ["by"] = halt.By, ["reason"] = halt.Reason });
    }

    private static void WriteMode(Edition edition)
    {
        if (edition.Report.Trading is not { } trading)
            return;
        var mode = TaskAnswer.Lower(edition.Report.Mode);
        var told = edition.Told(ModeTopic);
        edition.Remember(ModeTopic, mode);
        if (told is null || told == mode)
            return;
        var set = trading.NewMode ?? (edition.Report.Before!.Trading.TryGet(out var stored, out _) ? stored.Mode : null);
        edition.Tell(
            NoticeKind.Mode, Severity.Warning, "mode", $"the mode is {mode}",
            set is not null ? $"It was {told}. Set by {set.By}: {set.Reason}" : $"It was {told}, and is now as the configuration says.",
            new Dictionary<string, string> { ["mode"] = mode, ["before"] = told });
    }

    private static void WriteBooks(Edition edition)
    {
        if (edition.Report.Books is not { } kept || !kept.TryGet(out var books, out _) || books.Ledger.Standing is not { } standing)
            return;
        var (now, told) = (standing.Balanced ? "balanced" : "unproven", edition.Told(BooksTopic));
        edition.Remember(BooksTopic, now);
        if (told == now || (told is null && standing.Balanced))
            return;
        if (standing.Balanced)
            edition.Tell(NoticeKind.Books, Severity.Info, "books", "the books are balanced again", "They explain the balances to the last unit.");
        else
            edition.Tell(
                NoticeKind.Books, Severity.Warning, "books", "the books are unproven",
                $"Since {Figures.Time(standing.Since!.Value)}: {standing.Explain(edition.Coin, edition.Quote)}.\n"
                    + "No figure of profit is proven until this is explained.",
                new Dictionary<string, string> { ["since"] = UtcText.Write(standing.Since.Value) });
    }

    private static void WriteFailure(Edition edition)
    {
        var (report, told) = (edition.Report, edition.Told(FailingTopic)?.Split('|'));
        var count = told is [var number, _] && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var known) ? known : 0;
        var since = told is [_, var text] && UtcText.TryRead(text, out var time) ? time : edition.At;
        if (Failures(report) is { Count: > 0 } failures)
        {
            count++;
            edition.Remember(FailingTopic, string.Create(CultureInfo.InvariantCulture, $"{count}|{UtcText.Write(since)}"));
            if (IsTold(count))
                edition.Tell(
                    NoticeKind.Failure, count == 1 ? Severity.Warning : Severity.Alarm, "failing",
                    count == 1 ? "a tick failed" : string.Create(CultureInfo.InvariantCulture, $"{count} ticks in a row failed"),
                    $"{string.Join('\n', failures)}{(count == 1 ? "" : $"\nSince {Figures.Time(since)}.")}",
                    new Dictionary<string, string> { ["failures"] = count.ToString(CultureInfo.InvariantCulture), ["since"] = UtcText.Write(since) });
        }
        // A tick that leaves the books alone does not know whether they can be kept again.
        else if (count > 0 && report.Books is not null)
        {
            edition.Remember(FailingTopic, "");
            edition.Tell(
                NoticeKind.Failure, Severity.Info, "failing", "ticks work again",
                string.Create(CultureInfo.InvariantCulture, $"{count} in a row had failed since {Figures.Time(since)}."));
        }
    }

    private static bool IsTold(int count) => count is 1 or 4 or 16 || count % TicksOfADay == 0;

    private static List<string> Failures(TickReport report)
    {
        var failures = new List<string>(2);
        if (report.Plan.Failure is { } plan)
            failures.Add($"No plan: {plan.Reason}");
        if (report.Books?.Failure is { } books)
            failures.Add($"No books: {books.Reason}");
        return failures;
    }
}

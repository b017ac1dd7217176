using System.CommandLine;
using Ballast.Core;
using Ballast.Core.Trading;
using Ballast.Server.Explain;
using Ballast.Server.Store;
using Ballast.Server.Terminal;

namespace Ballast.Server.Commands;

/// <summary><c>ballast explain</c>: the sum of a recorded decision, line by line.</summary>
internal sealed class ExplainCommand(Func<Func<StoreSession, Task<int>>, Task<int>> withStore, CommandOutput output, Func<IEnumerable<string>> suggest)
{
    private const string Latest = "latest";

    /// <summary>So many of what could be meant are listed.</summary>
    private const int MostListed = 10;

    public Command Command()
    {
        var tick = new Argument<string>("tick")
        {
            HelpName = "tick",
            Description = "A tick's name, the beginning or the ending of one, or the beginning of its time in UTC, such as 2026-01-01T12:15; or latest.",
            DefaultValueFactory = _ => Latest,
        };
        tick.CompletionSources.Add(_ => suggest().Prepend(Latest));
        var command = new Command("explain", "Print the sum of a recorded decision line by line, and what became of its order.") { tick };
        command.SetAction((parsed, _) => withStore(session => ExplainAsync(session, parsed.GetValue(tick)!)));
        return command;
    }

    private async Task<int> ExplainAsync(StoreSession session, string wanted)
    {
        var found = new List<StoredPlan>();
        var (kept, unreadable) = (0, 0);
        DateTime? oldest = null;
        await foreach (var row in session.Archive.PlansAsync(DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue))
        {
            if (!row.TryGet(out var plan, out _))
            {
                unreadable++;
                continue;
            }
            (kept, oldest) = (kept + 1, plan.Timestamp);
            if (plan.Tick == wanted || wanted == Latest)
                return await TellAsync(session, plan, unreadable);
            // A tick that was tried again has more than one row; the newest is the one that counts.
            if (Means(plan, wanted) && found.TrueForAll(other => other.Tick != plan.Tick))
                found.Add(plan);
        }
        return found switch
        {
            [var one] => await TellAsync(session, one, unreadable),
            [] => output.Refuse(Missing(wanted, kept, oldest, unreadable), ExitCode.Refused),
            _ => output.Refuse(
                $"'{wanted}' can mean {found.Count} ticks; write more of one's name or time; the newest:",
                ExitCode.Refused, [.. found.Take(MostListed).Select(plan => plan.Tick)]),
        };
    }

    private static bool Means(StoredPlan plan, string wanted) =>
        plan.Tick.StartsWith(wanted, StringComparison.Ordinal) || plan.Tick.EndsWith(wanted, StringComparison.Ordinal)
        || UtcText.Write(StoredTime.Read(plan.Timestamp)).StartsWith(wanted.Replace(' ', 'T'), StringComparison.Ordinal);

    private static string Missing(string wanted, int kept, DateTime? oldest, int unreadable) =>
        (oldest is { } first ? $"no tick is kept that '{wanted}' could mean; the {kept} that are go back to {first:u}"
            : "no tick is kept yet; run one: ballast tick")
        + Unreadable(unreadable);

    private static string Unreadable(int rows) => rows == 0 ? "" : $"; {rows} row{(rows == 1 ? "" : "s")} of the history cannot be read";

    private async Task<int> TellAsync(StoreSession session, StoredPlan plan, int unreadable)
    {
        // Older records do not name their order; its name follows from the tick's.
        var order = plan.Action is "BUY" or "SELL" && plan.Mode != "observe"
            ? await session.Archive.OrderAsync(plan.Order?.ClientOrderId ?? OrderIntent.IdOf(session.Symbol, plan.Tick)) : null;
        if (unreadable > 0)
            CommandOutput.Note($"newer than this tick{Unreadable(unreadable)}");
        var explained = new ExplainedTick(plan, order, Explanation.Of(plan, order));
        return output.Print(explained, CommandJson.Default.ExplainedTick, Lines);
    }

    internal static IEnumerable<string> Lines(ExplainedTick explained, Screen screen)
    {
        var plan = explained.Plan;
        yield return screen.Bold(explained.Explanation.Headline);
        yield return $"tick {plan.Tick}, {UtcText.Write(StoredTime.Read(plan.Timestamp))}, mode {plan.Mode}";
        yield return "";
        var table = new Table(new("Step"), new("Sum"));
        foreach (var line in explained.Explanation.Lines)
            table.Add(line.Label, line.Sum);
        foreach (var line in table.Lines(screen))
            yield return line;
    }
}

/// <param name="Order">What became of the plan's order; absent as long as that is not known, and where there was none.</param>
internal sealed record ExplainedTick(StoredPlan Plan, StoredOrder? Order, Explanation Explanation);

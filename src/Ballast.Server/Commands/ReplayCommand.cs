using System.CommandLine;
using System.Globalization;
using Ballast.Core;
using Ballast.Core.Planning;
using Ballast.Server.Explain;
using Ballast.Server.Store;
using Ballast.Server.Terminal;

namespace Ballast.Server.Commands;

/// <summary><c>ballast replay</c>: recorded ticks, decided again under other settings.</summary>
internal sealed class ReplayCommand(Func<Func<StoreSession, Task<int>>, Task<int>> withStore, CommandOutput output, TimeProvider clock)
{
    /// <summary>People are shown so many changed decisions; --all shows the rest, and programs get all of them.</summary>
    private const int MostShown = 20;

    /// <summary>The names that run-time settings have, as options.</summary>
    private static readonly (string Setting, string Description)[] Policies =
    [
        ("target_ratio", "Share of the value to hold in the coin, such as 0.5 or 50%."),
        ("threshold", "Deviation that is worth a trade, such as 0.02 or 2%."),
        ("min_notional", "The same as an amount of the quote asset, such as 10."),
        ("rebalance_to", "target or edge."),
        ("sides", "both, buy-only or sell-only."),
    ];

    public Command Command()
    {
        var from = new Option<string?>("--from") { Description = "First day or time, UTC, such as 2026-01-01 or 2026-01-01T12:00:00Z." };
        var to = new Option<string?>("--to") { Description = "Last day or time, included." };
        var all = new Option<bool>("--all") { Description = $"List every decision that would have been another, not only the newest {MostShown}." };
        var command = new Command("replay", "Decide recorded ticks again under other settings, each for itself, and compare.") { from, to };
        var changes = Policies.Select(policy => (policy.Setting, Option: Changing(policy))).ToList();
        foreach (var (_, option) in changes)
            command.Options.Add(option);
        command.Options.Add(all);
        command.SetAction(async (parsed, cancel) =>
        {
            var settings = changes.Where(change => parsed.GetValue(change.Option) is not null)
                .ToDictionary(change => change.Setting, change => parsed.GetValue(change.Option)!, StringComparer.Ordinal);
            if (settings.Count == 0)
                return output.Refuse("there is nothing to decide otherwise; change a setting, such as --threshold 2%", ExitCode.Usage);
            if (!Policy.Default.With(settings).TryGet(out _, out var failure)
                || !Moments.Read(parsed.GetValue(from), DateTimeOffset.UnixEpoch, endOfDay: false).TryGet(out var first, out failure)
                || !Moments.Read(parsed.GetValue(to), DateTimeOffset.MaxValue, endOfDay: true).TryGet(out var last, out failure))
                return output.Refuse(failure.Reason, ExitCode.Usage);
            return await withStore(session => ReplayAsync(session, settings, first, last, parsed.GetValue(all)));
        });
        return command;
    }

    private static Option<string?> Changing((string Setting, string Description) policy) =>
        new($"--{policy.Setting.Replace('_', '-')}") { Description = policy.Description };

    private async Task<int> ReplayAsync(StoreSession session, Dictionary<string, string> settings, DateTimeOffset from, DateTimeOffset to, bool all)
    {
        var (redecision, changed, done) = (new Redecision(), new List<ChangedDecision>(), 0);
        var rows = Console.IsErrorRedirected ? 0 : await session.Archive.CountPlansAsync();
        using (var progress = Progress.Begin("deciding again", clock))
        {
            await foreach (var row in session.Archive.PlansAsync(from, to))
            {
                progress.Report(++done, rows);
                var plan = redecision.Add(row, policy => Changed(policy, settings));
                if (plan is not null && row.TryGet(out var recorded, out _) && ChangedDecision.Between(recorded, plan) is { } change)
                    changed.Add(change);
            }
        }
        if (done == 0)
            return output.Refuse("no tick is recorded in that time", ExitCode.Refused);
        return output.Print(
            new ReplayAnswer(settings, redecision.Summary(), changed), CommandJson.Default.ReplayAnswer,
            (answer, screen) => Lines(answer, all ? int.MaxValue : MostShown, screen));
    }

    // They have been read once before.
    private static Policy Changed(Policy policy, Dictionary<string, string> settings) =>
        policy.With(settings).TryGet(out var changed, out var failure) ? changed : throw new InvalidOperationException(failure.Reason);

    private static IEnumerable<string> Lines(ReplayAnswer answer, int most, Screen screen)
    {
        var (summary, changed) = (answer.Summary, answer.Changed);
        var with = string.Join(", ", answer.Settings.Select(set => $"{set.Key} {set.Value}"));
        yield return string.Create(CultureInfo.InvariantCulture, $"{summary.Ticks} ticks from {summary.From:u} to {summary.To:u}, decided again with {with}");
        yield return "";
        foreach (var line in Totals(summary).Lines(screen))
            yield return line;
        if (changed.Count > 0)
        {
            yield return "";
            var table = new Table(new("Time"), new("Tick"), new("Recorded"), new("Now"), new("Reason"));
            foreach (var change in changed.Take(most))
            {
                table.Add(
                    UtcText.Write(StoredTime.Read(change.Timestamp)), change.Tick,
                    Words(change.Before, change.QuantityBefore), Words(change.After, change.QuantityAfter), change.Reason);
            }
            foreach (var line in table.Lines(screen))
                yield return line;
            if (changed.Count > most)
                yield return $"and {changed.Count - most} older ones; --all lists them";
        }
        yield return "";
        if (summary.WithoutPlan > 0)
            yield return $"{summary.WithoutPlan} of them had no plan and count in neither sum.";
        if (summary.Unreadable > 0)
            yield return $"{summary.Unreadable} rows of the history cannot be read and are left out.";
        if (summary.Assumed > 0)
            yield return $"{summary.Assumed} are of an older version, which did not record the exchange's minimum: only what their checks show is kept to.";
        foreach (var line in Terminal.Words.Wrap(summary.Note, screen.Width ?? int.MaxValue))
            yield return line;
    }

    private static Table Totals(RedecisionSummary summary)
    {
        var table = new Table(new(""), new("Recorded", Right: true), new("Now", Right: true));
        var (before, after) = (summary.Before, summary.After);
        return table
            .Add("purchases", Figures.Text(before.Buys), Figures.Text(after.Buys))
            .Add("sales", Figures.Text(before.Sells), Figures.Text(after.Sells))
            .Add("holds", Figures.Text(before.Holds), Figures.Text(after.Holds))
            .Add("turnover", Figures.Short(before.Turnover), Figures.Short(after.Turnover))
            .Add("fees", Figures.Short(before.Fees), Figures.Short(after.Fees));
    }

    private static string Words(string action, decimal quantity) => action == "HOLD" ? action : $"{action} {Figures.Text(quantity)}";
}

/// <param name="Settings">What was changed, by the names of run-time settings.</param>
/// <param name="Changed">The decisions that would have been others, newest first.</param>
internal sealed record ReplayAnswer(IReadOnlyDictionary<string, string> Settings, RedecisionSummary Summary, IReadOnlyList<ChangedDecision> Changed);

/// <param name="Reason">Of the new decision.</param>
internal sealed record ChangedDecision(
    string Tick, DateTime Timestamp, string Before, decimal QuantityBefore, string After, decimal QuantityAfter, string Reason)
{
    /// <returns>Null when it is the same.</returns>
    public static ChangedDecision? Between(StoredPlan recorded, Plan plan)
    {
        var (action, quantity) = (plan.Action.ToString().ToUpperInvariant(), Decimals.Trim(plan.Quantity.Value));
        return action == recorded.Action && quantity == recorded.Quantity ? null
            : new ChangedDecision(recorded.Tick, recorded.Timestamp, recorded.Action!, recorded.Quantity ?? 0, action, quantity, plan.Reason);
    }
}

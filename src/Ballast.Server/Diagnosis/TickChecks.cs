using System.Globalization;
using Ballast.Core;
using Ballast.Core.Books;
using Ballast.Core.Ticks;
using Ballast.Core.Trading;
using Ballast.Server.Configuration;
using Ballast.Server.Tasks;

namespace Ballast.Server.Diagnosis;

/// <summary>What the store remembers of ticks, orders and books.</summary>
internal static class TickChecks
{
    private const string RunOne = "ballast tick";

    /// <summary>How far ticks are apart: as scheduled, or as they came where they come less often.</summary>
    public static TimeSpan Interval(ScheduleSettings schedule, IReadOnlyList<HistoryLine> newest)
    {
        var scheduled = TimeSpan.FromMinutes(schedule.EveryMinutes);
        if (schedule.Enabled || newest.Count < 4)
            return scheduled;
        var gaps = newest.Zip(newest.Skip(1), (later, earlier) => later.At - earlier.At).Order().ToList();
        return gaps[gaps.Count / 2] is var usual && usual > scheduled ? usual : scheduled;
    }

    public static Finding LastTick(ScheduleSettings schedule, IReadOnlyList<HistoryLine> newest, DateTimeOffset now)
    {
        var start = schedule.Enabled
            ? "start the server and leave it running (ballast serve): its own clock is on"
            : "see that the scheduler still calls POST /tasks/runtime and what it is answered";
        if (newest is not [var last, ..])
            return Finding.Warn("no tick has run yet", $"run one now: {RunOne}; {start}");
        var (age, interval) = (now - last.At, Interval(schedule, newest));
        var figures = $"the last tick was {Ago(age)} ago ({Second(last.At)}), and they come every {Minutes(interval)} min";
        return age > 4 * interval ? Finding.Fail(figures, $"{start}; to run one now: {RunOne}")
            : age > 2 * interval ? Finding.Warn(figures, $"{start}; to run one now: {RunOne}")
            : Finding.Pass(figures);
    }

    public static Finding LastFailure(IReadOnlyList<HistoryLine> newest, StoredTrading? trading)
    {
        if (newest is not [var last, ..])
            return Finding.Skip("no tick has run yet");
        var inRow = trading is { State.Failures: > 1 and var failures } ? string.Create(CultureInfo.InvariantCulture, $" ({failures} failures in a row)") : "";
        return last.Error is { } error
            ? Finding.Fail($"the last tick had no plan{inRow}: {error}", $"the lines above say what is wrong now; when they are in order, {RunOne} shows it")
            : Finding.Pass("the last tick had a plan");
    }

    public static Finding Halt(StoredTrading trading) => trading.Halt is { } halt
        ? Finding.Fail(
            $"trading is halted by {halt.By}{(halt.Since is { } since ? $" since {Second(since)}" : "")}: {halt.Reason}",
            "when the reason is gone: ballast resume \"why\"")
        : Finding.Pass("trading is not halted");

    /// <param name="configured">What the configuration allows.</param>
    public static Finding Mode(Mode configured, StoredTrading trading)
    {
        var most = TaskAnswer.Lower(configured);
        return trading.Mode is not { } set || set.Mode >= configured ? Finding.Pass($"{most}, as configured")
            : Finding.Warn(
                $"{TaskAnswer.Lower(set.Mode)}, although {most} is configured: set by {set.By} at {Second(set.At)}: {set.Reason}",
                $"ballast mode {most} --reason \"why\"");
    }

    public static Finding Books(Result<Ledger?> result)
    {
        if (!result.TryGet(out var ledger, out var failure))
            return Finding.Fail($"the books cannot be read: {failure.Reason}", "ballast books verify, then ballast books rebuild");
        if (ledger is null)
            return Finding.Skip("there are no books yet; the first tick opens them");
        var pair = ledger.Opening.Pair;
        if (ledger.Standing is { Balanced: false } doubt)
            return Finding.Fail(
                $"unproven since {Second(doubt.Since!.Value)}: {doubt.Explain(pair.Base, pair.Quote)}",
                "a late row is found by itself within a day; otherwise say what it was: "
                + "ballast books resolve --as transfer --reason \"why\" (or --as correction)");
        return ledger.WalletProblem is { } problem
            ? Finding.Warn(
                $"balanced, but deposits and withdrawals could not be read: {problem}",
                $"give the key the permission SPOT_WITHDRAW_READ at {KeyChecks.Page}")
            : Finding.Pass($"balanced to the last unit; {ledger.Current.Quantity} {pair.Base} at {Rounded(ledger.Current.Average.Value)} {pair.Quote}");
    }

    public static Finding UnsettledOrder(StoredTrading trading, TimeSpan interval, DateTimeOffset now)
    {
        if (trading.Open is not { } open)
            return Finding.Pass("every order is settled");
        var age = now - open.At;
        var figures = $"what became of {Word(open.Side)} {open.Quantity} ({open.ClientOrderId}) of {Ago(age)} ago is not known, "
            + "and no other order leaves until it is";
        const string Ask = $"the next tick asks the exchange: {RunOne}";
        return age > 2 * interval
            ? Finding.Fail(figures, $"{Ask}; look it up there by its id, too")
            : Finding.Warn(figures, Ask);
    }

    public static Finding Proposal(StoredTrading trading, DateTimeOffset now) => trading.Proposal is { } waiting && waiting.Expires > now
        ? waiting.ApprovedBy is { } by
            ? Finding.Pass($"{Word(waiting.Side)} {waiting.Quantity} at about {waiting.Price} is approved by {by}; the next tick carries it out")
            : Finding.Warn(
                $"{Word(waiting.Side)} {waiting.Quantity} at about {waiting.Price} waits for you until {Second(waiting.Expires)}",
                "ballast approve, or ballast reject \"why\"")
        : Finding.Pass("no order waits for approval");

    private static string Second(DateTimeOffset time) => UtcText.Write(time.AddTicks(-(time.UtcTicks % TimeSpan.TicksPerSecond)));

    private static string Word(Side side) => side == Side.Buy ? "BUY" : "SELL";

    private static string Minutes(TimeSpan time) => time.TotalMinutes.ToString("0.#", CultureInfo.InvariantCulture);

    private static string Rounded(decimal value) => Decimals.Text(decimal.Round(value, 8));

    private static string Ago(TimeSpan age) => age.TotalMinutes < 1 ? "less than 1 min"
        : age.TotalHours < 2 ? $"{Math.Floor(age.TotalMinutes).ToString(CultureInfo.InvariantCulture)} min"
        : age.TotalDays < 2 ? $"{age.TotalHours.ToString("0.#", CultureInfo.InvariantCulture)} h"
        : $"{age.TotalDays.ToString("0.#", CultureInfo.InvariantCulture)} days";
}

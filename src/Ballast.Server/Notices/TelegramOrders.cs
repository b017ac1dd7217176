using System.Globalization;
using Ballast.Core;
using Ballast.Core.Ticks;
using Ballast.Core.Trading;
using Ballast.Server.Tasks;
using Ballast.Server.Trading;

namespace Ballast.Server.Notices;

/// <param name="Proposal">The key of the proposal that buttons are to be shown for; null for none.</param>
internal sealed record TelegramReply(string Text, string? Proposal = null);

/// <summary>
/// What an owner may do by Telegram: look, approve, reject, halt. Not resume: whoever finds the telephone may stop trading, and let one order pass
/// within the limits, but not undo a halt, which is lifted by somebody who has seen why it is there.
/// </summary>
internal sealed class TelegramOrders(TradingDesk desk, TickRunner runner, IExchange exchange, TickOptions options)
{
    private const string Usage =
        "/status: where trading stands\n/approve: let the waiting order pass\n/reject: take it away\n/halt reason: stop trading at once\n"
        + "A halt is lifted at the machine or through the API only.";

    public async Task<TelegramReply> AnswerAsync(TelegramUpdate update)
    {
        var by = string.Create(CultureInfo.InvariantCulture, $"Telegram {update.Chat}");
        if (update.Button is { } button)
            return await PressedAsync(button, by);
        var words = update.Text!.Trim().Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var rest = words.Length > 1 ? OneLine(words[1]) : "";

        // In a group the bot's name is written behind the command.
        return (words.Length > 0 ? words[0].Split('@')[0].ToLowerInvariant() : "") switch
        {
            "/status" => await StatusAsync(),
            "/approve" => await ApproveAsync(by, meant: null),
            "/reject" => await RejectAsync(rest, by, meant: null),
            "/halt" => await HaltAsync(rest, by),
            "/resume" => new TelegramReply("A halt is lifted at the machine (ballast resume) or through the API, not from here."),
            _ => new TelegramReply(Usage),
        };
    }

    private async Task<TelegramReply> PressedAsync(string button, string by)
    {
        if (KeyOf(button, TelegramChannel.ApproveButton) is { } approved)
            return await ApproveAsync(by, Meant(approved));
        return KeyOf(button, TelegramChannel.RejectButton) is { } rejected ? await RejectAsync("", by, Meant(rejected)) : new TelegramReply(Usage);

        static Func<Proposal, bool> Meant(string key) => proposal => Notice.ProposalKey(proposal.Tick) == key;
    }

    private static string? KeyOf(string button, string verb) => button.StartsWith(verb, StringComparison.Ordinal) ? button[verb.Length..] : null;

    private async Task<TelegramReply> ApproveAsync(string by, Func<Proposal, bool>? meant)
    {
        if (!(await desk.ApproveAsync(by, meant)).TryGet(out _, out var failure))
            return await NotDoneAsync(failure);
        var outcome = await runner.RunAsync(TickRunner.Symmetric, scheduled: null, caller: "operator");
        return outcome is not TickOutcome.Finished { Report: var report }
            ? new TelegramReply("Approved. Another tick is running; the next one carries it out.")
            : new TelegramReply(report.Order is { } order
                ? $"Approved: {Said(order)}"
                : $"Approved, and no order was needed any more: {(report.Plan.TryGet(out var plan, out var none) ? plan.Reason : none.Reason)}.");
    }

    private async Task<TelegramReply> RejectAsync(string reason, string by, Func<Proposal, bool>? meant) =>
        (await desk.RejectAsync(reason.Length > 0 ? reason : "rejected", by, meant)).TryGet(out _, out var failure)
            ? new TelegramReply("Rejected. The next tick decides anew.")
            : await NotDoneAsync(failure);

    private async Task<TelegramReply> HaltAsync(string reason, string by)
    {
        if (!(await desk.HaltAsync(reason.Length > 0 ? reason : "no reason given", by)).TryGet(out _, out var failure))
            return new TelegramReply($"Not halted: {failure.Reason}.");
        await TradingApi.CancelOursAsync(exchange, options, CancellationToken.None);
        await desk.DeliverAsync();
        return new TelegramReply("Trading is halted. It is lifted at the machine or through the API only.");
    }

    /// <summary>Shows what waits instead, with buttons of its own.</summary>
    private async Task<TelegramReply> NotDoneAsync(Failure failure)
    {
        var waiting = (await desk.ShowAsync()).TryGet(out var shown, out _) ? shown.Proposal : null;
        return waiting is null
            ? new TelegramReply($"Not done: {failure.Reason}.")
            : new TelegramReply($"Not done: {failure.Reason}.\nWaiting now: {Said(waiting)}", Notice.ProposalKey(waiting.Tick));
    }

    private async Task<TelegramReply> StatusAsync()
    {
        if (!(await desk.ShowAsync()).TryGet(out var shown, out var failure))
            return new TelegramReply($"Not known: {failure.Reason}.");
        var waiting = shown.Proposal is { ApprovedBy: null } proposal ? proposal : null;
        return new TelegramReply(string.Join('\n', Lines(shown)), waiting is null ? null : Notice.ProposalKey(waiting.Tick));
    }

    private IEnumerable<string> Lines(TradingAnswer shown)
    {
        yield return $"{options.Symbol}: mode {shown.Mode}";
        yield return shown.Halt is { } halt ? $"HALTED by {halt.By}: {halt.Reason}" : "not halted";
        if (shown.Proposal is { } proposal)
            yield return $"waiting: {Said(proposal)}{(proposal.ApprovedBy is { } by ? $", approved by {by}" : "")}";
        if (shown.OpenOrder is { } open)
            yield return $"outcome not known yet: {open.Side} {Decimals.Text(open.Quantity)} ({open.ClientOrderId})";
        yield return string.Create(CultureInfo.InvariantCulture, $"today: {shown.DayOrders} orders, {Figures.Text(shown.DayNotional)} in quote");
        if (shown.Failures > 0)
            yield return string.Create(CultureInfo.InvariantCulture, $"failed ticks in a row: {shown.Failures}");
    }

    private static string Said(ProposalAnswer proposal) =>
        $"{proposal.Side} {Decimals.Text(proposal.Quantity)} at about {Decimals.Text(proposal.Price)}, until {Figures.Time(proposal.Expires)}";

    private static string Said(OrderReport order) =>
        $"{TaskAnswer.Lower(order.Outcome).Replace('_', ' ')}, {(order.Side == Core.Books.Side.Buy ? "BUY" : "SELL")} {order.Quantity}"
        + (order.Average is { } average ? $", {order.Executed} at {average}." : $". {order.Reason}.");

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}

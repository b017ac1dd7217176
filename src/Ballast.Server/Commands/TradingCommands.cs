using System.CommandLine;
using Ballast.Core;
using Ballast.Server.Http;
using Ballast.Server.Terminal;
using Ballast.Server.Trading;

namespace Ballast.Server.Commands;

/// <summary><c>ballast status | halt | resume | mode | approve | reject</c>: on the store alone, so that they work with no server and no exchange.</summary>
internal sealed class TradingCommands(Func<Func<StoreSession, Task<int>>, Task<int>> withStore, CommandOutput output)
{
    private const string By = "command line";

    /// <summary>The same whether or not an order is unsettled.</summary>
    private const int LabelWidth = 17;

    public IEnumerable<Command> Commands()
    {
        yield return Make(new Command("status", "Mode, halt, waiting and open orders, today's sums."), (_, desk) => desk.ShowAsync());

        var why = new Argument<string>("reason") { Description = "In one line; kept in the journal." };
        yield return Make(new Command("halt", "Halt trading at once.") { why }, (parsed, desk) => desk.HaltAsync(parsed.GetValue(why)!, By));

        var again = new Argument<string>("reason") { Description = "In one line; kept in the journal.", DefaultValueFactory = _ => "resumed" };
        yield return Make(new Command("resume", "Lift a halt.") { again }, (parsed, desk) => desk.ResumeAsync(parsed.GetValue(again)!, By));

        var mode = new Argument<string>("mode") { Description = "observe, approve or auto; never more than is configured." };
        mode.AcceptOnlyFromAmong("observe", "approve", "auto");
        var reason = new Option<string>("--reason") { Description = "In one line; kept in the journal.", DefaultValueFactory = _ => "changed" };
        yield return Make(
            new Command("mode", "Change the mode.") { mode, reason },
            (parsed, desk) => desk.SetModeAsync(parsed.GetValue(mode)!, parsed.GetValue(reason)!, By));

        yield return Make(new Command("approve", "Approve the waiting order; the next tick carries it out."), (_, desk) => desk.ApproveAsync(By));

        var no = new Argument<string>("reason") { Description = "In one line; kept in the journal.", DefaultValueFactory = _ => "rejected" };
        yield return Make(new Command("reject", "Take the waiting order away.") { no }, (parsed, desk) => desk.RejectAsync(parsed.GetValue(no)!, By));
    }

    private Command Make(Command command, Func<ParseResult, TradingDesk, Task<Result<TradingAnswer>>> run)
    {
        command.SetAction((parsed, _) => withStore(async session => (await run(parsed, session.Trading)).TryGet(out var answer, out var failure)
            ? output.Print(answer, BallastJson.Default.TradingAnswer, Lines)
            : output.Refuse(failure.Reason, ExitCode.Refused)));
        return command;
    }

    private static IEnumerable<string> Lines(TradingAnswer trading, Screen screen)
    {
        var sheet = new Sheet("Trading", LabelWidth);
        if (trading.Halt is { } halt)
            sheet.Add("HALTED", $"by {halt.By}{(halt.Since is { } since ? $" since {since:u}" : "")}: {halt.Reason}");
        else
            sheet.Add("trading", "not halted");
        sheet.Add("mode", trading.SetMode is { } mode ? $"{mode.Mode} at most, set by {mode.By} at {mode.At:u}: {mode.Reason}" : "as configured");
        if (trading.Proposal is { } proposal)
        {
            sheet.Add("waiting", $"{proposal.Side} {Decimals.Text(proposal.Quantity)} at about {Decimals.Text(proposal.Price)}, until {proposal.Expires:u}"
                + (proposal.ApprovedBy is { } by ? $", approved by {by}" : ""));
        }
        if (trading.OpenOrder is { } open)
            sheet.Add("unsettled order", $"{open.Side} {Decimals.Text(open.Quantity)} ({open.ClientOrderId}) of {open.At:u}");
        sheet.Add("today", $"{trading.DayOrders} orders, {Decimals.Text(trading.DayNotional)} in quote");
        foreach (var (name, value) in trading.Settings)
            sheet.Add("setting", $"{name} = {value}");
        return sheet.Lines(screen);
    }
}

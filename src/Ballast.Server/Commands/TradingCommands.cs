using System.CommandLine;
using System.Text.Json;
using Ballast.Core;
using Ballast.Server.Http;
using Ballast.Server.Trading;

namespace Ballast.Server.Commands;

/// <summary><c>ballast status | halt | resume | mode | approve | reject</c>: on the store alone, so that they work with no server and no exchange.</summary>
internal sealed class TradingCommands(Func<Func<StoreSession, Task<int>>, Task<int>> withStore)
{
    private const string By = "command line";

    private readonly Option<bool> asJson = new("--json") { Description = "Answer as JSON." };

    public IEnumerable<Command> Commands()
    {
        yield return Make(new Command("status", "Mode, halt, waiting and open orders, today's sums."), (_, desk) => desk.ShowAsync());

        var why = new Argument<string>("reason") { Description = "In one line; kept in the journal." };
        yield return Make(new Command("halt", "Halt trading at once. Example: ballast halt \"on holiday\"") { why }, (parsed, desk) => desk.HaltAsync(parsed.GetValue(why)!, By));

        var again = new Argument<string>("reason") { Description = "In one line; kept in the journal.", DefaultValueFactory = _ => "resumed" };
        yield return Make(new Command("resume", "Lift a halt.") { again }, (parsed, desk) => desk.ResumeAsync(parsed.GetValue(again)!, By));

        var mode = new Argument<string>("mode") { Description = "observe, approve or auto; never more than is configured." };
        var reason = new Option<string>("--reason") { Description = "In one line; kept in the journal.", DefaultValueFactory = _ => "changed" };
        yield return Make(
            new Command("mode", "Change the mode. Example: ballast mode observe --reason \"watching\"") { mode, reason },
            (parsed, desk) => desk.SetModeAsync(parsed.GetValue(mode)!, parsed.GetValue(reason)!, By));

        yield return Make(new Command("approve", "Approve the waiting order; the next tick carries it out."), (_, desk) => desk.ApproveAsync(By));

        var no = new Argument<string>("reason") { Description = "In one line; kept in the journal.", DefaultValueFactory = _ => "rejected" };
        yield return Make(new Command("reject", "Take the waiting order away.") { no }, (parsed, desk) => desk.RejectAsync(parsed.GetValue(no)!, By));
    }

    private Command Make(Command command, Func<ParseResult, TradingDesk, Task<Result<TradingAnswer>>> run)
    {
        command.Options.Add(asJson);
        command.SetAction((parsed, cancel) => withStore(async session =>
        {
            if (!(await run(parsed, session.Trading)).TryGet(out var answer, out var failure))
            {
                await Console.Error.WriteLineAsync($"ballast: {failure.Reason}");
                return ExitCode.Refused;
            }
            Console.WriteLine(parsed.GetValue(asJson)
                ? JsonSerializer.Serialize(answer, BallastJson.Default.TradingAnswer) : string.Join(Environment.NewLine, Lines(answer)));
            return ExitCode.Success;
        }));
        return command;
    }

    private static IEnumerable<string> Lines(TradingAnswer trading)
    {
        yield return trading.Halt is { } halt ? $"HALTED           by {halt.By}{(halt.Since is { } since ? $" since {since:u}" : "")}: {halt.Reason}" : "trading          not halted";
        if (trading.SetMode is { } mode)
            yield return $"mode             {mode.Mode} at most, set by {mode.By} at {mode.At:u}: {mode.Reason}";
        if (trading.Proposal is { } proposal)
            yield return $"waiting          {proposal.Side} {Decimals.Text(proposal.Quantity)} at about {Decimals.Text(proposal.Price)}, until {proposal.Expires:u}"
                + (proposal.ApprovedBy is { } by ? $", approved by {by}" : "");
        if (trading.OpenOrder is { } open)
            yield return $"unsettled order  {open.Side} {Decimals.Text(open.Quantity)} ({open.ClientOrderId}) of {open.At:u}";
        yield return $"today            {trading.DayOrders} orders, {Decimals.Text(trading.DayNotional)} in quote";
        foreach (var (name, value) in trading.Settings)
            yield return $"setting          {name} = {value}";
    }
}

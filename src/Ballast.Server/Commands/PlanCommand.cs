using System.CommandLine;
using Ballast.Core;
using Ballast.Core.Ticks;
using Ballast.Core.Trading;
using Ballast.Server.Configuration;
using Ballast.Server.Explain;
using Ballast.Server.Store;
using Ballast.Server.Tasks;

namespace Ballast.Server.Commands;

/// <summary><c>ballast plan</c>: what a tick would decide now, worked out and not recorded.</summary>
internal sealed class PlanCommand(WebApplicationBuilder builder, TimeProvider clock, CommandOutput output)
{
    private const string Name = "plan";

    public Command Command()
    {
        var command = new Command(Name, "Read store and exchange, decide, and show the sum. Nothing is recorded, nothing is traded.");
        command.SetAction((_, cancel) => PlanAsync(cancel));
        return command;
    }

    private async Task<int> PlanAsync(CancellationToken cancel)
    {
        if (!Settings.Load(builder.Configuration, builder.Environment.EnvironmentName, serving: false).TryGet(out var settings, out var mistakes))
            return output.Refuse(mistakes, ExitCode.Configuration);
        try
        {
            await using var store = StoreSession.Open(settings.Symbol, settings.Store, clock);
            // Without the store nobody is asked anything; a tick finds that out with its lease.
            await store.Store.ReadAsync();
            await using var exchange = await ExchangeSession.OpenAsync(settings, clock, cancel);
            // What only an order needs to know is not asked for.
            var options = new TickOptions { Symbol = settings.Symbol, Mode = Mode.Observe, Policy = settings.Policy };
            var tick = new Tick(store.Store, exchange.Exchange, options, clock, TickRunner.NewId);
            return Tell(settings, await tick.PreviewAsync(new TickRequest(new TickId(Name), Name, TickCommand.Caller, WithBooks: false)));
        }
        catch (StoreUnavailableException outage)
        {
            return output.Refuse($"the store cannot be used: {outage.Message}", ExitCode.Unavailable);
        }
        catch (Exception taken) when (taken is IOException or UnauthorizedAccessException)
        {
            return output.Refuse(taken.Message, ExitCode.Unavailable);
        }
    }

    private int Tell(Settings settings, TickReport report)
    {
        if (report.Plan.Failure is { } failure)
            return output.Refuse($"there is no plan: {failure.Reason}", failure.Kind == FailureKind.BadData ? ExitCode.Refused : ExitCode.Unavailable);
        if (settings is { Mexc: null, Paper: { Market: PaperMarket.Replay } or { Speed: not 1 } })
            CommandOutput.Note("on paper, a replay and a market at another speed begin anew with every program: a running server is elsewhere in it");
        var plan = StoredPlan.From(report) with { Mode = TaskAnswer.Lower(settings.Mode) };
        return output.Print(new ExplainedTick(plan, null, Explanation.OfPreview(plan)), CommandJson.Default.ExplainedTick, ExplainCommand.Lines);
    }
}

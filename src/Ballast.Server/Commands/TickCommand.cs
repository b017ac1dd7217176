using System.CommandLine;
using System.Globalization;
using System.Net;
using Ballast.Core;
using Ballast.Core.Ticks;
using Ballast.Server.Configuration;
using Ballast.Server.Http;
using Ballast.Server.Store;
using Ballast.Server.Tasks;
using Ballast.Server.Terminal;
using Microsoft.Extensions.Logging.Console;

namespace Ballast.Server.Commands;

/// <summary>
/// <c>ballast tick</c>: one tick in this process and then its end, for schedulers that start programs, such as cron and Kubernetes. The same
/// store, exchange and tick as behind the endpoints; nobody has to prove anything, because whoever starts it holds the keys.
/// </summary>
internal sealed class TickCommand(WebApplicationBuilder builder, TimeProvider clock, CommandOutput output)
{
    /// <summary>How such a run proves itself.</summary>
    public const string Caller = "command";

    /// <summary>A tick gives up on the exchange by itself long before; see <see cref="TickOptions.Deadline"/>.</summary>
    public static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(90);

    /// <summary>The same whatever there is to say.</summary>
    private const int LabelWidth = 11;

    private static readonly Dictionary<string, string> Tasks = new() { ["runtime"] = TickRunner.Runtime, ["symmetric"] = TickRunner.Symmetric };

    public Command Command()
    {
        var task = new Option<string>("--task") { Description = "runtime: books and plan. symmetric: the plan alone.", DefaultValueFactory = _ => "runtime" };
        task.AcceptOnlyFromAmong([.. Tasks.Keys]);
        var scheduled = new Option<DateTimeOffset?>("--schedule-time")
        {
            Description = "The run's own time in RFC 3339, such as 2026-01-01T12:00:00Z: a second start with the same time gets the first one's answer. Left out, every start is a run of its own.",
            CustomParser = parsed =>
            {
                if (UtcText.TryRead(parsed.Tokens[0].Value, out var time))
                    return time;
                parsed.AddError($"'{parsed.Tokens[0].Value}' is not a time in RFC 3339; write it such as 2026-01-01T12:00:00Z");
                return null;
            },
        };
        var command = new Command(
            "tick", "Run one tick here, without a server, and end. Exit code 0: success; 1: partial, error, or another tick is running.") { task, scheduled };
        command.SetAction((parsed, _) => RunAsync(Tasks[parsed.GetValue(task)!], parsed.GetValue(scheduled)));
        return command;
    }

    /// <summary>Told to stop it goes on: an order may be on its way, and what became of it has to be written down.</summary>
    private async Task<int> RunAsync(string task, DateTimeOffset? scheduled)
    {
        if (!Settings.Load(builder.Configuration, builder.Environment.EnvironmentName, serving: false).TryGet(out var settings, out var mistakes))
            return output.Refuse(mistakes, ExitCode.Configuration);
        // Standard output is for the answer alone.
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        try
        {
            await using var program = await BallastServer.StartAsync(builder, BesideAServer(settings), clock, CancellationToken.None, listen: false);
            var outcome = await program.App.Services.GetRequiredService<TickRunner>().RunAsync(task, scheduled, Caller);
            var exitCode = Tell(outcome);
            await ShortenStoreAsync(program);
            return exitCode;
        }
        catch (Exception outage) when (outage is IOException or UnauthorizedAccessException)
        {
            return output.Refuse(outage.Message, ExitCode.Unavailable);
        }
    }

    /// <summary>
    /// A server may run in the same place: its embedded store is used as it is, and no port of its is taken. What is for callers is left out,
    /// because there will be none.
    /// </summary>
    private static Settings BesideAServer(Settings settings)
    {
        var running = settings.Store.Redis is null && EmbeddedStore.IsInUse(settings.Store.DataDirectory)
            ? new RedisUrl(IPAddress.Loopback.ToString(), settings.Store.Port, Tls: false, User: null, Password: null, Database: 0)
            : settings.Store.Redis;
        return settings with
        {
            Store = settings.Store with { Redis = running, Port = 0 },
            Paper = settings.Paper with { Port = 0 },
            Operator = null,
            Telemetry = settings.Telemetry with { MetricsToken = null, ServesMetrics = false },
        };
    }

    /// <summary>The tick is done and told; an upkeep that fails is the next one's to do.</summary>
    private static async Task ShortenStoreAsync(BallastServer program)
    {
        try
        {
            await program.ShortenStoreAsync();
        }
        catch (StoreUnavailableException late)
        {
            await Console.Error.WriteLineAsync($"ballast: the store's append-only file could not be shortened, and the next tick will try again: {late.Message}");
        }
    }

    private int Tell(TickOutcome outcome)
    {
        switch (outcome)
        {
            case TickOutcome.Finished { Report: var report }:
                return Print(TaskAnswer.From(report));
            case TickOutcome.Replayed { Answer: var stored }:
                return Print(TaskAnswer.Again(stored));
            case TickOutcome.Busy busy:
                var seconds = busy.RetryAfter.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
                return output.Refuse($"another tick is running; its lease ends in {seconds} s at the latest", ExitCode.Refused);
            case TickOutcome.Overtaken:
                return output.Refuse("a newer tick took over; nothing of this one was recorded", ExitCode.Refused);
            case TickOutcome.StoreDown down:
                return output.Refuse($"the store cannot be used: {down.Reason}", ExitCode.Unavailable);
            default:
                throw new InvalidOperationException($"no such outcome: {outcome}");
        }
    }

    private int Print(TaskAnswer answer) =>
        output.Print(answer, BallastJson.Default.TaskAnswer, Lines, answer.Status == "success" ? ExitCode.Success : ExitCode.Refused);

    private static IEnumerable<string> Lines(TaskAnswer answer, Screen screen)
    {
        var replayed = answer.Replayed ? "; it was finished before, and this is its answer of then" : "";
        var sheet = new Sheet("Tick", LabelWidth)
            .Add("tick", $"{answer.Tick}: {answer.Status}, mode {answer.Mode}, {answer.DurationMs} ms{replayed}")
            .Add("decision", Decision(answer.Rebalance));
        if (answer.Rebalance is { TotalValue: { } total, BaseValue: { } coins, QuoteValue: { } cash, Deviation: { } deviation, Threshold: { } threshold })
        {
            sheet.Add(
                "portfolio",
                $"{Text(total)} = {Text(coins)} in the coin + {Text(cash)}; "
                + $"{Text(deviation * 100)} % off its target, and {Text(threshold * 100)} % are worth acting on");
        }
        if (answer.CostUpdate is { } books)
            sheet.Add("books", Books(books));
        foreach (var (label, order) in new[] { ("settled", answer.Settled), ("order", answer.Order) })
        {
            if (order is not null)
            {
                var reason = order.Reason.Length > 0 ? $"; {order.Reason}" : "";
                sheet.Add(label, $"{order.State}: {order.Side} {Text(order.Quantity)}, executed {Text(order.ExecutedQuantity)}{reason}");
            }
        }
        if (answer.Alert is { } alert)
            sheet.Add("ALERT", alert);
        return sheet.Lines(screen);
    }

    private static string Decision(RebalanceAnswer plan) => plan.Error is { } error ? $"none: {error}"
        : plan.Action == "HOLD" ? $"HOLD at {Text(plan.Price)}: {plan.Reason}"
        : $"{plan.Action} {Text(plan.Quantity)} at {Text(plan.Price)}: {plan.Reason}";

    private static string Books(CostUpdateAnswer books) => books.Error is { } error ? $"not updated: {error}"
        : $"{books.Books}{(books.UnprovenReason is { } reason ? $" ({reason})" : "")}; {Text(books.Quantity)} at {Text(books.AvgCost)}, "
            + $"realised {Text(books.RealizedPnl)}, unrealised {Text(books.UnrealizedPnl)}";

    private static string Text(decimal? value) => value is { } known ? Decimals.Text(known) : "unknown";
}

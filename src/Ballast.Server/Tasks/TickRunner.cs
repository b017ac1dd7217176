using System.Security.Cryptography;
using Ballast.Core;
using Ballast.Core.Books;
using Ballast.Core.Planning;
using Ballast.Core.Ticks;

namespace Ballast.Server.Tasks;

/// <summary>Runs a task for whoever asked, the scheduler or the server's own clock, and says in one log line all that came of it.</summary>
public sealed partial class TickRunner(Tick tick, TimeProvider clock, ILogger<TickRunner> log)
{
    /// <summary>Books and plan.</summary>
    public const string Runtime = "15-min-job";

    /// <summary>The plan alone.</summary>
    public const string Symmetric = "rebalance-symmetric";

    /// <param name="scheduled">The run's own time; null for a run by hand.</param>
    /// <param name="caller">How the caller proved itself.</param>
    public async Task<TickOutcome> RunAsync(string task, DateTimeOffset? scheduled, string caller)
    {
        var id = TickId.For(task, scheduled, clock.GetUtcNow(), NewId);
        var outcome = await tick.RunAsync(new TickRequest(id, task, caller, WithBooks: task == Runtime));
        Log(id, outcome);
        return outcome;
    }

    /// <summary>Unique over all instances, and not to be guessed.</summary>
    public static string NewId() => RandomNumberGenerator.GetHexString(16, lowercase: true);

    private void Log(TickId id, TickOutcome outcome)
    {
        switch (outcome)
        {
            case TickOutcome.Finished { Report: var report }:
                var plan = report.Plan.TryGet(out var made, out var noPlan) ? made : null;
                BooksAfter? books = null;
                Failure? noBooks = null;
                if (report.Books is { } kept && !kept.TryGet(out books, out noBooks))
                    books = null;
                Finished(
                    plan is null || noBooks is not null ? LogLevel.Warning : LogLevel.Information,
                    id, report.Status, report.Mode, report.Request.Caller, report.Duration.TotalMilliseconds,
                    plan?.Action, plan?.Quantity, plan?.Reason ?? noPlan?.Reason, plan?.Price, plan?.Notional, plan?.Deviation, plan?.TotalValue,
                    books?.Ledger.Current.Average, books?.Profit.Realized, books?.Profit.Unrealized, books?.NewTrades.Count,
                    noBooks?.Reason ?? (books is null ? "left alone" : books.Ledger.Standing is { Balanced: true } ? "balanced" : "unproven"));
                break;
            case TickOutcome.StoreDown down:
                StoreDown(id, down.Reason);
                break;
            case TickOutcome.Busy busy:
                Busy(id, busy.RetryAfter.TotalSeconds);
                break;
            case TickOutcome.Overtaken:
                Overtaken(id);
                break;
            case TickOutcome.Replayed:
                Replayed(id);
                break;
        }
    }

    [LoggerMessage(EventId = 1, Message = "tick {Tick} {Status} mode={Mode} caller={Caller} ms={DurationMs:0.0} action={Action} quantity={Quantity} reason=\"{Reason}\" price={Price} notional={Notional} deviation={Deviation} total={Total} avg_cost={AverageCost} realized={Realized} unrealized={Unrealized} new_trades={NewTrades} books=\"{Books}\"")]
    private partial void Finished(
        LogLevel level, TickId tick, TickStatus status, Core.Trading.Mode mode, string caller, double durationMs,
        Decision? action, Quantity? quantity, string? reason, Price? price, Amount? notional, Ratio? deviation, Amount? total,
        Price? averageCost, Amount? realized, Amount? unrealized, int? newTrades, string books);

    [LoggerMessage(2, LogLevel.Error, "tick {Tick} refused: the store cannot be used: {Reason}")]
    private partial void StoreDown(TickId tick, string reason);

    [LoggerMessage(3, LogLevel.Information, "tick {Tick} refused: another is running; its lease ends in {Seconds:0} s at the latest")]
    private partial void Busy(TickId tick, double seconds);

    [LoggerMessage(4, LogLevel.Warning, "tick {Tick} was overtaken by a newer one while it was held up; nothing of it was recorded")]
    private partial void Overtaken(TickId tick);

    [LoggerMessage(5, LogLevel.Information, "tick {Tick} was finished before; its stored answer was given again")]
    private partial void Replayed(TickId tick);
}

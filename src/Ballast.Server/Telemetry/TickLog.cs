using Ballast.Core;
using Ballast.Core.Books;
using Ballast.Core.Planning;
using Ballast.Core.Ticks;
using Ballast.Core.Trading;
using Ballast.Server.Tasks;

namespace Ballast.Server.Telemetry;

/// <summary>The one line that a tick leaves in the log, whatever came of it.</summary>
internal sealed partial class TickLog(ILogger log)
{
    public void Write(TickRequest request, TickOutcome outcome, TimeSpan took, ExchangeTally calls)
    {
        var ms = took.TotalMilliseconds;
        switch (outcome)
        {
            case TickOutcome.Finished { Report: var report }:
                Write(report, ms, calls);
                break;
            case TickOutcome.StoreDown down:
                StoreDown(request.Id, request.Task, request.Caller, ms, down.Reason);
                break;
            case TickOutcome.Busy busy:
                Busy(request.Id, request.Task, request.Caller, ms, busy.RetryAfter.TotalSeconds);
                break;
            case TickOutcome.Overtaken:
                Overtaken(request.Id, request.Task, request.Caller, ms);
                break;
            case TickOutcome.Replayed:
                Replayed(request.Id, request.Task, request.Caller, ms);
                break;
        }
    }

    private void Write(TickReport report, double ms, ExchangeTally calls)
    {
        var (plan, noPlan) = report.Plan.TryGet(out var made, out var failure) ? (made, (Failure?)null) : (null, failure);
        var (books, noBooks) = BooksOf(report);
        var (count, slowest, slowestTook) = calls.Read();
        var level = LevelOf(report);
        var guard = report.Order is { } order ? TickMeasures.GuardOf(order) : null;
        var alert = TaskAnswer.AlertOf(report);
        Finished(
            level,
            report.Request.Id, report.Status, report.Request.Task, report.Mode, report.Request.Caller, ms,
            plan?.Action, plan?.Quantity, plan?.Reason ?? noPlan?.Reason, plan?.Price, plan?.Notional, plan?.Deviation, plan?.TotalValue,
            books?.Ledger.Current.Average, books?.Profit.Realized, books?.Profit.Unrealized, books?.Profit.Total, books?.NewTrades.Count,
            noBooks?.Reason ?? (books is null ? "left alone" : books.Ledger.Standing is { Balanced: true } ? "balanced" : "unproven"),
            report.Order?.Outcome, guard, report.Order?.Reason, report.Settled?.Outcome,
            alert, report.Halted, count, slowest, slowestTook?.TotalMilliseconds);
    }

    private static (BooksAfter? Books, Failure? Failure) BooksOf(TickReport report) =>
        report.Books is not { } kept ? (null, null) : kept.TryGet(out var books, out var failure) ? (books, null) : (null, failure);

    private static LogLevel LevelOf(TickReport report) => report.Status switch
    {
        TickStatus.Error => LogLevel.Error,
        TickStatus.Partial => LogLevel.Warning,
        _ => report.Trading is { NewHalt: not null } or { NewMode: not null } ? LogLevel.Warning : LogLevel.Information,
    };

    [LoggerMessage(EventId = 1, Message = "tick {Tick} {Status} task={Task} mode={Mode} caller={Caller} ms={DurationMs:0.0} action={Action} quantity={Quantity} reason=\"{Reason}\" price={Price} notional={Notional} deviation={Deviation} total={Total} avg_cost={AverageCost} realized={Realized} unrealized={Unrealized} profit={Profit} new_trades={NewTrades} books=\"{Books}\" order={Order} guard={Guard} order_reason=\"{OrderReason}\" settled={Settled} alert=\"{Alert}\" halted={Halted} exchange_calls={ExchangeCalls} slowest=\"{SlowestCall}\" slowest_ms={SlowestMs:0.0}")]
    private partial void Finished(
        LogLevel level, TickId tick, TickStatus status, string task, Mode mode, string caller, double durationMs,
        Decision? action, Quantity? quantity, string? reason, Price? price, Amount? notional, Ratio? deviation, Amount? total,
        Price? averageCost, Amount? realized, Amount? unrealized, Amount? profit, int? newTrades, string books,
        OrderOutcome? order, string? guard, string? orderReason, OrderOutcome? settled, string? alert, bool halted,
        int exchangeCalls, string? slowestCall, double? slowestMs);

    [LoggerMessage(2, LogLevel.Error, "tick {Tick} refused: the store cannot be used: {Reason} (task={Task} caller={Caller} ms={DurationMs:0.0})")]
    private partial void StoreDown(TickId tick, string task, string caller, double durationMs, string reason);

    [LoggerMessage(3, LogLevel.Information, "tick {Tick} refused: another is running; its lease ends in {Seconds:0} s at the latest (task={Task} caller={Caller} ms={DurationMs:0.0})")]
    private partial void Busy(TickId tick, string task, string caller, double durationMs, double seconds);

    [LoggerMessage(4, LogLevel.Warning, "tick {Tick} was overtaken by a newer one while it was held up; nothing of it was recorded (task={Task} caller={Caller} ms={DurationMs:0.0})")]
    private partial void Overtaken(TickId tick, string task, string caller, double durationMs);

    [LoggerMessage(5, LogLevel.Information, "tick {Tick} was finished before; its stored answer was given again (task={Task} caller={Caller} ms={DurationMs:0.0})")]
    private partial void Replayed(TickId tick, string task, string caller, double durationMs);
}

using System.Diagnostics;
using System.Security.Cryptography;
using Ballast.Core.Ticks;
using Ballast.Server.Events;
using Ballast.Server.Notices;
using Ballast.Server.Telemetry;

namespace Ballast.Server.Tasks;

/// <summary>
/// Runs a task for whoever asked, the scheduler or the server's own clock, and tells those who watch all that came of it: in one line of the log, in
/// the measures, in a span.
/// </summary>
/// <param name="delivery">Null when nothing is pushed to a collector.</param>
/// <param name="courier">Null when nobody is notified.</param>
/// <param name="watch">Null where nobody can be listening.</param>
public sealed class TickRunner(
    Tick tick, TimeProvider clock, TickMeasures measures, ILogger<TickRunner> log, Delivery? delivery = null, Courier? courier = null, ChangeWatch? watch = null)
{
    /// <summary>Books and plan.</summary>
    public const string Runtime = "15-min-job";

    /// <summary>The plan alone.</summary>
    public const string Symmetric = "rebalance-symmetric";

    private readonly TickLog line = new(log);

    /// <param name="scheduled">The run's own time; null for a run by hand.</param>
    /// <param name="caller">How the caller proved itself.</param>
    public async Task<TickOutcome> RunAsync(string task, DateTimeOffset? scheduled, string caller)
    {
        var request = new TickRequest(TickId.For(task, scheduled, clock.GetUtcNow(), NewId), task, caller, WithBooks: task == Runtime);
        var began = clock.GetTimestamp();
        var calls = ExchangeTally.Begin();
        var callerSpan = Activity.Current;
        var span = Spans.BeginTick(request);
        try
        {
            var outcome = await tick.RunAsync(request);
            var took = clock.GetElapsedTime(began);
            measures.Record(task, outcome, took);
            line.Write(request, outcome, took, calls);
            if (courier is not null)
                await courier.DeliverAsync(outcome);
            End(span, outcome);
            return outcome;
        }
        catch (Exception)
        {
            measures.RecordBug(task, clock.GetElapsedTime(began));
            Spans.EndTick(span, "error", action: null, mode: null);
            throw;
        }
        finally
        {
            Activity.Current = callerSpan;
            watch?.Wake();

            // Whoever asked may freeze or stop this process as soon as it has its answer.
            if (delivery is not null)
                await delivery.FlushAsync();
        }
    }

    /// <summary>Unique over all instances, and not to be guessed.</summary>
    public static string NewId() => RandomNumberGenerator.GetHexString(16, lowercase: true);

    private static void End(Activity? span, TickOutcome outcome)
    {
        var report = (outcome as TickOutcome.Finished)?.Report;
        Spans.EndTick(
            span, TickMeasures.NameOf(outcome), report is null ? null : TickMeasures.ActionOf(report), report is null ? null : TaskAnswer.Lower(report.Mode));
    }
}

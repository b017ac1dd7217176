using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Ballast.Server.Telemetry;

/// <summary>What the store is called for, as far as a tick's own steps have names.</summary>
public enum StoreOperation
{
    Other,
    Lease,
    Read,
    Commit,
    BeginOrder,
    FinishOrder,
    Release,
}

/// <summary>Measures every call of the store, and makes it a span where it belongs to a tick that is traced.</summary>
public sealed class StoreMeasures
{
    private readonly Histogram<double> requests;
    private readonly TimeProvider clock;

    internal StoreMeasures(Histogram<double> requests, TimeProvider clock) => (this.requests, this.clock) = (requests, clock);

    public async Task<T> MeasureAsync<T>(StoreOperation operation, Func<Task<T>> call)
    {
        var name = NameOf(operation);
        var began = clock.GetTimestamp();
        using var span = Spans.Begin($"store {name}");
        span?.SetTag("db.system.name", "redis").SetTag("db.operation.name", name);
        var outcome = "error";
        try
        {
            var answer = await call();
            outcome = "ok";
            return answer;
        }
        catch (Exception failure)
        {
            Spans.Fail(span, failure.GetType().Name);
            throw;
        }
        finally
        {
            requests.Record(clock.GetElapsedTime(began).TotalSeconds, new TagList { { "operation", name }, { "outcome", outcome } });
        }
    }

    private static string NameOf(StoreOperation operation) => operation switch
    {
        StoreOperation.Lease => "lease",
        StoreOperation.Read => "read",
        StoreOperation.Commit => "commit",
        StoreOperation.BeginOrder => "begin_order",
        StoreOperation.FinishOrder => "finish_order",
        StoreOperation.Release => "release",
        _ => "other",
    };
}

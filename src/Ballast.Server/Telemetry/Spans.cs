using System.Diagnostics;
using Ballast.Core.Ticks;

namespace Ballast.Server.Telemetry;

/// <summary>The spans of a tick. As long as nobody collects them there are none, and every method here gives or takes null.</summary>
internal static class Spans
{
    private static readonly ActivitySource Source = new(Measures.Name);

    /// <summary>
    /// Continues the trace of whoever called. The web server's own span ends after the answer, too late to be delivered with it, so the tick hangs on
    /// the caller's directly, and begins a trace where there is none.
    /// </summary>
    public static Activity? BeginTick(TickRequest request)
    {
        if (!Source.HasListeners())
            return null;
        var server = Activity.Current;
        var caller = server is { Parent: null } && server.ParentSpanId != default
            ? new ActivityContext(server.TraceId, server.ParentSpanId, server.ActivityTraceFlags, server.TraceStateString, isRemote: true)
            : default;
        Activity.Current = null;
        var span = Source.StartActivity("tick", ActivityKind.Internal, caller);
        if (span is null)
            Activity.Current = server;
        return span?.SetTag("ballast.tick.id", request.Id.Text).SetTag("ballast.task", request.Task);
    }

    /// <param name="action">Null where no plan was made.</param>
    public static void EndTick(Activity? span, string outcome, string? action, string? mode)
    {
        span?.SetTag("ballast.outcome", outcome).SetTag("ballast.action", action).SetTag("ballast.mode", mode);
        if (outcome is "error" or "store_down")
            Fail(span, outcome);
        span?.Dispose();
    }

    /// <summary>A call to something outside, within a tick that is traced; null elsewhere.</summary>
    public static Activity? Begin(string name) =>
        Activity.Current is { } tick && tick.Source == Source ? Source.StartActivity(name, ActivityKind.Client) : null;

    /// <param name="type">A word of a small vocabulary, never a message: messages may hold what was sent.</param>
    public static void Fail(Activity? span, string type) => span?.SetTag("error.type", type).SetStatus(ActivityStatusCode.Error);
}

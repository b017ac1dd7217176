using System.Text;
using System.Text.Json;
using Ballast.Server.Auth;
using Ballast.Server.Http;
using Ballast.Server.Overview;

namespace Ballast.Server.Events;

/// <summary>What an event says: look again at this.</summary>
/// <param name="VersionTag">The same as in the overview.</param>
/// <param name="What">Some of <c>tick</c>, <c>trading</c>, <c>books</c>, <c>settings</c>.</param>
public sealed record ChangeEvent(string VersionTag, IReadOnlyList<string> What);

/// <summary>Server-sent events: that something has changed, and what, never what it is now.</summary>
public static class EventsApi
{
    private const string MediaType = "text/event-stream";

    private static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(15);

    /// <summary>Who listens proves anew from time to time who they are: the browser comes back by itself and misses nothing.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    public static void MapEvents(this IEndpointRouteBuilder app)
    {
        var events = app.MapGroup("/api/v1").RequireReader().AddEndpointFilter(Answers.StoreDown).WithTags("Overview");
        events.MapGet("/events", ListenAsync)
            .WithSummary("Says when a tick, trading, the books or the settings have changed; Last-Event-ID resumes")
            .Produces<ChangeEvent>(StatusCodes.Status200OK, MediaType).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<IResult> ListenAsync(HttpContext http, ChangeWatch watch, TimeProvider clock, IHostApplicationLifetime life)
    {
        using var listener = watch.Join();
        if (listener is null)
            return Answers.Crowded(http, $"{ChangeWatch.MostListeners} pages are listening already; close one, or ask for /api/v1/overview from time to time");
        var now = await watch.LookAsync();
        using var longest = new CancellationTokenSource(Longest, clock);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, life.ApplicationStopping, longest.Token);
        http.Response.ContentType = MediaType;
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["X-Accel-Buffering"] = "no";
        try
        {
            await TellAsync(http, listener, now, clock, end.Token);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The other side has gone, the server stops, or it is time to prove oneself anew: the stream just ends.
            return Results.Empty;
        }
        return Results.Empty;
    }

    private static async Task TellAsync(HttpContext http, ChangeWatch.Listener listener, Fingerprint now, TimeProvider clock, CancellationToken end)
    {
        var (known, response) = ((string?)http.Request.Headers["Last-Event-ID"], http.Response);
        await WriteAsync(response, "retry: 2000\n: alive\n\n", end);
        for (var seen = now; ;)
        {
            if (seen.ChangesSince(known) is { Count: > 0 } what)
            {
                var data = JsonSerializer.Serialize(new ChangeEvent(seen.Tag, what), OverviewJson.Default.ChangeEvent);
                await WriteAsync(response, $"event: changed\nid: {seen.Tag}\ndata: {data}\n\n", end);
                known = seen.Tag;
            }
            var next = listener.Changes.WaitToReadAsync(end).AsTask();
            while (await Task.WhenAny(next, Task.Delay(SignOfLife, clock, end)) != next)
            {
                end.ThrowIfCancellationRequested();
                await WriteAsync(response, ": alive\n\n", end);
            }
            await next;
            while (listener.Changes.TryRead(out var told))
                seen = told;
        }
    }

    private static async Task WriteAsync(HttpResponse response, string text, CancellationToken end)
    {
        await response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), end);
        await response.Body.FlushAsync(end);
    }
}

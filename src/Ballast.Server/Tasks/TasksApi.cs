using Ballast.Core;
using Ballast.Core.Ticks;
using Ballast.Server.Auth;
using Ballast.Server.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Ballast.Server.Tasks;

/// <summary>The endpoints that a scheduler calls.</summary>
public static class TasksApi
{
    /// <summary>The time of the run that a delivery belongs to, in RFC 3339; Cloud Scheduler keeps it over all retries of the run.</summary>
    public const string ScheduleTimeHeader = "X-CloudScheduler-ScheduleTime";

    /// <summary>What a caller is told when the store cannot be used; why stands in the log.</summary>
    private const string StoreDown = "Redis unavailable";

    public static void MapTasks(this IEndpointRouteBuilder app)
    {
        var tasks = app.MapGroup("/tasks").RequireScheduler().AddEndpointFilter(DiscardBody).WithTags("Tasks");

        Map("/runtime", TickRunner.Runtime, "Brings the books up to date, plans, records");
        Map("/15-min-job", TickRunner.Runtime, "The same as /tasks/runtime");
        Map("/rebalance/symmetric", TickRunner.Symmetric, "Plans and records, and leaves the books alone");

        void Map(string path, string task, string summary)
        {
            var endpoint = tasks.MapPost(path, (HttpContext http, TickRunner runner) => RunAsync(http, runner, task))
                .WithSummary(summary)
                .Produces<TaskAnswer>()
                .Produces<TaskAnswer>(StatusCodes.Status502BadGateway);
            foreach (var status in (int[])[400, 401, 409, 413, 503])
                endpoint.ProducesProblem(status);
        }
    }

    private static async Task<IResult> RunAsync(HttpContext http, TickRunner runner, string task)
    {
        if (!ScheduleTime(http.Request).TryGet(out var scheduled, out var unreadable))
            return Refuse(http, StatusCodes.Status400BadRequest, "Bad request", unreadable.Reason);
        return Answer(http, await runner.RunAsync(task, scheduled.Time, SchedulerAuthentication.CallerOf(http)));
    }

    /// <summary>What came of a run, for whoever asked for it.</summary>
    internal static IResult Answer(HttpContext http, TickOutcome outcome) => outcome switch
    {
        TickOutcome.Finished { Report: var report } => Answer(TaskAnswer.From(report)),
        TickOutcome.Replayed replayed => Answer(TaskAnswer.Again(replayed.Answer)),
        TickOutcome.Busy busy => Refuse(http, StatusCodes.Status409Conflict, "Conflict", "Another tick is running", busy.RetryAfter),
        TickOutcome.Overtaken => Refuse(
            http, StatusCodes.Status409Conflict, "Conflict", "A newer tick took over; nothing of this one was recorded", TimeSpan.FromSeconds(1)),
        TickOutcome.StoreDown => Refuse(http, StatusCodes.Status503ServiceUnavailable, "Service unavailable", StoreDown, TimeSpan.FromSeconds(5)),
        var other => throw new InvalidOperationException($"no such outcome: {other}"),
    };

    private static JsonHttpResult<TaskAnswer> Answer(TaskAnswer answer) => TypedResults.Json(
        answer, BallastJson.Default.TaskAnswer, statusCode: answer.Status == "error" ? StatusCodes.Status502BadGateway : StatusCodes.Status200OK);

    private static Refusal Refuse(HttpContext http, int status, string title, string detail, TimeSpan? retryAfter = null) =>
        new(() => Problems.WriteAsync(http, status, title, detail, retryAfter));

    private static Result<(DateTimeOffset? Time, bool Given)> ScheduleTime(HttpRequest request)
    {
        var header = request.Headers[ScheduleTimeHeader];
        if (header.Count == 0)
            return (null, false);
        return header.Count == 1 && UtcText.TryRead(header[0]!.Trim(), out var time)
            ? ((DateTimeOffset?)time, true)
            : Failure.BadData($"{ScheduleTimeHeader} must be one time in RFC 3339, such as 2026-01-01T12:00:00Z");
    }

    /// <summary>A scheduler may send a body, and nothing in it matters; one beyond the server's limit is refused all the same.</summary>
    private static async ValueTask<object?> DiscardBody(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        try
        {
            await http.Request.Body.CopyToAsync(Stream.Null, http.RequestAborted);
        }
        catch (BadHttpRequestException refused)
        {
            return Refuse(http, refused.StatusCode, "Request refused", "The body is too large or broken; a task needs none");
        }
        return await next(context);
    }

    private sealed class Refusal(Func<Task> write) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => write();
    }
}

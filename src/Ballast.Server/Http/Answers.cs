using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Ballast.Core;
using Ballast.Core.Ticks;

namespace Ballast.Server.Http;

/// <summary>What the operator's API answers: a value, or a problem document that says why there is none.</summary>
internal static class Answers
{
    /// <summary>What is merely unavailable now is a conflict that passes; everything else is the caller's to change.</summary>
    public static IResult Of<T>(HttpContext http, Result<T> result, JsonTypeInfo<T> type) => result.TryGet(out var value, out var failure)
        ? TypedResults.Json(value, type)
        : new Problem(() => failure.Kind == FailureKind.Unavailable
            ? Problems.WriteAsync(http, StatusCodes.Status409Conflict, "Conflict", failure.Reason, failure.RetryAfter ?? TimeSpan.FromSeconds(1))
            : Problems.WriteAsync(http, StatusCodes.Status400BadRequest, "Bad request", failure.Reason));

    /// <summary>What was asked for is not there, and why.</summary>
    public static IResult Missing(HttpContext http, string detail) =>
        new Problem(() => Problems.WriteAsync(http, StatusCodes.Status404NotFound, "Not found", detail));

    /// <summary>More than one server can do at once.</summary>
    public static IResult Crowded(HttpContext http, string detail) =>
        new Problem(() => Problems.WriteAsync(http, StatusCodes.Status503ServiceUnavailable, "Service unavailable", detail, TimeSpan.FromSeconds(10)));

    /// <summary>The body as <typeparamref name="T"/>; a failure that says what is wrong with it.</summary>
    public static async Task<Result<T>> ReadAsync<T>(HttpContext http, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return await JsonSerializer.DeserializeAsync(http.Request.Body, type, http.RequestAborted) is { } body
                ? body : Failure.BadData("the body is null");
        }
        catch (JsonException unreadable)
        {
            return Failure.BadData($"the body cannot be read ({unreadable.Message})");
        }
    }

    /// <summary>Why stands in the log of the next tick; a caller outside is not told of hosts inside.</summary>
    public static async ValueTask<object?> StoreDown(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (StoreUnavailableException)
        {
            return new Problem(() => Problems.WriteAsync(
                context.HttpContext, StatusCodes.Status503ServiceUnavailable, "Service unavailable", "Redis unavailable", TimeSpan.FromSeconds(5)));
        }
    }

    private sealed class Problem(Func<Task> write) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => write();
    }
}

using Ballast.Server.Auth;
using Ballast.Server.Events;
using Ballast.Server.Health;
using Ballast.Server.Http;
using Ballast.Server.Records;
using Ballast.Server.Tasks;

namespace Ballast.Server.Overview;

/// <summary>The portfolio at a glance, how fast its parts answer, and a tick by hand.</summary>
public static class OverviewApi
{
    /// <summary>How a tick by hand proves itself, as its answer says.</summary>
    private const string Caller = "operator";

    public static void MapOverview(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/api/v1").RequireReader().AddEndpointFilter(Answers.StoreDown).WithTags("Overview");
        api.MapGet("/overview", async (Portfolio portfolio) => TypedResults.Json(await portfolio.LookAsync(), OverviewJson.Default.OverviewAnswer))
            .WithSummary("Everything at a glance: mode, last tick, plan, books, profit, the last day").Produces<OverviewAnswer>();
        api.MapGet("/latency", async (Readiness readiness, RecordBook records) =>
            TypedResults.Json(LatencyAnswer.Of(await readiness.CheckAsync(), await records.LastTickMsAsync()), OverviewJson.Default.LatencyAnswer))
            .WithSummary("How long the store, the exchange and the last tick took").Produces<LatencyAnswer>();
        api.MapPost("/tick", async (HttpContext http, TickRunner runner) =>
            TasksApi.Answer(http, await runner.RunAsync(TickRunner.Runtime, scheduled: null, Caller)))
            .WithSummary("Runs a tick now").Produces<TaskAnswer>().Produces<TaskAnswer>(StatusCodes.Status502BadGateway)
            .ProducesProblem(StatusCodes.Status409Conflict);
    }
}

/// <param name="LastTickMs">Absent when the last tick's answer is not kept any more.</param>
public sealed record LatencyAnswer(PartHealth Store, PartHealth Exchange, long? LastTickMs)
{
    internal static LatencyAnswer Of(HealthAnswer health, long? lastTickMs) => new(health.Store, health.Exchange, lastTickMs);
}

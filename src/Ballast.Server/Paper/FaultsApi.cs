using Ballast.Core;
using Ballast.PaperExchange;
using Ballast.PaperExchange.Faults;
using Ballast.Server.Auth;
using Ballast.Server.Http;
using Ballast.Server.Overview;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Ballast.Server.Paper;

/// <summary>
/// Faults of the paper exchange that this server runs, for its operator, who has proved who they are. On the real exchange there is nothing of it.
/// </summary>
public static class FaultsApi
{
    /// <summary>What decimals of seconds can be counted as; the exchange refuses what is too long in its own words.</summary>
    private const decimal MostSeconds = 100_000_000;

    public static void MapFaults(this IEndpointRouteBuilder app)
    {
        var paper = app.MapGroup("/api/v1/paper").RequireReader().WithTags("Paper");
        paper.MapGet("/faults", (PaperExchangeServer exchange) => All(exchange))
            .WithSummary("What can go wrong on the paper exchange, and what does").Produces<FaultsAnswer>();
        paper.MapPost("/faults", BeginAsync).WithSummary("Makes something go wrong").Accepts<NewFault>("application/json").Produces<FaultsAnswer>()
            .ProducesProblem(StatusCodes.Status400BadRequest);
        paper.MapDelete("/faults", Clear).WithSummary("Ends everything that goes wrong").Produces<FaultsAnswer>();
    }

    private static async Task<IResult> BeginAsync(HttpContext http, PaperExchangeServer paper) => Answers.Of(
        http,
        (await Answers.ReadAsync(http, OverviewJson.Default.NewFault)).TryGet(out var wanted, out var failure)
            && Read(wanted).TryGet(out var request, out failure) && paper.Begin(request).TryGet(out _, out failure) ? FaultsAnswer.Of(paper.Faults) : failure,
        OverviewJson.Default.FaultsAnswer);

    private static JsonHttpResult<FaultsAnswer> Clear(PaperExchangeServer paper)
    {
        paper.Faults.ClearAll();
        return All(paper);
    }

    private static JsonHttpResult<FaultsAnswer> All(PaperExchangeServer paper) =>
        TypedResults.Json(FaultsAnswer.Of(paper.Faults), OverviewJson.Default.FaultsAnswer);

    private static Result<FaultRequest> Read(NewFault wanted) => wanted.ForSeconds is > MostSeconds or < -MostSeconds
        ? Failure.BadData("for_seconds is out of range; write seconds above 0, such as 120")
        : new FaultRequest(
            wanted.Kind, wanted.Argument, wanted.Calls,
            For: wanted.ForSeconds is { } seconds ? TimeSpan.FromTicks((long)(seconds * TimeSpan.TicksPerSecond)) : null, Count: wanted.Count);
}

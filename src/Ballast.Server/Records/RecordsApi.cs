using Ballast.Core;
using Ballast.Core.Planning;
using Ballast.Core.Ticks;
using Ballast.Server.Auth;
using Ballast.Server.Http;
using Ballast.Server.Overview;
using Ballast.Server.Store;

namespace Ballast.Server.Records;

/// <summary>What was recorded, for a person to look through: the newest first, page by page.</summary>
public static class RecordsApi
{
    private const int UsualPage = 200;
    private const int LargestPage = 1000;
    private const int MostTrades = 10_000;
    private const int FewestPoints = 24;
    private const int MostPoints = 5000;

    public static void MapRecords(this IEndpointRouteBuilder app)
    {
        var records = app.MapGroup("/api/v1").RequireReader().AddEndpointFilter(Answers.StoreDown).WithTags("Records");
        records.MapGet("/ticks", TicksAsync).WithSummary("Plans and failed ticks, newest first")
            .Produces<TickRowsAnswer>().ProducesProblem(StatusCodes.Status400BadRequest);
        records.MapGet("/tick", TickAsync).WithSummary("One tick with everything that was recorded of it").Produces<TickDetailAnswer>()
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);
        records.MapGet("/orders", OrdersAsync).WithSummary("Settled orders, newest first")
            .Produces<OrdersAnswer>().ProducesProblem(StatusCodes.Status400BadRequest);
        records.MapGet("/journal", JournalAsync).WithSummary("What was booked and changed, newest first")
            .Produces<JournalAnswer>().ProducesProblem(StatusCodes.Status400BadRequest);
        records.MapGet("/trades", TradesAsync).WithSummary("Booked trades, oldest first")
            .Produces<TradesAnswer>().ProducesProblem(StatusCodes.Status400BadRequest);
        records.MapGet("/errors", ErrorsAsync).WithSummary("The newest ticks that had no plan")
            .Produces<FailedTicksAnswer>().ProducesProblem(StatusCodes.Status400BadRequest);
        records.MapGet("/equity", EquityAsync).WithSummary("The curve of the value, beside holding and all in quote")
            .Produces<EquityAnswer>().ProducesProblem(StatusCodes.Status400BadRequest);
    }

    private static async Task<IResult> TicksAsync(HttpContext http, RecordBook records, string? limit, string? before, string? action, string? from, string? to)
    {
        var asked = new Asked();
        var (most, cursor) = (asked.Whole("limit", limit, UsualPage, LargestPage), asked.Cursor("before", before));
        var (first, last, actions) = (asked.Time("from", from), asked.Time("to", to), asked.Words("action", action, "BUY", "SELL", "HOLD", TickRow.Failed));
        return Answers.Of(
            http, asked.Problem is { } problem ? problem : await records.TicksAsync(cursor, most, actions, first, last), OverviewJson.Default.TickRowsAnswer);
    }

    private static async Task<IResult> TickAsync(HttpContext http, RecordBook records, string? id)
    {
        if (string.IsNullOrWhiteSpace(id))
            return Answers.Of(
                http, Failure.BadData("id is missing; write the name of a tick as /api/v1/ticks gives it"), OverviewJson.Default.TickDetailAnswer);
        return await records.TickAsync(id) is { } tick
            ? TypedResults.Json(tick, OverviewJson.Default.TickDetailAnswer)
            : Answers.Missing(http, "There is no such tick in the history, or it is not kept any more; Ballast:Store:HistoryLimit says how many are");
    }

    private static async Task<IResult> OrdersAsync(HttpContext http, RecordBook records, string? limit, string? before)
    {
        var asked = new Asked();
        var (most, cursor) = (asked.Whole("limit", limit, UsualPage, LargestPage), asked.Cursor("before", before));
        return Answers.Of(http, asked.Problem is { } problem ? problem : await records.OrdersAsync(cursor, most), OverviewJson.Default.OrdersAnswer);
    }

    private static async Task<IResult> JournalAsync(HttpContext http, RecordBook records, string? limit, string? before)
    {
        var asked = new Asked();
        var most = asked.Whole("limit", limit, UsualPage, LargestPage);
        var end = string.IsNullOrWhiteSpace(before) ? (int?)null : asked.Whole("before", before, 1, int.MaxValue);
        return Answers.Of(http, asked.Problem is { } problem ? problem : await records.JournalAsync(end, most), OverviewJson.Default.JournalAnswer);
    }

    private static async Task<IResult> TradesAsync(HttpContext http, RecordBook records, string? limit, string? from, string? to)
    {
        var asked = new Asked();
        var (most, first, last) = (asked.Whole("limit", limit, 2000, MostTrades), asked.Time("from", from), asked.Time("to", to));
        return Answers.Of(http, asked.Problem is { } problem ? problem : await records.TradesAsync(first, last, most), OverviewJson.Default.TradesAnswer);
    }

    private static async Task<IResult> ErrorsAsync(HttpContext http, RecordBook records, string? limit)
    {
        var asked = new Asked();
        var most = asked.Whole("limit", limit, 50, LargestPage);
        return Answers.Of(http, asked.Problem is { } problem ? problem : await records.FailedAsync(most), OverviewJson.Default.FailedTicksAnswer);
    }

    private static async Task<IResult> EquityAsync(
        HttpContext http, IStore store, RedisArchive archive, TickOptions options, string? from, string? to, string? points)
    {
        var asked = new Asked();
        var (first, last, most) = (asked.Time("from", from), asked.Time("to", to), asked.Whole("points", points, 600, MostPoints));
        return Answers.Of(
            http, asked.Problem is { } problem ? problem : await CurveAsync(store, archive, options.Policy, first, last, Math.Max(most, FewestPoints)),
            OverviewJson.Default.EquityAnswer);
    }

    private static async Task<Result<EquityAnswer>> CurveAsync(
        IStore store, RedisArchive archive, Policy configured, DateTimeOffset? from, DateTimeOffset? to, int most)
    {
        var reading = archive.EquityAsync(DateTimeOffset.MinValue, DateTimeOffset.MaxValue);
        var state = await store.ReadAsync();
        var curve = await reading;
        var policy = configured.With(state.Settings).TryGet(out var changed, out _) ? changed : configured;
        return state.Equity.TryGet(out var ends, out var failure) ? EquityCurve.Of(curve, ends.Start, from, to, most, policy) : failure;
    }
}

using System.Text.Json.Serialization.Metadata;
using Ballast.Core;
using Ballast.Core.Ticks;
using Ballast.Core.Trading;
using Ballast.Server.Auth;
using Ballast.Server.Events;
using Ballast.Server.Http;
using Ballast.Server.Tasks;
using Ballast.Server.Telemetry;

namespace Ballast.Server.Trading;

/// <summary>Trading for its operator: look, halt, resume, mode, approval, settings.</summary>
public static class TradingApi
{
    public static void MapTrading(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/api/v1").RequireReader().AddEndpointFilter(Answers.StoreDown).AddEndpointFilter(ChangeWatch.WakeAfter).WithTags("Trading");
        api.MapGet("/trading", async (HttpContext http, TradingDesk desk) => Answer(http, await desk.ShowAsync()))
            .WithSummary("Mode, halt, proposal, open order, today's sums, settings").Produces<TradingAnswer>();
        api.MapPost("/halt", HaltAsync).WithSummary("Halts trading at once, and cancels open orders of ours").Accepts<ReasonRequest>(Json).Produces<TradingAnswer>();
        Post("/resume", "Lifts a halt", BallastJson.Default.ReasonRequest, (desk, body, by) => desk.ResumeAsync(body.Reason, by));
        Post("/mode", "Changes the mode, up to the configured one", BallastJson.Default.ModeRequest, (desk, body, by) => desk.SetModeAsync(body.Mode, body.Reason, by));
        api.MapPost("/proposal/approve", ApproveAsync).WithSummary("Approves the waiting order, and runs the tick that carries it out").Produces<TaskAnswer>();
        Post("/proposal/reject", "Takes the waiting order away", BallastJson.Default.ReasonRequest, (desk, body, by) => desk.RejectAsync(body.Reason, by));
        api.MapPut("/settings", async (HttpContext http, TradingDesk desk) =>
            Answer(http, (await Answers.ReadAsync(http, BallastJson.Default.DictionaryStringString)).TryGet(out var settings, out var failure)
                ? await desk.SetSettingsAsync(settings, OperatorAuthentication.Who(http)) : failure))
            .WithSummary("Replaces the settings that are laid over the configuration").Accepts<Dictionary<string, string>>(Json).Produces<TradingAnswer>();

        void Post<T>(string path, string summary, JsonTypeInfo<T> type, Func<TradingDesk, T, string, Task<Result<TradingAnswer>>> run)
            where T : class => api.MapPost(path, async (HttpContext http, TradingDesk desk) =>
                Answer(http, (await Answers.ReadAsync(http, type)).TryGet(out var body, out var failure) ? await run(desk, body, OperatorAuthentication.Who(http)) : failure))
            .WithSummary(summary).Accepts<T>(Json).Produces<TradingAnswer>();
    }

    private const string Json = "application/json";

    private static async Task<IResult> HaltAsync(HttpContext http, TradingDesk desk, IExchange exchange, TickOptions options)
    {
        if (!(await Answers.ReadAsync(http, BallastJson.Default.ReasonRequest)).TryGet(out var body, out var failure))
            return Answer(http, failure);
        var halted = await desk.HaltAsync(body.Reason, OperatorAuthentication.Who(http));

        if (halted.Failure is null)
        {
            await CancelOursAsync(exchange, options, http.RequestAborted);
            await desk.DeliverAsync();
        }
        return Answer(http, halted);
    }

    /// <summary>The halt stands; what is open of ours would go on all the same. What cannot be cancelled now, the next tick tries again.</summary>
    internal static async Task CancelOursAsync(IExchange exchange, TickOptions options, CancellationToken cancel)
    {
        if (!(await exchange.OpenOrdersAsync(options.Symbol, cancel)).TryGet(out var open, out _))
            return;
        foreach (var ours in open.Where(order => order.ClientOrderId?.StartsWith(OrderIntent.Prefix, StringComparison.Ordinal) == true))
            await exchange.CancelAsync(options.Symbol, ours.ClientOrderId!, CancellationToken.None);
    }

    private static async Task<IResult> ApproveAsync(HttpContext http, TradingDesk desk, TickRunner runner)
    {
        if (!(await desk.ApproveAsync(OperatorAuthentication.Who(http))).TryGet(out _, out var failure))
            return Answer(http, failure);
        return await runner.RunAsync(TickRunner.Symmetric, scheduled: null, caller: "operator") is TickOutcome.Finished finished
            ? TypedResults.Json(TaskAnswer.From(finished.Report), BallastJson.Default.TaskAnswer)
            : Answer(http, Failure.Unavailable("approved; another tick is running, and the next one carries it out"));
    }

    /// <summary>What an operator is shown, those who watch see, too: a halt counts from the moment at which it is made.</summary>
    private static IResult Answer(HttpContext http, Result<TradingAnswer> result)
    {
        if (result.TryGet(out var shown, out _))
            http.RequestServices.GetRequiredService<TickMeasures>().Record(shown);
        return Answers.Of(http, result, BallastJson.Default.TradingAnswer);
    }
}

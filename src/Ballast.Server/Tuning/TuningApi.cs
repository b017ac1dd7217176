using Ballast.Core;
using Ballast.Core.Ticks;
using Ballast.Server.Auth;
using Ballast.Server.Configuration;
using Ballast.Server.Http;
using Ballast.Server.Overview;

namespace Ballast.Server.Tuning;

/// <summary>The settings as they count, and what others would do.</summary>
public static class TuningApi
{
    public static void MapTuning(this IEndpointRouteBuilder app)
    {
        var reading = app.MapGroup("/api/v1").RequireOperator().AddEndpointFilter(Answers.StoreDown).WithTags("Settings");
        reading.MapGet("/settings", ShowAsync).WithSummary("Every setting with its value, where that comes from, and what it does").Produces<SettingsAnswer>();

        // Changes nothing, but has a body, and is for who could make the change.
        var writing = app.MapGroup("/api/v1").RequireOperator().AddEndpointFilter(Answers.StoreDown).WithTags("Settings");
        writing.MapPost("/settings/preview", async (HttpContext http, Preview preview) =>
            Answers.Of(
                http,
                (await Answers.ReadAsync(http, OverviewJson.Default.PreviewRequest)).TryGet(out var asked, out var failure) ? await preview.OfAsync(asked.Settings) : failure,
                OverviewJson.Default.PreviewAnswer))
            .WithSummary("What other run-time settings would have decided").Accepts<PreviewRequest>("application/json").Produces<PreviewAnswer>()
            .ProducesProblem(StatusCodes.Status400BadRequest);
    }

    private static async Task<IResult> ShowAsync(IStore store, Settings settings, IConfiguration configuration)
    {
        var state = await store.ReadAsync();
        var pair = state.Ledger.TryGet(out var ledger, out _) ? ledger?.Opening.Pair ?? state.Rules?.Pair : state.Rules?.Pair;
        return TypedResults.Json(new SettingsCatalogue(settings, configuration).Of(state.Settings, pair?.Base, pair?.Quote), OverviewJson.Default.SettingsAnswer);
    }
}

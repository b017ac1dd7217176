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
        var settings = app.MapGroup("/api/v1").RequireReader().AddEndpointFilter(Answers.StoreDown).WithTags("Settings");
        settings.MapGet("/settings", ShowAsync).WithSummary("Every setting with its value, where that comes from, and what it does").Produces<SettingsAnswer>();
        settings.MapPost("/settings/preview", async (HttpContext http, Preview preview) =>
            Answers.Of(
                http,
                (await Answers.ReadAsync(http, OverviewJson.Default.PreviewRequest)).TryGet(out var asked, out var failure)
                    ? await preview.OfAsync(asked.Settings) : failure,
                OverviewJson.Default.PreviewAnswer))
            .WithSummary("What other run-time settings would have decided").Accepts<PreviewRequest>("application/json").Produces<PreviewAnswer>()
            .ProducesProblem(StatusCodes.Status400BadRequest);
    }

    private static async Task<IResult> ShowAsync(IStore store, Settings settings, IConfiguration configuration)
    {
        var state = await store.ReadAsync();
        var pair = state.Ledger.TryGet(out var ledger, out _) ? ledger?.Opening.Pair ?? state.Rules?.Pair : state.Rules?.Pair;
        return TypedResults.Json(
            new SettingsCatalogue(settings, configuration).Of(state.Settings, pair?.Base, pair?.Quote), OverviewJson.Default.SettingsAnswer);
    }
}

using Ballast.Server.Auth;

namespace Ballast.Server.Diagnosis;

/// <summary>The doctor for the operator of a server that is running.</summary>
internal static class DoctorApi
{
    public static void MapDoctor(this IEndpointRouteBuilder app) => app.MapGroup("/api/v1").RequireOperator().WithTags("Doctor")
        .MapGet("/doctor", async (DoctorDesk desk) => TypedResults.Json(await desk.AskAsync(), DoctorJson.Default.DoctorAnswer))
        .WithSummary("Looks at everything that the program depends on, and says what to do about what is wrong").Produces<DoctorAnswer>();
}

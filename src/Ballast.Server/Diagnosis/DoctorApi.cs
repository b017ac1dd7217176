using Ballast.Mexc;
using Ballast.Server.Auth;
using Ballast.Server.Configuration;
using Ballast.Server.Store;
using Microsoft.AspNetCore.Http.Json;

namespace Ballast.Server.Diagnosis;

/// <summary>The doctor for those who look at a server that is running.</summary>
internal static class DoctorApi
{
    public static void AddDoctor(this IServiceCollection services, Settings settings, RedisConnection redis, TimeProvider clock)
    {
        services.Configure<JsonOptions>(json => json.SerializerOptions.TypeInfoResolverChain.Add(DoctorJson.Default));
        services.AddSingleton(provider => new DoctorDesk(
            new Doctor(Patient.OfServer(settings, redis, provider.GetRequiredService<MexcClient>()), clock), clock));
    }

    public static void MapDoctor(this IEndpointRouteBuilder app) => app.MapGroup("/api/v1").RequireReader().WithTags("Doctor")
        .MapGet("/doctor", async (DoctorDesk desk) => TypedResults.Json(await desk.AskAsync(), DoctorJson.Default.DoctorAnswer))
        .WithSummary("Looks at everything that the program depends on, and says what to do about what is wrong").Produces<DoctorAnswer>();
}

using System.Runtime.CompilerServices;

namespace Ballast.Server.Http;

/// <summary>
/// The description of the interface at /openapi/v1.json. It is made from the endpoints; the native executable carries a copy instead, which a test
/// compares with what is made, because what makes it would be a fiftieth of that file and is asked for by nobody in a tick.
/// </summary>
internal static class ApiDescription
{
    private const string Address = "/openapi/v1.json";
    private const string Copy = "openapi.json";

    public static void AddApiDescription(this IServiceCollection services)
    {
        if (!RuntimeFeature.IsDynamicCodeSupported)
            return;
        services.AddOpenApi(document =>
        {
            DescriptionRules.AddTo(document);
            document.AddDocumentTransformer((described, _, _) =>
            {
                described.Info = new() { Title = "Ballast", Version = typeof(BallastServer).Assembly.GetName().Version!.ToString(3) };
                return Task.CompletedTask;
            });
        });
    }

    public static void MapApiDescription(this WebApplication app)
    {
        if (RuntimeFeature.IsDynamicCodeSupported)
            app.MapOpenApi();
        else
            app.MapGet(Address, SendCopyAsync);
    }

    private static async Task SendCopyAsync(HttpContext http)
    {
        await using var copy = typeof(ApiDescription).Assembly.GetManifestResourceStream(Copy)!;
        http.Response.ContentType = "application/json;charset=utf-8";
        http.Response.ContentLength = copy.Length;
        await copy.CopyToAsync(http.Response.Body, http.RequestAborted);
    }
}

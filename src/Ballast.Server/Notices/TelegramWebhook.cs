using System.Text.Json;
using Ballast.Core.Ticks;
using Ballast.Server.Configuration;
using Ballast.Server.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Ballast.Server.Notices;

/// <summary>
/// <c>POST /notify/telegram</c>. Telegram sends again what is not answered with 2xx, so everything that will not get better by that is answered with
/// 200 once the caller has proved to be Telegram; what is no JSON is not Telegram's.
/// </summary>
internal static class TelegramWebhook
{
    public const string SecretHeader = "X-Telegram-Bot-Api-Secret-Token";

    /// <summary>Bytes. A message with everything that it quotes can be longer than what else is sent here.</summary>
    private const int LargestUpdate = 256 * 1024;

    public static void Map(IEndpointRouteBuilder app, BearerToken secret) =>
        app.MapPost("/notify/telegram", http => TakeAsync(http, secret)).ExcludeFromDescription();

    private static async Task TakeAsync(HttpContext http, BearerToken secret)
    {
        var desk = http.RequestServices.GetRequiredService<TelegramDesk>();
        if (http.Request.Headers[SecretHeader] is not [{ } shown] || !secret.Matches(shown))
        {
            desk.Unproven();
            await Problems.WriteAsync(http, StatusCodes.Status401Unauthorized, "Unauthorized", "Unauthorized");
            return;
        }
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = LargestUpdate;
        try
        {
            using var body = await JsonDocument.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted);
            if (TelegramUpdate.Read(body.RootElement) is { } update)
                await desk.TakeAsync(update);
            else
                desk.Ignore();
        }
        catch (JsonException)
        {
            desk.Ignore();
            await Problems.WriteAsync(http, StatusCodes.Status400BadRequest, "Bad request", "The body is not JSON");
        }
        catch (BadHttpRequestException)
        {
            // Too large, or broken off: neither gets smaller or whole by being sent again.
            desk.Ignore();
        }
        catch (StoreUnavailableException)
        {
            await Problems.WriteAsync(http, StatusCodes.Status503ServiceUnavailable, "Service unavailable", "Redis unavailable", TimeSpan.FromSeconds(5));
        }
    }
}

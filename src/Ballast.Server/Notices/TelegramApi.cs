using System.Text.Json;

namespace Ballast.Server.Notices;

/// <summary>
/// Telegram's Bot API, as far as it is not a notice: replies, and asking for what came in. The token is in every address, so none is ever shown.
/// </summary>
internal sealed class TelegramApi(TelegramSettings settings, Post post)
{
    public static Uri Address(TelegramSettings settings, string method) =>
        new($"{settings.BaseUrl.AbsoluteUri.TrimEnd('/')}/bot{settings.BotToken.Value}/{method}");

    public static bool IsOk(ReadOnlySpan<byte> body)
    {
        try
        {
            var json = new Utf8JsonReader(body);
            using var answer = JsonDocument.ParseValue(ref json);
            var root = answer.RootElement;
            return root.ValueKind == JsonValueKind.Object && root.TryGetProperty("ok"u8, out var ok) && ok.ValueKind == JsonValueKind.True;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <returns>The answer's body, or why there is none that says ok.</returns>
    public Task<PostAnswer> CallAsync(string method, byte[] body, int mostBytes, CancellationToken cancel)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new("application/json");
        var request = new HttpRequestMessage(HttpMethod.Post, Address(settings, method)) { Content = content };
        return post.SendAsync(request, IsOk, settings.BotToken.Blot, mostBytes, cancel);
    }
}

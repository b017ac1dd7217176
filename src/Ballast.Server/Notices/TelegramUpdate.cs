using System.Text.Json;

namespace Ballast.Server.Notices;

/// <summary>What somebody wrote to the bot, or which button they pressed. Everything else that Telegram sends is of no interest.</summary>
/// <param name="Id">The update's; the same when Telegram sends it again.</param>
/// <param name="Chat">Where it was written.</param>
/// <param name="Text">What was written; null for a button.</param>
/// <param name="Button">The button's data; null for a text.</param>
/// <param name="Query">What a pressed button is answered by; null for a text.</param>
internal sealed record TelegramUpdate(long Id, long Chat, string? Text, string? Button, string? Query)
{
    /// <returns>Null for what is no update, or not one that concerns us.</returns>
    public static TelegramUpdate? Read(JsonElement root)
    {
        if (Number(root, "update_id") is not { } id)
            return null;
        if (Part(root, "message") is { } message)
            return ChatOf(message) is { } chat && Word(message, "text") is { } text ? new TelegramUpdate(id, chat, text, null, null) : null;
        return Part(root, "callback_query") is { } pressed && Part(pressed, "message") is { } under && ChatOf(under) is { } where
            && Word(pressed, "data") is { } data && Word(pressed, "id") is { } query
            ? new TelegramUpdate(id, where, null, data, query) : null;
    }

    /// <summary>The update's id alone, also of one that does not concern us; null for what is no update.</summary>
    public static long? IdOf(JsonElement root) => Number(root, "update_id");

    private static long? ChatOf(JsonElement message) => Part(message, "chat") is { } chat ? Number(chat, "id") : null;

    private static JsonElement? Part(JsonElement whole, string name) =>
        whole.ValueKind == JsonValueKind.Object && whole.TryGetProperty(name, out var part) && part.ValueKind == JsonValueKind.Object ? part : null;

    private static long? Number(JsonElement whole, string name) =>
        whole.ValueKind == JsonValueKind.Object && whole.TryGetProperty(name, out var number)
        && number.ValueKind == JsonValueKind.Number && number.TryGetInt64(out var value) ? value : null;

    private static string? Word(JsonElement whole, string name) =>
        whole.TryGetProperty(name, out var word) && word.ValueKind == JsonValueKind.String ? word.GetString() : null;
}

using System.Globalization;
using System.Text.Json;

namespace Ballast.Server.Notices;

/// <summary>One chat with a bot of the owner's. A proposal has buttons, where answers are received at all.</summary>
internal sealed class TelegramChannel(TelegramSettings settings, long chat)
    : Channel("telegram", string.Create(CultureInfo.InvariantCulture, $"telegram:{chat}"), settings.From)
{
    /// <summary>What the data of a button begins with; the proposal's key follows.</summary>
    public const string ApproveButton = "approve:";

    public const string RejectButton = "reject:";

    public override bool Confirms(ReadOnlySpan<byte> body) => TelegramApi.IsOk(body);

    public override string Blot(string words) => settings.BotToken.Blot(words);

    protected override HttpRequestMessage Compose(Notice notice, DateTimeOffset now) => PostJson(
        TelegramApi.Address(settings, "sendMessage"),
        Message(chat, $"{Mark(notice.Severity)} {notice.Title}\n{notice.Text}", settings.Receive == TelegramReceive.None ? null : notice.Proposal));

    /// <param name="proposal">The key of the proposal that the buttons are for; null without buttons.</param>
    public static byte[] Message(long chat, string text, string? proposal) => Json(json =>
    {
        json.WriteNumber("chat_id"u8, chat);
        json.WriteString("text"u8, Cut(text, LongestText));
        json.WriteStartObject("link_preview_options"u8);
        json.WriteBoolean("is_disabled"u8, true);
        json.WriteEndObject();
        if (proposal is not null)
            WriteButtons(json, proposal);
    });

    private static void WriteButtons(Utf8JsonWriter json, string proposal)
    {
        json.WriteStartObject("reply_markup"u8);
        json.WriteStartArray("inline_keyboard"u8);
        json.WriteStartArray();
        foreach (var (text, data) in new[] { ("Approve", ApproveButton), ("Reject", RejectButton) })
        {
            json.WriteStartObject();
            json.WriteString("text"u8, text);
            json.WriteString("callback_data"u8, data + proposal);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndArray();
        json.WriteEndObject();
    }
}

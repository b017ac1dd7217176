using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Ballast.Core;
using Ballast.Server.Tasks;

namespace Ballast.Server.Notices;

/// <summary>
/// JSON to an address of the owner's, signed: <c>Ballast-Signature: v1=hex(HMAC-SHA256(secret, timestamp + "." + body))</c>, with the timestamp,
/// in seconds since 1970, in <c>Ballast-Timestamp</c>.
/// </summary>
internal sealed class WebhookChannel(WebhookSettings settings) : Channel("webhook", "webhook", settings.From)
{
    public override string Blot(string words) => settings.SigningSecret.Blot(settings.Url.Blot(words));

    protected override HttpRequestMessage Compose(Notice notice, DateTimeOffset now)
    {
        var body = Body(notice);
        var timestamp = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var request = PostJson(new Uri(settings.Url.Value), body);
        request.Headers.Add("Ballast-Timestamp", timestamp);
        request.Headers.Add("Ballast-Signature", $"v1={Signature(settings.SigningSecret.Value, timestamp, body)}");
        return request;
    }

    private static string Signature(string secret, string timestamp, byte[] body)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{timestamp}."), .. body];
        return Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed));
    }

    private static byte[] Body(Notice notice) => Json(json =>
    {
        json.WriteString("id"u8, notice.Id);
        json.WriteString("kind"u8, TaskAnswer.Lower(notice.Kind));
        json.WriteString("severity"u8, TaskAnswer.Lower(notice.Severity));
        json.WriteString("at"u8, UtcText.Write(notice.At));
        json.WriteString("symbol"u8, notice.Symbol);
        json.WriteString("tick"u8, notice.Tick);
        json.WriteString("title"u8, notice.Title);
        json.WriteString("text"u8, notice.Text);
        json.WriteStartObject("facts"u8);
        foreach (var (name, value) in notice.Facts)
            json.WriteString(name, value);
        json.WriteEndObject();
    });
}

using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Ballast.Floor;

/// <summary>The six questions of a steady tick, all at once.</summary>
internal sealed class FloorExchange(string address, string apiKey, string secretKey) : IDisposable
{
    private readonly HttpClient http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        AutomaticDecompression = DecompressionMethods.All,
        ActivityHeadersPropagator = null,
    });

    public async Task AskAsync()
    {
        var now = TimeProvider.System.GetUtcNow();
        var (day, week, end) = (Ms(now.AddHours(-25)), Ms(now.AddDays(-7)), Ms(now));
        await Task.WhenAll(
            AskAsync(Signed("account", "", end)),
            AskAsync(Open("ticker/price")),
            AskAsync(Open("ticker/bookTicker")),
            AskAsync(Signed("myTrades", $"symbol=QRLUSDT&startTime={day}&endTime={end}&limit=1000&", end)),
            AskAsync(Signed("capital/deposit/hisrec", $"startTime={week}&endTime={end}&limit=1000&", end)),
            AskAsync(Signed("capital/withdraw/history", $"startTime={week}&endTime={end}&limit=1000&", end)));
    }

    public void Dispose() => http.Dispose();

    private async Task AskAsync(HttpRequestMessage question)
    {
        using (question)
        {
            using var answer = await http.SendAsync(question);
            answer.EnsureSuccessStatusCode();
            await answer.Content.ReadAsByteArrayAsync();
        }
    }

    private HttpRequestMessage Open(string path) => new(HttpMethod.Get, $"{address}/api/v3/{path}?symbol=QRLUSDT");

    private HttpRequestMessage Signed(string path, string query, string timestamp)
    {
        var text = $"{query}recvWindow=5000&timestamp={timestamp}";
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secretKey), Encoding.UTF8.GetBytes(text)));
        return new HttpRequestMessage(HttpMethod.Get, $"{address}/api/v3/{path}?{text}&signature={signature}") { Headers = { { "X-MEXC-APIKEY", apiKey } } };
    }

    private static string Ms(DateTimeOffset time) => time.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
}

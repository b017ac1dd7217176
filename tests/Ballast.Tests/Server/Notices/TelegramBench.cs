using System.Text;
using System.Text.Json.Nodes;
using Ballast.Tests.Mexc;
using Ballast.Tests.Server.Store;
using Ballast.Tests.Server.Telemetry;

namespace Ballast.Tests.Server.Notices;

/// <summary>The real program on its paper exchange, which wants to buy, in mode approve, with a bot whose Telegram is a server of our own.</summary>
internal sealed class TelegramBench : IAsyncDisposable
{
    public const string BotToken = "123456:ABC-DEF1234ghIkl-zyx57W2v1u123ew11";
    public const string Secret = "a_secret_of_at_least_24_letters";
    public const long Owner = 42;
    private const string Send = $"POST /bot{BotToken}/sendMessage";
    private const string Ask = $"POST /bot{BotToken}/getUpdates";
    private TaskCompletionSource open = new();
    private int updates = 1000;

    private TelegramBench(ServerUnderTest server, StubExchange telegram, LogOfServer log) => (Server, Telegram, Log) = (server, telegram, log);

    public ServerUnderTest Server { get; }

    public StubExchange Telegram { get; }

    public LogOfServer Log { get; }

    /// <summary>Every message to the owner so far.</summary>
    public IReadOnlyList<JsonNode> Sent => [.. Telegram.RequestsTo(Send).Select(request => JsonNode.Parse(request.Body)!)];

    public string LastText => (string)Sent[^1]["text"]!;

    public static async Task<TelegramBench> StartAsync(string receive, params (string Name, string? Value)[] settings)
    {
        var telegram = (await StubExchange.StartAsync()).On(Send, StubReply.Json("""{"ok":true,"result":{}}"""))
            .On($"POST /bot{BotToken}/answerCallbackQuery", StubReply.Json("""{"ok":true,"result":true}"""));
        var open = new TaskCompletionSource();
        telegram.On(Ask, Nothing(open));
        var log = new LogOfServer();
        var server = await ServerUnderTest.StartAsync(
        [
            ("MEXC_API_KEY", null), ("MEXC_SECRET_KEY", null), ("MEXC_BASE_URL", null), ("Ballast:Paper:Port", "0"),
            ("Ballast:Mode", "approve"), ("Ballast:Policy:TargetRatio", "0.65"), ("Ballast:Safety:MaxOrderNotional", "400"), ("Ballast:Safety:MaxDailyNotional", "2000"),
            ("Ballast:Safety:MinMinutesBetweenOrders", "0"), ("Ballast:Notify:Telegram:BotToken", BotToken), ("Ballast:Notify:Telegram:ChatIds", $"{Owner}"),
            ("Ballast:Notify:Telegram:BaseUrl", telegram.BaseUrl.ToString()), ("Ballast:Notify:Telegram:Receive", receive),
            ("Ballast:Notify:Telegram:WebhookSecret", receive == "webhook" ? Secret : null), .. settings,
        ], log: log);
        await Eventually.TrueAsync(() => IsReadyAsync(server), TimeSpan.FromSeconds(30), "the server was not ready");
        return new TelegramBench(server, telegram, log) { open = open };
    }

    private static async Task<bool> IsReadyAsync(ServerUnderTest server)
    {
        using var answer = await server.Http.GetAsync("/health/ready", TestContext.Current.CancellationToken);
        return answer.IsSuccessStatusCode;
    }

    public static string Text(int update, string text, long chat = Owner) =>
        $$$"""{"update_id":{{{update}}},"message":{"message_id":1,"from":{"id":{{{chat}}},"is_bot":false},"chat":{"id":{{{chat}}},"type":"private"},"date":1767268800,"text":"{{{text}}}"}}""";

    public static string Press(int update, string data, long chat = Owner) =>
        $$$"""{"update_id":{{{update}}},"callback_query":{"id":"77","from":{"id":{{{chat}}}},"message":{"message_id":1,"chat":{"id":{{{chat}}}}},"chat_instance":"1","data":"{{{data}}}"}}""";

    public int NextUpdate() => ++updates;

    /// <summary>Writes to the bot by its webhook.</summary>
    public Task<int> WriteAsync(string text, long chat = Owner) => CallAsync(Text(NextUpdate(), text, chat));

    public Task<int> PressAsync(string data, long chat = Owner) => CallAsync(Press(NextUpdate(), data, chat));

    public async Task<int> CallAsync(string body, string? secret = Secret)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/notify/telegram") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (secret is not null)
            request.Headers.Add("X-Telegram-Bot-Api-Secret-Token", secret);
        using var response = await Server.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return (int)response.StatusCode;
    }

    /// <summary>Ends the question that the server has open, and answers those that follow; the last of them stays open.</summary>
    public async Task ComesAsync(params StubReply[] replies)
    {
        await Eventually.TrueAsync(() => Task.FromResult(Telegram.RequestsTo(Ask).Count > 0), TimeSpan.FromSeconds(30), "nobody asked");
        var (ended, next) = (open, new TaskCompletionSource());
        open = next;
        Telegram.On(Ask, [.. replies, Nothing(next)]);
        ended.SetResult();
    }

    /// <summary>Waits until it is asked for what comes from this update on.</summary>
    public Task AskedFromAsync(int offset) => Eventually.TrueAsync(
        () => Task.FromResult(Telegram.RequestsTo(Ask).Any(request => (int?)JsonNode.Parse(request.Body)!["offset"] == offset)),
        TimeSpan.FromSeconds(30), $"{offset} was not asked for");

    private static StubReply Nothing(TaskCompletionSource until) => StubReply.Json("""{"ok":true,"result":[]}""").After(until.Task);

    public Task TickAsync() => Server.AnswerAsync("/tasks/runtime");

    public Task SentAsync(int count) => Eventually.TrueAsync(() => Task.FromResult(Sent.Count >= count), TimeSpan.FromSeconds(30), $"{count} messages were not sent");

    public async Task<string?> ApprovedByAsync() => (string?)await (await Server.RedisAsync()).HashGetAsync("bot:QRLUSDT:proposal", "approved_by");

    public async Task<long> OrdersAsync() => await (await Server.RedisAsync()).ListLengthAsync("bot:QRLUSDT:orders");

    /// <summary>The data of the first or second button under a message.</summary>
    public static string Button(JsonNode message, int number) => (string)message["reply_markup"]!["inline_keyboard"]![0]![number]!["callback_data"]!;

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        open.TrySetResult();
        await Telegram.DisposeAsync();
    }
}

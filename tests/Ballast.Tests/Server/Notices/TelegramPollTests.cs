using Ballast.Tests.Mexc;
using Ballast.Tests.Server.Store;

namespace Ballast.Tests.Server.Notices;

/// <summary>An owner's answers by long polling, where nobody can call the server from outside.</summary>
public class TelegramPollTests
{
    [Fact]
    public async Task What_came_in_is_answered_once_and_not_asked_for_again()
    {
        await using var bench = await TelegramBench.StartAsync("poll");
        await bench.TickAsync();
        var press = TelegramBench.Press(70, TelegramBench.Button(bench.Sent[0], 0));
        await bench.ComesAsync(Updates(press, TelegramBench.Text(71, "/halt", chat: 43), """{"update_id":72,"edited_message":{}}"""));
        await Eventually.TrueAsync(async () => await bench.OrdersAsync() == 1, TimeSpan.FromSeconds(30), "nothing was ordered");
        await bench.AskedFromAsync(73);

        // As after a restart that did not know what was answered.
        await bench.ComesAsync(Updates(press, TelegramBench.Text(74, "/status")));
        await Eventually.TrueAsync(() => Task.FromResult(bench.LastText.StartsWith("QRLUSDT: mode", StringComparison.Ordinal)), TimeSpan.FromSeconds(30), "no status");
        Assert.Equal(1, await bench.OrdersAsync());
        Assert.False(await (await bench.Server.RedisAsync()).KeyExistsAsync("bot:QRLUSDT:halt"));
    }

    [Theory]
    [InlineData("""{"ok":false,"error_code":409,"description":"Conflict: can't use getUpdates method while webhook is active"}""", 409, "delete its webhook, or stop the other server")]
    [InlineData("""{"ok":true,"result":7}""", 200, "an answer that is not as it should be")]
    [InlineData("""{"ok":true}""", 200, "an answer that is not as it should be")]
    [InlineData("<html>", 200, "not an answer as it should be")]
    public async Task What_goes_wrong_is_said_and_tried_again(string body, int status, string says)
    {
        await using var bench = await TelegramBench.StartAsync("poll");
        await bench.ComesAsync(StubReply.Json(body, status), Updates(TelegramBench.Text(9, "/status")));
        await bench.SentAsync(1);
        Assert.Contains(bench.Log.Lines, line => line.Contains(says, StringComparison.Ordinal));
        Assert.DoesNotContain(bench.Log.Lines, line => line.Contains("ABC-DEF", StringComparison.Ordinal) && !line.StartsWith("Information Microsoft.", StringComparison.Ordinal));
    }

    private static StubReply Updates(params string[] updates) => StubReply.Json($$"""{"ok":true,"result":[{{string.Join(',', updates)}}]}""");
}

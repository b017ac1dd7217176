using Ballast.Tests.Mexc;

namespace Ballast.Tests.Server.Notices;

/// <summary>An owner's answers by Telegram's webhook: who counts, what they may do, and what an old button cannot.</summary>
[Trait(FromOutside.Name, FromOutside.Value)]
public class TelegramWebhookTests
{
    [Fact]
    public async Task A_proposal_comes_with_buttons_and_the_approved_order_is_carried_out_at_once()
    {
        await using var bench = await TelegramBench.StartAsync("webhook");
        await bench.TickAsync();
        var proposal = Assert.Single(bench.Sent);
        Assert.Contains("waits for you", (string?)proposal["text"], StringComparison.Ordinal);

        Assert.Equal(200, await bench.PressAsync(TelegramBench.Button(proposal, 0)));
        Assert.Contains(bench.Sent, message => ((string)message["text"]!).StartsWith("Approved: filled, BUY", StringComparison.Ordinal));
        Assert.Contains(bench.Sent, message => ((string)message["text"]!).Contains("is approved\nBy Telegram 42.", StringComparison.Ordinal));
        Assert.Contains(bench.Sent, message => ((string)message["text"]!).Contains(": filled\nBought", StringComparison.Ordinal));
        Assert.Single(bench.Telegram.RequestsTo($"POST /bot{TelegramBench.BotToken}/answerCallbackQuery"));
        Assert.Equal(1, await bench.OrdersAsync());
        var journal = await (await bench.Server.RedisAsync()).ListRangeAsync("bot:QRLUSDT:journal");
        Assert.Contains(journal, line => $"{line}".Contains("Telegram 42", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_old_button_approves_nothing_and_shows_what_waits_now()
    {
        await using var bench = await TelegramBench.StartAsync("webhook");
        await bench.TickAsync();
        var old = bench.Sent[0];
        await bench.TickAsync();
        foreach (var button in (int[])[0, 1])
        {
            Assert.Equal(200, await bench.PressAsync(TelegramBench.Button(old, button)));
            Assert.StartsWith("Not done: the proposal is not there any more; a newer tick has taken its place.\nWaiting now: BUY", bench.LastText, StringComparison.Ordinal);
            Assert.NotEqual(TelegramBench.Button(old, 0), TelegramBench.Button(bench.Sent[^1], 0));
        }
        Assert.Equal((0, ""), (await bench.OrdersAsync(), await bench.ApprovedByAsync()));

        await bench.PressAsync(TelegramBench.Button(bench.Sent[^1], 0));
        Assert.Equal(1, await bench.OrdersAsync());
    }

    [Fact]
    public async Task A_rejected_proposal_is_gone()
    {
        await using var bench = await TelegramBench.StartAsync("webhook");
        await bench.TickAsync();
        await bench.PressAsync(TelegramBench.Button(bench.Sent[0], 1));
        Assert.Contains("Rejected. The next tick decides anew.", bench.LastText, StringComparison.Ordinal);
        await bench.WriteAsync("/approve");
        Assert.StartsWith("Not done: no order waits for approval", bench.LastText, StringComparison.Ordinal);
        Assert.Equal(0, await bench.OrdersAsync());
    }

    [Fact]
    public async Task Words_do_what_buttons_do_and_status_and_halt_besides()
    {
        await using var bench = await TelegramBench.StartAsync("webhook");
        await bench.TickAsync();
        await bench.WriteAsync("/status@my_ballast_bot");
        Assert.StartsWith("QRLUSDT: mode approve\nnot halted\nwaiting: BUY", bench.LastText, StringComparison.Ordinal);
        Assert.StartsWith("approve:", TelegramBench.Button(bench.Sent[^1], 0), StringComparison.Ordinal);
        await bench.WriteAsync("hello");
        Assert.Contains("/halt reason: stop trading at once", bench.LastText, StringComparison.Ordinal);

        await bench.WriteAsync("/halt on  holiday");
        Assert.StartsWith("Trading is halted.", bench.LastText, StringComparison.Ordinal);
        var halt = await (await bench.Server.RedisAsync()).HashGetAllAsync("bot:QRLUSDT:halt");
        Assert.Contains(halt, field => field is { Name: var name, Value: var value } && name == "reason" && value == "on holiday");
        Assert.Contains(halt, field => field is { Name: var name, Value: var value } && name == "by" && value == "Telegram 42");
        await bench.WriteAsync("/resume");
        Assert.Contains("not from here", bench.LastText, StringComparison.Ordinal);
        Assert.True(await (await bench.Server.RedisAsync()).KeyExistsAsync("bot:QRLUSDT:halt"));
    }

    [Fact]
    public async Task A_stranger_is_not_answered_and_does_nothing()
    {
        await using var bench = await TelegramBench.StartAsync("webhook");
        await bench.TickAsync();
        var button = TelegramBench.Button(bench.Sent[0], 0);
        Assert.Equal(200, await bench.WriteAsync("/halt now", chat: 43));
        Assert.Equal(200, await bench.WriteAsync("/approve", chat: -42));
        Assert.Equal(200, await bench.PressAsync(button, chat: 43));
        Assert.Equal((1, 0), (bench.Sent.Count, await bench.OrdersAsync()));
        Assert.False(await (await bench.Server.RedisAsync()).KeyExistsAsync("bot:QRLUSDT:halt"));
        var scrape = await Telemetry.Scrape.OfAsync(bench.Server);
        Assert.Equal(3, scrape["ballast_telegram_updates_total{outcome=\"stranger\"}"]);
    }

    [Fact]
    public async Task An_update_that_comes_again_is_carried_out_once()
    {
        await using var bench = await TelegramBench.StartAsync("webhook");
        await bench.TickAsync();
        var press = TelegramBench.Press(7, TelegramBench.Button(bench.Sent[0], 0));
        Assert.Equal(200, await bench.CallAsync(press));
        var sent = bench.Sent.Count;
        Assert.Equal(200, await bench.CallAsync(press));
        Assert.Equal((sent, 1), (bench.Sent.Count, await bench.OrdersAsync()));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a_secret_of_at_least_24_letter")]
    [InlineData("A_SECRET_OF_AT_LEAST_24_LETTERS")]
    public async Task Whoever_does_not_know_the_secret_is_refused_before_anything_is_read(string? secret)
    {
        await using var bench = await TelegramBench.StartAsync("webhook");
        Assert.Equal(401, await bench.CallAsync(TelegramBench.Text(1, "/halt now"), secret));
        Assert.Equal(401, await bench.CallAsync("rubbish", secret));
        Assert.Empty(bench.Sent);
    }

    [Theory]
    [InlineData("rubbish", 400)]
    [InlineData("", 400)]
    [InlineData("{\"update_id\":1", 400)]
    [InlineData("null", 200)]
    [InlineData("[]", 200)]
    [InlineData("{}", 200)]
    [InlineData("""{"update_id":"one","message":{"chat":{"id":42},"text":"/halt"}}""", 200)]
    [InlineData("""{"update_id":1.5,"message":{"chat":{"id":42},"text":"/halt"}}""", 200)]
    [InlineData("""{"update_id":1,"message":{"chat":42,"text":"/halt"}}""", 200)]
    [InlineData("""{"update_id":1,"message":{"chat":{"id":42},"text":["/halt"]}}""", 200)]
    [InlineData("""{"update_id":1,"message":"/halt"}""", 200)]
    [InlineData("""{"update_id":1,"edited_message":{"chat":{"id":42},"text":"/halt"}}""", 200)]
    [InlineData("""{"update_id":1,"callback_query":{"id":"1","data":"approve:"}}""", 200)]
    public async Task Rubbish_does_nothing_and_is_not_asked_for_again(string body, int status)
    {
        await using var bench = await TelegramBench.StartAsync("webhook");
        Assert.Equal(status, await bench.CallAsync(body));
        Assert.Empty(bench.Sent);
        Assert.False(await (await bench.Server.RedisAsync()).KeyExistsAsync("bot:QRLUSDT:halt"));
    }

    [Fact]
    public async Task A_long_message_is_read_and_one_beyond_all_measure_is_not_asked_for_again()
    {
        await using var bench = await TelegramBench.StartAsync("webhook");
        Assert.Equal(200, await bench.WriteAsync("/status " + new string('x', 60_000)));
        Assert.Single(bench.Sent);
        Assert.Equal(200, await bench.WriteAsync("/status " + new string('x', 300_000)));
        Assert.Single(bench.Sent);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("poll")]
    public async Task Where_Telegram_does_not_call_there_is_no_endpoint(string receive)
    {
        await using var bench = await TelegramBench.StartAsync(receive);
        Assert.Equal(404, await bench.CallAsync(TelegramBench.Text(1, "/status")));
    }

    [Fact]
    public async Task A_reply_that_does_not_get_through_fails_nothing()
    {
        await using var bench = await TelegramBench.StartAsync("webhook");
        bench.Telegram.On($"POST /bot{TelegramBench.BotToken}/sendMessage", StubReply.Drop());
        Assert.Equal(200, await bench.WriteAsync("/halt now"));
        Assert.True(await (await bench.Server.RedisAsync()).KeyExistsAsync("bot:QRLUSDT:halt"));
        Assert.DoesNotContain(bench.Log.Lines, line => line.Contains("ABC-DEF", StringComparison.Ordinal));
    }
}

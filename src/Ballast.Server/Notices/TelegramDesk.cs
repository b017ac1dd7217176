using Ballast.Core.Ticks;

namespace Ballast.Server.Notices;

/// <summary>
/// Takes what comes in by Telegram, by whichever way: once each, and from the chats of the owner only. Strangers get no answer: whoever looks for
/// bots must not learn that there is one behind the name.
/// </summary>
internal sealed partial class TelegramDesk(
    TelegramSettings settings, TelegramApi api, Outbox outbox, NoticeMeasures measures, TimeProvider clock, ILogger<TelegramDesk> log, TelegramOrders orders)
{
    /// <summary>Telegram keeps an update for a day, so no repetition comes later.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromHours(48);

    /// <summary>For one reply.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <exception cref="StoreUnavailableException">Nothing was done; it may come again.</exception>
    public async Task TakeAsync(TelegramUpdate update)
    {
        if (!settings.ChatIds.Contains(update.Chat))
        {
            measures.Update("stranger");
            Stranger(update.Chat);
            return;
        }
        if (!await outbox.IsNewUpdateAsync(update.Id, Remembered))
        {
            measures.Update("repeated");
            return;
        }
        await ReplyAsync(update, await AnswerAsync(update));
        measures.Update("handled");
    }

    /// <summary>What does not concern us.</summary>
    public void Ignore() => measures.Update("ignored");

    /// <summary>A call that did not prove to be Telegram's.</summary>
    public void Unproven() => measures.Update("unproven");

    private async Task<TelegramReply> AnswerAsync(TelegramUpdate update)
    {
        try
        {
            return await orders.AnswerAsync(update);
        }
        catch (StoreUnavailableException)
        {
            await outbox.ForgetUpdateAsync(update.Id);
            throw;
        }
    }

    private async Task ReplyAsync(TelegramUpdate update, TelegramReply reply)
    {
        using var ends = new CancellationTokenSource(Patience, clock);
        var answered = update.Query is { } query
            ? api.CallAsync("answerCallbackQuery", Channel.Json(json => json.WriteString("callback_query_id"u8, query)), Post.UsualAnswer, ends.Token)
            : null;
        var sent = await api.CallAsync("sendMessage", TelegramChannel.Message(update.Chat, reply.Text, reply.Proposal), Post.UsualAnswer, ends.Token);
        if (sent.Outcome != PostOutcome.Sent)
            NotReplied(update.Chat, sent.Detail);
        if (answered is not null)
            await answered;
    }

    [LoggerMessage(40, LogLevel.Information, "chat {Chat}, which is not among Ballast:Notify:Telegram:ChatIds, wrote to the Telegram bot and was not answered")]
    private partial void Stranger(long chat);

    [LoggerMessage(41, LogLevel.Warning, "the reply to Telegram chat {Chat} was not delivered: {Problem}")]
    private partial void NotReplied(long chat, string problem);
}

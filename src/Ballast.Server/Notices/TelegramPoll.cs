using System.Text.Json;
using Ballast.Core.Ticks;

namespace Ballast.Server.Notices;

/// <summary>Asks Telegram for what came in, and waits there for it: for a server that stays up and cannot be called from outside.</summary>
internal sealed partial class TelegramPoll(TelegramApi api, TelegramDesk desk, TimeProvider clock, ILogger<TelegramPoll> log) : BackgroundService
{
    /// <summary>Seconds that Telegram keeps the question open.</summary>
    private const int WaitSeconds = 50;

    /// <summary>For the answer, beyond the time that it is waited for.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(WaitSeconds + 10);

    private const int LargestAnswer = 1024 * 1024;
    private const int MostAtOnce = 20;
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Whatever came before is not asked for again once a higher one is asked for.
        long? next = null;
        var failures = 0;
        while (!stoppingToken.IsCancellationRequested)
        {
            var (problem, retryAfter, reached) = await AskAsync(next, stoppingToken);
            next = reached ?? next;
            if (problem is null)
            {
                failures = 0;
                continue;
            }
            if (stoppingToken.IsCancellationRequested)
                return;
            var pause = TimeSpan.FromSeconds(Math.Min(LongestPause.TotalSeconds, 2 << Math.Min(failures++, 10)));
            pause = retryAfter > pause ? retryAfter.Value : pause;
            Unreachable(problem, pause.TotalSeconds);
            await Task.Delay(pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <returns>What went wrong, null for nothing; and the update to ask for next, null when that has not changed.</returns>
    private async Task<(string? Problem, TimeSpan? RetryAfter, long? Next)> AskAsync(long? from, CancellationToken stop)
    {
        using var ends = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ends.Token, stop);
        var answer = await api.CallAsync("getUpdates", Question(from), LargestAnswer, either.Token);
        if (answer.Outcome != PostOutcome.Sent)
            return (answer.Detail.StartsWith("HTTP 409", StringComparison.Ordinal)
                ? $"{answer.Detail}; a bot has one listener: delete its webhook, or stop the other server" : answer.Detail, answer.RetryAfter, null);
        long? next = null;
        try
        {
            using var body = JsonDocument.Parse(answer.Body);
            foreach (var update in body.RootElement.GetProperty("result"u8).EnumerateArray())
            {
                await TakeAsync(update);
                next = TelegramUpdate.IdOf(update) is { } id ? id + 1 : next;
            }
            return (null, null, next);
        }
        catch (StoreUnavailableException)
        {
            return ("the store cannot be used", null, next);
        }
        catch (Exception rubbish) when (rubbish is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return ("an answer that is not as it should be", null, next);
        }
    }

    private async Task TakeAsync(JsonElement update)
    {
        if (TelegramUpdate.Read(update) is not { } read)
        {
            desk.Ignore();
            return;
        }
        try
        {
            await desk.TakeAsync(read);
        }
        catch (Exception bug) when (bug is not StoreUnavailableException)
        {
            // One message that cannot be answered must not be the last one.
            Failed(bug.GetType().Name, bug.StackTrace);
        }
    }

    private static byte[] Question(long? from) => Channel.Json(json =>
    {
        if (from is { } offset)
            json.WriteNumber("offset"u8, offset);
        json.WriteNumber("limit"u8, MostAtOnce);
        json.WriteNumber("timeout"u8, WaitSeconds);
        json.WriteStartArray("allowed_updates"u8);
        json.WriteStringValue("message"u8);
        json.WriteStringValue("callback_query"u8);
        json.WriteEndArray();
    });

    [LoggerMessage(42, LogLevel.Warning, "Telegram could not be asked for messages: {Problem}; asked again in {Seconds:0} s")]
    private partial void Unreachable(string problem, double seconds);

    [LoggerMessage(43, LogLevel.Error, "a message by Telegram could not be answered: {Bug} {Stack}")]
    private partial void Failed(string bug, string? stack);
}

using System.Globalization;
using System.Net;
using System.Text.Json;
using Ballast.Core;

namespace Ballast.Mexc;

/// <summary>What arrived over HTTP, read to the end.</summary>
/// <param name="RetryAfter">How long the exchange asked to be left alone; null when it did not say.</param>
internal sealed record HttpAnswer(HttpStatusCode Status, string? MediaType, TimeSpan? RetryAfter, byte[] Body);

/// <summary>
/// Tells the exchange's answers apart: payload, refusal, throttling, no usable answer. The one rule above the others: a command
/// counts as refused only when the exchange itself said so in words that could be read; anything less leaves its outcome unknown.
/// </summary>
internal sealed class AnswerJudge(ForeignText foreign)
{
    public Attempt Judge(Endpoint endpoint, HttpAnswer answer)
    {
        var root = JsonText.Parse(answer.Body);
        var word = root is { } json ? ExchangeWord.Find(json, IsSuccess(answer.Status)) : null;
        var said = Said(answer, word);

        if ((int)answer.Status is 429 or 418 || (ErrorCode.IsThrottled(word?.Code) && (int)answer.Status < 500))
            return new Attempt(Throttled(endpoint, said, word, answer), WorthRepeating: answer.RetryAfter is not null);
        if ((int)answer.Status is >= 500 or 408 || ErrorCode.IsTrouble(word?.Code))
            return new Attempt(InTrouble(endpoint, said, word, answer), WorthRepeating: true);
        if (word is not null)
            return new Attempt(Refused(endpoint, said, word));
        if (!IsSuccess(answer.Status))
            return new Attempt(NoClearAnswer(endpoint, Turned(answer.Status, said)));
        if (root is not { } payload)
            return new Attempt(NoClearAnswer(endpoint, $"the answer is not the exchange's JSON ({said})"), WorthRepeating: true);
        return new Attempt(ExchangeWord.Unwrap(payload));
    }

    /// <summary>
    /// No answer that proves anything: for a question it is merely unavailable; for a command nobody knows whether it was carried out.
    /// </summary>
    public static Failure NoClearAnswer(Endpoint endpoint, string what, int? code = null, TimeSpan? retryAfter = null) => endpoint.Commands
        ? new Failure(
            FailureKind.UnknownOutcome,
            $"{endpoint}: {what}; it may have been carried out all the same, so look the order up by its client order id "
            + "before sending anything new",
            code,
            retryAfter)
        : new Failure(FailureKind.Unavailable, $"{endpoint}: {what}", code, retryAfter);

    private static Failure InTrouble(Endpoint endpoint, string said, Word? word, HttpAnswer answer) =>
        NoClearAnswer(endpoint, $"the exchange is in trouble ({said})", word?.Code, answer.RetryAfter);

    private static Failure Throttled(Endpoint endpoint, string said, Word? word, HttpAnswer answer) => new(
        FailureKind.RateLimited,
        $"{endpoint}: the exchange wants fewer calls ({said}); {Wait(answer.RetryAfter)}",
        word?.Code,
        answer.RetryAfter);

    private Failure Refused(Endpoint endpoint, string said, Word word)
    {
        var fix = ErrorCode.Fix(word.Code, foreign.Clean(word.Text), endpoint.Permission);
        return new Failure(FailureKind.Rejected, $"{endpoint}: the exchange refused ({said}){(fix is null ? "" : $"; {fix}")}", word.Code);
    }

    private static string Turned(HttpStatusCode status, string said) => (int)status switch
    {
        >= 300 and < 400 => $"the server points elsewhere ({said}), which is not followed; check MEXC_BASE_URL",
        403 => $"access was denied before the exchange saw the call ({said}); too many calls, or an address or region that it blocks",
        404 => $"there is no such address ({said}); check MEXC_BASE_URL",
        _ => $"the server declined without a reason that could be read ({said})",
    };

    private static string Wait(TimeSpan? retryAfter) => retryAfter is { } wait
        ? string.Create(CultureInfo.InvariantCulture, $"nothing is sent for {Math.Ceiling(wait.TotalSeconds):0} s")
        : "nothing is sent for a while";

    private string Said(HttpAnswer answer, Word? word)
    {
        var status = $"HTTP {((int)answer.Status).ToString(CultureInfo.InvariantCulture)}";
        if (word is null) return $"{status}, {Shape(answer)}";
        var code = word.Code is { } number ? $", code {number.ToString(CultureInfo.InvariantCulture)}" : "";
        return foreign.Clean(word.Text) is { Length: > 0 } text ? $"{status}{code}: {text}" : $"{status}{code}";
    }

    private static string Shape(HttpAnswer answer) => answer.Body.Length == 0 ? "an empty body"
        : answer.MediaType is "text/html" || answer.Body.AsSpan().TrimStart(" \t\r\n"u8).StartsWith("<"u8) ? "an HTML page"
        : JsonText.Parse(answer.Body) is null ? "a body that is not JSON"
        : "no error code";

    private static bool IsSuccess(HttpStatusCode status) => (int)status is >= 200 and < 300;
}

using System.Buffers;
using System.Text.Json;
using Ballast.Core;
using Ballast.Mexc.Wire;
using Polly;
using Polly.Retry;

namespace Ballast.Mexc;

/// <summary>
/// Carries calls to the exchange and brings back payloads or failures; it throws only when the caller cancels. Reads are repeated
/// with growing, jittered waits inside one deadline, signed afresh each time. Commands go out exactly once.
/// </summary>
internal sealed class MexcTransport : IDisposable
{
    /// <summary>Far above the largest answer there is (all symbols, some 2 MB), far below what would hurt.</summary>
    public const int LongestBody = 16 * 1024 * 1024;

    private const int MostRepeats = 3;

    /// <summary>Timers may ring a few milliseconds early; a call that came back then would find itself still banned.</summary>
    private static readonly TimeSpan TimerSlack = TimeSpan.FromMilliseconds(20);

    private readonly MexcOptions options;
    private readonly HttpClient http;
    private readonly TimeProvider time;
    private readonly Random random;
    private readonly string root;
    private readonly MexcSigner signer;
    private readonly ExchangeClock clock;
    private readonly Ban ban;
    private readonly AnswerJudge judge;
    private readonly ResiliencePipeline<Attempt> repeats;

    /// <param name="random">Scatters the waits, so that several clients do not come back at the same moment.</param>
    public MexcTransport(MexcOptions options, HttpMessageHandler handler, TimeProvider time, Random random)
    {
        if (!options.ApiKey.All(letter => letter is > ' ' and <= '~'))
            throw new ArgumentException("the API key holds a blank, a line break or a letter that no header can carry", nameof(options));
        (this.options, this.time, this.random) = (options, time, random);
        http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        http.DefaultRequestHeaders.UserAgent.ParseAdd("Ballast");
        root = options.BaseUrl.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped)
            + options.BaseUrl.AbsolutePath.TrimEnd('/');
        (signer, clock, ban) = (new MexcSigner(options.SecretKey), new ExchangeClock(time), new Ban(time));
        Foreign = new ForeignText(options);
        judge = new AnswerJudge(Foreign);
        repeats = Repeats();
    }

    public ForeignText Foreign { get; }

    public void Dispose() => http.Dispose();

    /// <param name="signedAt">See <see cref="Call"/>.</param>
    public async Task<Result<JsonElement>> SendAsync(
        Endpoint endpoint, RequestQuery query, CancellationToken cancel, DateTimeOffset? signedAt = null)
    {
        var call = new Call(endpoint, query, time, options.TotalTimeout, signedAt);
        if (!endpoint.Repeatable) return await CommandAsync(call, cancel);
        var attempt = await repeats.ExecuteAsync(
            static (state, token) => state.Transport.ReadAsync(state.Call, token), (Transport: this, Call: call), cancel);
        return attempt.Result;
    }

    // A refusal for its timestamp is definite, so the clock is put right for what comes next; the command itself is not sent again.
    private async Task<Result<JsonElement>> CommandAsync(Call call, CancellationToken cancel)
    {
        var attempt = await AttemptAsync(call, cancel);
        if (attempt.Code != ErrorCode.TimestampOutsideWindow) return attempt.Result;
        try
        {
            await LearnClockAsync(call, cancel);
        }
        catch (OperationCanceledException)
        {
            // The caller left; that the command was refused is known all the same, and worth more than the clock.
            return attempt.Result;
        }
        return attempt.Result;
    }

    private async ValueTask<Attempt> ReadAsync(Call call, CancellationToken cancel)
    {
        var attempt = await AttemptAsync(call, cancel);
        if (attempt.Code == ErrorCode.TimestampOutsideWindow && !call.ClockCorrected)
        {
            call.ClockCorrected = true;
            if (await LearnClockAsync(call, cancel)) attempt = await AttemptAsync(call, cancel);
        }
        return attempt is { WorthRepeating: true, Result.Failure: { } failure }
            ? attempt with { WaitBeforeRepeat = WaitBeforeRepeat(call, failure) }
            : attempt;
    }

    private async Task<bool> LearnClockAsync(Call call, CancellationToken cancel)
    {
        var asked = time.GetUtcNow();
        var attempt = await AttemptAsync(call.AsideFor(Endpoint.Time), cancel);
        var answered = time.GetUtcNow();
        if (!attempt.Result.TryGet(out var payload, out _)) return false;
        if (!WireTime.Read(payload).TryGet(out var exchangeTime, out _)) return false;
        clock.Learn(asked, exchangeTime, answered);
        return true;
    }

    private async Task<Attempt> AttemptAsync(Call call, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        if (ban.Remaining is { } left) return new Attempt(StillBanned(call.Endpoint, left));
        var patience = call.Remaining < options.AttemptTimeout ? call.Remaining : options.AttemptTimeout;
        using var limit = new CancellationTokenSource(patience > TimeSpan.Zero ? patience : TimeSpan.Zero, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, limit.Token);
        try
        {
            return await ExchangeAsync(call, either.Token);
        }
        catch (Exception error) when (Breakdown.IsOne(error))
        {
            cancel.ThrowIfCancellationRequested();
            return Breakdown.Judge(call.Endpoint, error, limit.IsCancellationRequested ? patience : null);
        }
    }

    private async Task<Attempt> ExchangeAsync(Call call, CancellationToken cancel)
    {
        using var request = Request(call);
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
        var retryAfter = RetryAfter.Read(response.Headers, time.GetUtcNow());
        if (await BodyAsync(response.Content, cancel) is not { } body)
            return new Attempt(AnswerJudge.NoClearAnswer(call.Endpoint, "the answer is far larger than any the exchange gives"));
        var answer = new HttpAnswer(response.StatusCode, response.Content.Headers.ContentType?.MediaType, retryAfter, body);
        var attempt = judge.Judge(call.Endpoint, answer);
        if (attempt.Result.Failure?.Kind == FailureKind.RateLimited)
            ban.Start(retryAfter ?? ((int)response.StatusCode == 418 ? Ban.Shortest : Ban.OneWindow));
        return attempt;
    }

    // The query is escaped already and signed as it stands; Uri is told not to rewrite anything in it.
    private HttpRequestMessage Request(Call call)
    {
        var query = call.Endpoint.Signed ? call.Query.Signed(signer, options.ReceiveWindow, call.SignedAt is { } ours ? clock.Of(ours) : clock.Now) : call.Query;
        var uri = new Uri(
            query.Text.Length == 0 ? root + call.Endpoint.Path : $"{root}{call.Endpoint.Path}?{query.Text}",
            new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        var request = new HttpRequestMessage(call.Endpoint.Method, uri);
        if (call.Endpoint.Signed) request.Headers.Add("X-MEXC-APIKEY", options.ApiKey);
        if (call.Endpoint.Repeatable) return request;
        // The exchange refuses a command without this type, although its parameters stand in the query and the body is empty.
        request.Content = new ByteArrayContent([]) { Headers = { ContentType = new("application/json") } };
        return request;
    }

    // Null when it is too long.
    private static async Task<byte[]?> BodyAsync(HttpContent content, CancellationToken cancel)
    {
        if (content.Headers.ContentLength > LongestBody) return null;
        await using var stream = await content.ReadAsStreamAsync(cancel);
        var body = new ArrayBufferWriter<byte>(4096);
        while (await stream.ReadAsync(body.GetMemory(4096), cancel) is > 0 and var read)
        {
            body.Advance(read);
            if (body.WrittenCount > LongestBody) return null;
        }
        return body.WrittenSpan.ToArray();
    }

    private static Failure StillBanned(Endpoint endpoint, TimeSpan left) => new(
        FailureKind.RateLimited,
        $"{endpoint}: not sent, because the exchange asked for fewer calls; it is left alone for another {Math.Ceiling(left.TotalSeconds):0} s",
        RetryAfter: left);

    private ResiliencePipeline<Attempt> Repeats() => new ResiliencePipelineBuilder<Attempt> { TimeProvider = time }
        .AddRetry(new RetryStrategyOptions<Attempt>
        {
            MaxRetryAttempts = MostRepeats,
            ShouldHandle = static args => ValueTask.FromResult(args.Outcome is { Exception: null, Result.WaitBeforeRepeat: not null }),
            DelayGenerator = static args => ValueTask.FromResult(args.Outcome.Result.WaitBeforeRepeat),
        })
        .Build();

    // Null when there is no time left for it. A wait that the exchange asked for is kept in full.
    private TimeSpan? WaitBeforeRepeat(Call call, Failure failure)
    {
        var wait = failure.RetryAfter is { } asked ? asked + TimerSlack + Scatter(options.RepeatDelay) : Backoff(call.Repeats++);
        return wait < call.Remaining ? wait : null;
    }

    private TimeSpan Backoff(int repeats)
    {
        var longest = new TimeSpan(options.RepeatDelay.Ticks << repeats);
        return new TimeSpan(longest.Ticks / 2) + Scatter(new TimeSpan(longest.Ticks / 2));
    }

    private TimeSpan Scatter(TimeSpan longest)
    {
        lock (random) return new TimeSpan(random.NextInt64(longest.Ticks) + 1);
    }
}

using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;

namespace Ballast.Server.Notices;

/// <summary>How a request went, in order of precedence.</summary>
internal enum PostOutcome
{
    /// <summary>Taken.</summary>
    Sent,

    /// <summary>The other side does not want this one, and would not want it later either, as far as it says.</summary>
    Refused,

    /// <summary>Nobody there, too slow, out of order, or wrongly set up: worth another try, of this and of everything else.</summary>
    Failed,
}

/// <param name="Detail">For the owner, without secrets.</param>
/// <param name="RetryAfter">How long the other side asked to be left alone; null when it did not.</param>
/// <param name="Body">Cut to what was asked for at most.</param>
internal sealed record PostAnswer(PostOutcome Outcome, string Detail, TimeSpan? RetryAfter, byte[] Body);

/// <summary>
/// The connections to all channels, made when the first notice leaves. No address, header or message of an exception gets out of here: they may
/// hold secrets. No redirects, which would carry a token to somebody else; no trace headers.
/// </summary>
internal sealed class Post : IDisposable
{
    /// <summary>Bytes of an answer that are looked at.</summary>
    public const int UsualAnswer = 4096;

    private const int LongestDetail = 200;
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromHours(6);

    private readonly Lazy<HttpClient> connections = new(Connect);
    private readonly TimeProvider clock;

    public Post(TimeProvider clock) => this.clock = clock;

    /// <summary>Sends a notice; never throws.</summary>
    public Task<PostAnswer> SendAsync(Channel channel, Notice notice, CancellationToken cancel) =>
        SendAsync(channel.Request(notice, clock.GetUtcNow()), channel.Confirms, channel.Blot, UsualAnswer, cancel);

    /// <summary>Never throws.</summary>
    public async Task<PostAnswer> SendAsync(
        HttpRequestMessage request, Func<ReadOnlySpan<byte>, bool> confirms, Func<string, string> blot, int mostBytes, CancellationToken cancel)
    {
        try
        {
            using (request)
            using (var response = await connections.Value.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel))
            {
                var body = await ReadAsync(response, mostBytes, cancel);
                return Judge(response, body, confirms(body), blot);
            }
        }
        catch (OperationCanceledException)
        {
            return Failed("no answer in time");
        }
        catch (HttpRequestException unreachable)
        {
            return Failed($"unreachable ({unreachable.HttpRequestError})");
        }
        catch (IOException)
        {
            return Failed("the connection broke");
        }
    }

    public void Dispose()
    {
        if (connections.IsValueCreated)
            connections.Value.Dispose();
    }

    private PostAnswer Judge(HttpResponseMessage response, byte[] body, bool confirmed, Func<string, string> blot)
    {
        var status = (int)response.StatusCode;
        var detail = $"HTTP {status.ToString(CultureInfo.InvariantCulture)}{(Words(body) is { } words ? $": {Shown(blot(words))}" : "")}";
        return status switch
        {
            >= 200 and < 300 when confirmed => new PostAnswer(PostOutcome.Sent, detail, null, body),
            >= 200 and < 300 => new PostAnswer(PostOutcome.Failed, $"{detail}, but not an answer as it should be", null, body),
            429 => new PostAnswer(PostOutcome.Failed, detail, RetryAfter(response, body), body),
            400 or 413 or 415 or 422 => new PostAnswer(PostOutcome.Refused, detail, null, body),
            >= 300 and < 400 => new PostAnswer(PostOutcome.Failed, $"{detail}: moved; set the address that it has moved to", null, body),
            _ => new PostAnswer(PostOutcome.Failed, detail, RetryAfter(response, body), body),
        };
    }

    private static PostAnswer Failed(string detail) => new(PostOutcome.Failed, detail, null, []);

    private TimeSpan? RetryAfter(HttpResponseMessage response, byte[] body)
    {
        var header = response.Headers.RetryAfter;
        var wait = header?.Delta ?? (header?.Date is { } date ? date - clock.GetUtcNow() : (TimeSpan?)null) ?? Seconds(body);
        return wait is null ? null : wait < TimeSpan.Zero ? TimeSpan.Zero : wait > LongestRetryAfter ? LongestRetryAfter : wait;
    }

    /// <summary>Telegram says it under parameters, Discord on top.</summary>
    private static TimeSpan? Seconds(byte[] body) => Read<TimeSpan?>(body, root =>
    {
        var holder = root.TryGetProperty("parameters"u8, out var parameters) && parameters.ValueKind == JsonValueKind.Object ? parameters : root;
        return holder.TryGetProperty("retry_after"u8, out var seconds) && seconds.ValueKind == JsonValueKind.Number && seconds.TryGetDecimal(out var number)
            && number is >= 0 and < 1_000_000 ? TimeSpan.FromMilliseconds((long)(number * 1000)) : null;
    });

    /// <summary>What Telegram, Discord and ntfy call their explanations.</summary>
    private static string? Words(byte[] body) => Read(body, root =>
    {
        foreach (var name in (string[])["description", "message", "error"])
        {
            if (root.TryGetProperty(name, out var words) && words.ValueKind == JsonValueKind.String)
                return words.GetString();
        }
        return null;
    });

    private static T? Read<T>(byte[] body, Func<JsonElement, T?> read)
    {
        try
        {
            using var answer = JsonDocument.Parse(body);
            return answer.RootElement.ValueKind == JsonValueKind.Object ? read(answer.RootElement) : default;
        }
        catch (JsonException)
        {
            return default;
        }
    }

    private static string Shown(string words)
    {
        var shown = new StringBuilder();
        foreach (var letter in Channel.Cut(words, LongestDetail))
            shown.Append(char.IsControl(letter) ? ' ' : letter);
        return shown.ToString();
    }

    private static async Task<byte[]> ReadAsync(HttpResponseMessage response, int most, CancellationToken cancel)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancel);
        var body = new byte[most];
        var length = await stream.ReadAtLeastAsync(body, most, throwOnEndOfStream: false, cancel);
        return body[..length];
    }

    private static HttpClient Connect() => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ActivityHeadersPropagator = null,
    })
    {
        // Whoever sends says how long it may take.
        Timeout = Timeout.InfiniteTimeSpan,
    };
}

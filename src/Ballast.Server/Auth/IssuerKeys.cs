using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Ballast.Server.Auth;

/// <summary>What is known about a key id after the issuer was asked, where asking was due.</summary>
internal enum KeyLookup
{
    Known,
    Unknown,

    /// <summary>No key is known at all: the issuer was never read.</summary>
    IssuerUnavailable,
}

/// <summary>
/// The issuer's published keys. The library's own manager reads them again at most every five minutes and refuses a token of a freshly
/// rotated key meanwhile, even the one whose arrival made it ask; a scheduler without retries would lose that run. Here an unknown key id
/// is looked up at the issuer before its token is judged, and a pause between such readings keeps forged ids from being
/// passed on to the issuer one by one.
/// </summary>
public sealed partial class IssuerKeys : IConfigurationManager<OpenIdConnectConfiguration>, IDisposable
{
    /// <summary>How old the keys may get before they are read again without being asked.</summary>
    public static readonly TimeSpan Freshness = TimeSpan.FromHours(12);

    /// <summary>Least time from the end of one reading to the start of the next. A successful first reading does not start it.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>Longest time for reading discovery document and keys together.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5);

    private readonly string issuer;
    private readonly TimeProvider clock;
    private readonly ILogger<IssuerKeys> log;
    private readonly KeptKeys? kept;
    private readonly IssuerDocuments documents;
    private readonly SemaphoreSlim oneReading = new(1, 1);

    /// <summary>The last good reading; it stays when a later one fails. Null before the first.</summary>
    private volatile Reading? known;

    /// <summary>When the last reading ended. Null: none yet, or only a successful first one. Guarded by <see cref="oneReading"/>.</summary>
    private long? pausedSince;

    private volatile bool doubted;

    /// <summary>A reading from the issuer that is not kept yet.</summary>
    private Reading? unkept;

    /// <param name="kept">Where earlier starts left them. Null: each start asks the issuer.</param>
    public IssuerKeys(string issuer, KeptKeys? kept, TimeProvider clock, ILogger<IssuerKeys> log)
    {
        (this.issuer, this.kept, this.clock, this.log) = (issuer, kept, clock, log);
        documents = new IssuerDocuments(new Uri(issuer));
    }

    /// <summary>The issuer's keys, read when there are none or they are old.</summary>
    /// <exception cref="InvalidOperationException">The issuer could not be read and never was.</exception>
    public async Task<OpenIdConnectConfiguration> GetConfigurationAsync(CancellationToken cancel) =>
        (await CurrentAsync(cancel))?.Published ?? throw new InvalidOperationException($"The keys of {issuer} are not known.");

    /// <summary>
    /// A token that names no key fitted none. There was no id to look up before it was judged, so the next such token reads the keys again
    /// first. Tokens that name a known key never wait for that.
    /// </summary>
    public void RequestRefresh() => doubted = true;

    /// <summary>
    /// Leaves the keys for the next cold start. For callers that have proved themselves by them: a stranger's call writes nothing anywhere.
    /// </summary>
    internal async Task KeepAsync()
    {
        if (kept is not null && Interlocked.Exchange(ref unkept, null) is { } reading)
            await kept.KeepAsync(reading.Published, clock.GetElapsedTime(reading.ReadAt));
    }

    /// <summary>Whether the issuer publishes a key of this id. Null asks only whether its keys are known.</summary>
    internal async Task<KeyLookup> FindAsync(string? keyId, CancellationToken cancel)
    {
        var before = known;
        var reading = await CurrentAsync(cancel);
        var enough = keyId is null ? !doubted : reading?.Has(keyId) ?? false;
        // Keys that the issuer was asked for in this very call need no second reading.
        if (!enough && reading is not null && (ReferenceEquals(reading, before) || reading.FromStore))
            reading = await ReadUnlessPausedAsync(reading, cancel);
        if (reading is null)
            return KeyLookup.IssuerUnavailable;
        return reading.Has(keyId) ? KeyLookup.Known : KeyLookup.Unknown;
    }

    public void Dispose()
    {
        documents.Dispose();
        oneReading.Dispose();
    }

    private async ValueTask<Reading?> CurrentAsync(CancellationToken cancel) =>
        known is { } reading && clock.GetElapsedTime(reading.ReadAt) < Freshness
            ? reading
            : await ReadUnlessPausedAsync(known, cancel);

    /// <param name="seen">What the caller found insufficient: who waits behind a reading takes its result instead of reading again.</param>
    private async Task<Reading?> ReadUnlessPausedAsync(Reading? seen, CancellationToken cancel)
    {
        await oneReading.WaitAsync(cancel);
        try
        {
            var paused = pausedSince is { } since && clock.GetElapsedTime(since) < Pause;
            if (paused || !ReferenceEquals(known, seen))
                return known;
            if (known is null && kept is not null && await kept.FindAsync() is { } found)
                return known = new Reading(found.Published, clock.GetTimestamp() - (long)(found.Age.TotalSeconds * clock.TimestampFrequency), FromStore: true);
            doubted = false;
            // Without the caller's cancellation: one who hangs up must not spoil the reading for those who wait for it.
            if (await ReadAsync() is { } reading)
                known = unkept = reading;
            if (seen is not null || known is null)
                pausedSince = clock.GetTimestamp();
            return known;
        }
        finally
        {
            oneReading.Release();
        }
    }

    private async Task<Reading?> ReadAsync()
    {
        using var deadline = new CancellationTokenSource(Deadline, clock);
        try
        {
            return new Reading(await PublishedAsync(issuer, documents, deadline.Token), clock.GetTimestamp(), FromStore: false);
        }
        catch (Exception outage)
        {
            LogUnreadable(issuer, Why(outage));
            return null;
        }
    }

    /// <summary>What an issuer publishes, judged. Throws for whatever is wrong with it; <see cref="Why"/> says it in words.</summary>
    internal static async Task<OpenIdConnectConfiguration> PublishedAsync(string issuer, IssuerDocuments documents, CancellationToken cancel)
    {
        var published = await OpenIdConnectConfigurationRetriever.GetAsync($"{issuer.TrimEnd('/')}/.well-known/openid-configuration", documents, cancel);
        return published.Issuer != issuer ? throw new InvalidDataException("its discovery document names another issuer")
            : published.SigningKeys.Count == 0 ? throw new InvalidDataException("it publishes no signing key")
            : published;
    }

    /// <summary>Never the text of what was served: a document is not ours to repeat in a log.</summary>
    internal static string Why(Exception outage) => outage switch
    {
        InvalidDataException => outage.Message,
        OperationCanceledException => $"no complete answer within {Deadline.TotalSeconds:0} s",
        HttpRequestException { StatusCode: { } status } => $"it answered {(int)status}",
        HttpRequestException { HttpRequestError: var error } => $"it could not be reached ({error})",
        _ => "it serves no valid document",
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "The keys of {Issuer} could not be read: {Why}. Keys already known stay in use")]
    private partial void LogUnreadable(string issuer, string why);

    private sealed record Reading(OpenIdConnectConfiguration Published, long ReadAt, bool FromStore)
    {
        public bool Has(string? keyId) => keyId is null || Published.SigningKeys.Any(key => key.KeyId == keyId);
    }
}

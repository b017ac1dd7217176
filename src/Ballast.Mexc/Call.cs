namespace Ballast.Mexc;

/// <summary>One call with all its attempts, and the time it may take.</summary>
/// <param name="signedAt">The time, by our clock, that the request is signed for; null signs for the moment at which it leaves.</param>
internal sealed class Call(Endpoint endpoint, RequestQuery query, TimeProvider time, TimeSpan longest, DateTimeOffset? signedAt = null)
{
    private readonly long started = time.GetTimestamp();

    public Endpoint Endpoint => endpoint;
    public RequestQuery Query => query;
    public DateTimeOffset? SignedAt => signedAt;

    /// <summary>Repeats waited for so far, apart from those whose wait the exchange named.</summary>
    public int Repeats { get; set; }

    /// <summary>The clock is corrected once a call: a second refusal has another cause.</summary>
    public bool ClockCorrected { get; set; }

    /// <summary>What is left until the deadline; negative beyond it.</summary>
    public TimeSpan Remaining => longest - time.GetElapsedTime(started);

    /// <summary>Another question asked within the same deadline.</summary>
    public Call AsideFor(Endpoint other) => new(other, RequestQuery.Empty, time, Remaining);
}

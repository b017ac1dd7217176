namespace Ballast.Mexc;

/// <summary>
/// How long the exchange wants to be left alone. While it lasts nothing is sent: calling on through a 429 is what turns it into a
/// ban of the address for up to three days.
/// </summary>
internal sealed class Ban(TimeProvider time)
{
    /// <summary>The exchange counts requests in windows of ten seconds; it is left alone for one when it does not say how long.</summary>
    public static readonly TimeSpan OneWindow = TimeSpan.FromSeconds(10);

    /// <summary>The shortest ban of an address that the exchange documents.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromMinutes(2);

    /// <summary>The longest one; a header that asks for more is a mistake and must not silence the program for good.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(3);

    private readonly Lock gate = new();
    private long since;
    private TimeSpan length;

    /// <summary>Null when calls may go out.</summary>
    public TimeSpan? Remaining
    {
        get
        {
            lock (gate)
            {
                var left = length - time.GetElapsedTime(since);
                return length > TimeSpan.Zero && left > TimeSpan.Zero ? left : null;
            }
        }
    }

    /// <summary>Starts now; never shortens a ban that lasts longer.</summary>
    public void Start(TimeSpan duration)
    {
        lock (gate)
        {
            if (Remaining >= duration) return;
            (since, length) = (time.GetTimestamp(), duration < Longest ? duration : Longest);
        }
    }
}

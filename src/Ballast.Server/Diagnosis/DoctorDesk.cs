namespace Ballast.Server.Diagnosis;

/// <summary>One run at a time for all who ask: a second caller gets the answer of the run under way, or of one that has just been.</summary>
internal sealed class DoctorDesk(Doctor doctor, TimeProvider clock)
{
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(10);

    private readonly Lock gate = new();
    private Task<DoctorAnswer>? latest;
    private long ranAt;

    public Task<DoctorAnswer> AskAsync()
    {
        lock (gate)
        {
            if (latest is null || (latest.IsCompleted && (clock.GetElapsedTime(ranAt) >= Freshness || !latest.IsCompletedSuccessfully)))
                latest = RunAsync();
            return latest;
        }
    }

    /// <summary>Without any caller's cancellation: one who hangs up must not spoil it for the others.</summary>
    private async Task<DoctorAnswer> RunAsync()
    {
        var answer = await doctor.RunAsync(testOrder: false, CancellationToken.None);
        Volatile.Write(ref ranAt, clock.GetTimestamp());
        return answer;
    }
}

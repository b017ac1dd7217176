using System.Diagnostics.Metrics;

namespace Ballast.Server.Auth;

/// <summary>Tells the owner, and only the owner, why a call was refused: one log line and one count each.</summary>
internal sealed partial class Refusals(IMeterFactory meters, ILogger<Refusals> log)
{
    private readonly Counter<long> counter = meters.Create("Ballast").CreateCounter<long>(
        "ballast.auth.refusals", "{call}", "Calls that were refused for want of proof, by reason.");

    /// <summary>So that the first refusal is seen as one. Of no use before somebody listens.</summary>
    public void BeginAtZero()
    {
        foreach (var refusal in Refusal.All)
            counter.Add(0, new KeyValuePair<string, object?>("reason", refusal.Message));
    }

    public void Record(Refusal refusal, string endpoint)
    {
        counter.Add(1, new KeyValuePair<string, object?>("reason", refusal.Message));
        LogRefused(endpoint, refusal.Message);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Refused a call of {Endpoint}: {Reason}")]
    private partial void LogRefused(string endpoint, string reason);
}

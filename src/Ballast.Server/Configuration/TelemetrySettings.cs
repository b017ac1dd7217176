using Ballast.Core;

namespace Ballast.Server.Configuration;

/// <summary>Who is told how the program does: whoever reads <c>/metrics</c>, a collector, the reader of its log.</summary>
public sealed record TelemetrySettings
{
    internal const string MetricsTokenName = "Ballast:Metrics:Token";

    /// <summary>What a reader of <c>/metrics</c> has to show; null where none is configured.</summary>
    public BearerToken? MetricsToken { get; init; }

    /// <summary>Whether there is <c>/metrics</c>: with a token, and in Development, where only this machine can read it.</summary>
    public bool ServesMetrics { get; init; }

    /// <summary>Where metrics and spans are pushed to; null pushes nothing.</summary>
    public CollectorSettings? Collector { get; init; }

    /// <summary>Completes the names of traces in the log for Google Cloud; null leaves them bare.</summary>
    public string? CloudProject { get; init; }

    internal static TelemetrySettings Read(SettingsReader settings, bool development)
    {
        var hasToken = settings.TryRead(MetricsTokenName, BearerToken.Parse, out var token);
        return new TelemetrySettings
        {
            MetricsToken = hasToken ? token : null,
            ServesMetrics = hasToken || development,
            Collector = CollectorSettings.Read(settings),
            CloudProject = settings.TryRead("GOOGLE_CLOUD_PROJECT", text => (Result<string>)text, out var project) ? project : null,
        };
    }
}

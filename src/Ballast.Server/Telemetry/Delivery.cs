using System.Diagnostics;
using Ballast.Server.Configuration;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Ballast.Server.Telemetry;

/// <summary>
/// Brings metrics and spans to the collector before a task is answered, because the instance may be frozen right after. A collector that is slow or
/// dead costs the tick its <see cref="Budget"/> and nothing else.
/// </summary>
public sealed partial class Delivery : IDisposable
{
    /// <summary>For everything that one tick has to deliver.</summary>
    public static readonly TimeSpan Budget = TimeSpan.FromSeconds(2);

    private const int UsualIntervalMs = 60_000;

    private readonly CollectorSettings collector;
    private readonly TimeProvider clock;
    private readonly ILogger<Delivery> log;
    private readonly DeliveryWatch watch = new();
    private readonly MeterProvider? metrics;
    private readonly TracerProvider? spans;

    /// <param name="services">The server's; its configuration is for what OpenTelemetry reads itself, such as <c>OTEL_TRACES_SAMPLER</c>.</param>
    public Delivery(CollectorSettings collector, IServiceProvider services, TimeProvider clock, ILogger<Delivery> log)
    {
        (this.collector, this.clock, this.log) = (collector, clock, log);
        var configuration = services.GetRequiredService<IConfiguration>();
        if (collector.Metrics)
            metrics = Providers.Pushed(services, new PeriodicExportingMetricReader(new WatchedMetrics(Options("v1/metrics"), watch), Interval(configuration)));
        if (collector.Traces)
            spans = Providers.Tracers(configuration, new BatchActivityExportProcessor(new WatchedSpans(Options("v1/traces"), watch)));
    }

    /// <summary>Never fails, and never takes longer than the <see cref="Budget"/>. What could not be delivered is said in the log, once.</summary>
    public async Task FlushAsync()
    {
        watch.Forget();
        try
        {
            // Both wait on the network the whole time, each on a thread of its own.
            await Task.WhenAll(Task.Run(PushMetrics), Task.Run(PushSpans)).WaitAsync(Budget, clock);
        }
        catch (TimeoutException)
        {
            watch.Failed($"no answer within {Budget.TotalSeconds:0} s");
        }
        if (watch.Problem is { } problem)
            Undelivered(collector.Endpoint.GetLeftPart(UriPartial.Path), problem);
    }

    public void Dispose()
    {
        metrics?.Dispose();
        spans?.Dispose();
    }

    private void PushMetrics()
    {
        if (metrics?.ForceFlush((int)Budget.TotalMilliseconds) == false)
            watch.Failed("the metrics were not taken");
    }

    private void PushSpans()
    {
        if (spans?.ForceFlush((int)Budget.TotalMilliseconds) == false)
            watch.Failed("the spans were not taken");
    }

    private OtlpExporterOptions Options(string path)
    {
        var options = new OtlpExporterOptions
        {
            Protocol = collector.Protocol == CollectorProtocol.Grpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf,
            Endpoint = collector.Protocol == CollectorProtocol.Grpc ? collector.Endpoint : new Uri($"{collector.Endpoint.AbsoluteUri.TrimEnd('/')}/{path}"),
            Headers = collector.Headers,
        };
        // A thread that waits for a dead collector must be back before the next tick.
        options.TimeoutMilliseconds = Math.Min(options.TimeoutMilliseconds, (int)Budget.TotalMilliseconds);
        var patience = TimeSpan.FromMilliseconds(options.TimeoutMilliseconds);
        options.HttpClientFactory = () => new HttpClient(new WatchedConnection(watch)) { Timeout = patience };
        return options;
    }

    /// <summary>How often metrics are pushed between ticks, by an instance that is not frozen: a gauge that nobody renews counts as gone.</summary>
    private static int Interval(IConfiguration configuration) =>
        int.TryParse(configuration["OTEL_METRIC_EXPORT_INTERVAL"], out var interval) && interval > 0 ? interval : UsualIntervalMs;

    [LoggerMessage(20, LogLevel.Warning, "telemetry was not delivered to {Collector}: {Problem}")]
    private partial void Undelivered(string collector, string problem);
}

/// <summary>Remembers why something could not be delivered; the first reason is the nearest to the cause.</summary>
internal sealed class DeliveryWatch
{
    private volatile string? problem;

    public string? Problem => problem;

    public void Forget() => problem = null;

    public void Failed(string reason) => Interlocked.CompareExchange(ref problem, reason, null);
}

internal sealed class WatchedMetrics(OtlpExporterOptions options, DeliveryWatch watch) : OtlpMetricExporter(options)
{
    public override ExportResult Export(in Batch<Metric> metrics)
    {
        var result = base.Export(metrics);
        if (result == ExportResult.Failure)
            watch.Failed("the metrics were not taken");
        return result;
    }
}

internal sealed class WatchedSpans(OtlpExporterOptions options, DeliveryWatch watch) : OtlpTraceExporter(options)
{
    public override ExportResult Export(in Batch<Activity> activityBatch)
    {
        var result = base.Export(activityBatch);
        if (result == ExportResult.Failure)
            watch.Failed("the spans were not taken");
        return result;
    }
}

/// <summary>Sees what the exporters keep to themselves: what the collector answered, or why it could not be reached.</summary>
internal sealed class WatchedConnection(DeliveryWatch watch) : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ActivityHeadersPropagator = null })
{
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return Judged(base.Send(request, cancellationToken));
        }
        catch (HttpRequestException unreachable)
        {
            watch.Failed(unreachable.Message);
            throw;
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return Judged(await base.SendAsync(request, cancellationToken));
        }
        catch (HttpRequestException unreachable)
        {
            watch.Failed(unreachable.Message);
            throw;
        }
    }

    private HttpResponseMessage Judged(HttpResponseMessage response)
    {
        if (!response.IsSuccessStatusCode)
            watch.Failed($"it answered HTTP {(int)response.StatusCode}");
        return response;
    }
}

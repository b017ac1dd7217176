using System.Diagnostics;
using System.Diagnostics.Metrics;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Ballast.Server.Telemetry;

/// <summary>What collects metrics and spans. What is not said here follows the owner's <c>OTEL_…</c> settings.</summary>
internal static class Providers
{
    /// <summary>For <c>/metrics</c>. Beside the one that pushes, because Prometheus wants the unit of a share in its name, and the exporter leaves it out.</summary>
    public static MeterProvider Served(IServiceProvider services) =>
        Meters(services, instrument => instrument.Unit == "1" ? new MetricStreamConfiguration { Name = $"{instrument.Name}.ratio" } : null)
        .AddPrometheusExporter(scrape =>
        {
            // A scrape shows the tick before it, and the labels are ours alone.
            scrape.ScrapeResponseCacheDurationMilliseconds = 0;
            (scrape.ScopeInfoEnabled, scrape.TargetInfoEnabled) = (false, false);
        })
        .Build();

    /// <param name="reader">Pushes; disposed of with the provider.</param>
    public static MeterProvider Pushed(IServiceProvider services, MetricReader reader) =>
        Meters(services, _ => null).AddReader(reader).Build();

    public static TracerProvider Tracers(IConfiguration configuration, BaseProcessor<Activity> export) => Sdk.CreateTracerProviderBuilder()
        .ConfigureServices(inner => inner.AddSingleton(configuration))
        .SetResourceBuilder(Resource())
        .AddSource(Measures.Name)
        .AddProcessor(export)
        .Build();

    /// <summary>Hears this server and not another one in the same process.</summary>
    /// <param name="view">How to show one of its instruments; null as it is. One view for both questions: of several, each shows what it likes.</param>
    private static MeterProviderBuilder Meters(IServiceProvider services, Func<Instrument, MetricStreamConfiguration?> view)
    {
        var (ours, theirs) = (services.GetRequiredService<Measures>(), services.GetRequiredService<IMeterFactory>());
        return Sdk.CreateMeterProviderBuilder()
            .ConfigureServices(inner => inner.AddSingleton(services.GetRequiredService<IConfiguration>()))
            .SetResourceBuilder(Resource())
            .AddMeter(Measures.Name)
            .AddView(instrument => instrument.Meter.Scope == ours || instrument.Meter.Scope == theirs ? view(instrument) : MetricStreamConfiguration.Drop);
    }

    /// <summary>The owner's words, in <c>OTEL_SERVICE_NAME</c> and <c>OTEL_RESOURCE_ATTRIBUTES</c>, stand above ours.</summary>
    private static ResourceBuilder Resource() => ResourceBuilder.CreateEmpty()
        .AddService("ballast", serviceVersion: typeof(Providers).Assembly.GetName().Version!.ToString(3))
        .AddTelemetrySdk()
        .AddEnvironmentVariableDetector();
}

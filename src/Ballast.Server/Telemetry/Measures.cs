using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using Ballast.Server.Configuration;

namespace Ballast.Server.Telemetry;

/// <summary>
/// What one server measures of itself, all in the meter <c>Ballast</c>. It is made before anything that is measured, and costs next to nothing as
/// long as nobody listens.
/// </summary>
public sealed class Measures : IDisposable
{
    /// <summary>Name of the meter, and of the source of spans.</summary>
    public const string Name = "Ballast";

    /// <summary>In seconds.</summary>
    private static readonly InstrumentAdvice<double> RequestBuckets = new()
    {
        HistogramBucketBoundaries = [.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10],
    };

    private readonly Meter meter;

    public Measures(TimeProvider clock)
    {
        // Two servers in one process have meters of the same name; the scope tells them apart.
        meter = new Meter(new MeterOptions(Name) { Scope = this });
        Ticks = new TickMeasures(meter, clock);
        Store = new StoreMeasures(Requests("ballast.store.request.duration", "How long the store took to answer, by operation and outcome."), clock);
        ExchangeRequests = Requests("ballast.exchange.request.duration", "How long the exchange took to answer one request, by operation and outcome.");
    }

    public TickMeasures Ticks { get; }

    public StoreMeasures Store { get; }

    internal Histogram<double> ExchangeRequests { get; }

    /// <summary>Says what is running: one gauge, always 1.</summary>
    internal void Describe(Settings settings)
    {
        KeyValuePair<string, object?>[] labels =
        [
            new("version", typeof(Measures).Assembly.GetName().Version!.ToString(3)),
            new("runtime", RuntimeFeature.IsDynamicCodeSupported ? "jit" : "native"),
            new("exchange", settings.Mexc is null ? "paper" : "mexc"),
            new("symbol", settings.Symbol.ToString()),
        ];
        meter.CreateObservableGauge("ballast.build.info", () => new Measurement<double>(1, labels), description: "What is running; always 1.");
    }

    public void Dispose() => meter.Dispose();

    private Histogram<double> Requests(string name, string description) =>
        meter.CreateHistogram(name, "s", description, tags: null, RequestBuckets);
}

using Ballast.Server.Auth;
using Ballast.Server.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging.Console;

namespace Ballast.Server.Telemetry;

/// <summary>
/// Puts together what tells the outside how the program does. Nothing of OpenTelemetry's is touched, and so nothing of it is loaded, unless somebody
/// asked for it: most processes live for one tick.
/// </summary>
internal static class TelemetryServices
{
    public static void AddTelemetry(this IServiceCollection services, Settings settings, Measures measures, TimeProvider clock)
    {
        measures.Describe(settings);
        // By a function, so that the container disposes of it.
        services.AddSingleton(_ => measures);
        services.AddSingleton(provider => provider.GetRequiredService<Measures>().Ticks);
        if (settings.IsProduction)
            AddCloudLog(services, settings.Telemetry.CloudProject, clock);
        if (settings.Telemetry.MetricsToken is { } token)
            services.AddMetricsAuthentication(token);
        if (settings.Telemetry.Collector is { } collector)
            AddDelivery(services, collector, clock);
        if (settings.Telemetry.ServesMetrics)
            AddServedMetrics(services);
    }

    /// <summary>Begins to listen, and opens <c>/metrics</c> where it is wanted. Stands behind UseAuthorization.</summary>
    public static void UseTelemetry(this WebApplication app, TelemetrySettings settings)
    {
        if (settings.Collector is not null)
            app.Services.GetRequiredService<Delivery>();
        if (settings.ServesMetrics)
            MapMetrics(app, locked: settings.MetricsToken is not null);
        if (settings.ServesMetrics || settings.Collector is { Metrics: true })
            BeginAtZero(app.Services);
    }

    private static void AddCloudLog(IServiceCollection services, string? project, TimeProvider clock)
    {
        // The framework's own would be made all the same, with their options, and never be used.
        services.RemoveAll<ConsoleFormatter>();
        services.AddSingleton<ConsoleFormatter>(new CloudLogFormatter(clock, project));
        services.Configure<ConsoleLoggerOptions>(console => console.FormatterName = CloudLogFormatter.FormatterName);
    }

    private static void AddDelivery(IServiceCollection services, CollectorSettings collector, TimeProvider clock) =>
        services.AddSingleton(provider => new Delivery(collector, provider, clock, provider.GetRequiredService<ILogger<Delivery>>()));

    private static void AddServedMetrics(IServiceCollection services) => services.AddSingleton(Providers.Served);

    private static void MapMetrics(WebApplication app, bool locked)
    {
        var metrics = app.MapPrometheusScrapingEndpoint("/metrics");
        if (locked)
            metrics.RequireMetricsReader();
    }

    private static void BeginAtZero(IServiceProvider services)
    {
        services.GetRequiredService<TickMeasures>().BeginAtZero();
        services.GetRequiredService<Refusals>().BeginAtZero();
    }
}

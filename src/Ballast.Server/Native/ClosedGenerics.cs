using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Ballast.Server.Auth;
using Ballast.Server.Tasks;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Diagnostics.Metrics;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.WebEncoders;

namespace Ballast.Server.Native;

/// <summary>
/// The framework registers options and loggers as open generics, and the container closes each by reflection when it is first asked for it:
/// measured, a third of all that a cold start allocates. Here those that a tick needs are closed when they are compiled. They are the
/// framework's own classes, put together as it does; one that is missing from this list costs a little time and nothing else.
/// </summary>
internal static class ClosedGenerics
{
    public static void AddClosedGenerics(this IServiceCollection services)
    {
        services.AddOptionsOf<AuthenticationOptions>();
        services.AddOptionsOf<AuthenticationSchemeOptions>();
        services.AddOptionsOf<JwtBearerOptions>();
        services.AddOptionsOf<AuthorizationOptions>();
        services.AddOptionsOf<HostFilteringOptions>();
        services.AddOptionsOf<HostOptions>();
        services.AddOptionsOf<ConsoleLifetimeOptions>();
        services.AddOptionsOf<FormOptions>();
        services.AddOptionsOf<JsonOptions>();
        if (RuntimeFeature.IsDynamicCodeSupported)
            services.AddOptionsOf<OpenApiOptions>();
        services.AddOptionsOf<RouteOptions>();
        services.AddOptionsOf<RouteHandlerOptions>();
        services.AddOptionsOf<KestrelServerOptions>();
        services.AddOptionsOf<SocketTransportOptions>();
        services.AddOptionsOf<MetricsOptions>();
        services.AddOptionsOf<WebEncoderOptions>();
        services.AddOptionsOf<LoggerFactoryOptions>();
        services.AddOptionsOf<LoggerFilterOptions>();
        services.AddOptionsOf<ConsoleLoggerOptions>();
        services.AddOptionsOf<ConsoleFormatterOptions>();
        services.AddOptionsOf<SimpleConsoleFormatterOptions>();
        services.AddOptionsOf<JsonConsoleFormatterOptions>();
        services.AddLoggerOf<AuthorizationMiddleware>();
        services.AddLoggerOf<DefaultAuthorizationService>();
        services.AddLoggerOf<HostFilteringMiddleware>();
        services.AddLoggerOf<IssuerKeys>();
        services.AddLoggerOf<KeptKeys>();
        services.AddLoggerOf<Refusals>();
        services.AddLoggerOf<TickRunner>();
    }

    private static void AddOptionsOf<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TOptions>(
        this IServiceCollection services)
        where TOptions : class
    {
        services.AddSingleton<IOptionsFactory<TOptions>>(provider => new OptionsFactory<TOptions>(
            provider.GetServices<IConfigureOptions<TOptions>>(),
            provider.GetServices<IPostConfigureOptions<TOptions>>(),
            provider.GetServices<IValidateOptions<TOptions>>()));
        services.AddSingleton<IOptions<TOptions>>(provider => new OptionsManager<TOptions>(provider.GetRequiredService<IOptionsFactory<TOptions>>()));
        services.AddSingleton<IOptionsMonitorCache<TOptions>>(_ => new OptionsCache<TOptions>());
        services.AddSingleton<IOptionsMonitor<TOptions>>(provider => new OptionsMonitor<TOptions>(
            provider.GetRequiredService<IOptionsFactory<TOptions>>(),
            provider.GetServices<IOptionsChangeTokenSource<TOptions>>(),
            provider.GetRequiredService<IOptionsMonitorCache<TOptions>>()));
    }

    private static void AddLoggerOf<TCategory>(this IServiceCollection services) =>
        services.AddSingleton<ILogger<TCategory>>(provider => new Logger<TCategory>(provider.GetRequiredService<ILoggerFactory>()));
}

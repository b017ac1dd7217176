using Ballast.Server.Configuration;
using Microsoft.Extensions.Configuration;

namespace Ballast.Tests.Deploy;

/// <summary>The environment that a file of <c>deploy/</c> gives to the program, judged by the program itself.</summary>
internal static class GivenEnvironment
{
    /// <summary>A value that every secret accepts.</summary>
    public const string Secret = "0123456789abcdef0123456789abcdef";

    /// <summary>What is read besides the section <c>Ballast</c>: by the program, by .NET, or by OpenTelemetry.</summary>
    private static readonly string[] PlainNames =
        ["PORT", "REDIS_URL", "MEXC_API_KEY", "MEXC_SECRET_KEY", "ASPNETCORE_ENVIRONMENT", "ASPNETCORE_HTTP_PORTS", "GOOGLE_CLOUD_PROJECT", "OTEL_EXPORTER_OTLP_HEADERS"];

    /// <summary>The settings; fails on a name that nobody reads, and on everything that the program would refuse to start with.</summary>
    /// <param name="serving">False for a tick without a server.</param>
    public static Settings Accepted(IReadOnlyDictionary<string, string> variables, bool serving = true)
    {
        Assert.All(variables.Keys, name => Assert.True(name.StartsWith("Ballast__", StringComparison.Ordinal) || PlainNames.Contains(name), $"nobody reads {name}"));
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
            variables.Select(variable => KeyValuePair.Create(variable.Key.Replace("__", ":", StringComparison.Ordinal), (string?)variable.Value))).Build();
        var loaded = Settings.Load(configuration, variables.GetValueOrDefault("ASPNETCORE_ENVIRONMENT", "Production"), serving);
        Assert.True(loaded.TryGet(out var settings, out var mistakes), string.Join('\n', mistakes));
        return settings;
    }
}

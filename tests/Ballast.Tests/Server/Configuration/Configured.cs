using Ballast.Server.Configuration;
using Microsoft.Extensions.Configuration;

namespace Ballast.Tests.Server.Configuration;

/// <summary>Settings as an owner would have written them: names and values, in one environment.</summary>
internal static class Configured
{
    /// <summary>What lets a server outside Development start; the rest has defaults.</summary>
    public static readonly (string Name, string? Value)[] Callers =
    [
        ("Ballast:Auth:Audience", "https://ballast.example.com/tasks/runtime"),
        ("Ballast:Auth:ServiceAccounts", "scheduler@project.iam.gserviceaccount.com"),
    ];

    public static Settings Settings(string environment, params (string Name, string? Value)[] values) =>
        Load(environment, values).TryGet(out var settings, out var errors) ? settings : throw new InvalidOperationException(string.Join('\n', errors));

    public static IReadOnlyList<string> Errors(string environment, params (string Name, string? Value)[] values)
    {
        Load(environment, values).TryGet(out _, out var errors);
        return errors;
    }

    private static LoadedSettings Load(string environment, (string Name, string? Value)[] values) =>
        Ballast.Server.Configuration.Settings.Load(
            new ConfigurationBuilder().AddInMemoryCollection(values.Select(value => KeyValuePair.Create(value.Name, value.Value))).Build(),
            environment);
}

using System.Text.Json.Nodes;

namespace Ballast.Tests.Server.Dashboard;

/// <summary>
/// All checks of tests/browser, run once. The script starts and stops its servers itself, because that is part of what it checks, and prints a
/// line of JSON per check.
/// </summary>
public sealed class BrowserRun : IAsyncLifetime
{
    private const string Node = "node";

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(8);
    private static readonly NodeScripts Scripts = new("browser");

    private readonly string directory = Directory.CreateTempSubdirectory("ballast-browser-").FullName;
    private readonly Dictionary<string, string?> failures = new(StringComparer.Ordinal);

    /// <summary>The name of each check that was run, and why it failed; null when it did not.</summary>
    internal IReadOnlyDictionary<string, string?> Failures => failures;

    /// <summary>What the script said to no check, and its errors.</summary>
    internal string Notes { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        if (!Needs.HasNode || !Needs.HasChromium)
            return;
        await Scripts.InstallAsync();
        string[] program = ServerProcess.Executable is { } published ? [published] : ["dotnet", Path.Combine(AppContext.BaseDirectory, "Ballast.Server.dll")];
        await RunAsync(["browser-checks.mjs", Needs.Chromium(), Path.Combine("artifacts", "screenshots"), directory, .. program]);
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(directory, recursive: true);
        return ValueTask.CompletedTask;
    }

    private async Task RunAsync(string[] arguments)
    {
        using var process = Scripts.Start(Node, arguments);
        using var patience = new CancellationTokenSource(Longest);
        await using var _ = patience.Token.Register(() => process.Kill(entireProcessTree: true));
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        while (await process.StandardOutput.ReadLineAsync(CancellationToken.None) is { } line)
            Hear(line);
        await process.WaitForExitAsync(CancellationToken.None);
        Notes += await errors;
        if (process.ExitCode != 0)
            failures["the script itself"] = $"it ended with {process.ExitCode}: {Notes}";
    }

    private void Hear(string line)
    {
        if (line.StartsWith('{') && JsonNode.Parse(line) is JsonObject said && said["check"]?.GetValue<string>() is { } check)
            failures[check] = said["ok"]!.GetValue<bool>() ? null : said["detail"]!.GetValue<string>();
        else
            Notes += line + "\n";
    }
}

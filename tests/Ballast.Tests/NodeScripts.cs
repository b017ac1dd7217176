using System.Diagnostics;

namespace Ballast.Tests;

/// <summary>A folder below <c>tests</c> of scripts for Node, with the packages that its lock file pins.</summary>
/// <param name="name">Of the folder.</param>
internal sealed class NodeScripts(string name)
{
    private static readonly SemaphoreSlim Installing = new(1);

    private readonly string folder = Path.Combine(Repository(), "tests", name);

    /// <summary>Fetches the packages once, without the scripts that packages like to run.</summary>
    public async Task InstallAsync()
    {
        await Installing.WaitAsync();
        try
        {
            if (Directory.Exists(Path.Combine(folder, "node_modules")))
                return;
            using var npm = Start("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
            var output = npm.StandardOutput.ReadToEndAsync(CancellationToken.None);
            var errors = await npm.StandardError.ReadToEndAsync(CancellationToken.None);
            await npm.WaitForExitAsync(CancellationToken.None);
            if (npm.ExitCode != 0)
                throw new InvalidOperationException($"npm ci in tests/{name} ended with {npm.ExitCode}: {await output}{errors}");
        }
        finally
        {
            Installing.Release();
        }
    }

    /// <summary>Starts a program in the folder, all of its streams redirected.</summary>
    public Process Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
    }

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Ballast.slnx")))
            folder = folder.Parent ?? throw new InvalidOperationException("These tests run the scripts of the repository; build them below Ballast.slnx.");
        return folder.FullName;
    }
}

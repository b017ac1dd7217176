using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Ballast.Benchmarks.ColdStart;

/// <summary>Builds the programs that are compared, each as its user would, into a folder of its own that Git does not look at.</summary>
internal sealed class Publication(ColdStartOptions options)
{
    public static readonly IReadOnlyList<string> Names = ["hello", "floor", "server", "jit"];

    private static readonly string[] ServerNames = ["Ballast.Server", "ballast"];

    private static readonly string Native = $"linux-{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}";

    private readonly string root = Root();

    /// <exception cref="InvalidOperationException">It cannot be built; what the build wrote stands on the screen.</exception>
    /// <exception cref="FileNotFoundException">It was built, or said to be, and is not there.</exception>
    public Task<Executable> OfAsync(string name) => name switch
    {
        "hello" => OfAsync(name, "bench/HelloWorld", ["HelloWorld"], managed: false, "-r", Native),
        "floor" => OfAsync(name, "bench/Floor", ["Floor"], managed: false, "-r", Native),
        "server" => OfAsync(name, "src/Ballast.Server", ServerNames, managed: false, "-r", Native),
        "jit" => OfAsync(name, "src/Ballast.Server", ServerNames, managed: true, "-p:PublishAot=false", "--no-self-contained"),
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };

    private async Task<Executable> OfAsync(string name, string project, string[] names, bool managed, params string[] switches)
    {
        if (!options.Published.TryGetValue(name, out var path))
        {
            path = Path.Combine(root, "artifacts", "cold-start", name);
            Console.WriteLine($"publishing {project} to {Path.GetRelativePath(root, path)}");
            await PublishAsync(Path.Combine(root, project), path, switches);
        }
        return Executable.At(path, names, managed);
    }

    private static async Task PublishAsync(string project, string folder, string[] switches)
    {
        // What an earlier build left behind would be counted.
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        using var publish = Process.Start("dotnet", ["publish", project, "-c", "Release", "-v", "quiet", "--nologo", "-o", folder, .. switches]);
        await publish.WaitForExitAsync();
        if (publish.ExitCode != 0)
            throw new InvalidOperationException($"dotnet publish {project} failed");
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Ballast.slnx")))
            folder = folder.Parent ?? throw new InvalidOperationException("this publishes the repository's own projects; build it below Ballast.slnx");
        return folder.FullName;
    }
}

using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Ballast.Benchmarks.ColdStart;

/// <summary>Builds the programs that are compared, each as its user would, into a folder of its own that Git does not look at.</summary>
internal sealed class Publication(ColdStartOptions options)
{
    public static readonly IReadOnlyList<string> Names = ["hello", "floor", "server", "jit"];

    private static readonly string[] ServerNames = ["Ballast.Server", "ballast"];

    private static readonly string Native = $"linux-{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}";

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
            path = Path.Combine(Repository.Artifacts, "cold-start", name);
            Console.WriteLine($"publishing {project} to {Path.GetRelativePath(Repository.Root, path)}");
            await PublishAsync(Path.Combine(Repository.Root, project), path, switches);
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
}

namespace Ballast.Benchmarks.ColdStart;

/// <summary>A program as it lies on disk.</summary>
/// <param name="File">What is started, or what dotnet is told to start.</param>
/// <param name="Managed">Whether it needs dotnet beside it.</param>
internal sealed record Executable(string File, bool Managed)
{
    /// <summary>A million bytes, as a download is counted.</summary>
    private const decimal Megabyte = 1_000_000;

    public string Program => Managed ? "dotnet" : File;

    public IReadOnlyList<string> Arguments => Managed ? [File] : [];

    public decimal Megabytes => new FileInfo(File).Length / Megabyte;

    /// <summary>Everything that was published with it.</summary>
    public decimal FolderMegabytes => new DirectoryInfo(Path.GetDirectoryName(File)!).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length) / Megabyte;

    /// <param name="path">The file itself, or the folder that it was published to.</param>
    /// <param name="names">What it may be called there, without an extension.</param>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    public static Executable At(string path, IReadOnlyList<string> names, bool managed)
    {
        var files = System.IO.File.Exists(path) ? [path] : names.Select(name => Path.Combine(path, managed ? name + ".dll" : name));
        return files.FirstOrDefault(System.IO.File.Exists) is { } found
            ? new Executable(found, found.EndsWith(".dll", StringComparison.Ordinal))
            : throw new FileNotFoundException($"{path} is no program, and no folder with one called {string.Join(" or ", names)}");
    }
}

namespace Ballast.Benchmarks;

/// <summary>The checkout that this was built in.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    /// <summary>What is made here and not kept: Git does not look at it.</summary>
    public static string Artifacts => Path.Combine(Root, "artifacts");

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Ballast.slnx")))
            folder = folder.Parent ?? throw new InvalidOperationException("benchmarks build the repository's own projects; build them below Ballast.slnx");
        return folder.FullName;
    }
}

namespace Ballast.Tests.Tidy;

/// <param name="Path">From the repository root, with slashes.</param>
/// <param name="Text">Empty for a file that is not text.</param>
internal sealed record TreeFile(string Path, string Text)
{
    public string Extension => System.IO.Path.GetExtension(Path);

    /// <summary>The folder and file names on the way, such as src, Ballast.Core, Money.cs.</summary>
    public string[] Names => Path.Split('/');

    public int LineAt(int position) => Text.AsSpan(0, position).Count('\n') + 1;
}

/// <summary>The repository's files as a visitor gets them: without what .gitignore names and without Git's own.</summary>
internal sealed class Tree(IEnumerable<TreeFile> files)
{
    public IReadOnlyList<TreeFile> Files { get; } = [.. files.OrderBy(file => file.Path, StringComparer.Ordinal)];

    public IEnumerable<TreeFile> Written(params string[] extensions) => Files.Where(file => extensions.Contains(file.Extension));

    /// <summary>Whether there is such a file, or a folder with a file in it.</summary>
    public bool Exists(string path)
    {
        var name = path.TrimEnd('/');
        return name.Length == 0 || Files.Any(file => file.Path == name || file.Path.StartsWith(name + "/", StringComparison.Ordinal));
    }

    public static Tree OfRepository()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "Ballast.slnx")))
            root = root.Parent ?? throw new InvalidOperationException("These tests read the repository; build them below Ballast.slnx.");
        return new Tree(FilesIn(root, root, File.ReadAllLines(Path.Combine(root.FullName, ".gitignore"))));
    }

    private static IEnumerable<TreeFile> FilesIn(DirectoryInfo folder, DirectoryInfo root, string[] ignored)
    {
        foreach (var entry in folder.EnumerateFileSystemInfos())
        {
            var path = Path.GetRelativePath(root.FullName, entry.FullName).Replace('\\', '/');
            if (entry.Name == ".git" || entry.LinkTarget is not null || IsIgnored(path, entry is DirectoryInfo, ignored))
                continue;
            if (entry is not DirectoryInfo inner)
                yield return new TreeFile(path, TextOf(entry.FullName));
            else
                foreach (var file in FilesIn(inner, root, ignored))
                    yield return file;
        }
    }

    /// <summary>The forms our .gitignore uses: <c>name/</c> and <c>name</c> anywhere, <c>/path</c> from the root, <c>*.extension</c>.</summary>
    public static bool IsIgnored(string path, bool isFolder, IEnumerable<string> patterns) => patterns.Any(pattern =>
    {
        if (pattern.Length == 0 || pattern[0] == '#' || (pattern.EndsWith('/') && !isFolder))
            return false;
        var name = pattern.TrimEnd('/');
        return name.StartsWith("*.", StringComparison.Ordinal) ? path.EndsWith(name[1..], StringComparison.Ordinal)
            : name.Contains('/', StringComparison.Ordinal) ? path == name.TrimStart('/')
            : path == name || path.EndsWith("/" + name, StringComparison.Ordinal);
    });

    private static string TextOf(string file)
    {
        var bytes = File.ReadAllBytes(file);
        return bytes.AsSpan().Contains((byte)0) ? "" : System.Text.Encoding.UTF8.GetString(bytes);
    }
}

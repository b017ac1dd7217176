using System.Reflection;

namespace Ballast.Server.Dashboard;

/// <summary>
/// The files that were put into the program when it was built, by the path that a browser asks for. What is not in this table is not served, so no
/// path can lead anywhere else.
/// </summary>
internal static class DashboardFiles
{
    private const string Folder = "dashboard/";
    private const string Page = "/index.html";

    /// <summary>Read when the first page is asked for, and never in a process that only runs ticks.</summary>
    private static readonly Lazy<Dictionary<string, DashboardFile>> Table = new(Read);

    /// <summary>False where the program was built without Node.</summary>
    public static bool AreThere => Table.Value.Count > 0;

    /// <param name="path">As it stands in the request, beginning with a slash; null finds nothing.</param>
    public static DashboardFile? Find(string? path) => Table.Value.GetValueOrDefault(path == "/" ? Page : path ?? "");

    private static Dictionary<string, DashboardFile> Read()
    {
        var program = typeof(DashboardFiles).Assembly;
        var files = new Dictionary<string, DashboardFile>(StringComparer.Ordinal);
        foreach (var name in program.GetManifestResourceNames())
        {
            if (!name.StartsWith(Folder, StringComparison.Ordinal))
                continue;
            var path = name[(Folder.Length - 1)..];
            files.Add(path, new DashboardFile(Contents(program, name), ContentType(name), hashed: path.StartsWith("/assets/", StringComparison.Ordinal)));
        }
        return files;
    }

    private static byte[] Contents(Assembly program, string name)
    {
        using var resource = program.GetManifestResourceStream(name)!;
        var contents = new byte[resource.Length];
        resource.ReadExactly(contents);
        return contents;
    }

    private static string ContentType(string name) => Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".svg" => "image/svg+xml",
        ".png" => "image/png",
        ".ico" => "image/x-icon",
        ".woff2" => "font/woff2",
        ".json" => "application/json",
        ".webmanifest" => "application/manifest+json",
        ".txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    };
}

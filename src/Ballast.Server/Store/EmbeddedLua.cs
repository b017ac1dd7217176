using System.ComponentModel;
using System.Reflection;
using System.Runtime.InteropServices;
using Garnet.server;

namespace Ballast.Server.Store;

/// <summary>
/// Lua for the embedded store. Where the program is one file, the library is inside it and is loaded from memory that has no name on disk,
/// when the first script asks for it; otherwise the system finds it beside the program.
/// </summary>
internal static partial class EmbeddedLua
{
    private const string Library = "lua54";
    private const string Resource = "liblua54.so";

    private static readonly Lazy<nint> Loaded = new(Load);

    /// <summary>Whether this program carries the library.</summary>
    public static bool IsCarried => typeof(EmbeddedLua).Assembly.GetManifestResourceInfo(Resource) is not null;

    /// <summary>Answers Garnet's question for the library from now on. Call once.</summary>
    public static void Offer() => NativeLibrary.SetDllImportResolver(
        typeof(GarnetServerOptions).Assembly, (name, assembly, path) => name == Library ? Loaded.Value : NativeLibrary.Load(name, assembly, path));

    private static nint Load()
    {
        using var library = typeof(EmbeddedLua).Assembly.GetManifestResourceStream(Resource)!;
        var memory = CreateMemory(Resource, 0);
        if (memory < 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError(), "the library for scripts could not be put into memory");
        using var file = new FileStream(new Microsoft.Win32.SafeHandles.SafeFileHandle(memory, ownsHandle: true), FileAccess.Write);
        library.CopyTo(file);
        file.Flush();
        return NativeLibrary.Load($"/proc/self/fd/{memory}");
    }

    [LibraryImport("libc", EntryPoint = "memfd_create", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int CreateMemory(string name, uint flags);
}

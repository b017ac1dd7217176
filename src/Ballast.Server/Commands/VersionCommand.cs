using System.CommandLine;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Ballast.Server.Terminal;

namespace Ballast.Server.Commands;

/// <summary><c>ballast version</c>: which program this is.</summary>
internal sealed class VersionCommand(CommandOutput output)
{
    public Command Command()
    {
        var version = new Command("version", "Print the version, the commit where it is known, the runtime, and whether it is compiled ahead.");
        version.SetAction(_ => output.Print(VersionAnswer.Here(), CommandJson.Default.VersionAnswer, Lines));
        return version;
    }

    private static IEnumerable<string> Lines(VersionAnswer version, Screen screen) => new Sheet("Ballast")
        .Add("version", version.Version)
        .Add("commit", version.Commit ?? "not known; publish with -p:SourceRevisionId=…")
        .Add("runtime", version.Runtime)
        .Add("platform", version.Platform)
        .Add("compiled", version.Compiled == "native" ? "native: ahead, to one executable" : "jit: while it runs")
        .Lines(screen);
}

/// <param name="Commit">Absent unless the program was built with <c>SourceRevisionId</c>.</param>
/// <param name="Compiled"><c>native</c> or <c>jit</c>.</param>
internal sealed record VersionAnswer(string Version, string? Commit, string Runtime, string Platform, string Compiled)
{
    public static VersionAnswer Here()
    {
        var program = typeof(VersionAnswer).Assembly;
        return new VersionAnswer(
            program.GetName().Version!.ToString(3),
            program.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(fact => fact.Key == "SourceRevisionId")?.Value,
            RuntimeInformation.FrameworkDescription,
            RuntimeInformation.RuntimeIdentifier,
            RuntimeFeature.IsDynamicCodeSupported ? "jit" : "native");
    }
}

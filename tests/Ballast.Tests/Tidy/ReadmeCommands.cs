namespace Ballast.Tests.Tidy;

/// <summary>
/// The command lines of README.md, without prompt and leading NAME=value, one space between words. A line stands here only when
/// <c>.ci/run</c> or a test executes exactly it.
/// </summary>
internal static class ReadmeCommands
{
    public static readonly IReadOnlyList<string> Proven =
    [
        "dotnet run --project src/Ballast.Server",
        "dotnet test",
    ];
}

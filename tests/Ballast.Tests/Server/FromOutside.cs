namespace Ballast.Tests.Server;

/// <summary>
/// Marks classes that look at the program from outside only. <c>.ci/run</c> runs them a second time on the published executable:
/// <c>BALLAST_EXECUTABLE=… dotnet test -- --filter-trait "program=from outside"</c>.
/// </summary>
public static class FromOutside
{
    public const string Name = "program";
    public const string Value = "from outside";
}

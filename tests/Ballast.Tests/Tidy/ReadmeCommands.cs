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
        .. OfARunningServer,
        .. OnTheStore.Select(words => $"dotnet run --project src/Ballast.Server -- {words}"),
    ];

    /// <summary>Run by CommandTests: the words behind the program's name.</summary>
    public static IReadOnlyList<string> OnTheStore => ["books show", "books verify", "export trades --format csv"];

    /// <summary>Run by ProgramTests against a server of its own, with that one's ports in place of these.</summary>
    public static IReadOnlyList<string> OfARunningServer =>
    [
        "curl -X POST http://localhost:8080/tasks/runtime -H \"X-CloudScheduler: true\"",
        "redis-cli -p 6390 GET bot:QRLUSDT:rebalance:plan",
        "redis-cli -p 6390 LRANGE bot:QRLUSDT:rebalance:history 0 9",
        "redis-cli -p 6390 HGETALL bot:QRLUSDT:cost",
    ];
}

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
        .. OnThePaperExchange.Select(words => $"dotnet run --project src/Ballast.Server -- {words}"),
        $"dotnet run --project src/Ballast.Server -- {ATick}",
        $"dotnet run --project src/Ballast.Server -- {Doctor}",
        .. OnTheStore.Select(words => $"dotnet run --project src/Ballast.Server -- {words}"),
        $"dotnet run --project src/Ballast.Server -- {APassword}",
    ];

    /// <summary>Run by PaperCommandTests: the words behind the program's name; the one with a setting starts the exchange itself.</summary>
    public static IReadOnlyList<string> OnThePaperExchange =>
    [
        "paper --Ballast:Paper:Admin=true",
        "paper fault server-error 503 --calls account --count 1",
        "paper fault crash 0.7 --for 2m",
        "paper deposit QRL 100",
        "paper faults",
        "paper clear",
    ];

    /// <summary>Run by CommandTests: the words behind the program's name.</summary>
    public static IReadOnlyList<string> OnTheStore => ["books show", "books verify", "export trades --format csv"];

    /// <summary>Run by DoctorCommandTests: the word behind the program's name.</summary>
    public static string Doctor => "doctor";

    /// <summary>Run by TickCommandTests: the words behind the program's name.</summary>
    public static string ATick => "tick --json";

    /// <summary>Run by OperatorCommandTests: the words behind the program's name.</summary>
    public static string APassword => "operator set-password";

    /// <summary>Run by ProgramTests against a server of its own, with that one's ports in place of these.</summary>
    public static IReadOnlyList<string> OfARunningServer =>
    [
        "curl -X POST http://localhost:8080/tasks/runtime -H \"X-CloudScheduler: true\"",
        "redis-cli -p 6390 GET bot:QRLUSDT:rebalance:plan",
        "redis-cli -p 6390 LRANGE bot:QRLUSDT:rebalance:history 0 9",
        "redis-cli -p 6390 HGETALL bot:QRLUSDT:cost",
        "curl http://localhost:8080/metrics",
    ];
}

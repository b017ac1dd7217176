namespace Ballast.Benchmarks.ColdStart;

/// <summary>A program that is started afresh in each round.</summary>
/// <param name="Prepare">Everything for one start, made before the clock runs.</param>
internal sealed record Contestant(string Name, Func<Start> Prepare)
{
    public const string Hello = "hello";
    public const string Floor = "floor";
    public const string Server = "server";
    public const string Embedded = "embedded";
    public const string Jit = "jit";
    public const string Other = "other";

    public static readonly IReadOnlyList<string> Names = [Hello, Floor, Server, Embedded, Jit, Other];

    /// <summary>Whether it answers ticks, and can be asked for another one.</summary>
    public bool Ticks => Name is not (Hello or Floor);
}

/// <summary>One start of a program.</summary>
internal sealed record Start(string Program, IReadOnlyList<string> Arguments, string Directory)
{
    /// <summary>The environment besides what this process has.</summary>
    public required IReadOnlyDictionary<string, string> Settings { get; init; }

    /// <summary>Where it listens; null for a program that only says when it is done.</summary>
    public int? Port { get; init; }

    /// <summary>What it is asked at first.</summary>
    public byte[] Question { get; init; } = [];

    /// <summary>Why an answer does not count; null when it does.</summary>
    public Func<HttpAnswer, string?> Objection { get; init; } = _ => null;

    /// <summary>Undoes what was prepared.</summary>
    public Action Clear { get; init; } = () => { };
}

using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Ballast.Server.Terminal;

namespace Ballast.Server.Commands;

/// <summary>
/// How a command answers. Its result goes to standard output, as lines or, with <c>--json</c>, as one JSON document. Why there is none goes to
/// standard error as a sentence and, with <c>--json</c>, to standard output as well, as <c>{"error":"…","exit_code":69}</c>.
/// </summary>
internal sealed class CommandOutput
{
    public const string JsonOption = "--json";

    /// <summary>Whether programs read the answer.</summary>
    public bool Json { get; set; }

    public int Print<T>(T answer, JsonTypeInfo<T> type, Func<T, Screen, IEnumerable<string>> lines, int exitCode = ExitCode.Success)
    {
        if (Json)
        {
            Console.WriteLine(JsonSerializer.Serialize(answer, type));
        }
        else
        {
            foreach (var line in lines(answer, Screen.Output()))
                Console.WriteLine(line);
        }
        return exitCode;
    }

    public int Refuse(string reason, int exitCode, IReadOnlyList<string>? matches = null) => Refuse([reason], exitCode, matches);

    /// <param name="matches">What could have been meant.</param>
    public int Refuse(IReadOnlyCollection<string> reasons, int exitCode, IReadOnlyList<string>? matches = null)
    {
        foreach (var reason in reasons)
            Console.Error.WriteLine($"ballast: {reason}");
        foreach (var match in matches ?? [])
            Console.Error.WriteLine($"  {match}");
        Repeat(reasons, exitCode, matches);
        return exitCode;
    }

    /// <summary>For programs, what people have been told already.</summary>
    public void Repeat(IEnumerable<string> reasons, int exitCode, IReadOnlyList<string>? matches = null)
    {
        if (Json)
            Console.WriteLine(JsonSerializer.Serialize(new CommandRefusal(string.Join("; ", reasons), exitCode, matches), CommandJson.Default.CommandRefusal));
    }

    /// <summary>Something to know besides the answer.</summary>
    public static void Note(string sentence) => Console.Error.WriteLine($"ballast: {sentence}");
}

/// <param name="Matches">What could have been meant; absent where that is not the reason.</param>
internal sealed record CommandRefusal(string Error, int ExitCode, IReadOnlyList<string>? Matches = null);

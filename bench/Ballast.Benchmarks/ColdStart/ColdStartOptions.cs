using System.Globalization;

namespace Ballast.Benchmarks.ColdStart;

/// <summary>What the command line asks for.</summary>
internal sealed record ColdStartOptions
{
    public const string Usage =
        """
        cold-start [--rounds N] [--ticks N] [--only name]… [--published name=path]… [--other "command with {port}"]

          --rounds     how often each program is started; 31 unless said
          --ticks      how many warm ticks one process is timed for; 500 unless said, 0 leaves that part out
          --only       measures this one; may stand several times: hello, floor, server, embedded, jit, other
          --published  measures what stands at the path, a file or a folder, instead of publishing: hello, floor, server, jit
          --other      a shell command that starts another program with the same interface, to be timed beside them: {port} is where it has to
                       listen. It finds PORT, REDIS_URL (a database of its own), MEXC_API_KEY, MEXC_SECRET_KEY and MEXC_BASE_URL set
        """;

    public int Rounds { get; private init; } = 31;

    public int Ticks { get; private init; } = 500;

    /// <summary>Empty measures all.</summary>
    public IReadOnlyList<string> Only { get; private init; } = [];

    /// <summary>Files or folders by name.</summary>
    public IReadOnlyDictionary<string, string> Published { get; private init; } = new Dictionary<string, string>();

    public string? Other { get; private init; }

    public bool Measures(string name) => Only.Count == 0 ? name != Contestant.Other || Other is not null : Only.Contains(name);

    /// <returns>Null when it cannot be understood.</returns>
    public static ColdStartOptions? Read(IReadOnlyList<string> words)
    {
        var (options, only, published) = (new ColdStartOptions(), new List<string>(), new Dictionary<string, string>(StringComparer.Ordinal));
        for (var at = 0; at < words.Count; at += 2)
        {
            var value = at + 1 < words.Count ? words[at + 1] : "";
            switch (words[at])
            {
                case "--rounds" when Count(value) is > 0 and var rounds:
                    options = options with { Rounds = rounds };
                    break;
                case "--ticks" when Count(value) is { } ticks:
                    options = options with { Ticks = ticks };
                    break;
                case "--only" when Contestant.Names.Contains(value):
                    only.Add(value);
                    break;
                case "--published" when value.Split('=', 2) is [var name, { Length: > 0 } path] && Publication.Names.Contains(name):
                    published[name] = Path.GetFullPath(path);
                    break;
                case "--other" when value.Length > 0:
                    options = options with { Other = value };
                    break;
                default:
                    return null;
            }
        }
        return only.Contains(Contestant.Other) && options.Other is null ? null : options with { Only = only, Published = published };
    }

    private static int? Count(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null;
}

using System.Globalization;
using System.Text.RegularExpressions;

namespace Ballast.Tests.Server.Telemetry;

/// <summary>What a scraper reads at <c>/metrics</c>: every sample by its name with its labels in order, such as <c>ballast_mode{mode="auto"}</c>.</summary>
internal sealed partial class Scrape
{
    private readonly Dictionary<string, double> samples = [];

    private Scrape(string text)
    {
        Text = text;
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#'))
        {
            var sample = Sample().Match(line);
            Assert.True(sample.Success, line);
            var labels = Label().Matches(sample.Groups["labels"].Value).Select(label => label.Value).Order(StringComparer.Ordinal);
            var name = sample.Groups["name"].Value;
            var key = sample.Groups["labels"].Length == 0 ? name : $"{name}{{{string.Join(',', labels)}}}";
            Assert.True(samples.TryAdd(key, double.Parse(sample.Groups["value"].Value, CultureInfo.InvariantCulture)), $"twice: {line}");
        }
    }

    public string Text { get; }

    public IReadOnlyDictionary<string, double> Samples => samples;

    /// <summary>Null when it is absent.</summary>
    public double? this[string sample] => samples.TryGetValue(sample, out var value) ? value : null;

    public static async Task<Scrape> OfAsync(ServerUnderTest server) =>
        new(await server.Http.GetStringAsync("/metrics", TestContext.Current.CancellationToken));

    /// <summary>Those of one family that are not 0, without the family's name.</summary>
    public IEnumerable<string> CountedIn(string name) => samples
        .Where(sample => sample.Value != 0 && sample.Key.StartsWith(name + "{", StringComparison.Ordinal))
        .Select(sample => $"{sample.Key[name.Length..]} {sample.Value.ToString(CultureInfo.InvariantCulture)}");

    [GeneratedRegex("""^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(\{(?<labels>.*)\})? (?<value>\S+)( \d+)?$""")]
    private static partial Regex Sample();

    [GeneratedRegex("[a-z_]+=\"(?:[^\"\\\\]|\\\\.)*\"")]
    private static partial Regex Label();
}

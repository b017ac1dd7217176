using System.Text.RegularExpressions;

namespace Ballast.Tests.Deploy;

/// <summary>What a panel, an annotation or an alert rule asks Prometheus.</summary>
/// <param name="Where">File, title and letter, for whoever has to find it.</param>
internal sealed record Question(string Where, string Expression)
{
    private static readonly Regex Names = new(@"\b(?:ballast_\w+|up)\b(?=[{\[)\s])");
    private static readonly Regex Parts = new("_(?:bucket|sum|count)$");

    /// <summary>The metrics in it; those of a histogram by its own name.</summary>
    public IEnumerable<string> Metrics => Names.Matches(Expression).Select(match => Parts.Replace(match.Value, "")).Distinct();

    /// <summary>As Grafana sends it, for the portfolio <c>ballast</c>.</summary>
    /// <param name="window">In place of Grafana's intervals, such as <c>1h</c>.</param>
    public string Sent(string window) => Expression
        .Replace("$job", "ballast", StringComparison.Ordinal)
        .Replace("$__rate_interval", window, StringComparison.Ordinal)
        .Replace("$__interval", window, StringComparison.Ordinal);
}

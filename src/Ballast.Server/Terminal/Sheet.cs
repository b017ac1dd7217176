namespace Ballast.Server.Terminal;

/// <summary>Facts with their names, one below the other; on a terminal under a heading.</summary>
/// <param name="labels">How wide the names are at least.</param>
internal sealed class Sheet(string heading, int labels = 0)
{
    private readonly List<(string Label, string Value)> rows = [];

    public Sheet Add(string label, string value)
    {
        rows.Add((label, value));
        return this;
    }

    public IEnumerable<string> Lines(Screen screen)
    {
        var width = Math.Max(labels, rows.Select(row => row.Label.Length + 2).DefaultIfEmpty().Max());
        if (screen.IsTerminal)
            yield return screen.Bold(heading);
        foreach (var (label, value) in rows)
        {
            var first = true;
            foreach (var part in Words.Wrap(value, screen.Width is { } columns ? columns - width : int.MaxValue))
            {
                yield return first ? screen.Dim(label.PadRight(width)) + part : new string(' ', width) + part;
                first = false;
            }
        }
    }
}

using System.Text;

namespace Ballast.Server.Terminal;

/// <summary>Rows under a heading, aligned by spaces. On a terminal the heading stands out, and what is too long goes on below in its own column.</summary>
internal sealed class Table(params Column[] columns)
{
    private const string Gap = "  ";

    private readonly List<string[]> rows = [];

    public bool IsEmpty => rows.Count == 0;

    /// <summary>As many cells as there are columns.</summary>
    public Table Add(params string[] cells)
    {
        rows.Add(cells);
        return this;
    }

    public IEnumerable<string> Lines(Screen screen)
    {
        var widths = columns.Select((column, index) => rows.Select(row => row[index].Length).Append(column.Heading.Length).Max()).ToArray();
        yield return screen.Bold(Row([.. columns.Select(column => column.Heading)], widths));
        foreach (var row in rows)
        {
            foreach (var line in Broken(row, widths, screen.Width))
                yield return line;
        }
    }

    /// <summary>Only the last column is ever too long to be read in one line.</summary>
    private IEnumerable<string> Broken(string[] row, int[] widths, int? screen)
    {
        var room = screen is { } width ? width - widths.SkipLast(1).Sum(column => column + Gap.Length) : int.MaxValue;
        var first = true;
        foreach (var part in Words.Wrap(row[^1], room))
        {
            yield return Row([.. first ? row.SkipLast(1) : row.SkipLast(1).Select(_ => ""), part], widths);
            first = false;
        }
    }

    private string Row(IReadOnlyList<string> cells, int[] widths)
    {
        var line = new StringBuilder();
        for (var index = 0; index < columns.Length; index++)
        {
            line.Append(columns[index].Right ? cells[index].PadLeft(widths[index]) : cells[index].PadRight(widths[index]));
            line.Append(Gap);
        }
        return line.ToString().TrimEnd();
    }
}

/// <param name="Right">For numbers.</param>
internal sealed record Column(string Heading, bool Right = false);

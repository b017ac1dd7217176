namespace Ballast.Server.Export;

/// <summary>
/// Rows of CSV after RFC 4180: CRLF, and quotes where a field needs them. A text that a spreadsheet would take for a formula gets an apostrophe
/// in front; numbers, which may begin with a minus, are left alone.
/// </summary>
public static class Csv
{
    private const string FormulaStarts = "=+-@\t\r";

    public static string Row(IEnumerable<Cell> cells) => string.Join(',', cells.Select(Field)) + "\r\n";

    private static string Field(Cell cell)
    {
        var text = !cell.IsNumber && cell.Text.Length > 0 && FormulaStarts.Contains(cell.Text[0], StringComparison.Ordinal) ? "'" + cell.Text : cell.Text;
        return text.AsSpan().ContainsAny(",\"\r\n") || text.StartsWith(' ') || text.EndsWith(' ')
            ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : text;
    }
}

/// <summary>One value of a row: words, or digits that are one exact number. A value that is absent is empty.</summary>
public readonly record struct Cell(string Text, bool IsNumber)
{
    public static implicit operator Cell(string? text) => new(text ?? "", IsNumber: false);

    public static implicit operator Cell(decimal? number) => new(number is { } value ? Core.Decimals.Text(value) : "", IsNumber: true);

    public static implicit operator Cell(decimal number) => (decimal?)number;
}

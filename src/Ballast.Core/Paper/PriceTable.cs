namespace Ballast.Core.Paper;

/// <summary>
/// A table with a row a line. Its first line may name the columns; without names they are time and price, or time, open, high, low, close
/// and whatever else. Empty lines, and lines that begin with #, do not count.
/// </summary>
internal static class PriceTable
{
    private static readonly string[] TimeNames = ["time", "timestamp", "opentime", "date", "datetime", "unix"];
    private static readonly string[] PriceNames = ["price", "close", "last"];

    private sealed record Columns(int Time, int Open, int High, int Low, int Close)
    {
        public bool AreCandles => Open != Close;

        public int Widest => Math.Max(Time, Math.Max(Math.Max(Open, High), Math.Max(Low, Close)));
    }

    public static PriceRows Read(string text)
    {
        var lines = text.TrimStart('\uFEFF').Split('\n')
            .Select((line, index) => (Text: line.Trim(), Place: $"line {index + 1}"))
            .Where(line => line.Text.Length > 0 && line.Text[0] != '#')
            .ToArray();
        if (lines.Length == 0)
            return new PriceRows(areCandles: false);
        var separator = SeparatorOf(lines[0].Text);
        var first = Cells(lines[0].Text, separator);
        var isHeader = PriceRows.Time(first[0]).Failure is not null && first.Any(cell => TimeNames.Contains(Bare(cell)));
        if (!(isHeader ? Named(first) : Unnamed(first)).TryGet(out var columns, out var failure))
        {
            var unreadable = new PriceRows(areCandles: false);
            unreadable.Complain(lines[0].Place, failure.Reason);
            return unreadable;
        }
        var rows = new PriceRows(columns.AreCandles);
        foreach (var (line, place) in lines.Skip(isHeader ? 1 : 0))
            ReadRow(Cells(line, separator), place, columns, rows);
        return rows;
    }

    private static void ReadRow(string[] cells, string place, Columns columns, PriceRows rows)
    {
        if (cells.Length <= columns.Widest)
            rows.Complain(place, $"{cells.Length} cells are too few; write {columns.Widest + 1} as in the first row, with the same separator");
        else
            rows.Add(place, cells[columns.Time], cells[columns.Open], cells[columns.High], cells[columns.Low], cells[columns.Close]);
    }

    private static Result<Columns> Named(string[] header)
    {
        var names = header.Select(Bare).ToArray();
        var time = Array.FindIndex(names, name => TimeNames.Contains(name));
        int[] candle = [Index("open"), Index("high"), Index("low"), Index("close")];
        if (candle.All(column => column >= 0))
            return new Columns(time, candle[0], candle[1], candle[2], candle[3]);
        var price = PriceNames.Select(Index).FirstOrDefault(column => column >= 0, -1);
        return price >= 0
            ? new Columns(time, price, price, price, price)
            : Failure.BadData("no column has a price; name one price, or four open, high, low and close");

        int Index(string name) => Array.IndexOf(names, name);
    }

    private static Result<Columns> Unnamed(string[] cells) =>
        PriceRows.Time(cells[0]).Failure is not null
            ? Failure.BadData($"'{PriceRows.Shown(cells[0])}' is neither a time nor the name of a column; begin with names such as time,price or time,open,high,low,close,volume")
        : cells.Length == 2 ? new Columns(0, 1, 1, 1, 1)
        : cells.Length >= 5 ? new Columns(0, 1, 2, 3, 4)
        : Failure.BadData($"{cells.Length} cells without names; name them in a first line, such as time,price or time,open,high,low,close,volume");

    private static char SeparatorOf(string line) => line.Contains('\t') ? '\t' : line.Contains(';') ? ';' : ',';

    private static string[] Cells(string line, char separator) => [.. line.Split(separator).Select(cell => cell.Trim().Trim('"').Trim())];

    private static string Bare(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}

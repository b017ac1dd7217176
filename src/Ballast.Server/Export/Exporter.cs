using System.Text;
using System.Text.Json;
using Ballast.Core;
using Ballast.Server.Store;

namespace Ballast.Server.Export;

/// <summary>How an export is written.</summary>
internal enum ExportFormat
{
    Csv,

    /// <summary>One array of objects; numbers are JSON numbers with all their digits.</summary>
    Json,

    /// <summary>rotki's generic import of trades; for trades only.</summary>
    Rotki,
}

/// <summary>Writes what the store keeps, row by row, so that a million rows take no more memory than one page.</summary>
/// <param name="written">Called after each row.</param>
internal sealed class Exporter(RedisArchive archive, Pair pair, TextWriter output, Action written)
{
    public Task TradesAsync(ExportFormat format, DateTimeOffset from, DateTimeOffset to) => format == ExportFormat.Rotki
        ? WriteAsync(ExportFormat.Csv, ExportTables.RotkiColumns, Each(archive.TradesAsync(from, to), trade => ExportTables.RotkiRow(trade, pair)))
        : WriteAsync(format, ExportTables.TradeColumns, Each(archive.TradesAsync(from, to), ExportTables.Row));

    public Task JournalAsync(ExportFormat format, DateTimeOffset from, DateTimeOffset to) =>
        WriteAsync(format, ExportTables.JournalColumns, EachOf(archive.JournalAsync(from, to), line => ExportTables.Rows(line, pair)));

    public async Task EquityAsync(ExportFormat format, DateTimeOffset from, DateTimeOffset to) =>
        await WriteAsync(format, ExportTables.EquityColumns, Each((await archive.EquityAsync(from, to)).ToAsyncEnumerable(), ExportTables.Row));

    private Task WriteAsync(ExportFormat format, string[] columns, IAsyncEnumerable<Cell[]> rows) =>
        format == ExportFormat.Csv ? CsvAsync(columns, rows) : JsonAsync(columns, rows);

    private async Task CsvAsync(string[] columns, IAsyncEnumerable<Cell[]> rows)
    {
        await output.WriteAsync(Csv.Row(columns.Select(name => (Cell)name)));
        await foreach (var row in rows)
        {
            await output.WriteAsync(Csv.Row(row));
            written();
        }
    }

    private async Task JsonAsync(string[] columns, IAsyncEnumerable<Cell[]> rows)
    {
        var separator = "[\n";
        await foreach (var row in rows)
        {
            await output.WriteAsync(separator + Object(columns, row));
            separator = ",\n";
            written();
        }
        await output.WriteAsync(separator == "[\n" ? "[]\n" : "\n]\n");
    }

    /// <summary>Fields without a value are left out.</summary>
    private static string Object(string[] columns, Cell[] row)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var (name, cell) in columns.Zip(row).Where(field => field.Second.Text.Length > 0))
            {
                json.WritePropertyName(name);
                if (cell.IsNumber)
                    json.WriteRawValue(cell.Text);
                else
                    json.WriteStringValue(cell.Text);
            }
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static async IAsyncEnumerable<Cell[]> Each<T>(IAsyncEnumerable<T> items, Func<T, Cell[]> row)
    {
        await foreach (var item in items)
            yield return row(item);
    }

    private static async IAsyncEnumerable<Cell[]> EachOf<T>(IAsyncEnumerable<T> items, Func<T, IEnumerable<Cell[]>> rows)
    {
        await foreach (var item in items)
        {
            foreach (var row in rows(item))
                yield return row;
        }
    }
}

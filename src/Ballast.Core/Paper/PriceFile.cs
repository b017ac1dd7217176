using System.Text.Json;

namespace Ballast.Core.Paper;

/// <summary>
/// Reads recorded prices from a text: a table of candles or of times and prices, with commas, semicolons or tabs between, or the exchange's
/// own klines (JSON, an array of arrays). Rows may stand in any order.
/// </summary>
public static class PriceFile
{
    private const int MostComplaints = 10;

    /// <summary>Of a lone candle, which nothing tells the length of.</summary>
    private static readonly TimeSpan UsualSpan = TimeSpan.FromMinutes(1);

    /// <param name="name">The file's, for the complaints.</param>
    /// <returns>Null where there are complaints: one sentence for each bad row, with its line and what to write, or for the whole.</returns>
    public static RecordedPrices? Read(string name, string text, out IReadOnlyList<string> complaints)
    {
        var found = text.AsSpan().TrimStart("\uFEFF \t\r\n").StartsWith("[") ? Klines(text.TrimStart('\uFEFF')) : PriceTable.Read(text);
        var all = found.Complaints.Count > 0 || found.Rows.Count > 0 ? found.Complaints : ["there is no row with a price; write rows such as 2026-01-01T00:00:00Z,0.0512"];
        complaints = [.. all.Take(MostComplaints).Select(complaint => $"{name}: {complaint}")];
        if (all.Count > MostComplaints)
            complaints = [.. complaints, $"{name}: {all.Count - MostComplaints} more rows cannot be read"];
        return complaints.Count > 0 ? null : new RecordedPrices(found.Rows, Span(found));
    }

    // The shortest distance between two rows: what is longer is a gap.
    private static TimeSpan Span(PriceRows found)
    {
        if (!found.AreCandles)
            return TimeSpan.Zero;
        var times = found.Rows.Select(row => row.Time).Distinct().Order().ToArray();
        return times.Length < 2 ? UsualSpan : times.Zip(times.Skip(1), (earlier, later) => later - earlier).Min();
    }

    private static PriceRows Klines(string text)
    {
        var found = new PriceRows(areCandles: true);
        try
        {
            using var document = JsonDocument.Parse(text);
            foreach (var (row, index) in document.RootElement.EnumerateArray().Select((row, index) => (row, index)))
                ReadKline(row, $"row {index + 1}", found);
        }
        catch (JsonException broken)
        {
            found.Complain($"line {broken.LineNumber + 1}", "is no JSON; save the exchange's answer to /api/v3/klines as it came");
        }
        return found;
    }

    private static void ReadKline(JsonElement row, string place, PriceRows found)
    {
        if (row.ValueKind != JsonValueKind.Array || row.GetArrayLength() < 5)
            found.Complain(place, "is no candle; write [opening time, open, high, low, close], as the exchange does");
        else
            found.Add(place, Text(row[0]), Text(row[1]), Text(row[2]), Text(row[3]), Text(row[4]));
    }

    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
}

using System.Globalization;

namespace Ballast.Core.Paper;

/// <summary>The rows that could be read so far, and what is wrong with the others.</summary>
internal sealed class PriceRows(bool areCandles)
{
    /// <summary>More than any price here can mean.</summary>
    private const decimal Largest = 1_000_000_000m;

    /// <summary>From here on a number is milliseconds, below it is seconds: 1973 in the one and 5138 in the other.</summary>
    private const decimal LeastMs = 100_000_000_000m;

    private const decimal MostMs = 7_258_118_400_000m;          // 2200
    private const decimal LeastSeconds = 100_000_000m;          // 1973

    private readonly List<PriceRow> rows = [];
    private readonly List<string> complaints = [];

    public bool AreCandles => areCandles;

    public IReadOnlyList<PriceRow> Rows => rows;

    public IReadOnlyList<string> Complaints => complaints;

    public void Complain(string place, string complaint) => complaints.Add($"{place}: {complaint}");

    public void Add(string place, string time, string open, string high, string low, string close)
    {
        if (!Time(time).TryGet(out var at, out var failure)
            || !Price(open).TryGet(out var first, out failure)
            || !Price(high).TryGet(out var highest, out failure)
            || !Price(low).TryGet(out var lowest, out failure)
            || !Price(close).TryGet(out var last, out failure))
            Complain(place, failure.Reason);
        else if (lowest > Math.Min(first, last) || highest < Math.Max(first, last))
            Complain(place, $"open {open} and close {close} do not lie from low {low} to high {high}; check the order of the columns");
        else
            rows.Add(new PriceRow(at, first, highest, lowest, last));
    }

    /// <summary>Milliseconds or seconds since 1970, or ISO 8601; without an offset it is UTC.</summary>
    public static Result<DateTimeOffset> Time(string text)
    {
        if (Decimals.TryParse(text, out var number))
        {
            var ms = number >= LeastMs ? number : number * 1_000;
            return number >= LeastSeconds && ms <= MostMs ? DateTimeOffset.FromUnixTimeMilliseconds((long)ms) : NoTime(text);
        }
        var isIso = text.Length >= 10 && text[4] == '-' && text[7] == '-';
        return isIso && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            && time.Year is > 1973 and < 2200 ? time : NoTime(text);
    }

    /// <summary>Fit for one line of a terminal, whatever the file holds.</summary>
    public static string Shown(string text) =>
        string.Concat(text.Take(40).Select(letter => char.IsControl(letter) || letter == '\uFFFD' ? '?' : letter)) + (text.Length > 40 ? "…" : "");

    private static Failure NoTime(string text) => Failure.BadData(
        $"'{Shown(text)}' is not a time; write milliseconds or seconds since 1970, or ISO 8601 such as 2026-01-01T00:00:00Z");

    private static Result<decimal> Price(string text) => Decimals.TryParse(text, out var price) && price is > 0 and <= Largest
        ? price
        : Failure.BadData($"'{Shown(text)}' is not a price; write a number above 0 with a point, such as 0.0512");
}

namespace Ballast.Core.Paper;

/// <summary>A candle, or one price where all four are the same. Prices are above 0.</summary>
internal readonly record struct PriceRow(DateTimeOffset Time, decimal Open, decimal High, decimal Low, decimal Close)
{
    public bool IsOnePrice => Open == High && High == Low && Low == Close;
}

/// <summary>A price as somebody wrote it down once.</summary>
public sealed class RecordedPrices
{
    private readonly PriceRow[] rows;
    private readonly TimeSpan span;

    /// <param name="rows">One at least, in any order. Of two with one time the later one counts.</param>
    /// <param name="span">How long a candle is; zero where the rows are prices that stand until the next one.</param>
    internal RecordedPrices(IReadOnlyList<PriceRow> rows, TimeSpan span)
    {
        var byTime = new SortedDictionary<DateTimeOffset, PriceRow>();
        foreach (var row in rows)
            byTime[row.Time] = row;
        (this.rows, this.span) = ([.. byTime.Values], span);
        Highest = this.rows.Max(row => row.High);
        MostDecimals = this.rows.Max(row => Math.Max(Scale(row.Open), Math.Max(Scale(row.High), Math.Max(Scale(row.Low), Scale(row.Close)))));
    }

    public DateTimeOffset First => rows[0].Time;

    /// <summary>When the last candle closes, or the last price is shown.</summary>
    public DateTimeOffset End => rows[^1].Time + span;

    /// <summary>The first price.</summary>
    public Price Opening => new(rows[0].Open);

    public int Rows => rows.Length;

    internal decimal Highest { get; }

    /// <summary>Of any price, without zeros at its end.</summary>
    internal int MostDecimals { get; }

    /// <summary>
    /// Before the beginning the first price, after the end the last. In a gap it stands still. Within a candle that rose it goes by way of the
    /// low and then the high to the close, within one that fell by way of the high and then the low; it is there after a quarter and three
    /// quarters of the time.
    /// </summary>
    public Price At(DateTimeOffset time)
    {
        var index = LastBefore(time);
        if (index < 0)
            return Opening;
        var row = rows[index];
        var since = time - row.Time;
        return new Price(since >= span ? row.Close : Within(row, (decimal)since.Ticks / span.Ticks));
    }

    private static decimal Within(PriceRow row, decimal part)
    {
        var (first, second) = row.Close >= row.Open ? (row.Low, row.High) : (row.High, row.Low);
        return part < 0.25m ? row.Open + (first - row.Open) * part * 4
            : part < 0.75m ? first + (second - first) * (part - 0.25m) * 2
            : second + (row.Close - second) * (part - 0.75m) * 4;
    }

    // −1 before the first.
    private int LastBefore(DateTimeOffset time)
    {
        var (low, high) = (0, rows.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (rows[middle].Time <= time)
                low = middle + 1;
            else
                high = middle;
        }
        return low - 1;
    }

    private static int Scale(decimal price) => Decimals.Trim(price).Scale;
}

using System.Globalization;
using Ballast.Core;
using Ballast.Core.Paper;

namespace Ballast.Tests.Core.Paper;

public class PriceFileTests
{
    private const string Noon = "2026-01-01T12:00:00Z";
    private const string Later = "2026-01-01T12:01:00Z";
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    // Every one of them says 0.05 at noon and 0.06 a minute later.
    [Theory]
    [InlineData("time,price\n2026-01-01T12:00:00Z,0.05\n2026-01-01T12:01:00Z,0.06")]
    [InlineData("time,price\r\n2026-01-01T12:01:00Z,0.06\r\n2026-01-01T12:00:00Z,0.05\r\n")]                    // newest first
    [InlineData("Timestamp;Volume;Price\n1767268800000;9;0.05\n1767268860000;9;0.06")]                            // milliseconds
    [InlineData("date\tclose\n1767268800\t0.05\n1767268860\t0.06")]                                            // seconds
    [InlineData("\uFEFF\"Open Time\",\"Price\"\n\"2026-01-01 12:00:00\",\"0.05\"\n\"2026-01-01 12:01:00\",\"0.060\"")]
    [InlineData("# by hand\n\n1767268800,0.05\n1767268860,6e-2\n")]                                              // no header
    [InlineData("time,price\n2026-01-01T13:00:00+01:00,0.05\n2026-01-01T12:01:00Z,0.06\n2026-01-01T12:01:00Z,0.06")]
    [InlineData("time,price\n1767268800,0.05\n1767268860,0.07\n1767268860,0.06")]                                // of two the later counts
    [InlineData("open_time,open,high,low,close,volume\n1767268800000,0.05,0.05,0.05,0.05,1\n1767268860000,0.06,0.06,0.06,0.06,1")]
    [InlineData("1767268800000,0.05,0.05,0.05,0.05,1\n1767268860000,0.06,0.06,0.06,0.06,1")]
    [InlineData("[[1767268800000,\"0.05\",\"0.05\",\"0.05\",\"0.05\",\"1\",1767268860000,\"1\"],[1767268860000,\"0.06\",\"0.06\",\"0.06\",\"0.06\",\"1\",1767268920000,\"1\"]]")]
    [InlineData(" [[1767268860000,0.06,0.06,0.06,0.06],\n [1767268800000,0.05,0.05,0.05,0.05]]")]
    public void All_usual_ways_of_writing_prices_down_are_read(string text)
    {
        var prices = Read(text);
        Assert.Equal((Start, 2), (prices.First, prices.Rows));
        Assert.Equal("0.05 0.05 0.05 0.06 0.06", Path(prices, -3600, 0, 59, 60, 3600));
    }

    // Open 10, high 16, low 8 and close 14, or 10, 12, 4 and 6, over a minute; then the next one.
    [Theory]
    [InlineData("10,16,8,14", "10 9 8 12 16 15 14")]         // it rose: low first
    [InlineData("10,12,4,6", "10 11 12 8 4 5 6")]            // it fell: high first
    [InlineData("10,16,8,10", "10 9 8 12 16 13 10")]         // as it was: as if it rose
    public void Within_a_candle_the_path_follows_from_it(string candle, string path)
    {
        var prices = Read($"time,open,high,low,close\n{Noon},{candle}\n{Later},20,20,20,20");
        Assert.Equal(path, string.Join(' ', new[] { 0m, 7.5m, 15, 30, 45, 52.5m, 59.9999m }
            .Select(second => decimal.Round(prices.At(Start.AddTicks((long)(second * TimeSpan.TicksPerSecond))).Value, 3).ToString("0.###", CultureInfo.InvariantCulture))));
        Assert.Equal("20", prices.At(Start.AddMinutes(1)).ToString());
    }

    [Fact]
    public void In_a_gap_the_price_stands_and_the_end_is_where_the_last_candle_closes()
    {
        var prices = Read($"time,open,high,low,close\n{Noon},1,1,1,1\n{Later},2,3,2,3\n2026-01-01T13:00:00Z,5,6,5,6");
        Assert.Equal("2 3 3 5 6 6", Path(prices, 60, 120, 3599, 3600, 3660, 999_999));
        Assert.Equal(Start.AddSeconds(3660), prices.End);
        Assert.Equal(Start.AddMinutes(1), Read($"time,price\n{Noon},1\n{Later},2").End);
        Assert.Equal(Start.AddMinutes(1), Read($"time,open,high,low,close\n{Noon},1,1,1,1").End);
    }

    [Theory]
    [InlineData("time,price\nyesterday,0.05", "p.csv: line 2: 'yesterday' is not a time; write milliseconds or seconds since 1970, or ISO 8601")]
    [InlineData("time,price\n5,0.05", "p.csv: line 2: '5' is not a time")]
    [InlineData("time,price\n\n# note\n2026-01-01,0;05", "p.csv: line 4: '0;05' is not a price; write a number above 0 with a point")]
    [InlineData("time;price\n2026-01-01;0,05", "p.csv: line 2: '0,05' is not a price")]
    [InlineData("time,price\n2026-01-01,0", "p.csv: line 2: '0' is not a price")]
    [InlineData("time,price\n2026-01-01,-1", "p.csv: line 2: '-1' is not a price")]
    [InlineData("time,price\n2026-01-01,1e30", "p.csv: line 2: '1e30' is not a price")]
    [InlineData("time,price\n2026-01-01", "p.csv: line 2: 1 cells are too few; write 2 as in the first row")]
    [InlineData("time,open,high,low,close\n2026-01-01,1,2,3,1", "p.csv: line 2: open 1 and close 1 do not lie from low 3 to high 2; check the order of the columns")]
    [InlineData("time,volume\n2026-01-01,1", "p.csv: line 1: no column has a price; name one price, or four open, high, low and close")]
    [InlineData("when,what\n2026-01-01,1", "p.csv: line 1: 'when' is neither a time nor the name of a column; begin with names such as time,price")]
    [InlineData("2026-01-01,1,2", "p.csv: line 1: 3 cells without names; name them in a first line")]
    [InlineData("", "p.csv: there is no row with a price; write rows such as 2026-01-01T00:00:00Z,0.0512")]
    [InlineData("time,price\n", "p.csv: there is no row with a price")]
    [InlineData("[]", "p.csv: there is no row with a price")]
    [InlineData("[[1767268800000,\"1\"]]", "p.csv: row 1: is no candle; write [opening time, open, high, low, close]")]
    [InlineData("[[1767268800000,\"1\",\"1\",\"1\",null]]", "p.csv: row 1: 'null' is not a price")]
    [InlineData("[{}]", "p.csv: row 1: is no candle")]
    [InlineData("[[1767268800000,\n1", "p.csv: line 2: is no JSON; save the exchange's answer to /api/v3/klines as it came")]
    [InlineData("\u001b[31m\0\uFFFD", "p.csv: line 1: '?[31m??' is neither")]
    [InlineData("time,price\n2026-01-01,a123456789b123456789c123456789d123456789e", "p.csv: line 2: 'a123456789b123456789c123456789d123456789…' is not a price")]
    public void A_row_that_makes_no_sense_is_named_with_its_line_and_what_to_write(string text, string complaint)
    {
        Assert.Null(PriceFile.Read("p.csv", text, out var complaints));
        Assert.StartsWith(complaint, Assert.Single(complaints), StringComparison.Ordinal);
    }

    [Fact]
    public void All_bad_rows_are_named_at_once_and_a_flood_of_them_is_counted()
    {
        PriceFile.Read("p.csv", $"time,price\n{Noon},x\n{Noon},1\n{Later},y", out var complaints);
        Assert.Collection(complaints,
            first => Assert.StartsWith("p.csv: line 2:", first, StringComparison.Ordinal),
            second => Assert.StartsWith("p.csv: line 4:", second, StringComparison.Ordinal));
        PriceFile.Read("p.csv", "time,price\n" + string.Concat(Enumerable.Repeat($"{Noon},x\n", 500)), out var many);
        Assert.Equal((11, "p.csv: 490 more rows cannot be read"), (many.Count, many[^1]));
    }

    private static RecordedPrices Read(string text)
    {
        var prices = PriceFile.Read("p.csv", text, out var complaints);
        Assert.Empty(complaints);
        return prices!;
    }

    private static string Path(RecordedPrices prices, params int[] seconds) => string.Join(' ', seconds.Select(second => prices.At(Start.AddSeconds(second))));
}

using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;

namespace Ballast.Tests.PaperExchange;

public class HistoryEndpointsTests
{
    private const string Candles = "/api/v3/klines?symbol=QRLUSDT";

    private const int OpenTime = 0;
    private const int Open = 1;
    private const int High = 2;
    private const int Low = 3;
    private const int Close = 4;
    private const int Volume = 5;
    private const int CloseTime = 6;
    private const int QuoteVolume = 7;

    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_candle_is_eight_values_with_every_number_but_the_times_as_text()
    {
        await using var paper = await PaperClient.StartAsync();
        var candle = Assert.Single((await paper.GetAsync($"{Candles}&interval=1m&limit=1")).AsArray())!.AsArray();
        Assert.Equal(8, candle.Count);
        Assert.Equal((Ms(Noon), Ms(Noon.AddMinutes(1))), (Time(candle, OpenTime), Time(candle, CloseTime)));
        Assert.InRange(Number(candle, Open), Number(candle, Low), Number(candle, High));
        Assert.InRange(Number(candle, Close), Number(candle, Low), Number(candle, High));
        Assert.True(Number(candle, Volume) > 0 && Number(candle, QuoteVolume) > 0);
    }

    [Fact]
    public async Task The_running_candle_closes_at_the_last_price_on_show()
    {
        await using var paper = await PaperClient.StartAsync();
        paper.Clock.Advance(TimeSpan.FromSeconds(33));
        var candle = (await paper.GetAsync($"{Candles}&interval=60m&limit=1"))[0]!.AsArray();
        var last = (await paper.GetAsync("/api/v3/ticker/price?symbol=QRLUSDT"))["price"]!.GetValue<string>();
        Assert.Equal(last, candle[Close]!.GetValue<string>());
    }

    [Theory]
    [InlineData("1m", "2026-01-01T12:00:00Z", "2026-01-01T12:01:00Z")]
    [InlineData("5m", "2026-01-01T12:00:00Z", "2026-01-01T12:05:00Z")]
    [InlineData("15m", "2026-01-01T12:00:00Z", "2026-01-01T12:15:00Z")]
    [InlineData("30m", "2026-01-01T12:00:00Z", "2026-01-01T12:30:00Z")]
    [InlineData("60m", "2026-01-01T12:00:00Z", "2026-01-01T13:00:00Z")]
    [InlineData("4h", "2026-01-01T12:00:00Z", "2026-01-01T16:00:00Z")]
    [InlineData("1d", "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z")]
    [InlineData("1W", "2025-12-29T00:00:00Z", "2026-01-05T00:00:00Z")]      // a Monday to a Monday
    [InlineData("1M", "2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z")]
    public async Task Every_documented_interval_begins_where_its_calendar_does(string interval, string opens, string closes)
    {
        await using var paper = await PaperClient.StartAsync();
        var rows = (await paper.GetAsync($"{Candles}&interval={interval}&limit=2")).AsArray();
        Assert.Equal(
            (Ms(DateTimeOffset.Parse(opens)), Ms(DateTimeOffset.Parse(closes))), (Time(rows[1]!, OpenTime), Time(rows[1]!, CloseTime)));
        Assert.Equal(Time(rows[1]!, OpenTime), Time(rows[0]!, CloseTime));
    }

    [Theory]
    [InlineData("", 500)]
    [InlineData("&limit=3", 3)]
    [InlineData("&limit=0", 1)]
    [InlineData("&limit=5000", 1000)]
    [InlineData("&limit=3&endTime=1700000000000", 3)]        // half a window is no window
    [InlineData("&limit=3&startTime=1700000000000", 3)]
    public async Task Without_a_whole_window_the_newest_candles_come_oldest_first(string query, int rows)
    {
        await using var paper = await PaperClient.StartAsync();
        var openings = Openings(await paper.GetAsync($"{Candles}&interval=1m{query}"));
        Assert.Equal(Enumerable.Range(1 - rows, rows).Select(minute => Ms(Noon.AddMinutes(minute))), openings);
    }

    [Theory]
    [InlineData(-10_000, -7_000, 3, -10_000)]       // the end is exclusive
    [InlineData(-10_000, -6_999, 4, -10_000)]
    [InlineData(-9_999, -7_000, 2, -9_000)]         // a candle that opened before the window is not in it
    [InlineData(-2_000, 60_000, 3, -2_000)]         // nothing comes from the future
    [InlineData(60_000, 120_000, 0, 0)]
    [InlineData(-5_000, -6_000, 0, 0)]
    [InlineData(-900_000, 0, 500, -900_000)]        // the first of more than fit
    public async Task Of_a_window_come_the_candles_that_open_in_it(int fromMilliMinutes, int toMilliMinutes, int rows, int first)
    {
        await using var paper = await PaperClient.StartAsync();
        long At(int milliMinutes) => Ms(Noon.AddMilliseconds(60L * milliMinutes));
        var window = $"&startTime={At(fromMilliMinutes)}&endTime={At(toMilliMinutes)}";
        var openings = Openings(await paper.GetAsync($"{Candles}&interval=1m{window}"));
        Assert.Equal(Enumerable.Range(0, rows).Select(minute => At(first + 1_000 * minute)), openings);
    }

    [Fact]
    public async Task A_window_of_all_time_is_answered_from_its_beginning()
    {
        await using var paper = await PaperClient.StartAsync();
        var openings = Openings(await paper.GetAsync($"{Candles}&interval=1W&startTime=0&endTime=253402300799999&limit=2"));
        Assert.Equal([Ms(new DateTimeOffset(1970, 1, 5, 0, 0, 0, TimeSpan.Zero)), Ms(new DateTimeOffset(1970, 1, 12, 0, 0, 0, TimeSpan.Zero))],
            openings);
    }

    [Fact]
    public async Task The_past_stays_what_it_was()
    {
        await using var paper = await PaperClient.StartAsync();
        paper.Clock.Advance(TimeSpan.FromMinutes(10));
        var window = $"{Candles}&interval=5m&startTime={Ms(Noon)}&endTime={Ms(Noon.AddMinutes(10))}";
        var before = (await paper.GetAsync(window)).ToJsonString();
        paper.Clock.Advance(TimeSpan.FromDays(3));
        Assert.Equal(before, (await paper.GetAsync(window)).ToJsonString());
    }

    [Fact]
    public async Task The_average_price_says_over_how_many_minutes()
    {
        await using var paper = await PaperClient.StartAsync();
        var average = await paper.GetAsync("/api/v3/avgPrice?symbol=QRLUSDT");
        var candles = (await paper.GetAsync($"{Candles}&interval=1m&limit=7")).AsArray();
        Assert.Equal(["mins", "price"], average.AsObject().Select(field => field.Key));
        Assert.Equal(5, average["mins"]!.GetValue<int>());
        Assert.InRange(
            decimal.Parse(average["price"]!.GetValue<string>(), CultureInfo.InvariantCulture),
            candles.Min(candle => Number(candle!, Low)),
            candles.Max(candle => Number(candle!, High)));
    }

    [Theory]
    [InlineData("klines?interval=1m", """{"code":700004,"msg":"Mandatory parameter 'symbol' was not sent, was empty/null, or malformed."}""")]
    [InlineData("klines?symbol=QRLUSDT",
        """{"code":700004,"msg":"Mandatory parameter 'interval' was not sent, was empty/null, or malformed."}""")]
    [InlineData("klines?symbol=XRPUSDT&interval=1m", """{"msg":"Invalid symbol.","code":-1121,"_extend":null}""")]
    [InlineData("klines?symbol=QRLUSDT&interval=1h", """{"msg":"Invalid interval.","code":-1121,"_extend":null}""")]
    [InlineData("klines?symbol=QRLUSDT&interval=1w", """{"msg":"Invalid interval.","code":-1121,"_extend":null}""")]
    [InlineData("klines?symbol=QRLUSDT&interval=1m&limit=x", """{"code":700008,"msg":"Illegal characters found in parameter 'limit'"}""")]
    [InlineData("avgPrice?symbol=XRPUSDT", """{"msg":"Invalid symbol.","code":-1121,"_extend":null}""")]
    [InlineData("avgPrice", """{"code":700004,"msg":"Mandatory parameter 'symbol' was not sent, was empty/null, or malformed."}""")]
    public async Task A_question_about_the_past_that_makes_no_sense_is_refused(string path, string expected)
    {
        await using var paper = await PaperClient.StartAsync();
        Assert.Equal((HttpStatusCode.BadRequest, expected), await paper.SendAsync(HttpMethod.Get, "/api/v3/" + path, key: null));
    }

    private static long Ms(DateTimeOffset time) => time.ToUnixTimeMilliseconds();

    private static IEnumerable<long> Openings(JsonNode rows) => rows.AsArray().Select(row => Time(row!, OpenTime));

    private static long Time(JsonNode candle, int index) => candle[index]!.GetValue<long>();

    private static decimal Number(JsonNode candle, int index) =>
        decimal.Parse(candle[index]!.GetValue<string>(), CultureInfo.InvariantCulture);
}

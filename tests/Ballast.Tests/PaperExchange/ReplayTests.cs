using System.Globalization;
using System.Net;
using Ballast.Core;
using Ballast.Core.Paper;
using Ballast.PaperExchange;
using Ballast.Tests.Core;

namespace Ballast.Tests.PaperExchange;

public class ReplayTests
{
    private const string Ticker = "/api/v3/ticker/price?symbol=QRLUSDT";
    private const string Order = "symbol=QRLUSDT&side=BUY&type=MARKET&quantity=100";

    // An hour of a minute's candles, each from 0.05 plus so many thousandths to one more.
    private static readonly RecordedPrices Prices = PriceFile.Read("p.csv", "time,open,high,low,close\n" + string.Join('\n', Enumerable.Range(0, 60)
        .Select(minute => string.Create(CultureInfo.InvariantCulture, $"{1584000000 + 60 * minute},{0.05m + minute * 0.001m},{0.051m + minute * 0.001m},{0.05m + minute * 0.001m},{0.051m + minute * 0.001m}"))), out _)!;

    [Fact]
    public async Task The_file_runs_from_the_start_at_its_speed_and_at_its_end_the_pair_is_paused()
    {
        await using var paper = await StartAsync(speed: 60);
        Assert.Equal("0.05", await LastAsync(paper));
        paper.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.InRange(decimal.Parse(await LastAsync(paper), CultureInfo.InvariantCulture), 0.079m, 0.0805m);
        await paper.SignedAsync(HttpMethod.Post, "/api/v3/order", Order);

        paper.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal("0.11", await LastAsync(paper));
        var (status, text) = await paper.TrySignedAsync(HttpMethod.Post, "/api/v3/order", Order);
        Assert.Equal((HttpStatusCode.BadRequest, """{"msg":"trading disabled","code":30016}"""), (status, text));
        var listed = (await paper.GetAsync("/api/v3/exchangeInfo"))["symbols"]!.AsArray();
        Assert.Equal("2 1 1 1", string.Join(' ', listed.Select(row => row!["status"]!.GetValue<string>())));

        paper.Clock.Advance(TimeSpan.FromDays(40));
        Assert.Equal("0.11", await LastAsync(paper));
        Assert.Equal("0.11", (await paper.GetAsync("/api/v3/avgPrice?symbol=QRLUSDT"))["price"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_exchange_itself_keeps_the_time_on_the_wall()
    {
        await using var paper = await StartAsync(speed: 3_600);
        paper.Clock.Advance(TimeSpan.FromMilliseconds(500));
        Assert.Equal(paper.NowMs, (await paper.GetAsync("/api/v3/time"))["serverTime"]!.GetValue<long>());
        await paper.SignedAsync(HttpMethod.Post, "/api/v3/order", Order);
        var trade = (await paper.SignedAsync(HttpMethod.Get, "/api/v3/myTrades", "symbol=QRLUSDT")).AsArray()[0]!;
        Assert.Equal(paper.NowMs / 1000 * 1000, trade["time"]!.GetValue<long>());
    }

    [Fact]
    public async Task An_order_that_rests_when_the_prices_end_stays_open_and_can_be_cancelled()
    {
        await using var paper = await StartAsync(speed: 60);
        await paper.SignedAsync(HttpMethod.Post, "/api/v3/order", "symbol=QRLUSDT&side=BUY&type=LIMIT&quantity=100&price=0.045");
        paper.Clock.Advance(TimeSpan.FromMinutes(10));
        await paper.GetAsync(Ticker);
        var open = (await paper.SignedAsync(HttpMethod.Get, "/api/v3/openOrders", "symbol=QRLUSDT")).AsArray();
        Assert.Equal("NEW", Assert.Single(open)!["status"]!.GetValue<string>());
        await paper.SignedAsync(HttpMethod.Delete, "/api/v3/openOrders", "symbol=QRLUSDT");
        Assert.Empty((await paper.SignedAsync(HttpMethod.Get, "/api/v3/openOrders", "symbol=QRLUSDT")).AsArray());
    }

    private static async Task<string> LastAsync(PaperClient paper) => (await paper.GetAsync(Ticker))["price"]!.GetValue<string>();

    private static Task<PaperClient> StartAsync(decimal speed)
    {
        var symbol = Symbol.Parse("QRLUSDT").Must();
        var clock = new MarketClock(PaperClient.Start, Prices.First, speed);
        return PaperClient.StartAsync(markets: new ComputedMarkets(
            PaperOpening.Replay(symbol, 7, Prices, PaperClient.Start, speed).Must(), symbol, clock.Reaches(Prices.End)));
    }
}

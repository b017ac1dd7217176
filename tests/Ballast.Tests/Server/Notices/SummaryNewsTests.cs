using Ballast.Core;
using Ballast.Core.Books;
using Ballast.Core.Ticks;
using Ballast.Server.Notices;
using Ballast.Tests.Server.Store;

namespace Ballast.Tests.Server.Notices;

/// <summary>The daily summary: once a day, after its hour, and honest.</summary>
public class SummaryNewsTests
{
    [Theory]
    [InlineData("8", "UTC", "2026-01-02T08:00:00Z")]
    [InlineData("0", "UTC", "2026-01-02T00:00:00Z")]
    [InlineData("8", "Europe/Berlin", "2026-01-02T07:00:00Z")]
    [InlineData("20", "UTC", "2026-01-01T20:00:00Z")]
    public void It_comes_with_the_first_tick_after_its_hour_and_then_a_day_later(string hour, string zone, string first)
    {
        var telling = new Telling(("Ballast:Notify:SummaryHour", hour), ("Ballast:Notify:TimeZone", zone));
        var told = new List<DateTimeOffset>();
        for (var tick = 0; tick < 2 * 96; tick++)
        {
            var now = telling.Now;
            if (telling.Tick().Any(notice => notice.Kind == NoticeKind.Summary))
                told.Add(now);
        }
        Assert.Equal([DateTimeOffset.Parse(first, null), DateTimeOffset.Parse(first, null).AddDays(1)], told);
    }

    [Fact]
    public void It_sums_up_the_day_from_the_last_one_on()
    {
        var telling = new Telling();
        telling.Tick(report => At(report, price: 3, trades: 2));
        telling.Now = Sample.Noon.AddHours(10);
        telling.Tick(report => At(report, price: 4, trades: 1));
        telling.Now = Sample.Noon.AddDays(1);
        var notice = Assert.Single(telling.Tick(report => At(report, price: 3.5m, trades: 1)));

        // 1000 coins and 500: 3500 at 3, 4000 at 3.5. All of it is the market's.
        Assert.Equal((Severity.Info, "QRLUSDT: 4000 USDT, +500"), (notice.Severity, notice.Title));
        string[] lines = notice.Text.Split('\n');
        Assert.Equal("The books are balanced.", lines[0]);
        Assert.Equal("Value 4000 USDT, +500 (14.29 %) since 2026-01-01 12:00 UTC", lines[1]);
        Assert.StartsWith("Of the change: market +500, rebalancing 0, fees 0, transfers 0", lines[2], StringComparison.Ordinal);
        Assert.Equal("New trades: 4", lines[3]);
        Assert.Equal(("4000", "500", "4", "balanced"), (notice.Facts["value"], notice.Facts["change"], notice.Facts["trades"], notice.Facts["books"]));

        telling.Now = Sample.Noon.AddDays(2);
        var next = Assert.Single(telling.Tick(report => At(report, price: 3, trades: 0)));
        Assert.Contains("-500 (-12.5 %) since 2026-01-02 12:00 UTC", next.Text, StringComparison.Ordinal);
        Assert.Contains("New trades: 0", next.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Unproven_books_are_said_to_be_so_before_any_figure()
    {
        var telling = new Telling();
        telling.Tick(TickNewsTests.Unproven);
        telling.Now = Sample.Noon.AddDays(1);
        var notice = Assert.Single(telling.Tick(report => TickNewsTests.Unproven(report)));
        Assert.Equal((Severity.Warning, "unproven"), (notice.Severity, notice.Facts["books"]));
        Assert.EndsWith(", unproven", notice.Title, StringComparison.Ordinal);
        Assert.StartsWith("THE BOOKS ARE UNPROVEN, and so is every profit below: the account holds 5 QRL more than the books explain.", notice.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tick_without_figures_says_so_and_one_without_books_leaves_it_to_the_next()
    {
        var telling = new Telling();
        telling.Tick();
        telling.Now = Sample.Noon.AddDays(1);
        Assert.Empty(telling.Tick(report => report with { Books = null }));
        var notice = Assert.Single(
            telling.Tick(report => report with { Books = Failure.Unavailable("the exchange is down") }), told => told.Kind == NoticeKind.Summary);
        Assert.Equal(("QRLUSDT: daily summary: no figures", "The books could not be kept: the exchange is down"), (notice.Title, notice.Text));
    }

    private static TickReport At(TickReport report, decimal price, int trades)
    {
        var books = Sample.Books();
        var point = books.NewPoint! with { At = report.Timestamp, Price = new Price(price) };
        return report with
        {
            Books = books with
            {
                NewPoint = point,
                Equity = new Equity(books.NewPoint, point),
                NewTrades = [.. Enumerable.Range(0, trades).Select(trade => Sample.Trade($"{trade}", trade))],
            },
        };
    }
}

using Ballast.Core;
using Ballast.Core.Books;
using Ballast.Core.Trading;
using Microsoft.Extensions.Time.Testing;
using static Ballast.Tests.Core.QrlUsdt;

namespace Ballast.Tests.Core.Books;

public class TradeHistoryTests
{
    private const int Hour = 60;
    private const int Day = 24 * Hour;

    private readonly FakeTimeProvider clock = new(Noon);
    private readonly FakeExchange exchange;

    public TradeHistoryTests() => exchange = new FakeExchange(clock);

    public static TheoryData<int> PageLimits => [3, 10, 100, 1000];

    [Theory]
    [MemberData(nameof(PageLimits))]
    public async Task Without_books_a_month_is_read(int pageLimit)
    {
        // Every 100 minutes for 35 days, of which the exchange remembers 30: 432 rows and the one at the very edge
        var all = Enumerable.Range(0, 504).Select(i => Buy(1, 2, minute: -100 * i)).ToArray();
        exchange.Remember(all);
        exchange.PageLimit = pageLimit;

        Assert.Equal(Ids(all.Where(trade => trade.Time >= Noon.AddDays(-30))), Ids((await ReadAsync(null)).Must()));
    }

    [Fact]
    public async Task Without_books_a_quiet_account_is_read_in_windows_of_a_week_at_most()
    {
        Assert.Empty((await ReadAsync(null)).Must());
        // 25 hours and then 29 days less an hour in weeks
        Assert.Equal(1 + 5, exchange.Asked.Count);
    }

    [Fact]
    public async Task When_there_is_nothing_new_the_first_page_is_all_that_is_asked()
    {
        exchange.Remember(Enumerable.Range(0, 60).Select(i => Buy(1, 2, minute: -30 * i)));
        var ledger = await BookAsync(null);
        for (var tick = 0; tick < 100; tick++)
        {
            clock.Advance(TimeSpan.FromMinutes(15));
            var before = exchange.Asked.Count;
            var after = await BookAsync(ledger);
            Assert.Equal(1, exchange.Asked.Count - before);
            Assert.Equal(ledger.Current.Quantity, after.Current.Quantity);
            ledger = after;
        }
    }

    [Theory]
    [InlineData(15)]
    [InlineData(60)]
    public async Task Ticks_up_to_an_hour_apart_need_one_window(int minutes)
    {
        var ledger = await BookAsync(null);
        for (var tick = 0; tick < 50; tick++)
        {
            clock.Advance(TimeSpan.FromMinutes(minutes));
            var before = exchange.Asked.Count;
            ledger = await BookAsync(ledger);
            Assert.Equal(1, exchange.Asked.Count - before);
        }
    }

    [Fact]
    public async Task A_busy_day_does_not_make_every_later_tick_read_it_again()
    {
        // 900 trades in a day are more than stay unsettled; a page holds them all
        exchange.Remember(Enumerable.Range(0, 900).Select(i => Buy(1, 2, minute: -i)));
        var ledger = await BookAsync(null);
        Assert.Equal(900, ledger.Current.Quantity.Value - ledger.Opening.Base.Value);
        clock.Advance(TimeSpan.FromMinutes(15));
        var before = exchange.Asked.Count;
        await BookAsync(ledger);
        Assert.Equal(1, exchange.Asked.Count - before);
    }

    [Theory]
    [MemberData(nameof(PageLimits))]
    public async Task An_outage_of_three_days_is_caught_up_with(int pageLimit)
    {
        exchange.PageLimit = pageLimit;
        var ledger = await BookAsync(null);
        exchange.Remember(Enumerable.Range(1, 400).Select(i => Buy(1, 2, minute: i * 10)));
        clock.Advance(TimeSpan.FromDays(3));
        // 432 times ten minutes are three days; the last of the 400 was after 66 hours
        Assert.Equal(400, (await BookAsync(ledger)).Current.Quantity.Value - ledger.Current.Quantity.Value);
    }

    [Fact]
    public async Task A_row_that_was_late_when_the_outage_began_is_booked_after_it()
    {
        // Made 20 hours before the last tick, and not shown until an hour after it
        exchange.Remember([Buy(7, 2, minute: -20 * Hour)], late: TimeSpan.FromHours(21));
        var ledger = await BookAsync(null);
        clock.Advance(TimeSpan.FromDays(3));
        Assert.Equal(1, Entries(await BookAsync(ledger)) - Entries(ledger));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(100)]
    [InlineData(1000)]
    public async Task A_late_row_is_found_behind_newer_ones_that_are_booked(int pageLimit)
    {
        exchange.PageLimit = pageLimit;
        exchange.Remember(Enumerable.Range(0, 20).Select(i => Buy(1, 2, minute: -i * Hour)));
        exchange.Remember([Buy(7, 2, minute: -10 * Hour - 30)], late: TimeSpan.FromHours(11));
        var ledger = await BookAsync(null);
        clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(1, Entries(await BookAsync(ledger)) - Entries(ledger));
    }

    [Theory]
    [InlineData(3, 4)]
    [InlineData(10, 25)]
    [InlineData(100, 101)]
    [InlineData(100, 250)]
    [InlineData(1000, 1001)]
    public async Task More_trades_in_one_second_than_a_page_holds_are_a_failure_and_not_an_endless_loop(int pageLimit, int trades)
    {
        exchange.PageLimit = pageLimit;
        exchange.Remember([Buy(1, 2, minute: -5), Buy(1, 2, minute: -120)]);
        exchange.Remember(Enumerable.Range(0, trades).Select(i => Buy(1, 2, minute: -60, id: $"{i}")));

        var failure = (await ReadAsync(null)).MustFail();
        Assert.Equal(FailureKind.BadData, failure.Kind);
        Assert.Contains("2026-01-01T11:00:00Z", failure.Reason, StringComparison.Ordinal);
        Assert.InRange(exchange.Asked.Count, 1, 5);
    }

    [Theory]
    [InlineData(3, 4)]
    [InlineData(10, 25)]
    [InlineData(100, 101)]
    public async Task They_are_a_failure_too_when_only_older_trades_tell_that_the_page_was_cut(int pageLimit, int trades)
    {
        exchange.PageLimit = pageLimit;
        exchange.Remember([Buy(1, 2, minute: -120)]);
        exchange.Remember(Enumerable.Range(0, trades).Select(i => Buy(1, 2, minute: -60, id: $"{i}")));
        Assert.Contains("2026-01-01T11:00:00Z", (await ReadAsync(null)).MustFail().Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3, 2)]
    [InlineData(10, 9)]
    [InlineData(100, 99)]
    [InlineData(1000, 120)]             // more than a documented page, and less than the one before it
    [InlineData(1000, 999)]
    public async Task An_instant_that_fits_a_page_is_read_wherever_pages_are_cut(int pageLimit, int trades)
    {
        exchange.PageLimit = pageLimit;
        var rows = Enumerable.Range(0, 4)
            .SelectMany(second => Enumerable.Range(0, trades).Select(i => Buy(1, 2, minute: -60 - second, id: $"{second}-{i}")))
            .Append(Buy(1, 2, minute: -5))
            .ToArray();
        exchange.Remember(rows);
        Assert.Equal(Ids(rows), Ids((await ReadAsync(null)).Must()));
    }

    [Fact]
    public async Task Trades_exactly_where_two_windows_meet_are_read()
    {
        exchange.PageLimit = 3;
        var edge = -(int)TradeHistory.FirstWindow.TotalMinutes;
        Trade[] rows = [.. ((int[])[0, 0, 1, 2, 3]).Select((before, i) => Buy(1, 2, minute: edge - before, id: $"{i}"))];
        exchange.Remember(rows);
        Assert.Equal(Ids(rows), Ids((await ReadAsync(null)).Must()));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(6)]
    public async Task A_failure_on_any_page_fails_the_reading(int page)
    {
        exchange.PageLimit = 10;
        exchange.Remember(Enumerable.Range(0, 100).Select(i => Buy(1, 2, minute: -300 * i)));
        Arm(page);
        var failure = (await ReadAsync(null)).MustFail();
        Assert.Equal("down", failure.Reason);

        void Arm(int left) => exchange.Before[FakeExchange.AskedTrades] = () =>
        {
            if (left == 1)
                exchange.Broken[FakeExchange.AskedTrades] = Failure.Unavailable("down");
            else
                Arm(left - 1);
            return Task.CompletedTask;
        };
    }

    [Fact]
    public async Task A_clock_that_was_set_back_asks_for_no_window_that_ends_before_it_begins()
    {
        exchange.Remember([Buy(1, 2, minute: -30)]);
        var ledger = await BookAsync(null) with { SettledThrough = After(Day), CheckedThrough = After(2 * Day) };
        Assert.Single((await ReadAsync(ledger)).Must());
    }

    [Theory]
    [InlineData(40)]
    [InlineData(400)]
    public async Task An_exchange_that_pays_windows_no_heed_is_taken_at_its_word(int count)
    {
        exchange.IgnoresWindows = true;
        exchange.Remember(Enumerable.Range(0, count).Select(i => Buy(1, 2, minute: -3 * i)));
        Assert.Equal(count, (await ReadAsync(null)).Must().Count);
    }

    private async Task<Ledger> BookAsync(Ledger? ledger)
    {
        var rows = (await ReadAsync(ledger)).Must().Where(row => ledger is null || row.Time >= ledger.SettledThrough).ToList();
        // An account that always holds what it should: books that do not balance are read for differently.
        var flows = ledger is null ? Flows.None : ledger.Add(ledger.Unknown(rows), null, clock.GetUtcNow()).Current.Flows;
        var statement = Statement(rows, 10_000 + flows.Base.Value, 10_000 + flows.Quote.Value, price: 2, at: clock.GetUtcNow());
        return Bookkeeping.Update(ledger, Equity.None, statement, null, Rules.Pair).Must().Ledger;
    }

    private async Task<Result<IReadOnlyCollection<Trade>>> ReadAsync(Ledger? ledger)
    {
        var (history, now) = (new TradeHistory(exchange, Rules.Symbol), clock.GetUtcNow());
        return (await history.FirstPageAsync(now, CancellationToken.None)).TryGet(out var page, out var failure)
            ? await history.CompleteAsync(page, ledger, now, CancellationToken.None)
            : failure;
    }

    private static long Entries(Ledger ledger) => ledger.SettledCount + ledger.Recent.Length;

    private static IEnumerable<string> Ids(IEnumerable<Trade> trades) => trades.Select(trade => trade.Id).Order(StringComparer.Ordinal);
}

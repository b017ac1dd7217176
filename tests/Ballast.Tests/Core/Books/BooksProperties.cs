using System.Collections.Immutable;
using Ballast.Core;
using Ballast.Core.Books;
using Ballast.Core.Trading;
using CsCheck;
using Microsoft.Extensions.Time.Testing;

namespace Ballast.Tests.Core.Books;

public class BooksProperties
{
    private const decimal Coins = 1_000_000;
    private const decimal Cash = 500_000;

    /// <summary>What the exchange does to the rows of a history, and when the program looks.</summary>
    /// <param name="Opened">So many trades were made before the books were opened.</param>
    /// <param name="TickMinutes">Minutes between ticks, over and over.</param>
    /// <param name="LateMinutes">How late each row is shown, over and over.</param>
    public sealed record Course(Trade[] Trades, int Opened, int[] TickMinutes, int[] LateMinutes, int PageLimit, bool Twice);

    private static readonly Gen<(Side Side, int Price, int Quantity, int Fee, int FeeKind)> Fills = Gen.Select(
        Gen.Bool.Select(buy => buy ? Side.Buy : Side.Sell), Gen.Int[1, 1_000], Gen.Int[1, 100_000], Gen.Int[0, 500], Gen.Int[0, 3]);

    /// <summary>Any density, pairs in one second included; every row is there at once; pages as short as three rows.</summary>
    private static readonly Gen<Course> Prompt = Courses(
        Gen.OneOf<int>(1, 20, 600, 3_600, 20_000), 400, pairs: true, Gen.Const(0), Gen.OneOf<int>(3, 10, 100, 1000));

    /// <summary>Fewer than a hundred trades a day, rows up to 20 hours late and twice on a page, pages as documented.</summary>
    private static readonly Gen<Course> Tardy = Courses(
        Gen.Int[900, 20_000], 150, pairs: false, Gen.OneOf(Gen.Const(0), Gen.Int[0, 20 * 60]), Gen.OneOf<int>(100, 500, 1000));

    private static readonly Gen<(Course, int)> Mixed = Gen.Select(Tardy, Gen.Int[1, 1_000_000]);

    [Fact]
    public async Task Ticks_that_see_a_history_bit_by_bit_end_in_the_books_of_one_big_fold()
    {
        await Prompt.SampleAsync(EndsLikeOneFold, iter: 150, threads: 1);
        await Tardy.SampleAsync(EndsLikeOneFold, iter: 150, threads: 1);

        static async Task EndsLikeOneFold(Course course)
        {
            var (ledger, booked) = await RunAsync(course);
            var start = AverageCost.Nothing with { Quantity = ledger.Opening.Base, Average = ledger.Opening.Cost };
            var folded = course.Trades.Order(Trade.BookOrder).Aggregate(start, (cost, trade) => cost.Apply(trade, "QRL", "USDT"));

            LedgerTests.AssertSame(folded, ledger.Current);
            Assert.Equal(course.Trades.Select(trade => trade.Id).Order(), booked.Order());
        }
    }

    [Fact]
    public async Task Opening_and_trades_and_fees_make_the_balance_to_the_last_unit()
    {
        await Prompt.SampleAsync(Balances, iter: 100, threads: 1);
        await Tardy.SampleAsync(Balances, iter: 100, threads: 1);

        static async Task Balances(Course course)
        {
            var (ledger, _) = await RunAsync(course);
            Assert.True(ledger.Standing!.Balanced, ledger.Standing.Explain("QRL", "USDT"));
            Assert.Equal((Coins, Cash), (ledger.Opening.Base.Value, ledger.Opening.Quote.Value));
            var cash = ledger.Opening.Quote + ledger.Current.QuoteFlow;
            Assert.Equal(BalancesAfter(course.Trades), (ledger.Current.Net.Value, cash.Value));
        }
    }

    /// <summary>What was realised and what is still invested are together what went in and out: no profit comes from nowhere.</summary>
    [Fact]
    public void Realised_profit_less_the_change_of_what_is_invested_is_the_flow_of_cash() => Prompt.Sample(course =>
    {
        var start = AverageCost.Nothing with { Quantity = new Quantity(Coins), Average = new Price(2.5m) };
        var end = course.Trades.Aggregate(start, (cost, trade) => cost.Apply(trade, "QRL", "USDT"));
        // Averages are rounded in their 28th digit.
        Assert.Equal(end.QuoteFlow.Value, end.Realized.Value - (end.Invested.Value - start.Invested.Value), 12);
    }, iter: 500);

    [Fact]
    public void A_sale_never_changes_the_average_and_a_purchase_never_the_realised_profit() => Prompt.Sample(course =>
    {
        var cost = AverageCost.Nothing with { Quantity = new Quantity(Coins), Average = new Price(2.5m) };
        foreach (var trade in course.Trades)
        {
            var next = cost.Apply(trade, "QRL", "USDT");
            if (trade.Side == Side.Sell)
                Assert.Equal(cost.Average, next.Average);
            else
                Assert.Equal(cost.Realized, next.Realized);
            cost = next;
        }
    }, iter: 500);

    [Fact]
    public void Rows_in_any_order_and_any_number_of_times_give_the_same_books() => Mixed.Sample((course, mix) =>
    {
        var now = course.Trades.Max(trade => trade.Time).AddMinutes(1);
        var mixed = course.Trades.Concat(course.Trades.Take(mix % 7)).OrderBy(trade => (trade.Time.ToUnixTimeSeconds() * mix) % 10_007);
        var (coins, cash) = BalancesAfter(course.Trades);

        LedgerTests.AssertSame(Open(course.Trades), Open(mixed));

        Ledger Open(IEnumerable<Trade> rows) =>
            Ledger.Open(rows, new Balance(coins, 0), new Balance(cash, 0), new Price(2), false, QrlUsdt.Rules, now);
    }, iter: 300);

    /// <summary>Opens the books and ticks until more than two days after the last trade.</summary>
    /// <returns>The books, and the ids that were reported as new.</returns>
    private static async Task<(Ledger Ledger, ImmutableList<string> Booked)> RunAsync(Course course)
    {
        var opened = course.Opened == 0 ? course.Trades[0].Time.AddMinutes(-1) : course.Trades[course.Opened - 1].Time;
        var clock = new FakeTimeProvider(opened);
        var exchange = new FakeExchange(clock) { PageLimit = course.PageLimit };
        for (var i = 0; i < course.Trades.Length; i++)
        {
            var late = i < course.Opened ? 0 : course.LateMinutes[i % course.LateMinutes.Length];
            exchange.Remember(course.Twice ? [course.Trades[i], course.Trades[i]] : [course.Trades[i]], TimeSpan.FromMinutes(late));
        }

        var (ledger, booked, last) = ((Ledger?)null, ImmutableList<string>.Empty, course.Trades[^1].Time.AddDays(2));
        for (var tick = 0; ; tick++)
        {
            var after = await TickAsync(exchange, ledger, course.Trades, clock.GetUtcNow());
            (ledger, booked) = (after.Ledger, booked.AddRange(after.NewTrades.Select(trade => trade.Id)));
            Assert.True(ledger.Recent.Length <= Ledger.RecentLimit && ledger.Coherent(QrlUsdt.Rules));
            if (clock.GetUtcNow() > last)
                return (ledger, booked);
            clock.Advance(TimeSpan.FromMinutes(course.TickMinutes[tick % course.TickMinutes.Length]));
        }
    }

    private static async Task<BooksAfter> TickAsync(FakeExchange exchange, Ledger? ledger, Trade[] trades, DateTimeOffset now)
    {
        var history = new TradeHistory(exchange, QrlUsdt.Symbol);
        var page = (await history.FirstPageAsync(now, CancellationToken.None)).Must();
        var rows = (await history.CompleteAsync(page, ledger, now, CancellationToken.None)).Must();
        var (coins, cash) = BalancesAfter(trades.Where(trade => trade.Time <= now));
        return Bookkeeping.Update(
            ledger, rows, new Balance(coins, 0), new Balance(cash, 0), new Price(2), new Price(2.5m), QrlUsdt.Rules, now).Must();
    }

    /// <summary>The exchange's own arithmetic.</summary>
    private static (decimal Coins, decimal Cash) BalancesAfter(IEnumerable<Trade> trades)
    {
        var (coins, cash) = (Coins, Cash);
        foreach (var trade in trades)
        {
            var sign = trade.Side == Side.Buy ? 1 : -1;
            coins += sign * trade.Quantity.Value - (trade.FeeAsset == "QRL" ? trade.Fee : 0);
            cash += -sign * trade.Value.Value - (trade.FeeAsset == "USDT" ? trade.Fee : 0);
        }
        return (coins, cash);
    }

    private static Gen<Course> Courses(Gen<int> gaps, int most, bool pairs, Gen<int> late, Gen<int> pageLimits) =>
        from gapSeconds in gaps.Array[1, most]
        from fills in Fills.Array[gapSeconds.Length]
        from opened in Gen.Int[0, gapSeconds.Length]
        from ticks in Gen.OneOf<int>(15, 15, 60, 1_440, 4_320).Array[1, 20]
        from lateMinutes in late.Array[1, 20]
        from pageLimit in pageLimits
        from twice in Gen.Bool
        let trades = Trades(gapSeconds, fills, pairs).ToArray()
        // What the exchange has forgotten when the books are opened cannot be in them.
        let remembered = trades.Count(trade => trade.Time < trades[0].Time.AddDays(25))
        select new Course(trades, Math.Min(opened, remembered), ticks, lateMinutes, pageLimit, twice && !pairs);

    private static IEnumerable<Trade> Trades(int[] gapSeconds, (Side Side, int Price, int Quantity, int Fee, int FeeKind)[] fills, bool pairs)
    {
        var time = QrlUsdt.Noon;
        for (var i = 0; i < fills.Length; i++)
        {
            var fill = fills[i];
            time = time.AddSeconds(pairs && i % 5 == 1 ? 0 : gapSeconds[i]);
            var (price, quantity, fee) = (fill.Price / 100m, fill.Quantity / 1000m, fill.FeeKind == 3 ? 0 : fill.Fee / 100_000m);
            // Ids are text without an order, as the exchange's are.
            yield return new Trade(
                $"{i * 7_919 % 10_007:x}", time, fill.Side, new Price(price), new Quantity(quantity), new Amount(price * quantity),
                fee, fill.FeeKind switch { 1 => "QRL", 2 => "MX", _ => "USDT" }, "order");
        }
    }
}

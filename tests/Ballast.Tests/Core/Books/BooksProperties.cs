using Ballast.Core;
using Ballast.Core.Books;
using Ballast.Core.Ticks;
using Ballast.Core.Trading;
using Ballast.Tests.Core.Ticks;
using CsCheck;

namespace Ballast.Tests.Core.Books;

/// <summary>Whole ticks on random histories: what the exchange shows late, twice, in short pages or out of order must not matter.</summary>
public class BooksProperties
{
    private const decimal Coins = 1_000_000;
    private const decimal Cash = 500_000;

    /// <summary>What the exchange does to the rows of a history, and when the program looks.</summary>
    /// <param name="Opened">So many trades were made before the books were opened.</param>
    /// <param name="TickMinutes">Minutes between ticks, over and over.</param>
    /// <param name="LateMinutes">How late each row is shown, over and over.</param>
    /// <param name="Transfers">Deposits and withdrawals: minutes from the first trade, units, minutes until they are done.</param>
    public sealed record Course(
        Trade[] Trades, int Opened, int[] TickMinutes, int[] LateMinutes, int PageLimit, bool Twice, (int Minute, int Units, int Takes)[] Transfers);

    private static readonly Gen<(Side Side, int Price, int Quantity, int Fee, int FeeKind)> Fills = Gen.Select(
        Gen.Bool.Select(buy => buy ? Side.Buy : Side.Sell), Gen.Int[1, 1_000], Gen.Int[1, 100_000], Gen.Int[0, 500], Gen.Int[0, 4]);

    /// <summary>Any density, pairs in one second included; every row is there at once; pages as short as three rows.</summary>
    private static readonly Gen<Course> Prompt = Courses(
        Gen.OneOf<int>(1, 20, 600, 3_600, 20_000), 400, pairs: true, Gen.Const(0), Gen.OneOf<int>(3, 10, 100, 1000));

    /// <summary>Fewer than a hundred trades a day, rows up to five days late and twice on a page, pages as documented.</summary>
    private static readonly Gen<Course> Tardy = Courses(
        Gen.Int[900, 20_000], 150, pairs: false, Gen.OneOf(Gen.Const(0), Gen.Int[0, 20 * 60], Gen.Int[0, 5 * 24 * 60]), Gen.OneOf<int>(100, 500, 1000));

    private static readonly Gen<(Course, int)> Mixed = Gen.Select(Tardy, Gen.Int[1, 1_000_000]);

    [Fact]
    public async Task Ticks_that_see_a_history_bit_by_bit_end_in_the_books_of_one_big_fold()
    {
        await Prompt.SampleAsync(EndsLikeOneFold, iter: 120, threads: 1);
        await Tardy.SampleAsync(EndsLikeOneFold, iter: 120, threads: 1);

        static async Task EndsLikeOneFold(Course course)
        {
            var (ledger, journal, _) = await RunAsync(course);
            var folded = journal.Entries.Order(Entry.BookOrder).Aggregate(ledger.Opening.Position, (cost, entry) => cost.Apply(entry, QrlUsdt.Rules.Pair));

            LedgerTests.AssertSame(folded, ledger.Current);
            Assert.Equal(course.Trades.Select(trade => trade.Id).Order(), journal.Entries.OfType<Trade>().Select(trade => trade.Id).Order());
            Assert.Equal(course.Transfers.Length, journal.Entries.OfType<Movement>().Count());
        }
    }

    [Fact]
    public async Task Opening_and_trades_and_fees_and_transfers_make_the_balance_to_the_last_unit()
    {
        await Prompt.SampleAsync(Balances, iter: 100, threads: 1);
        await Tardy.SampleAsync(Balances, iter: 100, threads: 1);

        static async Task Balances(Course course)
        {
            var (ledger, _, curve) = await RunAsync(course);
            Assert.True(ledger.Standing!.Balanced, ledger.Standing.Explain("QRL", "USDT"));
            Assert.Equal((Coins, Cash), (ledger.Opening.Base.Value, ledger.Opening.Quote.Value));

            // With nothing left unexplained, the causes of the whole change are known.
            var causes = ProfitByCause.Between(curve[0], curve[^1]);
            Assert.Equal(causes.Total, causes.Market + causes.Rebalancing + causes.Fees + causes.Transfers);
            Assert.Equal("0", causes.Unproven.ToString());
        }
    }

    [Fact]
    public async Task The_books_are_those_of_the_textbook_and_the_journal_gives_them_again()
    {
        await Prompt.SampleAsync(LikeTheTextbook, iter: 60, threads: 1);
        await Tardy.SampleAsync(LikeTheTextbook, iter: 60, threads: 1);

        static async Task LikeTheTextbook(Course course)
        {
            var (ledger, journal, _) = await RunAsync(course);
            var textbook = TextbookCost.Of(ledger.Opening, journal.Entries);
            Assert.True(textbook.Held.Near(ledger.Current.Quantity.Value, 28));
            Assert.True(textbook.Average.Near(ledger.Current.Average.Value, 22), $"{textbook.Average} {ledger.Current.Average}");
            Assert.True(textbook.Realized.Near(ledger.Current.Realized.Value, 16), $"{textbook.Realized} {ledger.Current.Realized}");

            var ids = journal.Entries.OfType<Trade>().Select(trade => trade.Id).ToHashSet();
            Assert.Empty(Audit.Of(ledger, journal, ids, ledger.CheckedThrough).Discrepancies);
            LedgerTests.AssertSame(ledger.Current, journal.Rebuild(null, ledger.CheckedThrough)!.Current);
        }
    }

    /// <summary>What was realised and what is still invested are together what went in and out: no profit comes from nowhere.</summary>
    [Fact]
    public void Realised_profit_less_the_change_of_what_is_invested_is_the_flow_of_cash() => Prompt.Sample(course =>
    {
        var start = AverageCost.Nothing with { Quantity = new Quantity(Coins), Average = new Price(2.5m) };
        var end = course.Trades.Aggregate(start, (cost, trade) => cost.Apply(trade, QrlUsdt.Rules.Pair));
        // Averages are rounded in their 28th digit.
        Assert.Equal(end.Flows.Quote.Value - end.Flows.OutsideFees.Value, end.Realized.Value - (end.Invested.Value - start.Invested.Value), 12);
    }, iter: 500);

    [Fact]
    public void A_sale_never_changes_the_average_and_a_purchase_never_the_realised_profit() => Prompt.Sample(course =>
    {
        var cost = AverageCost.Nothing with { Quantity = new Quantity(Coins), Average = new Price(2.5m) };
        foreach (var trade in course.Trades)
        {
            var next = cost.Apply(trade, QrlUsdt.Rules.Pair);
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

        LedgerTests.AssertSame(Open(course.Trades), Open(mixed));

        Ledger Open(IEnumerable<Trade> rows) =>
            Ledger.Open(QrlUsdt.OpeningOn(Coins, Cash, at: now), rows.Select(row => row with { InOpening = true }), now);
    }, iter: 300);

    internal static (decimal Coins, decimal Cash) AfterTrade(decimal coins, decimal cash, Trade trade)
    {
        var sign = trade.Side == Side.Buy ? 1 : -1;
        return (
            coins + sign * trade.Quantity.Value - (trade.FeeAsset == "QRL" ? trade.Fee : 0),
            cash - sign * trade.Value.Value - (trade.FeeAsset == "USDT" ? trade.Fee : 0));
    }

    /// <summary>Opens the books and ticks until every row has been shown, and some time longer.</summary>
    private static async Task<(Ledger Ledger, Journal Journal, IReadOnlyList<EquityPoint> Curve)> RunAsync(Course course)
    {
        var bench = new TickBench(course.Opened == 0 ? course.Trades[0].Time.AddMinutes(-1) : course.Trades[course.Opened - 1].Time.AddSeconds(2))
        {
            Options = new TickOptions { Symbol = QrlUsdt.Symbol, OpeningCost = new Price(2.5m) },
        };
        bench.Exchange.PageLimit = course.PageLimit;
        bench.Exchange.Prices["MX"] = 2;
        for (var i = 0; i < course.Trades.Length; i++)
        {
            // What happened before the books were opened and shows more than a day later is in the opening, and nothing asks for it.
            var minutes = course.LateMinutes[i % course.LateMinutes.Length];
            var late = TimeSpan.FromMinutes(i < course.Opened ? Math.Min(minutes, 20 * 60) : minutes);
            bench.Exchange.Remember(course.Twice ? [course.Trades[i], course.Trades[i]] : [course.Trades[i]], late);
        }

        var shown = course.Transfers.Select(transfer => course.Trades[0].Time.AddMinutes(transfer.Minute + transfer.Takes));
        var last = shown.Append(course.Trades[^1].Time.AddMinutes(course.LateMinutes.Max())).Max().AddDays(2);
        for (var tick = 0; ; tick++)
        {
            Show(bench, course);
            var report = await bench.ReportAsync();
            var ledger = report.Books!.Value.Must().Ledger;
            Assert.True(ledger.Recent.Length <= Ledger.RecentLimit && ledger.Coherent());
            if (bench.Clock.GetUtcNow() > last)
                return (ledger, (await bench.Store.ReadJournalAsync()).Must(), bench.Store.Curve);
            bench.Clock.Advance(TimeSpan.FromMinutes(course.TickMinutes[tick % course.TickMinutes.Length]));
        }
    }

    /// <summary>The account as it is by now.</summary>
    private static void Show(TickBench bench, Course course)
    {
        var (now, begin) = (bench.Clock.GetUtcNow(), course.Trades[0].Time);
        var (coins, cash) = course.Trades.Where(trade => trade.Time <= now)
            .Aggregate((Coins, Cash), (sum, trade) => AfterTrade(sum.Coins, sum.Cash, trade));
        bench.Exchange.Wallet.Clear();
        foreach (var (transfer, number) in course.Transfers.Select((transfer, number) => (transfer, number)))
        {
            var (time, units) = (begin.AddMinutes(transfer.Minute), transfer.Units / 100m);
            if (time > now)
                continue;
            var done = time.AddMinutes(transfer.Takes) <= now;
            bench.Exchange.Wallet.Add(new WalletRow(
                $"deposit:{number}", time, number % 2 == 0 ? "QRL" : "USDT", units, done ? WalletState.Done : WalletState.UnderWay));
            if (done && number % 2 == 0)
                coins += units;
            else if (done)
                cash += units;
        }
        (bench.Exchange.Held["QRL"], bench.Exchange.Held["USDT"]) = (new Balance(coins, 0), new Balance(cash, 0));
        bench.Exchange.Book = (2 + now.Minute / 100m, 1.9m, 2.7m);
    }

    private static Gen<Course> Courses(Gen<int> gaps, int most, bool pairs, Gen<int> late, Gen<int> pageLimits) =>
        from gapSeconds in gaps.Array[1, most]
        from fills in Fills.Array[gapSeconds.Length]
        from opened in Gen.Int[0, gapSeconds.Length]
        from ticks in Gen.OneOf<int>(15, 15, 60, 1_440, 4_320).Array[1, 20]
        from lateMinutes in late.Array[1, 20]
        from pageLimit in pageLimits
        from twice in Gen.Bool
        from transfers in Gen.Select(Gen.Int[0, 2 * 24 * 60], Gen.Int[-90_000, 90_000].Where(units => units != 0), Gen.Int[0, 3 * 24 * 60]).Array[0, 6]
        let trades = Trades(gapSeconds, fills, pairs).ToArray()
        // What the exchange has forgotten when the books are opened cannot be in them.
        let remembered = trades.Count(trade => trade.Time < trades[0].Time.AddDays(25))
        select new Course(
            trades, Math.Min(opened, remembered), ticks, lateMinutes, pageLimit, twice && !pairs,
            [.. transfers.Select(transfer => (transfer.Item1, transfer.Item2, transfer.Item3))]);

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
                fee, fill.FeeKind switch { 1 => "QRL", 2 => "MX", 4 => "BNB", _ => "USDT" }, "order");
        }
    }
}

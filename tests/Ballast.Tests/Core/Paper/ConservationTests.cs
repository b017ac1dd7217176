using Ballast.Core;
using Ballast.Core.Books;
using Ballast.Core.Paper;
using Ballast.Core.Trading;
using CsCheck;

namespace Ballast.Tests.Core.Paper;

public class ConservationTests
{
    private static readonly DateTimeOffset Start = ScriptedMarket.Start;

    private const int Threads = 4;

    private sealed record Step(int Kind, Side Side, OrderType Type, int Hundredths, int PerMille, int WaitMs);

    private static readonly Gen<Step> Steps = Gen.Select(
        Gen.Int[0, 11],
        Gen.Enum<Side>(),
        Gen.Enum<OrderType>(),
        Gen.Int[2_000, 400_000],
        Gen.Int[-30, 30],
        Gen.OneOf(Gen.Const(0), Gen.Int[1, 10_000], Gen.Int[60_000, 1_200_000]),
        (kind, side, type, hundredths, perMille, waitMs) => new Step(kind, side, type, hundredths, perMille, waitMs));

    [Fact]
    public void Whatever_is_ordered_every_unit_of_both_assets_stays_accounted_for() =>
        Gen.Select(Gen.Long, Steps.Array[1, 40]).Sample((seed, steps) =>
        {
            var engine = MatchingEngine.QrlUsdt(seed, Start);
            var now = Start;
            foreach (var step in steps)
            {
                now = now.AddMilliseconds(step.WaitMs);
                Take(engine, step, now);
                AssertConserved(engine, now);
            }
        }, iter: 300);

    [Fact]
    public async Task Orders_from_many_threads_at_once_lose_nothing()
    {
        var engine = MatchingEngine.QrlUsdt(1, Start);
        using var together = new Barrier(Threads);
        void Trade()
        {
            // Each thread buys what it sells, so that there are trades however the threads take turns.
            var order = new Step(9, Side.Sell, OrderType.Limit, 3_000, 0, 0);
            together.SignalAndWait();
            for (var i = 0; i < 1_500; i++)
                Take(engine, order with { Kind = i % 10 == 0 ? 0 : 9, Side = i % 2 == 0 ? Side.Sell : Side.Buy }, Start);
        }

        await Task.WhenAll(Enumerable.Range(0, Threads).Select(_ => Task.Factory.StartNew(
            Trade, TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        Assert.NotEmpty(engine.Trades(new PaperTradeFilter("QRLUSDT"), 1, Start));
        AssertConserved(engine, Start);
    }

    private static void Take(MatchingEngine engine, Step step, DateTimeOffset now)
    {
        Assert.True(engine.Book("QRLUSDT", now).TryGet(out var book, out _));
        var open = engine.OpenOrders(null, now);
        if (step.Kind == 0)
            engine.CancelAll("QRLUSDT", now);
        else if (step.Kind <= 2 && open.Count > 0)
            engine.Cancel(new PaperOrderKey(null, open[step.Hundredths % open.Count].Id, null), now);
        else if (step.Kind >= 10)
            Move(engine, step, now);
        else
            engine.Place(Request(step, book!.Last), now);
    }

    // Coins come in and leave too; a withdrawal of more than is free is refused and moves nothing.
    private static void Move(MatchingEngine engine, Step step, DateTimeOffset now)
    {
        var (asset, units) = (step.Side == Side.Buy ? "QRL" : "USDT", step.Hundredths / 100m);
        if (step.Kind == 10)
            engine.Deposit(asset, units, now);
        else
            engine.Withdraw(asset, units, now);
    }

    private static PaperOrderRequest Request(Step step, Price last) => new("QRLUSDT", step.Side, step.Type)
    {
        Quantity = step.Kind == 3 ? null : new Quantity(step.Hundredths / 100m),
        QuoteAmount = new Amount(step.Hundredths / 2_000m),
        Price = new Price(decimal.Round(last.Value * (1 + step.PerMille / 1000m), 6)),
    };

    private static void AssertConserved(MatchingEngine engine, DateTimeOffset now)
    {
        var trades = engine.Trades(new PaperTradeFilter("QRLUSDT"), int.MaxValue, now);
        var balances = engine.Balances(now);
        decimal Signed(PaperTrade trade) => trade.Order.Side == Side.Buy ? 1 : -1;
        var moved = engine.Transfers(now.AddDays(-7), now, now).Must().ToLookup(transfer => transfer.Asset, transfer => transfer.Units);
        Assert.Equal(10_000 + moved["QRL"].Sum() + trades.Sum(trade => Signed(trade) * trade.Quantity.Value), balances["QRL"].Total);
        Assert.Equal(500 + moved["USDT"].Sum() - trades.Sum(trade => Signed(trade) * trade.Value.Value + trade.Fee), balances["USDT"].Total);
        Assert.All(trades, trade => Assert.Equal(trade.IsMaker ? 0 : trade.Value.Value * 0.0005m, trade.Fee));

        var open = engine.OpenOrders(null, now);
        Assert.Equal(open.Where(order => order.Side == Side.Sell).Sum(order => order.Remaining.Value), balances["QRL"].Locked);
        Assert.Equal(
            open.Where(order => order.Side == Side.Buy).Sum(order => order.Price.Value * order.Remaining.Value * 1.0005m),
            balances["USDT"].Locked);
        Assert.All(balances.Values, balance => Assert.True(balance.Free >= 0 && balance.Locked >= 0));
        AssertUncrossed(engine, now);
    }

    private static void AssertUncrossed(MatchingEngine engine, DateTimeOffset now)
    {
        Assert.True(engine.Book("QRLUSDT", now).TryGet(out var book, out _));
        Assert.True(book!.Bids.Count == 0 || book.Asks.Count == 0 || book.Bids[0].Price < book.Asks[0].Price);
        Assert.All(book.Bids.Concat(book.Asks), level => Assert.True(level.Quantity.Value > 0));
    }
}

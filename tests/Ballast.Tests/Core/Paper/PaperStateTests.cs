using Ballast.Core;
using Ballast.Core.Books;
using Ballast.Core.Paper;
using Ballast.Core.Trading;
using CsCheck;

namespace Ballast.Tests.Core.Paper;

public class PaperStateTests
{
    private static readonly DateTimeOffset Start = ScriptedMarket.Start;
    private static readonly PaperOpening Opening = PaperOpening.Default(3);

    private sealed record Step(int Kind, int Pair, Side Side, OrderType Type, int Dollars, int PerMille, int WaitMs);

    private static readonly Gen<Step> Steps = Gen.Select(
        Gen.Int[0, 12], Gen.Int[0, 3], Gen.Enum<Side>(), Gen.Enum<OrderType>(), Gen.Int[2, 300], Gen.Int[-20, 20],
        Gen.OneOf(Gen.Const(0), Gen.Int[1, 10_000], Gen.Int[60_000, 900_000]),
        (kind, pair, side, type, dollars, perMille, waitMs) => new Step(kind, pair, side, type, dollars, perMille, waitMs));

    [Fact]
    public void An_engine_that_is_made_anew_from_what_happened_is_the_same_engine() =>
        Steps.Array[1, 60].Sample(steps =>
        {
            var kept = PaperState.Open(Opening.Balances, Start);
            var engine = new MatchingEngine(Opening.Listings, PaperState.Open(Opening.Balances, Start), Keep);
            var now = Start;
            foreach (var (step, number) in steps.Select((step, number) => (step, number)))
            {
                now = now.AddMilliseconds(step.WaitMs);
                Take(engine, step, now);
                // Some of the way it goes on as another process would: from what was kept, and nothing else.
                if (number % 7 == 6)
                    engine = new MatchingEngine(Opening.Listings, Copy(kept), Keep);
                AssertConserved(engine, now);
            }
            var (balances, state) = (engine.Balances(now), engine.State);
            var again = new MatchingEngine(Opening.Listings, Copy(kept), keep: null);
            AssertSame(state, again.State);
            Assert.Equal(balances.OrderBy(entry => entry.Key), again.Balances(state.Time).OrderBy(entry => entry.Key));

            void Keep(IReadOnlyList<PaperFact> facts)
            {
                foreach (var fact in facts)
                    kept.Apply(fact);
            }
        }, iter: 200);

    [Fact]
    public void The_same_calls_at_the_same_times_give_the_same_ids_and_fills() =>
        Steps.Array[1, 40].Sample(steps =>
        {
            PaperState Run()
            {
                var engine = new MatchingEngine(Opening.Listings, Opening.Balances, Start);
                var now = Start;
                foreach (var step in steps)
                    Take(engine, step, now = now.AddMilliseconds(step.WaitMs));
                return engine.State;
            }
            AssertSame(Run(), Run());
        }, iter: 50);

    [Fact]
    public void What_the_exchange_would_no_longer_show_is_forgotten_and_an_open_order_never_is()
    {
        var engine = new ScriptedMarket(ScriptedMarket.Usual).Engine();
        engine.Place(ScriptedMarket.Request("BUY MARKET 100 #old"), Start);
        engine.Place(ScriptedMarket.Request("BUY LIMIT 100 @0.046 #waits"), Start);
        engine.Place(ScriptedMarket.Request("BUY MARKET 100 #young"), Start.AddDays(5));
        engine.Balances(Start.AddDays(33));
        Assert.Equal(["waits", "young"], engine.State.Orders.Values.Select(order => order.ClientOrderId).Order());
        Assert.Single(engine.State.Trades);
    }

    private static PaperState Copy(PaperState state)
    {
        var copy = new PaperState
        {
            Opened = state.Opened,
            Time = state.Time,
            Sequence = state.Sequence,
            TransferCount = state.TransferCount,
            MxDeduction = state.MxDeduction,
            Balances = new Dictionary<string, decimal>(state.Balances, StringComparer.Ordinal),
            Orders = new(state.Orders, StringComparer.Ordinal),
            Trades = [.. state.Trades],
            Transfers = [.. state.Transfers],
        };
        return copy;
    }

    private static void AssertSame(PaperState expected, PaperState actual)
    {
        Assert.Equal(
            (expected.Opened, expected.Sequence, expected.TransferCount, expected.MxDeduction),
            (actual.Opened, actual.Sequence, actual.TransferCount, actual.MxDeduction));
        Assert.Equal(expected.Balances.OrderBy(entry => entry.Key), actual.Balances.OrderBy(entry => entry.Key));
        Assert.Equal(expected.Orders.Values.OrderBy(order => order.Id), actual.Orders.Values.OrderBy(order => order.Id));
        Assert.Equal(expected.Trades.OrderBy(trade => trade.Id), actual.Trades.OrderBy(trade => trade.Id));
        Assert.Equal(expected.Transfers, actual.Transfers);
    }

    private static void Take(MatchingEngine engine, Step step, DateTimeOffset now)
    {
        var listing = engine.Listings[step.Pair];
        var last = engine.Book(listing.Symbol.Name, now).Must().Last;
        switch (step.Kind)
        {
            case 0:
                engine.CancelAll(listing.Symbol.Name, now);
                break;
            case 1:
                engine.DeductMx(step.Side == Side.Buy, now);
                break;
            case 2:
                engine.Deposit(step.Side == Side.Buy ? "MX" : listing.Base, step.Dollars / 100m, now);
                break;
            case 3:
                engine.Withdraw(listing.Base, step.Dollars / 10m, now);
                break;
            case 4:
                engine.Relist(listing with { FillShare = new Ratio(step.Side == Side.Buy ? 0.5m : 1) }, now);
                break;
            default:
                engine.Place(
                    new PaperOrderRequest(listing.Symbol.Name, step.Side, step.Type)
                    {
                        Quantity = new Quantity(decimal.Round(step.Dollars / last.Value, listing.QuantityDecimals)),
                        Price = new Price(decimal.Round(last.Value * (1 + step.PerMille / 1000m), listing.PriceDecimals)),
                    },
                    now);
                break;
        }
    }

    // Of every asset, to the last unit: opening + transfers + trades − fees, and what is locked is what open orders may still cost.
    private static void AssertConserved(MatchingEngine engine, DateTimeOffset now)
    {
        var balances = engine.Balances(now);
        var state = engine.State;
        var held = new Dictionary<string, decimal>(Opening.Balances, StringComparer.Ordinal);
        void Add(string asset, decimal units) => held[asset] = held.GetValueOrDefault(asset) + units;
        foreach (var transfer in state.Transfers)
            Add(transfer.Asset, transfer.Units);
        foreach (var trade in state.Trades)
        {
            var sign = trade.Order.Side == Side.Buy ? 1 : -1;
            Add(trade.Pair.Base, sign * trade.Quantity.Value);
            Add(trade.Pair.Quote, -sign * trade.Value.Value);
            Add(trade.FeeAsset, -trade.Fee);
        }
        Assert.All(balances, entry => Assert.Equal(held.GetValueOrDefault(entry.Key), entry.Value.Total));
        Assert.All(balances.Values, balance => Assert.True(balance.Free >= 0 && balance.Locked >= 0));
        var open = engine.OpenOrders(null, now);
        foreach (var listing in engine.Listings)
            Assert.Equal(
                open.Where(order => order.Symbol == listing.Symbol && order.Side == Side.Sell).Sum(order => order.Remaining.Value),
                balances.GetValueOrDefault(listing.Base).Locked);
        Assert.Equal(
            open.Where(order => order.Side == Side.Buy).Sum(order => order.Price.Value * order.Remaining.Value * 1.0005m),
            balances["USDT"].Locked);
    }
}

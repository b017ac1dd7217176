using Ballast.Core;
using Ballast.Core.Books;
using Ballast.Core.Paper;
using Ballast.Core.Trading;

namespace Ballast.Benchmarks;

/// <summary>
/// Orders of a mix, one after the other, on an engine with a rich account and a synthetic market. The calendar moves by a thousandth of
/// a second with each order, so the market turns once in five thousand.
/// </summary>
internal sealed class PaperFlow
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly MatchingEngine engine = new(
        [Listing.QrlUsdt(1)],
        new Dictionary<string, decimal>(StringComparer.Ordinal) { ["QRL"] = 1_000_000_000, ["USDT"] = 1_000_000_000 },
        Start);

    private DateTimeOffset now = Start;
    private long count;

    private Price last;

    /// <param name="resting">So many orders rest far from the market all the time. 499 at most, because the flow needs a place too.</param>
    public PaperFlow(int resting)
    {
        Look();
        for (var i = 0; i < resting; i++)
            Must(Order(i % 2 == 0 ? Side.Buy : Side.Sell, OrderType.LimitMaker, perMille: -300 - i));
    }

    /// <summary>A limit order that rests half a per cent from the last trade, and its cancellation.</summary>
    public void RestAndCancel()
    {
        var placed = Must(Order(NextSide(), OrderType.LimitMaker, perMille: -20));
        if (placed.IsOpen)
            engine.Cancel(new PaperOrderKey(placed.Symbol.Name, placed.Id, null), now);
    }

    /// <summary>An order that takes what it can get at once: by turns a limited one and a market one.</summary>
    public void Take() => Must(count % 4 < 2
        ? Order(NextSide(), OrderType.ImmediateOrCancel, perMille: 20)
        : Order(NextSide(), OrderType.Market, perMille: 0));

    /// <summary>Of eight orders four rest and are cancelled and four take; with each eight comes one question of each kind.</summary>
    public void Mixed()
    {
        if (count % 2 == 0)
            RestAndCancel();
        else
            Take();
        if (count % 8 == 0)
            Ask();
    }

    private void Ask()
    {
        engine.OpenOrders("QRLUSDT", now);
        engine.Orders("QRLUSDT", now.AddMilliseconds(-100), now, now);
        engine.Trades(new PaperTradeFilter("QRLUSDT"), 100, now);
        engine.Balances(now);
    }

    private PaperOrderRequest Order(Side side, OrderType type, int perMille)
    {
        now = now.AddMilliseconds(1);
        if (count++ % 1_000 == 0)
            Look();
        var beyond = 1 + (side == Side.Buy ? perMille : -perMille) / 1_000m;
        return new PaperOrderRequest("QRLUSDT", side, type)
        {
            Quantity = new Quantity(100 + count % 80),
            Price = new Price(decimal.Round(last.Value * beyond, 6)),
        };
    }

    private Side NextSide() => count % 2 == 0 ? Side.Buy : Side.Sell;

    private void Look() => last = Must(engine.Book("QRLUSDT", now)).Last;

    // A side that was taken empty refuses a MARKET order until the market turns: that is an answer too.
    private PaperOrder Must(PaperOrderRequest request) => engine.Place(request, now).TryGet(out var order, out var refusal) ? order
        : refusal == Refusals.NoOpponent ? Nothing
        : throw new InvalidOperationException(refusal.Reason);

    private static T Must<T>(Result<T> result) => result.TryGet(out var value, out var failure)
        ? value
        : throw new InvalidOperationException(failure.Reason);

    private static readonly PaperOrder Nothing = new()
    {
        Id = string.Empty,
        ClientOrderId = null,
        Symbol = default,
        Side = Side.Buy,
        Type = OrderType.Market,
        Price = default,
        Quantity = default,
        QuoteAmount = null,
        PlacedAt = Start,
        Status = OrderStatus.Canceled,
    };
}

using Ballast.Core.Books;

namespace Ballast.Tests.Core.Books;

/// <summary>
/// Average cost as a textbook defines it, worked out from the whole history in exact fractions: cost of what is held over how much is held;
/// a sale takes its share of the cost with it. Written from the definition, without a line of the code that it checks.
/// </summary>
internal sealed class TextbookCost
{
    private Rational held = Rational.Zero;
    private Rational cost = Rational.Zero;
    private Rational realized = Rational.Zero;
    private Rational owed = Rational.Zero;
    private Rational owedSold = Rational.Zero;
    private Rational owedProceeds = Rational.Zero;

    public Rational Held => held;

    public Rational Average => held.IsZero ? Rational.Zero : cost / held;

    public Rational Realized => realized;

    public Rational Owed => owed;

    public static TextbookCost Of(Opening opening, IEnumerable<Entry> entries)
    {
        var books = new TextbookCost { held = opening.Base.Value, cost = (Rational)opening.Base.Value * opening.Cost.Value };
        var ordered = entries.OrderBy(entry => entry.Time).ThenBy(entry => Goes(entry) ? 1 : 0)
            .ThenBy(entry => entry is Movement == Goes(entry) ? 1 : 0).ThenBy(entry => entry.Id, StringComparer.Ordinal);
        foreach (var entry in ordered)
            books.Book(entry, opening);
        return books;
    }

    private static bool Goes(Entry entry) => entry is Trade { Side: Side.Sell } or Movement { Units: <= 0 };

    private void Book(Entry entry, Opening opening)
    {
        switch (entry)
        {
            case Trade trade:
                Rational fee = trade.FeeAsset == opening.Pair.Quote ? trade.Fee : trade.FeeValue?.Value ?? 0;
                Rational coins = trade.FeeAsset == opening.Pair.Base ? trade.Fee : 0;
                if (trade.Side == Side.Buy)
                    Take(trade.Quantity.Value - coins, trade.Value.Value + fee);
                else
                    Sell(trade.Quantity.Value + coins, trade.Value.Value, fee);
                break;
            case Movement { Leg: Leg.Base, Units: > 0 } arrival:
                Arrive(arrival.Units, arrival.Price.Value);
                break;
            case Movement { Leg: Leg.Base } departure:
                Give((Rational)0m - departure.Units);
                break;
        }
    }

    private void Take(Rational coins, Rational paid) => (held, cost) = (held + coins, cost + paid);

    private void Sell(Rational coins, Rational received, Rational fee)
    {
        var (share, carried) = Give(coins);
        realized = realized + received * share - carried - fee;
        owedSold += coins * (1m - share);
        owedProceeds += received * (1m - share);
    }

    /// <returns>Which share of the coins was held, and what that share had cost.</returns>
    private (Rational Share, Rational Cost) Give(Rational coins)
    {
        if (coins.IsZero)
            return (1m, 0m);
        var covered = Rational.Min(held, coins);
        var carried = held.IsZero ? Rational.Zero : cost * covered / held;
        (held, cost, owed) = (held - covered, cost - carried, owed + coins - covered);
        return (covered / coins, carried);
    }

    private void Arrive(Rational coins, Rational price)
    {
        var covering = Rational.Min(owed, coins);
        var sold = Rational.Min(owedSold, covering);
        var proceeds = owedSold.IsZero ? Rational.Zero : owedProceeds * sold / owedSold;
        realized = realized + proceeds - price * sold;
        (owed, owedSold, owedProceeds) = (owed - covering, owedSold - sold, owedProceeds - proceeds);
        Take(coins - covering, price * (coins - covering));
    }
}

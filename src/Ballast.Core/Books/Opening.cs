using Ballast.Core.Trading;

namespace Ballast.Core.Books;

/// <summary>
/// What the account held before everything that the exchange still remembered when the books were opened: the part of the first balances
/// that those trades and transfers do not explain.
/// </summary>
public sealed record Opening
{
    public required DateTimeOffset At { get; init; }

    /// <summary>What the books are kept in.</summary>
    public required Pair Pair { get; init; }

    /// <summary>The balances when the books were opened, free and locked.</summary>
    public required Quantity FirstBase { get; init; }

    public required Amount FirstQuote { get; init; }

    /// <summary>Per coin of <see cref="Base"/>.</summary>
    public required Price Cost { get; init; }

    /// <summary>True when nobody stated the cost and the price of the first tick stands in for it.</summary>
    public required bool Assumed { get; init; }

    /// <summary>Deposits and withdrawals that began before this are part of the first balances, whatever the wallet history says.</summary>
    public required DateTimeOffset WalletFrom { get; init; }

    /// <summary>Never negative.</summary>
    public Quantity Base { get; init; }

    /// <summary>May be negative: quote that left before the books were opened, in a way that the exchange does not remember.</summary>
    public Amount Quote { get; init; }

    /// <summary>Coins that the remembered entries brought in and that were not there: they left in a way that is not remembered.</summary>
    public Quantity Missing { get; init; }

    /// <summary>The position that the books begin with.</summary>
    public AverageCost Position => AverageCost.Nothing with { Quantity = Base, Average = Base == Quantity.Zero ? Price.Zero : Cost };

    /// <summary>On these balances, which nothing explains yet.</summary>
    public static Opening On(
        Pair pair, Balance baseBalance, Balance quoteBalance, Price cost, bool assumed, DateTimeOffset walletFrom, DateTimeOffset at) => new()
        {
            At = at,
            Pair = pair,
            FirstBase = new Quantity(baseBalance.Total),
            FirstQuote = new Amount(quoteBalance.Total),
            Cost = cost,
            Assumed = assumed,
            WalletFrom = walletFrom,
        };

    /// <summary>With the entries that the first balances contain taken out of them.</summary>
    public Opening Before(IEnumerable<Entry> entries)
    {
        var explained = entries.Where(entry => entry.InOpening).Aggregate(Flows.None, (sum, entry) => sum + Flows.Of(entry, Pair));
        var left = FirstBase - explained.Base;
        return this with
        {
            Base = left > Quantity.Zero ? left : Quantity.Zero,
            Missing = left < Quantity.Zero ? -left : Quantity.Zero,
            Quote = FirstQuote - explained.Quote,
        };
    }
}

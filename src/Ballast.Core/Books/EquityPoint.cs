using Ballast.Core.Trading;

namespace Ballast.Core.Books;

/// <summary>
/// What the portfolio was worth in one tick, and the sums of everything that had happened to it by then. Any two of them say where the
/// change between them came from.
/// </summary>
/// <param name="Base">Coins in the account, free and locked.</param>
/// <param name="Quote">The same in quote.</param>
public sealed record EquityPoint(DateTimeOffset At, Price Price, Quantity Base, Amount Quote, Flows Flows)
{
    public Amount Value => Base * Price + Quote;

    /// <summary>What the coins in the books had cost on average; null when there were none, and where it was not recorded.</summary>
    public Price? AverageCost { get; init; }

    public static EquityPoint Of(Ledger ledger, Balance baseBalance, Balance quoteBalance, Price price, DateTimeOffset at) =>
        new(at, price, new Quantity(baseBalance.Total), new Amount(quoteBalance.Total), ledger.Current.Flows)
        {
            AverageCost = ledger.Current.Quantity > Quantity.Zero ? ledger.Current.Average : null,
        };
}

/// <summary>The point that profit is counted from, and the newest one. Both null before the first.</summary>
public sealed record Equity(EquityPoint? Start, EquityPoint? Last)
{
    public static readonly Equity None = new(null, null);
}

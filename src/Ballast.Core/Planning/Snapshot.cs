using Ballast.Core.Trading;

namespace Ballast.Core.Planning;

/// <summary>
/// The portfolio and its price at one moment. Totals (free and locked) are what it is worth; only the free part can be spent.
/// </summary>
/// <param name="Price">Judged by <see cref="MarketPrice"/>; may be zero or negative, which trades nothing.</param>
public sealed record Snapshot(Price Price, Quantity BaseTotal, Quantity BaseFree, Amount QuoteTotal, Amount QuoteFree)
{
    /// <returns>BadData when free and locked add up to more than a decimal holds.</returns>
    public static Result<Snapshot> Of(Price price, Balance baseBalance, Balance quoteBalance)
    {
        try
        {
            return new Snapshot(
                price,
                new Quantity(baseBalance.Total),
                new Quantity(baseBalance.Free),
                new Amount(quoteBalance.Total),
                new Amount(quoteBalance.Free));
        }
        catch (OverflowException)
        {
            return Failure.BadData("free and locked balances add up to more than can be counted exactly");
        }
    }
}

namespace Ballast.Core.Books;

/// <summary>
/// Where a change of the portfolio's value came from, in quote:
/// <c>total = market + rebalancing + fees + transfers + corrections + unproven</c>, exactly.
/// </summary>
/// <param name="Total">Value at the end less value at the start.</param>
/// <param name="Market">What the price did to the coins held at the start, and to those moved in or out since.</param>
/// <param name="Rebalancing">What the trades gained or lost against not having traded, before fees.</param>
/// <param name="Fees">Negative. Fees in other assets are not in it, because they were paid from outside.</param>
/// <param name="Transfers">Worth of what was moved in, less what was moved out.</param>
/// <param name="Corrections">The same for what the owner corrected.</param>
/// <param name="Unproven">What the books do not explain.</param>
/// <param name="BuyAndHold">Value that the position of the start would have, had nothing been traded; with the same transfers.</param>
/// <param name="AllQuote">Value that it would have, had all been quote from the start; with the same transfers.</param>
/// <param name="OutsideFees">Fees in other assets, as far as their worth is known; not part of the sum.</param>
public sealed record ProfitByCause(
    EquityPoint Start,
    EquityPoint End,
    Amount Total,
    Amount Market,
    Amount Rebalancing,
    Amount Fees,
    Amount Transfers,
    Amount Corrections,
    Amount Unproven,
    Amount BuyAndHold,
    Amount AllQuote,
    Amount OutsideFees)
{
    public static ProfitByCause Between(EquityPoint start, EquityPoint end)
    {
        var (flows, price) = (end.Flows - start.Flows, end.Price);
        var moved = flows.BaseMoved + flows.BaseCorrected;
        var movedValue = flows.BaseMovedValue + flows.BaseCorrectedValue;
        var (transfers, corrections) = (flows.BaseMovedValue + flows.QuoteMoved, flows.BaseCorrectedValue + flows.QuoteCorrected);
        return new ProfitByCause(
            start,
            end,
            end.Value - start.Value,
            start.Base * (price - start.Price) + (moved * price - movedValue),
            flows.Bought * price - flows.Paid - (flows.BaseFees * price - flows.BaseFeesValue),
            -(flows.QuoteFees + flows.BaseFeesValue),
            transfers,
            corrections,
            (end.Base - start.Base - flows.Base) * price + (end.Quote - start.Quote - flows.Quote),
            (start.Base + moved) * price + start.Quote + flows.QuoteMoved + flows.QuoteCorrected,
            start.Value + transfers + corrections,
            flows.OutsideFees);
    }
}

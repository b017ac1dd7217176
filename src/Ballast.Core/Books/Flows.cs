namespace Ballast.Core.Books;

/// <summary>
/// Everything that changed the two balances since the books were opened, summed by cause. Sums only: the order of what happened does not
/// matter, and the flows between two moments are the difference of two of these.
/// </summary>
public sealed record Flows
{
    public static readonly Flows None = new();

    /// <summary>Coins bought less coins sold, before fees.</summary>
    public Quantity Bought { get; init; }

    /// <summary>Quote paid for them, less quote received, before fees.</summary>
    public Amount Paid { get; init; }

    public Amount QuoteFees { get; init; }
    public Quantity BaseFees { get; init; }

    /// <summary>The fees in base at their trades' prices.</summary>
    public Amount BaseFeesValue { get; init; }

    /// <summary>Fees in other assets, as far as their worth is known. They are paid from outside the two balances.</summary>
    public Amount OutsideFees { get; init; }

    /// <summary>Deposits and transfers in, less withdrawals and transfers out.</summary>
    public Quantity BaseMoved { get; init; }

    /// <summary>The same at the prices of their times.</summary>
    public Amount BaseMovedValue { get; init; }

    public Amount QuoteMoved { get; init; }

    /// <summary>What the owner corrected.</summary>
    public Quantity BaseCorrected { get; init; }

    /// <summary>The same at the prices of their times.</summary>
    public Amount BaseCorrectedValue { get; init; }

    public Amount QuoteCorrected { get; init; }

    /// <summary>By how much the coins must have changed.</summary>
    public Quantity Base => Bought - BaseFees + BaseMoved + BaseCorrected;

    /// <summary>By how much the quote must have changed.</summary>
    public Amount Quote => QuoteMoved + QuoteCorrected - Paid - QuoteFees;

    public static Flows operator +(Flows left, Flows right) => new()
    {
        Bought = left.Bought + right.Bought,
        Paid = left.Paid + right.Paid,
        QuoteFees = left.QuoteFees + right.QuoteFees,
        BaseFees = left.BaseFees + right.BaseFees,
        BaseFeesValue = left.BaseFeesValue + right.BaseFeesValue,
        OutsideFees = left.OutsideFees + right.OutsideFees,
        BaseMoved = left.BaseMoved + right.BaseMoved,
        BaseMovedValue = left.BaseMovedValue + right.BaseMovedValue,
        QuoteMoved = left.QuoteMoved + right.QuoteMoved,
        BaseCorrected = left.BaseCorrected + right.BaseCorrected,
        BaseCorrectedValue = left.BaseCorrectedValue + right.BaseCorrectedValue,
        QuoteCorrected = left.QuoteCorrected + right.QuoteCorrected,
    };

    public static Flows operator -(Flows left, Flows right) => left + -right;

    public static Flows operator -(Flows flows) => new()
    {
        Bought = -flows.Bought,
        Paid = -flows.Paid,
        QuoteFees = -flows.QuoteFees,
        BaseFees = -flows.BaseFees,
        BaseFeesValue = -flows.BaseFeesValue,
        OutsideFees = -flows.OutsideFees,
        BaseMoved = -flows.BaseMoved,
        BaseMovedValue = -flows.BaseMovedValue,
        QuoteMoved = -flows.QuoteMoved,
        BaseCorrected = -flows.BaseCorrected,
        BaseCorrectedValue = -flows.BaseCorrectedValue,
        QuoteCorrected = -flows.QuoteCorrected,
    };

    /// <summary>What one entry does to the balances.</summary>
    public static Flows Of(Entry entry, Pair pair) => entry switch
    {
        Trade trade => OfTrade(trade, pair),
        Movement movement => OfMovement(movement),
        _ => throw new InvalidOperationException($"no such entry: {entry}"),
    };

    private static Flows OfTrade(Trade trade, Pair pair)
    {
        var buys = trade.Side == Side.Buy;
        var baseFee = trade.FeeAsset == pair.Base ? new Quantity(trade.Fee) : Quantity.Zero;
        return new Flows
        {
            Bought = buys ? trade.Quantity : -trade.Quantity,
            Paid = buys ? trade.Value : -trade.Value,
            QuoteFees = trade.FeeAsset == pair.Quote ? new Amount(trade.Fee) : Amount.Zero,
            BaseFees = baseFee,
            BaseFeesValue = baseFee * trade.Price,
            OutsideFees = trade.FeeValue ?? Amount.Zero,
        };
    }

    private static Flows OfMovement(Movement movement) => (movement.Leg, movement.Kind) switch
    {
        (Leg.Base, MovementKind.Correction) =>
            new Flows { BaseCorrected = new Quantity(movement.Units), BaseCorrectedValue = movement.Value },
        (Leg.Base, _) => new Flows { BaseMoved = new Quantity(movement.Units), BaseMovedValue = movement.Value },
        (_, MovementKind.Correction) => new Flows { QuoteCorrected = new Amount(movement.Units) },
        _ => new Flows { QuoteMoved = new Amount(movement.Units) },
    };
}

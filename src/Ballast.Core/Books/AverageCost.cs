using System.Collections.Immutable;

namespace Ballast.Core.Books;

/// <summary>
/// A position at average cost, folded from entries one by one in <see cref="Entry.BookOrder"/>. Fees in quote add to the cost of a buy and
/// come off the profit of a sell; fees in base are coins that never arrived (or left besides); fees in a third asset count the same way as
/// those in quote where their worth is known, and are shown apart where it is not.
/// </summary>
public sealed record AverageCost
{
    public static readonly AverageCost Nothing = new();

    /// <summary>Coins that the books hold; never negative.</summary>
    public Quantity Quantity { get; init; }

    /// <summary>Quote paid per coin held, fees included. 0 when nothing is held.</summary>
    public Price Average { get; init; }

    /// <summary>Profit of what was sold, after fees.</summary>
    public Amount Realized { get; init; }

    /// <summary>All fees whose worth is known, in quote. Already inside the cost and the realised profit.</summary>
    public Amount Fees { get; init; }

    /// <summary>Fees whose worth is not known, by asset, in its units. Not inside any profit.</summary>
    public ImmutableSortedDictionary<string, decimal> OtherFees { get; init; } = ImmutableSortedDictionary<string, decimal>.Empty;

    /// <summary>Coins sold or withdrawn that the books did not hold; a transfer in makes up for them.</summary>
    public Quantity Uncovered { get; init; }

    /// <summary>How many of them were sold.</summary>
    public Quantity UncoveredSold { get; init; }

    /// <summary>What these were sold for. No profit until it is known what they cost.</summary>
    public Amount UncoveredProceeds { get; init; }

    /// <summary>What changed the balances since the books were opened.</summary>
    public Flows Flows { get; init; } = Flows.None;

    public Amount Invested => Average * Quantity;

    public AverageCost Apply(Entry entry, Pair pair)
    {
        var next = entry switch
        {
            Trade trade => Apply(trade, pair),
            Movement { Leg: Leg.Quote } => this,
            Movement { Units: > 0 } arrival => Receive(new Quantity(arrival.Units), arrival.Price),
            Movement departure => Release(new Quantity(-departure.Units), proceeds: null, fee: Amount.Zero),
            _ => throw new InvalidOperationException($"no such entry: {entry}"),
        };
        return entry.InOpening ? next : next with { Flows = Flows + Flows.Of(entry, pair) };
    }

    private AverageCost Apply(Trade trade, Pair pair)
    {
        var quoteFee = trade.FeeAsset == pair.Quote ? new Amount(trade.Fee) : trade.FeeValue ?? Amount.Zero;
        var baseFee = trade.FeeAsset == pair.Base ? new Quantity(trade.Fee) : Quantity.Zero;
        var next = trade.Side == Side.Buy
            ? Buy(trade.Quantity - baseFee, trade.Value + quoteFee)
            : Release(trade.Quantity + baseFee, trade.Value, quoteFee);
        return next with
        {
            Fees = Fees + quoteFee + baseFee * trade.Price,
            OtherFees = trade.HasForeignFee(pair) && trade.FeeValue is null
                ? OtherFees.SetItem(trade.FeeAsset, OtherFees.GetValueOrDefault(trade.FeeAsset) + trade.Fee)
                : OtherFees,
        };
    }

    private AverageCost Buy(Quantity arrived, Amount paid)
    {
        var quantity = Quantity + arrived;
        return this with { Quantity = quantity, Average = (Invested + paid).Per(quantity) };
    }

    /// <summary>
    /// Coins that came in at <paramref name="price"/> each. They first make up for coins that left without being held: what those were sold
    /// for, less this price, is then realised.
    /// </summary>
    private AverageCost Receive(Quantity arrived, Price price)
    {
        var covering = Quantity.Min(Uncovered, arrived);
        if (covering == Quantity.Zero)
            return Buy(arrived, price * arrived);
        var sold = Quantity.Min(UncoveredSold, covering);
        var proceeds = ShareOf(UncoveredProceeds, sold, UncoveredSold);
        var covered = this with
        {
            Uncovered = Uncovered - covering,
            UncoveredSold = UncoveredSold - sold,
            UncoveredProceeds = UncoveredProceeds - proceeds,
            Realized = Realized + proceeds - price * sold,
        };
        return arrived == covering ? covered : covered.Buy(arrived - covering, price * (arrived - covering));
    }

    /// <summary>
    /// Coins that go for <paramref name="proceeds"/>: realises proceeds − average × quantity − fee on what the books hold; the average stays.
    /// Coins without proceeds are taken out of the account at their cost, and realise nothing.
    /// </summary>
    private AverageCost Release(Quantity leaving, Amount? proceeds, Amount fee)
    {
        var covered = Quantity.Min(Quantity, leaving);
        var left = Quantity - covered;
        var next = this with
        {
            Quantity = left,
            Average = left == Quantity.Zero ? Price.Zero : Average,
            Uncovered = Uncovered + leaving - covered,
        };
        if (proceeds is not { } received)
            return next;
        var realized = ShareOf(received, covered, leaving);
        return next with
        {
            Realized = Realized + realized - Average * covered - fee,
            UncoveredSold = UncoveredSold + leaving - covered,
            UncoveredProceeds = UncoveredProceeds + received - realized,
        };
    }

    private static Amount ShareOf(Amount whole, Quantity part, Quantity total) =>
        part == total ? whole : new Amount(whole.Value * part.Value / total.Value);
}

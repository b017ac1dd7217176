using Ballast.Core.Books;

namespace Ballast.Core.Paper;

/// <summary>What an order would trade, before it does.</summary>
/// <param name="Executions">In the order in which they happen; each with the part of the offer that is taken.</param>
/// <param name="Complete">All that was wanted: the whole quantity, or an amount of which not even one step's worth is left.</param>
internal sealed record Match(IReadOnlyList<Offer> Executions, bool Complete)
{
    public static readonly Match Nothing = new([], Complete: false);

    public Quantity Quantity => Executions.Aggregate(Core.Quantity.Zero, (sum, execution) => sum + execution.Quantity);

    public Amount Value => Executions.Aggregate(Amount.Zero, (sum, execution) => sum + execution.Price * execution.Quantity);

    /// <summary>Walks the offers, best first, up to the order's limit. Of what is wanted the pair's share is given.</summary>
    public static Match Walk(IEnumerable<Offer> offers, PaperOrder order, Listing listing)
    {
        var (step, share) = (listing.QuantityStep, listing.FillShare);
        var executions = new List<Offer>();
        var (taken, spent) = (Core.Quantity.Zero, Amount.Zero);
        foreach (var offer in offers.TakeWhile(offer => Accepts(order, offer.Price)))
        {
            var wanted = order.QuoteAmount is { } amount ? (amount * share - spent).DivideDown(offer.Price).FloorTo(step)
                : new Quantity(order.Quantity.Value * share.Value).FloorTo(step) - taken;
            var quantity = Core.Quantity.Min(wanted, offer.Quantity);
            if (quantity.Value > 0)
                executions.Add(offer with { Quantity = quantity });
            if (quantity == wanted)
                return new Match(executions, Complete: share.Value == 1);
            (taken, spent) = (taken + quantity, spent + offer.Price * quantity);
        }
        return new Match(executions, Complete: false);
    }

    public static bool Accepts(PaperOrder order, Price price) => order.Side == Side.Buy ? price <= order.Price : price >= order.Price;
}

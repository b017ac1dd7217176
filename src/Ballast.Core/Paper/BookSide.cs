using Ballast.Core.Trading;

namespace Ballast.Core.Paper;

/// <summary>What a taker may hit: a level of the market, or one resting order of the account.</summary>
/// <param name="RestingId">The resting order; null for the market's own liquidity.</param>
internal readonly record struct Offer(Price Price, Quantity Quantity, string? RestingId);

/// <summary>
/// One side of a pair's book: the market's levels less what was taken of them, and the account's resting orders. Best price first; at one
/// price the market's level stands before the account's orders, and those in the order in which they came.
/// </summary>
internal sealed class BookSide(bool highestFirst)
{
    private readonly List<Level> levels = [];
    private readonly List<PaperOrder> resting = [];

    public IReadOnlyList<PaperOrder> Resting => resting;

    /// <summary>Shows the market's next version: what was taken from the one before is forgotten.</summary>
    public void Turn(IReadOnlyList<Level> next)
    {
        levels.Clear();
        levels.AddRange(next);
    }

    public IEnumerable<Offer> Offers()
    {
        var (level, order) = (0, 0);
        while (level < levels.Count || order < resting.Count)
        {
            var levelFirst = order == resting.Count || level < levels.Count && !IsBetter(resting[order].Price, levels[level].Price);
            if (levelFirst)
                yield return new Offer(levels[level].Price, levels[level++].Quantity, null);
            else
                yield return new Offer(resting[order].Price, resting[order].Remaining, resting[order++].Id);
        }
    }

    /// <summary>The market's own levels at <paramref name="limit"/> or closer to the other side.</summary>
    public IEnumerable<Level> LevelsUpTo(Price limit) => levels.TakeWhile(level => !IsBetter(limit, level.Price));

    /// <summary>Takes from the market's level at exactly this price.</summary>
    public void Take(Price price, Quantity quantity)
    {
        var index = levels.FindIndex(level => level.Price == price);
        var left = levels[index].Quantity - quantity;
        if (left.Value == 0)
            levels.RemoveAt(index);
        else
            levels[index] = new Level(price, left);
    }

    /// <summary>Behind everything at its price.</summary>
    public void Rest(PaperOrder order) => resting.Insert(CountOf(other => !IsBetter(order.Price, other.Price)), order);

    /// <summary>Keeps a resting order's place in the queue with what is left of it, or takes it out when it is no longer open.</summary>
    public void Update(PaperOrder order)
    {
        var index = resting.FindIndex(CountOf(other => IsBetter(other.Price, order.Price)), other => other.Id == order.Id);
        if (order.IsOpen)
            resting[index] = order;
        else
            resting.RemoveAt(index);
    }

    /// <summary>What the exchange shows: one row a price.</summary>
    public Level[] Depth()
    {
        var rows = new List<Level>();
        foreach (var offer in Offers())
        {
            if (rows.Count > 0 && rows[^1].Price == offer.Price)
                rows[^1] = new Level(offer.Price, rows[^1].Quantity + offer.Quantity);
            else
                rows.Add(new Level(offer.Price, offer.Quantity));
        }
        return [.. rows];
    }

    /// <summary>How many resting orders stand in front, where those that do are the first.</summary>
    private int CountOf(Func<PaperOrder, bool> inFront)
    {
        var (low, high) = (0, resting.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = inFront(resting[middle]) ? (middle + 1, high) : (low, middle);
        }
        return low;
    }

    private bool IsBetter(Price left, Price right) => highestFirst ? left > right : left < right;
}

using System.Diagnostics.CodeAnalysis;
using Ballast.Core.Books;
using Ballast.Core.Trading;

namespace Ballast.Core.Paper;

/// <summary>A pair's whole book as it is seen at one instant.</summary>
/// <param name="Version">The market's version.</param>
/// <param name="Bids">Highest price first; empty when all of it was taken.</param>
/// <param name="Asks">Lowest price first; empty when all of it was taken.</param>
public sealed record BookView(Symbol Symbol, long Version, Price Last, IReadOnlyList<Level> Bids, IReadOnlyList<Level> Asks);

/// <summary>A pair's two sides on the market's present version.</summary>
internal sealed class OrderBook
{
    private readonly BookSide bids = new(highestFirst: true);
    private readonly BookSide asks = new(highestFirst: false);

    public OrderBook(Listing listing, DateTimeOffset now)
    {
        Listing = listing;
        Turn(listing.Market(now));
    }

    public Listing Listing { get; private set; }

    public MarketBook Market { get; private set; }

    public IEnumerable<PaperOrder> Resting => bids.Resting.Concat(asks.Resting);

    public int RestingCount => bids.Resting.Count + asks.Resting.Count;

    public bool HasResting => RestingCount > 0;

    /// <summary>Where orders of this side rest.</summary>
    public BookSide Own(Side side) => side == Side.Buy ? bids : asks;

    /// <summary>What an order of this side takes from.</summary>
    public BookSide Opposite(Side side) => side == Side.Buy ? asks : bids;

    public void Relist(Listing changed, DateTimeOffset now)
    {
        Listing = changed;
        Turn(changed.Market(now));
    }

    [MemberNotNull(nameof(Market))]
    public void Turn(MarketBook next)
    {
        Market = next;
        bids.Turn(next.Bids);
        asks.Turn(next.Asks);
    }

    public BookView View() => new(Listing.Symbol, Market.Version, Market.Last, bids.Depth(), asks.Depth());
}

using Ballast.Core;
using Ballast.Core.Paper;

namespace Ballast.PaperExchange;

/// <summary>
/// The pairs as their markets list them, and what is laid over them for a while: who changes the one need not know of the other. Safe to call
/// from several threads.
/// </summary>
public sealed class PairBoard(MatchingEngine engine)
{
    private readonly Lock gate = new();
    private readonly Listing[] usual = [.. engine.Listings];
    private Func<Listing, Listing> overlay = listing => listing;

    /// <summary>Without what is laid over them.</summary>
    public IReadOnlyList<Listing> Listings
    {
        get
        {
            lock (gate)
                return [.. usual];
        }
    }

    /// <summary>Puts a listing in the place of the one with its symbol, under what is laid over it.</summary>
    /// <returns>Null when it was done.</returns>
    public Failure? Relist(Listing changed, DateTimeOffset now)
    {
        lock (gate)
        {
            var index = Array.FindIndex(usual, listing => listing.Symbol == changed.Symbol);
            if (index < 0)
                return Refusals.InvalidSymbol;
            usual[index] = changed;
            return engine.Relist(overlay(changed), now);
        }
    }

    /// <summary>Lays something over the pairs, in the place of what was laid over them before.</summary>
    /// <param name="touches">The pairs that become others by it; the rest keep the very books that they have.</param>
    internal void Lay(Func<Listing, Listing> next, Func<Symbol, bool> touches, DateTimeOffset now)
    {
        lock (gate)
        {
            overlay = next;
            foreach (var listing in usual.Where(listing => touches(listing.Symbol)))
                engine.Relist(overlay(listing), now);
        }
    }
}

using Ballast.Core.Trading;

namespace Ballast.Core.Books;

/// <summary>The books' part of a tick, pure: what the exchange reported goes in, the books after it come out.</summary>
public static class Bookkeeping
{
    /// <param name="ledger">Null opens the books.</param>
    /// <param name="rows">Every trade the books may lack, in any order, with any duplicates.</param>
    /// <param name="price">The price to value at; null when there is none, and then unrealised profit is unknown.</param>
    /// <param name="openingCost">Per coin, as the owner stated it; null takes <paramref name="price"/>, marked assumed.</param>
    public static Result<BooksAfter> Update(
        Ledger? ledger, IReadOnlyCollection<Trade> rows, Balance baseBalance, Balance quoteBalance, Price? price, Price? openingCost, SymbolRules rules, DateTimeOffset now)
    {
        try
        {
            if (ledger is not null && !ledger.Coherent(rules))
                return Failure.BadData("the stored trades do not give the stored position; a part of the store was lost or changed by hand, so the books were left as they are");
            if (ledger is not null)
            {
                var (next, added) = ledger.Add(rows, rules, now);
                return After(next, added);
            }
            if ((openingCost ?? price) is not { } cost)
                return Failure.BadData("the opening position has no price to be valued at; the books open on the next tick, or state Ballast:Books:OpeningCost");
            var opened = Ledger.Open(rows, baseBalance, quoteBalance, cost, openingCost is null, rules, now);
            return After(opened, [.. rows.DistinctBy(row => row.Id, StringComparer.Ordinal).Order(Trade.BookOrder)]);
        }
        catch (OverflowException)
        {
            return Failure.BadData("a trade or a balance is too large to be booked exactly");
        }

        BooksAfter After(Ledger next, IReadOnlyList<Trade> added)
        {
            var stood = next.Against(baseBalance, quoteBalance, now);

            // What cannot be multiplied cannot be written down either.
            _ = stood.Current.Invested;
            return new BooksAfter(stood, ProfitAndLoss.At(price, stood.Current), added);
        }
    }
}

/// <param name="NewTrades">Booked for the first time, in book order.</param>
public sealed record BooksAfter(Ledger Ledger, ProfitAndLoss Profit, IReadOnlyList<Trade> NewTrades);

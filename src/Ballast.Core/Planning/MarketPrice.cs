using Ballast.Core.Trading;

namespace Ballast.Core.Planning;

/// <summary>Turns what the exchange showed into the one price a plan may be made at, or into the reason there is none.</summary>
public static class MarketPrice
{
    /// <summary>
    /// The last trade, moved into the current bid–ask when the market has left it behind. In this order: a quote older than
    /// <paramref name="maxAge"/> is an error (a frozen instance that wakes up must not act on it); a last trade that is not positive is
    /// passed on, and the planner holds; a one-sided or crossed book is an error.
    /// </summary>
    public static Result<Price> Judge(Quote quote, DateTimeOffset now, TimeSpan maxAge)
    {
        var age = now - quote.ObservedAt;
        if (age > maxAge)
            return Failure.BadData($"the quote is {age.TotalSeconds:0} s old, older than {maxAge.TotalSeconds:0} s; no price is taken from it");
        if (quote.Last <= Price.Zero)
            return quote.Last;
        if (quote.Bid is not { } bid || bid <= Price.Zero)
            return Failure.BadData("the order book has no bid; a one-sided book has no price");
        if (quote.Ask is not { } ask || ask <= Price.Zero)
            return Failure.BadData("the order book has no ask; a one-sided book has no price");
        if (bid > ask)
            return Failure.BadData($"the order book is crossed: bid {bid} is above ask {ask}");
        return quote.Last < bid ? bid : quote.Last > ask ? ask : quote.Last;
    }
}

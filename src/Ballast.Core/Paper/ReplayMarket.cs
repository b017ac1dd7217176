namespace Ballast.Core.Paper;

/// <summary>A market on recorded prices: the last trade is the recorded one, the book around it is invented from a seed.</summary>
internal sealed class ReplayMarket(RecordedPrices prices, SyntheticBook book)
{
    /// <param name="marketTime">In the time of the record.</param>
    public MarketBook At(DateTimeOffset marketTime)
    {
        var timeMs = marketTime.ToUnixTimeMilliseconds();
        var price = prices.At(marketTime).Value;
        return book.Around(Noise.FloorDivide(timeMs, SyntheticMarket.VersionMs), timeMs, price, MarketMood.Usual, price);
    }
}

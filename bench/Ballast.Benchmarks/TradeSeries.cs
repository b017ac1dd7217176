using Ballast.Core;
using Ballast.Core.Books;
using Ballast.Core.Trading;

namespace Ballast.Benchmarks;

/// <summary>
/// Trades every 15 minutes without a beginning or an end, numbered from the newest that is past (0) backwards; negative numbers are still
/// to come. Series of any length share their newest part row by row, so books of different age differ in nothing but their age. Odd
/// numbers buy what the even number after them sells, and a fee in quote leaves with each.
/// </summary>
internal static class TradeSeries
{
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(15);

    /// <summary>When the measuring begins, by the calendar of the books.</summary>
    public static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    public static readonly SymbolRules Rules = new()
    {
        Symbol = Named("QRLUSDT"),
        Base = "QRL",
        Quote = "USDT",
        PriceStep = new Price(0.0001m),
        QuantityStep = new Quantity(0.01m),
        MinQuantity = new Quantity(1),
        MinNotional = new Amount(1),
        TakerFee = new Ratio(0.0005m),
    };

    /// <summary>What the pair trades at while it is measured.</summary>
    public static readonly Price Price = new(2.5m);

    /// <summary>Ids as long as the exchange's own.</summary>
    private const long NewestId = 505_979_017_439_002_624;

    /// <summary>Halfway between two ticks, so that none falls onto the edge of a window.</summary>
    private static readonly TimeSpan Age = Interval / 2;

    public static IReadOnlyList<Trade> Past(int count) => [.. Enumerable.Range(0, count).Reverse().Select(number => At(number))];

    public static Trade At(int number)
    {
        var quantity = new Quantity(1 + 0.01m * ((number >> 1) & 1023));
        var price = new Price(2 + 0.0001m * (number & 8191));
        var value = price * quantity;
        return new Trade(
            $"{NewestId - number}X1",
            Noon - Age - number * Interval,
            (number & 1) == 1 ? Side.Buy : Side.Sell,
            price,
            quantity,
            value,
            decimal.Round(value.Value * Rules.TakerFee.Value, 8),
            Rules.Quote,
            $"C02__{NewestId - number}067");
    }

    private static Symbol Named(string name) =>
        Symbol.Parse(name).TryGet(out var symbol, out var failure) ? symbol : throw new InvalidOperationException(failure.Reason);
}

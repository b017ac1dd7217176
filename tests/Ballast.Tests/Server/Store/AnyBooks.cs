using System.Collections.Immutable;
using System.Globalization;
using Ballast.Core;
using Ballast.Core.Books;
using CsCheck;

namespace Ballast.Tests.Server.Store;

/// <summary>Random books with numbers as long as a decimal can be, and how to tell two of them apart.</summary>
internal static class AnyBooks
{
    /// <summary>All 28 digits, any sign, any scale.</summary>
    private static readonly Gen<decimal> Numbers = Gen.Select(
        Gen.Int, Gen.Int, Gen.Int, Gen.Bool, Gen.Int[0, 28], (low, middle, high, negative, scale) => new decimal(low, middle, high, negative, (byte)scale));

    /// <summary>Nineteen digits below about two billion: average × quantity must be a decimal too.</summary>
    private static readonly Gen<decimal> Modest = Gen.Select(Gen.Int, Gen.Int, Gen.Int[10, 28], (low, middle, scale) => new decimal(low, middle, 0, false, (byte)scale));

    private static readonly Gen<DateTimeOffset> Times =
        Gen.Long[new DateTime(2020, 1, 1).Ticks, new DateTime(2030, 1, 1).Ticks].Select(ticks => new DateTimeOffset(ticks, TimeSpan.Zero));

    private static readonly Gen<ImmutableSortedDictionary<string, decimal>> OtherFees = Gen.Dictionary(Gen.OneOf("MX", "BNB", "币", "a b", ""), Numbers)[0, 3]
        .Select(fees => fees.ToImmutableSortedDictionary());

    private static readonly Gen<AverageCost> Costs = Gen.Select(
        Gen.Select(Modest, Modest, Numbers, Numbers), Gen.Select(Numbers, Numbers, OtherFees), (first, second) => AverageCost.Nothing with
        {
            Quantity = new Quantity(first.Item1),
            Average = new Price(first.Item2),
            Realized = new Amount(first.Item3),
            Fees = new Amount(first.Item4),
            Uncovered = new Quantity(second.Item1),
            QuoteFlow = new Amount(second.Item2),
            OtherFees = second.Item3,
        });

    private static readonly Gen<Opening> Openings = Gen.Select(
        Numbers, Numbers, Numbers, Gen.Bool, Times, (coins, quote, cost, assumed, at) => new Opening(new Quantity(coins), new Amount(quote), new Price(cost), assumed, at));

    private static readonly Gen<(decimal Price, decimal Quantity, decimal Value, decimal Fee, string Asset, bool Buy, int Ms)> Fills = Gen.Select(
        Gen.Select(Numbers, Numbers, Numbers, Numbers), Gen.OneOf("USDT", "QRL", "MX"), Gen.Bool, Gen.Int[0, 20_000],
        (numbers, asset, buy, ms) => (numbers.Item1, numbers.Item2, numbers.Item3, numbers.Item4, asset, buy, ms));

    /// <summary>Books whose trades lie within twenty seconds, so that some share an instant.</summary>
    public static readonly Gen<Ledger> Ledgers = Gen.Select(
        Openings, Costs, Costs, Gen.Select(Times, Times, Times), Fills.Array[0, Ledger.RecentLimit], Gen.Select(Numbers, Numbers, Gen.Bool),
        (opening, settled, current, times, fills, standing) => new Ledger
        {
            Opening = opening,
            Settled = settled,
            SettledThrough = WholeMilliseconds(times.Item1),
            CheckedThrough = times.Item2,
            Recent = [.. fills.Select((fill, number) => Fill(fill, number, WholeMilliseconds(times.Item1))).Order(Trade.BookOrder)],
            Current = current,
            LastTrade = fills.Length == 0 ? null : times.Item3,
            Standing = standing.Item3
                ? new Standing(new Quantity(standing.Item1), new Amount(standing.Item2), current.Uncovered, times.Item3)
                : null,
        });

    /// <summary>Everything that the next tick builds on.</summary>
    public static void AssertSame(Ledger expected, Ledger actual)
    {
        Assert.Equal(expected.Opening, actual.Opening);
        Assert.Equal(WithoutOtherFees(expected.Settled), WithoutOtherFees(actual.Settled));
        Assert.Equal(expected.Settled.OtherFees.AsEnumerable(), actual.Settled.OtherFees);
        Assert.Equal(expected.SettledThrough, actual.SettledThrough);
        Assert.Equal(expected.CheckedThrough, actual.CheckedThrough);
        Assert.Equal(expected.Recent.AsEnumerable(), actual.Recent);
        Assert.Equal(expected.LastTrade, actual.LastTrade);
        Assert.Equal(expected.Standing?.Since, actual.Standing?.Since);
        if (expected.Standing is { Balanced: false })
            Assert.Equal(expected.Standing, actual.Standing);
        Assert.Equal(
            (expected.Current.Quantity, expected.Current.Average, expected.Current.Realized),
            (actual.Current.Quantity, actual.Current.Average, actual.Current.Realized));
    }

    private static AverageCost WithoutOtherFees(AverageCost cost) => cost with { OtherFees = AverageCost.Nothing.OtherFees };

    private static Trade Fill((decimal Price, decimal Quantity, decimal Value, decimal Fee, string Asset, bool Buy, int Ms) fill, int number, DateTimeOffset from) => new(
        string.Create(CultureInfo.InvariantCulture, $"X_{number:000}"),
        from.AddMilliseconds(fill.Ms),
        fill.Buy ? Side.Buy : Side.Sell,
        new Price(fill.Price),
        new Quantity(fill.Quantity),
        new Amount(fill.Value),
        fill.Fee,
        fill.Asset,
        string.Create(CultureInfo.InvariantCulture, $"\"{number}\\"));

    private static DateTimeOffset WholeMilliseconds(DateTimeOffset time) => DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds());
}

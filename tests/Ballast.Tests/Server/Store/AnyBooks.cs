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
        Gen.Select(Modest, Modest, Numbers, Numbers), Gen.Select(Numbers, Numbers, OtherFees), Numbers.Array[12], (first, second, flows) => AverageCost.Nothing with
        {
            Quantity = new Quantity(first.Item1),
            Average = new Price(first.Item2),
            Realized = new Amount(first.Item3),
            Fees = new Amount(first.Item4),
            Uncovered = new Quantity(second.Item1),
            UncoveredSold = new Quantity(second.Item2),
            UncoveredProceeds = new Amount(first.Item4),
            Flows = FlowsOf(flows),
            OtherFees = second.Item3,
        });

    private static readonly Gen<Opening> Openings = Gen.Select(
        Gen.Select(Numbers, Numbers, Numbers), Gen.Select(Numbers, Numbers, Numbers), Gen.Bool, Times, Times, (first, second, assumed, at, from) => new Opening
        {
            At = at,
            Pair = new Pair("QRL", "USDT"),
            Base = new Quantity(first.Item1),
            Quote = new Amount(first.Item2),
            Cost = new Price(first.Item3),
            FirstBase = new Quantity(second.Item1),
            FirstQuote = new Amount(second.Item2),
            Missing = new Quantity(second.Item3),
            Assumed = assumed,
            WalletFrom = from,
        });

    private static readonly Gen<(decimal Price, decimal Quantity, decimal Value, decimal Fee, string Asset, bool Buy, int Ms)> Fills = Gen.Select(
        Gen.Select(Numbers, Numbers, Numbers, Numbers), Gen.OneOf("USDT", "QRL", "MX"), Gen.Bool, Gen.Int[0, 20_000],
        (numbers, asset, buy, ms) => (numbers.Item1, numbers.Item2, numbers.Item3, numbers.Item4, asset, buy, ms));

    /// <summary>Books whose trades lie within twenty seconds, so that some share an instant.</summary>
    public static readonly Gen<Ledger> Ledgers = Gen.Select(
        Openings, Costs, Costs, Gen.Select(Times, Times, Times), Fills.Array[0, Ledger.RecentLimit], Gen.Select(Numbers, Numbers, Gen.Bool, Gen.Bool),
        Fills.Array[0, 20],
        (opening, settled, current, times, fills, standing, moved) =>
        {
            var through = WholeMilliseconds(times.Item1);
            // Some of them are settled already.
            Movement[] movements = [.. moved.Select((fill, number) => Move(fill, number, through.AddSeconds(-10))).Order(Entry.BookOrder).Cast<Movement>()];
            var gap = standing.Item4 ? new Gap(times.Item2, times.Item3) : null;
            return new Ledger
            {
                Opening = opening,
                Settled = settled,
                SettledCount = fills.Length * 1_000_000_000L,
                SettledThrough = through,
                CheckedThrough = times.Item2,
                WalletThrough = times.Item3,
                Recent = [.. fills.Select((fill, number) => Fill(fill, number, through)).Concat<Entry>(movements.Where(row => row.Time >= through)).Order(Entry.BookOrder)],
                Movements = [.. movements],
                Current = current,
                LastTrade = fills.Length == 0 ? null : times.Item3,
                Gap = gap,
                SearchedAt = standing.Item4 ? times.Item1 : null,
                WalletProblem = standing.Item4 ? "no \"permission\"" : null,
                Standing = standing.Item3
                    ? new Standing(new Quantity(standing.Item1), new Amount(standing.Item2), current.Uncovered, gap, times.Item3)
                    : null,
            };
        });

    /// <summary>Everything that the next tick builds on.</summary>
    public static void AssertSame(Ledger expected, Ledger actual)
    {
        Assert.Equal(expected.Opening, actual.Opening);
        Assert.Equal(WithoutOtherFees(expected.Settled), WithoutOtherFees(actual.Settled));
        Assert.Equal(expected.Settled.OtherFees.AsEnumerable(), actual.Settled.OtherFees);
        Assert.Equal(expected.SettledThrough, actual.SettledThrough);
        Assert.Equal(expected.SettledCount, actual.SettledCount);
        Assert.Equal((expected.CheckedThrough, expected.WalletThrough), (actual.CheckedThrough, actual.WalletThrough));
        Assert.Equal((expected.Gap, expected.SearchedAt, expected.WalletProblem), (actual.Gap, actual.SearchedAt, actual.WalletProblem));
        Assert.Equal(expected.Movements.AsEnumerable(), actual.Movements);
        Assert.Equal(expected.Recent.AsEnumerable(), actual.Recent);
        Assert.Equal(expected.LastTrade, actual.LastTrade);
        Assert.Equal(expected.Standing?.Since, actual.Standing?.Since);
        if (expected.Standing is { Balanced: false })
            Assert.Equal(expected.Standing, actual.Standing);
        Assert.Equal(
            (expected.Current.Quantity, expected.Current.Average, expected.Current.Realized, expected.Current.Uncovered),
            (actual.Current.Quantity, actual.Current.Average, actual.Current.Realized, actual.Current.Uncovered));
    }

    private static Flows FlowsOf(decimal[] numbers) => new()
    {
        Bought = new Quantity(numbers[0]),
        Paid = new Amount(numbers[1]),
        QuoteFees = new Amount(numbers[2]),
        BaseFees = new Quantity(numbers[3]),
        BaseFeesValue = new Amount(numbers[4]),
        OutsideFees = new Amount(numbers[5]),
        BaseMoved = new Quantity(numbers[6]),
        BaseMovedValue = new Amount(numbers[7]),
        QuoteMoved = new Amount(numbers[8]),
        BaseCorrected = new Quantity(numbers[9]),
        BaseCorrectedValue = new Amount(numbers[10]),
        QuoteCorrected = new Amount(numbers[11]),
    };

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
        string.Create(CultureInfo.InvariantCulture, $"\"{number}\\"),
        fill.Asset == "MX" && number % 2 == 0 ? new Amount(fill.Fee) : null)
    { InOpening = number % 3 == 0 };

    private static Movement Move((decimal Price, decimal Quantity, decimal Value, decimal Fee, string Asset, bool Buy, int Ms) fill, int number, DateTimeOffset from) => new(
        string.Create(CultureInfo.InvariantCulture, $"deposit:{number:000}"),
        from.AddMilliseconds(fill.Ms),
        (MovementKind)(number % 4),
        fill.Buy ? Leg.Base : Leg.Quote,
        fill.Quantity,
        new Price(fill.Price),
        Assumed: fill.Buy,
        Reason: number % 2 == 0 ? "because \"so\"" : null,
        By: number % 2 == 0 ? "owner" : null)
    { InOpening = number % 3 == 0 };

    private static DateTimeOffset WholeMilliseconds(DateTimeOffset time) => DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds());
}

using System.Globalization;
using System.Numerics;

namespace Ballast.Core;

/// <summary>Quote asset per one unit of base. Any sign; a price that is not positive trades nothing. <c>default</c> is 0.</summary>
public readonly record struct Price(decimal Value) : IComparable<Price>
{
    public static readonly Price Zero;

    public static Amount operator *(Price price, Quantity quantity) => new(price.Value * quantity.Value);
    public static Amount operator *(Quantity quantity, Price price) => price * quantity;
    public static Price operator -(Price left, Price right) => new(left.Value - right.Value);
    public static Price operator *(Price price, decimal factor) => new(price.Value * factor);
    public static bool operator <(Price left, Price right) => left.Value < right.Value;
    public static bool operator >(Price left, Price right) => left.Value > right.Value;
    public static bool operator <=(Price left, Price right) => left.Value <= right.Value;
    public static bool operator >=(Price left, Price right) => left.Value >= right.Value;

    /// <summary>
    /// What one unit costs with <paramref name="fee"/> on top, rounded up where 28 digits do not hold it: money divided by this pays for
    /// both.
    /// </summary>
    public Price WithFee(Ratio fee)
    {
        var product = Value * (1 + fee.Value);
        return new Price(Decimals.ProductExceeds(Value, 1 + fee.Value, product) ? product + Decimals.LastPlace(product) : product);
    }

    public int CompareTo(Price other) => Value.CompareTo(other.Value);
    public override string ToString() => Decimals.Text(Value);
}

/// <summary>Units of the base asset. <c>default</c> is 0.</summary>
public readonly record struct Quantity(decimal Value) : IComparable<Quantity>
{
    public static readonly Quantity Zero;

    public static Quantity operator +(Quantity left, Quantity right) => new(left.Value + right.Value);
    public static Quantity operator -(Quantity left, Quantity right) => new(left.Value - right.Value);
    public static Quantity operator -(Quantity value) => new(-value.Value);
    public static bool operator <(Quantity left, Quantity right) => left.Value < right.Value;
    public static bool operator >(Quantity left, Quantity right) => left.Value > right.Value;
    public static bool operator <=(Quantity left, Quantity right) => left.Value <= right.Value;
    public static bool operator >=(Quantity left, Quantity right) => left.Value >= right.Value;

    public static Quantity Min(Quantity left, Quantity right) => left <= right ? left : right;

    /// <summary>The largest multiple of <paramref name="step"/> (&gt; 0) that is not above this non-negative quantity.</summary>
    public Quantity FloorTo(Quantity step) => new(Value - Value % step.Value);

    public int CompareTo(Quantity other) => Value.CompareTo(other.Value);
    public override string ToString() => Decimals.Text(Value);
}

/// <summary>Units of the quote asset: values, costs, fees and profits. <c>default</c> is 0.</summary>
public readonly record struct Amount(decimal Value) : IComparable<Amount>
{
    public static readonly Amount Zero;

    public static Amount operator +(Amount left, Amount right) => new(left.Value + right.Value);
    public static Amount operator -(Amount left, Amount right) => new(left.Value - right.Value);
    public static Amount operator -(Amount value) => new(-value.Value);
    public static Amount operator *(Amount amount, Ratio ratio) => new(amount.Value * ratio.Value);
    public static bool operator <(Amount left, Amount right) => left.Value < right.Value;
    public static bool operator >(Amount left, Amount right) => left.Value > right.Value;
    public static bool operator <=(Amount left, Amount right) => left.Value <= right.Value;
    public static bool operator >=(Amount left, Amount right) => left.Value >= right.Value;

    public Amount Abs() => new(Math.Abs(Value));

    /// <summary>
    /// What this amount buys at <paramref name="price"/> (&gt; 0), rounded down: the result times the price never exceeds the amount.
    /// A plain division rounds its 28th digit to nearest and could buy more than there is money for.
    /// </summary>
    public Quantity DivideDown(Price price)
    {
        var quotient = Value / price.Value;
        return new Quantity(Decimals.ProductExceeds(quotient, price.Value, Value) ? quotient - Decimals.LastPlace(quotient) : quotient);
    }

    /// <summary>Average price of <paramref name="quantity"/> units, rounded to 28 significant digits, ties to even. 0 for no units.</summary>
    public Price Per(Quantity quantity) => quantity.Value == 0 ? Price.Zero : new Price(Value / quantity.Value);

    /// <summary>This as a share of <paramref name="total"/>, rounded to 28 significant digits. 0 of nothing is 0.</summary>
    public Ratio ShareOf(Amount total) => total.Value == 0 ? default : new Ratio(Value / total.Value);

    public int CompareTo(Amount other) => Value.CompareTo(other.Value);
    public override string ToString() => Decimals.Text(Value);
}

/// <summary>A fraction of 1: 0.01 is one per cent. Per cent exists only on a screen and in what a user types. <c>default</c> is 0.</summary>
public readonly record struct Ratio(decimal Value) : IComparable<Ratio>
{
    public static bool operator <(Ratio left, Ratio right) => left.Value < right.Value;
    public static bool operator >(Ratio left, Ratio right) => left.Value > right.Value;
    public static bool operator <=(Ratio left, Ratio right) => left.Value <= right.Value;
    public static bool operator >=(Ratio left, Ratio right) => left.Value >= right.Value;

    /// <summary>Reads <c>0.01</c> or <c>1%</c>. A bare number above 1 is refused, because it is nearly always a forgotten per cent sign.</summary>
    public static Result<Ratio> Parse(string text)
    {
        var trimmed = text.Trim();
        var percent = trimmed.EndsWith('%');
        if (!Decimals.TryParse(percent ? trimmed[..^1].TrimEnd() : trimmed, out var number))
            return Failure.BadData($"'{text}' is not a ratio; write a fraction of 1 such as 0.01, or 1%");
        if (!percent && number > 1)
            return Failure.BadData($"'{text}' is above 1; a ratio is a fraction of 1, so write {Decimals.Text(number / 100)} or {Decimals.Text(number)}%");
        return new Ratio(percent ? number / 100 : number);
    }

    public int CompareTo(Ratio other) => Value.CompareTo(other.Value);
    public override string ToString() => Decimals.Text(Value);
}

/// <summary>How decimals are written and read everywhere: invariant, plain digits, no trailing zeros, never through a binary float.</summary>
public static class Decimals
{
    /// <summary>0 with 28 decimals: a sum with it has as many decimals as fit.</summary>
    private const decimal NothingToTheLastPlace = 0.0000000000000000000000000000m;

    /// <summary>The number without trailing zeros in its scale: 2.50 becomes 2.5. The value does not change.</summary>
    public static decimal Trim(decimal value) => value / 1.0000000000000000000000000000m;

    public static string Text(decimal value) => Trim(value).ToString(CultureInfo.InvariantCulture);

    /// <summary>Reads digits with an optional sign, point and exponent; false for anything else and for what a decimal cannot hold.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out decimal value) => decimal.TryParse(
        text,
        NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
        CultureInfo.InvariantCulture,
        out value);

    /// <summary>10^-places, for places 0 to 28.</summary>
    public static decimal Step(int places) => new(1, 0, 0, false, checked((byte)places));

    /// <summary>One unit in the last decimal place that a number as large as <paramref name="value"/> can carry, however few it does.</summary>
    internal static decimal LastPlace(decimal value) => Step((value + NothingToTheLastPlace).Scale);

    /// <summary>Whether left × right &gt; limit, without the rounding that a product of more than 28 digits suffers.</summary>
    internal static bool ProductExceeds(decimal left, decimal right, decimal limit)
    {
        var scale = left.Scale + right.Scale - limit.Scale;
        var product = Mantissa(left) * Mantissa(right);
        return scale >= 0
            ? product > Mantissa(limit) * BigInteger.Pow(10, scale)
            : product * BigInteger.Pow(10, -scale) > Mantissa(limit);
    }

    // The three words are unsigned in signed clothing: a set top bit is a digit, not a minus.
    private static BigInteger Mantissa(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        var mantissa = unchecked((new BigInteger((uint)bits[2]) << 64) + (new BigInteger((uint)bits[1]) << 32) + (uint)bits[0]);
        return value < 0 ? -mantissa : mantissa;
    }
}

using System.Globalization;
using System.Numerics;

namespace Ballast.Tests.Core;

/// <summary>
/// A decimal number of any length, for products that a decimal would round: mantissa / 10^scale. It shares no code with what it checks.
/// </summary>
internal readonly record struct Exact(BigInteger Mantissa, int Scale) : IComparable<Exact>
{
    public static implicit operator Exact(decimal value)
    {
        var digits = value.ToString(CultureInfo.InvariantCulture);
        return new Exact(BigInteger.Parse(digits.Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture), value.Scale);
    }

    public static Exact operator *(Exact left, Exact right) => new(left.Mantissa * right.Mantissa, left.Scale + right.Scale);

    public static Exact operator +(Exact left, Exact right)
    {
        var scale = Math.Max(left.Scale, right.Scale);
        return new Exact(left.At(scale) + right.At(scale), scale);
    }

    public static Exact operator -(Exact left, Exact right) => left + right * -1m;

    public static bool operator <(Exact left, Exact right) => left.CompareTo(right) < 0;
    public static bool operator >(Exact left, Exact right) => left.CompareTo(right) > 0;
    public static bool operator <=(Exact left, Exact right) => left.CompareTo(right) <= 0;
    public static bool operator >=(Exact left, Exact right) => left.CompareTo(right) >= 0;

    public int CompareTo(Exact other)
    {
        var scale = Math.Max(Scale, other.Scale);
        return At(scale).CompareTo(other.At(scale));
    }

    private BigInteger At(int scale) => Mantissa * BigInteger.Pow(10, scale - Scale);
}

using System.Globalization;
using System.Numerics;

namespace Ballast.Tests.Core.Books;

/// <summary>An exact fraction, for sums that no decimal can hold. It shares no code with what it checks.</summary>
internal readonly record struct Rational
{
    private readonly BigInteger numerator;
    private readonly BigInteger denominator;

    private Rational(BigInteger numerator, BigInteger denominator)
    {
        var common = BigInteger.GreatestCommonDivisor(numerator, denominator) * denominator.Sign;
        (this.numerator, this.denominator) = (numerator / common, denominator / common);
    }

    public static readonly Rational Zero = 0m;

    public bool IsZero => numerator.IsZero;

    public static implicit operator Rational(decimal value)
    {
        var digits = value.ToString(CultureInfo.InvariantCulture);
        return new Rational(
            BigInteger.Parse(digits.Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture), BigInteger.Pow(10, value.Scale));
    }

    public static Rational operator +(Rational left, Rational right) =>
        new(left.numerator * right.denominator + right.numerator * left.denominator, left.denominator * right.denominator);

    public static Rational operator -(Rational left, Rational right) => left + right * -1m;

    public static Rational operator *(Rational left, Rational right) =>
        new(left.numerator * right.numerator, left.denominator * right.denominator);

    public static Rational operator /(Rational left, Rational right) =>
        new(left.numerator * right.denominator, left.denominator * right.numerator);

    public static bool operator <(Rational left, Rational right) => (left - right).numerator.Sign < 0;

    public static bool operator >(Rational left, Rational right) => right < left;

    public static Rational Min(Rational left, Rational right) => left < right ? left : right;

    /// <summary>Whether the two differ by less than 10^-places.</summary>
    public bool Near(decimal other, int places)
    {
        var distance = this - other;
        return BigInteger.Abs(distance.numerator) * BigInteger.Pow(10, places) < distance.denominator;
    }

    public override string ToString() => $"{numerator}/{denominator}";
}

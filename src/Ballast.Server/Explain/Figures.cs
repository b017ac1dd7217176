using System.Globalization;
using Ballast.Core;

namespace Ballast.Server.Explain;

/// <summary>
/// The figures of one sum as a person writes them. Numbers with more digits than anybody reads are rounded, and then the sum says "≈" in place of "=".
/// </summary>
internal sealed class Figures
{
    /// <summary>Digits behind the point, or behind the zeros that follow it.</summary>
    private const int Digits = 8;

    /// <summary>A decimal has no more places.</summary>
    private const int MostPlaces = 28;

    private bool rounded;

    public string this[decimal value]
    {
        get
        {
            var shown = decimal.Round(value, PlacesOf(value, Digits));
            rounded |= shown != value;
            return Text(shown);
        }
    }

    public string Percent(decimal ratio) => $"{this[ratio * 100]} %";

    /// <summary>The left side with its result; where another one is recorded than the figures give, both are said.</summary>
    /// <param name="recorded">Null where the result is not a part of the record.</param>
    public string Complete(string left, decimal result, decimal? recorded, string unit)
    {
        var right = this[result];
        return $"{left} {(rounded ? "≈" : "=")} {right} {unit}{Contradiction(result, recorded)}";
    }

    /// <summary>Empty where the record says the same as the figures, or nothing.</summary>
    public static string Contradiction(decimal result, decimal? recorded) =>
        recorded is { } other && other != result ? $", but {Text(other)} is recorded" : "";

    public static string Text(decimal value) => Decimals.Text(value).Replace('-', '−');

    /// <summary>
    /// A number for a headline: two places, or more where it is small, or where fewer would put it on the other side of what it is compared with.
    /// </summary>
    /// <param name="limit">Null when it is compared with nothing.</param>
    public static string Short(decimal value, decimal? limit = null)
    {
        for (var places = PlacesOf(value, 2); ; places++)
        {
            var shown = decimal.Round(value, Math.Min(places, MostPlaces));
            if (places < MostPlaces && limit is { } other && shown.CompareTo(other) != value.CompareTo(other))
                continue;
            return shown == decimal.Truncate(shown) ? Text(shown)
                : Decimals.Trim(shown).Scale < 2 ? shown.ToString("0.00", CultureInfo.InvariantCulture).Replace('-', '−')
                : Text(shown);
        }
    }

    /// <summary>The same for a ratio, in per cent.</summary>
    public static string ShortPercent(decimal ratio, decimal? limit = null)
    {
        var text = Short(ratio * 100, limit * 100);
        return $"{(text.Contains('.', StringComparison.Ordinal) ? text.TrimEnd('0') : text)} %";
    }

    /// <summary>As many places as show <paramref name="digits"/> digits that are not leading zeros.</summary>
    private static int PlacesOf(decimal value, int digits)
    {
        var places = digits;
        for (var size = Math.Abs(value); size is > 0 and < 0.1m && places < MostPlaces; size *= 10)
            places++;
        return places;
    }
}

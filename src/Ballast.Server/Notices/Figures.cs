using Ballast.Core;

namespace Ballast.Server.Notices;

/// <summary>Numbers and times as a person reads them on a telephone; exact ones stand in the facts.</summary>
internal static class Figures
{
    /// <summary>Two decimals from 1 on, eight below.</summary>
    public static string Text(decimal value) => Decimals.Text(decimal.Round(value, Math.Abs(value) >= 1 ? 2 : 8));

    /// <summary>The same with its sign.</summary>
    public static string Signed(decimal value) => value > 0 ? $"+{Text(value)}" : Text(value);

    /// <param name="ratio">A fraction of 1.</param>
    public static string Percent(decimal ratio) => $"{Decimals.Text(decimal.Round(ratio * 100, 2))} %";

    /// <summary>To the minute, UTC.</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", System.Globalization.CultureInfo.InvariantCulture);
}

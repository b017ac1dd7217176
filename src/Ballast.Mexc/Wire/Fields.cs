using Ballast.Core;

namespace Ballast.Mexc.Wire;

/// <summary>
/// Reads the fields of one record and remembers the first that is not what it has to be. Read all, then ask for
/// <see cref="Failure"/>; until then an unreadable field reads as 0 or empty.
/// </summary>
/// <param name="where">The record, for the sentence: endpoint and, in a list, the row.</param>
internal sealed class Fields(string where)
{
    /// <summary>Null as long as every field could be read.</summary>
    public Failure? Failure { get; private set; }

    /// <summary>Null or empty text means absent, as the exchange writes it both ways.</summary>
    public static bool IsAbsent(string? text) => string.IsNullOrEmpty(text);

    /// <summary>Null when absent, and also for what no decimal can hold: only for fields nothing depends on.</summary>
    public static decimal? Optional(string? text) => Decimals.TryParse(text, out var value) ? value : null;

    public decimal Required(string name, string? text)
    {
        if (Decimals.TryParse(text, out var value)) return value;
        Refuse(name, IsAbsent(text) ? "is missing" : "is not a number that a decimal can hold");
        return 0;
    }

    /// <summary>Absent is 0; a value that is there must be readable.</summary>
    public decimal OrZero(string name, string? text) => IsAbsent(text) ? 0 : Required(name, text);

    /// <summary>A value that must be there and above 0, such as the price of something that was traded.</summary>
    public decimal Positive(string name, string? text)
    {
        var value = Required(name, text);
        if (value <= 0) Refuse(name, "is not above 0");
        return value;
    }

    /// <summary>As <see cref="OrZero"/>, for what cannot be below 0.</summary>
    public decimal NotNegative(string name, string? text)
    {
        var value = OrZero(name, text);
        if (value < 0) Refuse(name, "is negative");
        return value;
    }

    public string Text(string name, string? text)
    {
        if (!IsAbsent(text) && text != JsonText.NotAValue) return text!;
        Refuse(name, IsAbsent(text) ? "is missing" : "is not a plain value");
        return "";
    }

    /// <summary>Null when absent.</summary>
    public string? OptionalText(string name, string? text) => IsAbsent(text) ? null : Text(name, text);

    public bool Flag(string name, string? text)
    {
        switch (text)
        {
            case "true" or "True" or "1": return true;
            case "false" or "False" or "0": return false;
            default:
                Refuse(name, IsAbsent(text) ? "is missing" : "is neither true nor false");
                return false;
        }
    }

    /// <summary>Milliseconds since 1970.</summary>
    public DateTimeOffset Time(string name, string? text)
    {
        if (Moment(text) is { } time) return time;
        Refuse(name, IsAbsent(text) ? "is missing" : "is not a time in milliseconds");
        return default;
    }

    /// <summary>Null when absent or unreadable.</summary>
    public static DateTimeOffset? Moment(string? text) =>
        Decimals.TryParse(text, out var value) && value > 0 && value <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? DateTimeOffset.FromUnixTimeMilliseconds((long)value)
            : null;

    /// <summary>The size of the last of so many decimal places, 0 to 28.</summary>
    public decimal Step(string name, string? text)
    {
        var places = Required(name, text);
        if (places is >= 0 and <= 28 && places == decimal.Truncate(places)) return Decimals.Step((int)places);
        Refuse(name, "is not a number of decimal places from 0 to 28");
        return 0;
    }

    /// <summary>Records a field that makes no sense for a reason of its own.</summary>
    public void Refuse(string name, string what) => Failure ??= Failure.BadData($"{where}: '{name}' {what}");
}

using System.Globalization;
using System.Net;
using Ballast.Core;

namespace Ballast.Server.Configuration;

/// <summary>How a setting's text is read. Every refusal shows the text and says what to write; texts arrive trimmed.</summary>
internal static class SettingFormat
{
    public static Result<bool> Switch(string text) =>
        bool.TryParse(text, out var on) ? on : Failure.BadData($"'{text}' is neither true nor false; write one of them");

    public static Func<string, Result<int>> Whole(int from, int to, string example) => text =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= from && number <= to
            ? number
            : Failure.BadData($"'{text}' is not a whole number from {from} to {to}; write {example}");

    /// <summary>0 lets the system choose a free one.</summary>
    public static Func<string, Result<int>> Port(int usual) => Whole(0, 65535, $"a port such as {usual}, or 0 for any free one");

    /// <summary>A share that must leave something on either side: above 0, below 1.</summary>
    public static Result<Ratio> Share(string text) =>
        !Ratio.Parse(text).TryGet(out var ratio, out var failure) ? failure
        : ratio.Value is > 0 and < 1 ? ratio
        : Failure.BadData($"'{text}' is not between 0 and 1; write a fraction of 1 such as 0.02, or 2%");

    public static Result<Amount> AmountAboveZero(string text) =>
        Decimals.TryParse(text, out var number) && number > 0 ? new Amount(number)
        : Failure.BadData($"'{text}' is not an amount above 0; write units of the quote asset, such as 50");

    public static Result<Amount> Amount(string text) =>
        NotNegative(text) is { } number ? new Amount(number)
        : Failure.BadData($"'{text}' is not an amount; write units of the quote asset, such as 100");

    public static Result<Quantity> Quantity(string text) =>
        NotNegative(text) is { } number ? new Quantity(number)
        : Failure.BadData($"'{text}' is not a quantity; write units of the coin, such as 100");

    public static Result<Price> Price(string text) =>
        NotNegative(text) is { } number ? new Price(number)
        : Failure.BadData($"'{text}' is not a price; write quote per coin, such as 2.5");

    /// <summary>One of a few words, in any case.</summary>
    public static Func<string, Result<T>> OneOf<T>(params (string Word, T Value)[] choices) => text =>
    {
        foreach (var (word, value) in choices)
        {
            if (word.Equals(text, StringComparison.OrdinalIgnoreCase))
                return value;
        }
        return Failure.BadData($"'{text}' is not a choice; write {string.Join(" or ", choices.Select(choice => choice.Word))}");
    };

    /// <summary>Entries between commas, each trimmed; blank entries do not count, but one must remain.</summary>
    public static Result<IReadOnlyList<string>> List(string text)
    {
        var entries = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return entries.Length > 0 ? entries : Failure.BadData($"'{text}' has no entries; write them with commas in between");
    }

    /// <summary>
    /// An absolute https address without user, query or fragment; plain http only where nothing leaves the machine.
    /// An address that may carry a password or a token is not shown.
    /// </summary>
    public static Result<Uri> WebAddress(string text, string example)
    {
        var shown = text.AsSpan().ContainsAny('@', '?') ? "the address" : $"'{text}'";
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address is not { Scheme: "https" or "http", Host.Length: > 0 })
            return Failure.BadData($"{shown} is not a web address; write one such as {example}");
        if (address.UserInfo.Length > 0 || text.AsSpan().ContainsAny('?', '#'))
            return Failure.BadData($"{shown} has a user, a query or a fragment; write only what stands before, such as {example}");
        return address.Scheme == "https" || IsThisMachine(address) ? address
            : Failure.BadData($"{shown} is not encrypted; write https://; plain http is only for this machine (localhost, 127.0.0.1)");
    }

    /// <summary>Whether what is sent there never leaves the machine.</summary>
    internal static bool IsThisMachine(Uri address) =>
        address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(address.Host, out var ip) && IPAddress.IsLoopback(ip));

    private static decimal? NotNegative(string text) => Decimals.TryParse(text, out var number) && number >= 0 ? number : null;
}

using System.Globalization;
using Ballast.Core;
using Ballast.Core.Books;
using Ballast.Core.Paper;
using Ballast.Core.Trading;

namespace Ballast.Tests.Core.Paper;

/// <summary>A market that shows given books, one every five seconds; the last one stays, and before all of them the first stood.</summary>
internal sealed class ScriptedMarket(params MarketBook[] books)
{
    public const int VersionMs = SyntheticMarket.VersionMs;

    public static readonly DateTimeOffset Start = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>0.0498 × 1000 and 0.0496 × 2000 bid, 0.0502 × 1000 and 0.0504 × 2000 asked, last trade at 0.05.</summary>
    public static readonly MarketBook Usual = Book("0.05", 300, "0.0498x1000 0.0496x2000", "0.0502x1000 0.0504x2000");

    public static MarketBook Book(string last, decimal lastQuantity, string bids, string asks) => new()
    {
        Version = 0,
        From = Start,
        Until = Start,
        Last = new Price(Number(last)),
        LastQuantity = new Quantity(lastQuantity),
        Bids = Levels(bids),
        Asks = Levels(asks),
    };

    /// <summary>An engine on this market with 10 000 QRL and 500 USDT, at the usual rules.</summary>
    public MatchingEngine Engine() => new(
        [Listing.QrlUsdt(1) with { Market = At }],
        new Dictionary<string, decimal> { ["QRL"] = 10_000, ["USDT"] = 500 },
        Start);

    /// <summary>
    /// Reads <c>BUY LIMIT 100 @0.05</c>, <c>SELL MARKET 100</c>, <c>BUY MARKET $60</c> (by value), with an optional <c>#client-id</c>.
    /// </summary>
    public static PaperOrderRequest Request(string text)
    {
        var words = text.Split(' ');
        return new PaperOrderRequest("QRLUSDT", Enum.Parse<Side>(words[0], true), Type(words[1]), Word(words, '#'))
        {
            Quantity = words.Length > 2 && char.IsAsciiDigit(words[2][0]) ? new Quantity(Number(words[2])) : null,
            QuoteAmount = Word(words, '$') is { } amount ? new Amount(Number(amount)) : null,
            Price = Word(words, '@') is { } price ? new Price(Number(price)) : null,
        };
    }

    public static decimal Number(string text) => decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    private static string? Word(string[] words, char mark) => words.FirstOrDefault(word => word[0] == mark)?[1..];

    private static OrderType Type(string word) => word switch
    {
        "IOC" => OrderType.ImmediateOrCancel,
        "FOK" => OrderType.FillOrKill,
        "MAKER" => OrderType.LimitMaker,
        _ => Enum.Parse<OrderType>(word, true),
    };

    private static Level[] Levels(string text) => [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Select(level => level.Split('x'))
        .Select(parts => new Level(new Price(Number(parts[0])), new Quantity(Number(parts[1]))))];

    private MarketBook At(DateTimeOffset instant)
    {
        var version = (long)Math.Floor((instant - Start).TotalMilliseconds / VersionMs);
        var from = Start.AddMilliseconds(version * VersionMs);
        return books[Math.Clamp(version, 0, books.Length - 1)] with { Version = version, From = from, Until = from.AddMilliseconds(VersionMs) };
    }
}

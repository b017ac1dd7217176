using System.Globalization;
using System.Text.Json;
using Ballast.Core;
using Ballast.Core.Books;
using Ballast.Server.Http;
using Ballast.Server.Store;

namespace Ballast.Server.Notices;

/// <summary>The daily summary, by the first tick with books after its hour: what the portfolio is worth, and where the change came from.</summary>
/// <param name="hour">0 to 23, in <paramref name="zone"/>.</param>
internal sealed class SummaryNews(int hour, TimeZoneInfo zone)
{
    private const string DayTopic = "summary:day";
    private const string TradesTopic = "summary:trades";

    /// <summary>The point of the curve that the next summary counts from.</summary>
    private const string PointTopic = "summary:point";

    public void Write(Edition edition)
    {
        if (edition.Report.Books is not { } kept)
            return;
        var books = kept.TryGet(out var after, out var failure) ? after : null;
        var trades = Whole(edition.Told(TradesTopic)) + (books?.NewTrades.Count ?? 0);
        var day = DayOf(edition.At).ToString("O", CultureInfo.InvariantCulture);
        var told = edition.Told(DayTopic);
        var due = told is not null && told != day;
        edition.Remember(DayTopic, day);
        edition.Remember(TradesTopic, due ? "0" : trades.ToString(CultureInfo.InvariantCulture));
        var start = PointOf(edition.Told(PointTopic)) ?? books?.Equity.Start;
        if (books?.NewPoint is { } point)
        {
            if (due || edition.Told(PointTopic) is null)
                edition.Remember(PointTopic, JsonSerializer.Serialize(StoredPoint.From(point), BallastJson.Default.StoredPoint));
            if (due)
                Tell(edition, books, ProfitByCause.Between(start ?? point, point), trades);
        }
        else if (due)
            edition.Tell(
                NoticeKind.Summary, Severity.Warning, "summary", "daily summary: no figures",
                failure is null ? "This tick has seen no price, so there is no value to report." : $"The books could not be kept: {failure.Reason}");
    }

    private static void Tell(Edition edition, BooksAfter books, ProfitByCause causes, int trades)
    {
        var standing = books.Ledger.Standing;
        var proven = standing is { Balanced: true };
        var change = causes.Total.Value;
        var share = causes.Start.Value.Value is > 0 and var before ? $" ({Figures.Percent(change / before)})" : "";
        string[] lines =
        [
            proven ? "The books are balanced."
                : $"THE BOOKS ARE UNPROVEN, and so is every profit below: {standing?.Explain(edition.Coin, edition.Quote) ?? "they do not stand yet"}.",
            $"Value {Figures.Text(causes.End.Value.Value)} {edition.Quote}, {Figures.Signed(change)}{share} since {Figures.Time(causes.Start.At)}",
            $"Of the change: market {Figures.Signed(causes.Market.Value)}, rebalancing {Figures.Signed(causes.Rebalancing.Value)}, "
                + $"fees {Figures.Signed(causes.Fees.Value)}, transfers {Figures.Signed(causes.Transfers.Value)}, "
                + $"corrections {Figures.Signed(causes.Corrections.Value)}, unproven {Figures.Signed(causes.Unproven.Value)}",
            string.Create(CultureInfo.InvariantCulture, $"New trades: {trades}"),
            $"Profit since the start: {Figures.Signed(books.Profit.Realized.Value)} realised, "
                + $"{(books.Profit.Unrealized is { } open ? Figures.Signed(open.Value) : "unknown")} unrealised",
            $"Price {causes.End.Price}; {causes.End.Base} {edition.Coin} and {Figures.Text(causes.End.Quote.Value)} {edition.Quote}",
        ];
        edition.Tell(
            NoticeKind.Summary, proven ? Severity.Info : Severity.Warning, "summary",
            $"{Figures.Text(causes.End.Value.Value)} {edition.Quote}, {Figures.Signed(change)}{(proven ? "" : ", unproven")}",
            string.Join('\n', lines),
            new Dictionary<string, string>
            {
                ["value"] = $"{causes.End.Value}",
                ["change"] = $"{causes.Total}",
                ["since"] = UtcText.Write(causes.Start.At),
                ["trades"] = trades.ToString(CultureInfo.InvariantCulture),
                ["realized_pnl"] = $"{books.Profit.Realized}",
                ["books"] = proven ? "balanced" : "unproven",
            });
    }

    /// <summary>The day whose summary is the newest due: it begins at the hour.</summary>
    private DateOnly DayOf(DateTimeOffset at)
    {
        var local = TimeZoneInfo.ConvertTime(at, zone);
        var day = DateOnly.FromDateTime(local.DateTime);
        return local.Hour >= hour ? day : day.AddDays(-1);
    }

    private static int Whole(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    /// <summary>Null where there is none, or it cannot be read: then the change is counted from the start.</summary>
    private static EquityPoint? PointOf(string? json) =>
        json is { Length: > 0 } && StoredValue.Parse(json, BallastJson.Default.StoredPoint).TryGet(out var point, out _) ? point.ToPoint() : null;
}

using Ballast.Core;
using Ballast.Server.Store;

namespace Ballast.Server.Export;

/// <summary>The columns of every export. Their names and order are a promise: new ones are added at the end.</summary>
internal static class ExportTables
{
    public static readonly string[] TradeColumns =
        ["time", "id", "order_id", "side", "price", "quantity", "value", "fee", "fee_asset", "fee_value", "in_opening"];

    public static readonly string[] JournalColumns =
    [
        "written_at", "kind", "time", "id", "asset", "side", "units", "price", "value", "fee", "fee_asset", "fee_value", "in_opening", "price_assumed",
        "reason", "by", "order_id",
    ];

    public static readonly string[] EquityColumns =
    [
        "time", "price", "base", "quote", "value", "bought", "paid", "quote_fees", "base_fees", "base_fees_value", "outside_fees", "base_moved",
        "base_moved_value", "quote_moved", "base_corrected", "base_corrected_value", "quote_corrected",
    ];

    /// <summary>The header of rotki's generic import of trades.</summary>
    public static readonly string[] RotkiColumns =
    [
        "Location", "Spend Currency", "Receive Currency", "Receive Amount", "Spend Amount", "Fee", "Fee Currency", "Description", "Timestamp",
    ];

    public static Cell[] Row(StoredTrade trade) =>
    [
        Time(trade.Time), trade.Id, trade.OrderId, trade.Side, trade.Price, trade.Quantity, trade.QuoteQuantity, trade.Fee, trade.FeeAsset,
        trade.FeeValue, Flag(trade.InOpening),
    ];

    /// <summary>A line of the journal; an opening takes two rows, one for each asset.</summary>
    public static IEnumerable<Cell[]> Rows(StoredJournalLine line, Pair pair)
    {
        var at = Time(line.At);
        if (line.Opening is { } opening)
        {
            yield return [at, "opening", Time(opening.At), "", opening.Base, "", opening.FirstBase, opening.Cost, "", "", "", "", "", Flag(opening.Assumed ? true : null), "", "", ""];
            yield return [at, "opening", Time(opening.At), "", opening.Quote, "", opening.FirstQuote, 1m, "", "", "", "", "", "", "", "", ""];
        }
        if (line.Trade is { } trade)
            yield return
            [
                at, "trade", Time(trade.Time), trade.Id, pair.Base, trade.Side, trade.Quantity, trade.Price, trade.QuoteQuantity, trade.Fee, trade.FeeAsset,
                trade.FeeValue, Flag(trade.InOpening), "", "", "", trade.OrderId,
            ];
        if (line.Change is { } change)
            yield return [at, change.What, at, "", "", "", "", "", "", "", "", "", "", "", change.To + (change.Reason is { } why ? $": {why}" : ""), change.By, ""];
        if (line.Movement is { } moved)
            yield return
            [
                at, moved.Kind, Time(moved.Time), moved.Id, moved.Leg == "base" ? pair.Base : pair.Quote, "", moved.Units, moved.Price,
                moved.Units * moved.Price, "", "", "", Flag(moved.InOpening), Flag(moved.PriceAssumed), moved.Reason, moved.By, "",
            ];
    }

    public static Cell[] Row(StoredPoint point)
    {
        var flows = Enumerable.Range(0, EquityColumns.Length - 5).Select(index => (Cell)(index < point.F.Length ? point.F[index] : 0m));
        return [Time(point.T), point.P, point.B, point.Q, point.V, .. flows];
    }

    /// <summary>What was spent and what was received, before fees; the exchange is not among rotki's own, so the location is external.</summary>
    public static Cell[] RotkiRow(StoredTrade trade, Pair pair)
    {
        var buys = trade.Side == "BUY";
        return
        [
            "external",
            buys ? pair.Quote : pair.Base,
            buys ? pair.Base : pair.Quote,
            buys ? trade.Quantity : trade.QuoteQuantity,
            buys ? trade.QuoteQuantity : trade.Quantity,
            trade.Fee == 0 ? (decimal?)null : trade.Fee,
            trade.Fee == 0 ? "" : trade.FeeAsset,
            $"MEXC {pair.Base}{pair.Quote} {trade.Side} {trade.Id}",
            new DateTimeOffset(DateTime.SpecifyKind(trade.Time, DateTimeKind.Utc)).ToUnixTimeMilliseconds(),
        ];
    }

    private static string Time(DateTime time) => UtcText.Write(new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc)));

    private static string Flag(bool? set) => set == true ? "true" : "";
}

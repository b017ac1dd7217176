using System.Text.Json;
using Ballast.Core;
using Ballast.Core.Books;

namespace Ballast.Mexc.Wire;

internal sealed record WireTrade(
    string? Symbol,
    string? Id,
    string? OrderId,
    string? Price,
    string? Qty,
    string? QuoteQty,
    string? Commission,
    string? CommissionAsset,
    string? Time,
    string? IsBuyer)
{
    /// <summary>
    /// Newest first. One row that cannot be read fails the page: a trade that is silently left out would make the books wrong.
    /// </summary>
    public static Result<IReadOnlyList<Trade>> Read(JsonElement payload, Symbol symbol, ForeignText foreign)
    {
        if (!MexcJson.ReadRows(Endpoint.MyTrades, payload, MexcJson.Default.WireTrade).TryGet(out var rows, out var failure))
            return failure;
        var trades = new List<Trade>(rows.Count);
        foreach (var row in rows)
        {
            var fields = new Fields($"{Endpoint.MyTrades}, trade '{foreign.Clean(row.Id)}'");
            trades.Add(row.ToTrade(symbol, fields));
            if (fields.Failure is { } unreadable) return unreadable;
        }
        return Result<IReadOnlyList<Trade>>.Of([.. trades.OrderByDescending(trade => trade.Time)]);
    }

    private Trade ToTrade(Symbol symbol, Fields fields)
    {
        if (!Fields.IsAbsent(Symbol) && Symbol != symbol.Name) fields.Refuse("symbol", $"is not {symbol}");
        var price = new Price(fields.Required("price", Price));
        var quantity = new Quantity(fields.Required("qty", Qty));
        var fee = fields.OrZero("commission", Commission);
        return new Trade(
            fields.Text("id", Id),
            fields.Time("time", Time),
            fields.Flag("isBuyer", IsBuyer) ? Side.Buy : Side.Sell,
            price,
            quantity,
            Value(price, quantity, fields),
            fee,
            // Usually the quote asset, sometimes MX: when it is not said, only a fee of nothing can be booked.
            fee == 0 ? fields.OptionalText("commissionAsset", CommissionAsset) ?? "" : fields.Text("commissionAsset", CommissionAsset),
            fields.Text("orderId", OrderId));
    }

    private Amount Value(Price price, Quantity quantity, Fields fields)
    {
        if (!Fields.IsAbsent(QuoteQty)) return new Amount(fields.Required("quoteQty", QuoteQty));
        try
        {
            return price * quantity;
        }
        catch (OverflowException)
        {
            fields.Refuse("qty", "times 'price' is more than a decimal can hold");
            return Amount.Zero;
        }
    }
}

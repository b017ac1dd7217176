using System.Text.Json;
using System.Text.Json.Serialization;
using Ballast.Core;
using Ballast.Core.Books;
using Ballast.Core.Trading;

namespace Ballast.Mexc.Wire;

/// <summary>An order as acknowledged, queried, listed or cancelled; each answer fills some of the fields.</summary>
internal sealed record WireOrder(
    string? Symbol,
    string? OrderId,
    string? ClientOrderId,
    string? OrigClientOrderId,
    string? Price,
    string? OrigQty,
    [property: JsonPropertyName("Qty")] string? Qty,
    string? ExecutedQty,
    string? CummulativeQuoteQty,
    string? CumulativeQuoteQty,
    string? Status,
    string? Type,
    string? Side,
    string? Time,
    string? TransactTime)
{
    public static Result<OrderAck> ReadAck(JsonElement payload)
    {
        if (!MexcJson.Read(Endpoint.PlaceOrder, payload, MexcJson.Default.WireOrder).TryGet(out var wire, out var failure)) return failure;
        var fields = new Fields(Endpoint.PlaceOrder.ToString());
        var ack = new OrderAck(fields.Text("orderId", wire.OrderId), Fields.Moment(wire.TransactTime));
        return fields.Failure is { } unreadable ? unreadable : ack;
    }

    /// <summary>The cancelled order, whatever its fields say of it, or a bare success.</summary>
    public static Result<CancelAck> ReadCancel(JsonElement payload)
    {
        if (ExchangeWord.SaysSuccess(payload)) return new CancelAck();
        if (!MexcJson.ReadRows(Endpoint.CancelOrder, payload, MexcJson.Default.WireOrder).TryGet(out var rows, out var failure))
            return failure;
        var fields = new Fields(Endpoint.CancelOrder.ToString());
        fields.Text("orderId", rows.Count == 0 ? null : rows[0].OrderId ?? rows[0].ClientOrderId ?? rows[0].OrigClientOrderId);
        return fields.Failure is { } unreadable ? unreadable : new CancelAck();
    }

    /// <summary>One order, which must be the one that was asked for.</summary>
    public static Result<OrderState> ReadState(JsonElement payload, OrderReference asked)
    {
        if (!MexcJson.Read(Endpoint.Order, payload, MexcJson.Default.WireOrder).TryGet(out var wire, out var failure)) return failure;
        if (!wire.ToState(new Fields(Endpoint.Order.ToString())).TryGet(out var state, out failure)) return failure;
        return asked.Means(state) ? state : Failure.BadData($"{Endpoint.Order}: the answer is about another order than the one asked for");
    }

    public static Result<IReadOnlyList<OrderState>> ReadStates(Endpoint endpoint, JsonElement payload, ForeignText foreign)
    {
        if (!MexcJson.ReadRows(endpoint, payload, MexcJson.Default.WireOrder).TryGet(out var rows, out var failure))
            return failure;
        var states = new List<OrderState>(rows.Count);
        foreach (var row in rows)
        {
            var fields = new Fields($"{endpoint}, order '{foreign.Clean(row.OrderId)}'");
            if (!row.ToState(fields).TryGet(out var state, out failure)) return failure;
            states.Add(state);
        }
        return Result<IReadOnlyList<OrderState>>.Of(states);
    }

    private Result<OrderState> ToState(Fields fields)
    {
        var status = OrderStatusNames.Read(fields.Text("status", Status));
        var state = new OrderState(
            fields.Text("orderId", OrderId),
            fields.OptionalText("clientOrderId", ClientOrderId),
            status,
            ReadSide(fields),
            OrderTypeNames.Read(Type),
            new Price(fields.OrZero("price", Price)),
            new Quantity(fields.OrZero("origQty", Either(OrigQty, Qty))),
            new Quantity(Done("executedQty", ExecutedQty, status, fields)),
            // The exchange spells it with two m; both spellings are taken.
            new Amount(Done("cummulativeQuoteQty", Either(CummulativeQuoteQty, CumulativeQuoteQty), status, fields)),
            Fields.Moment(Time));
        return fields.Failure is { } failure ? failure : state;
    }

    private static string? Either(string? usual, string? other) => Fields.IsAbsent(usual) ? other : usual;

    // An order that nobody has touched may leave out what it has done; any other has to say it.
    private static decimal Done(string name, string? text, OrderStatus status, Fields fields) =>
        status == OrderStatus.New ? fields.NotNegative(name, text)
        : Fields.IsAbsent(text) ? fields.Required(name, text)
        : fields.NotNegative(name, text);

    private Side ReadSide(Fields fields)
    {
        if (Side is "BUY") return Core.Books.Side.Buy;
        if (Side is not "SELL") fields.Refuse("side", "is neither BUY nor SELL");
        return Core.Books.Side.Sell;
    }
}

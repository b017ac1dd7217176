using System.Text.Json;
using Ballast.Core.Paper;
using Ballast.Core.Trading;

namespace Ballast.PaperExchange;

/// <summary>An order in the three shapes the exchange shows it in.</summary>
internal static class OrderJson
{
    /// <summary>The answer to an order: that it arrived, and nothing about what became of it.</summary>
    public static void WriteReceipt(Utf8JsonWriter json, PaperOrder order)
    {
        json.WriteStartObject();
        json.WriteString("symbol", order.Symbol.Name);
        json.WriteString("orderId", order.Id);
        json.WriteNumber("orderListId", -1);
        json.Number("price", order.Price.Value);
        json.Number("origQty", order.Quantity.Value);
        json.WriteString("type", OrderWords.Of(order.Type));
        json.WriteString("side", OrderWords.Of(order.Side));
        json.WriteString("stpMode", string.Empty);
        json.Milliseconds("transactTime", order.PlacedAt);
        json.WriteString("clientOrderId", order.ClientOrderId);
        json.WriteEndObject();
    }

    /// <summary>What became of it. Quantity stands under both of the names that the documents have used.</summary>
    public static void WriteState(Utf8JsonWriter json, PaperOrder order)
    {
        json.WriteStartObject();
        json.WriteString("symbol", order.Symbol.Name);
        json.WriteString("orderId", order.Id);
        json.WriteNumber("orderListId", -1);
        json.WriteString("clientOrderId", order.ClientOrderId);
        json.Number("price", order.Price.Value);
        json.Number("origQty", order.Quantity.Value);
        json.Number("Qty", order.Quantity.Value);
        WriteProgress(json, order);
        json.Nulls("stopPrice", "icebergQty");
        WriteTimes(json, order);
        json.WriteBoolean("isWorking", true);
        WriteOriginalAmount(json, order);
        json.WriteString("stpMode", string.Empty);
        json.WriteNull("cancelReason");
        json.WriteEndObject();
    }

    public static void WriteCancellation(Utf8JsonWriter json, PaperOrder order)
    {
        json.WriteStartObject();
        json.WriteString("symbol", order.Symbol.Name);
        json.WriteString("origClientOrderId", order.ClientOrderId);
        json.WriteString("orderId", order.Id);
        json.WriteString("clientOrderId", order.ClientOrderId);
        json.Number("price", order.Price.Value);
        json.Number("origQty", order.Quantity.Value);
        WriteProgress(json, order);
        json.WriteEndObject();
    }

    // The double m is the exchange's own.
    private static void WriteProgress(Utf8JsonWriter json, PaperOrder order)
    {
        json.Number("executedQty", order.Executed.Value);
        json.Number("cummulativeQuoteQty", order.ExecutedValue.Value);
        json.WriteString("status", OrderWords.Of(order.Status));
        json.WriteNull("timeInForce");
        json.WriteString("type", OrderWords.Of(order.Type));
        json.WriteString("side", OrderWords.Of(order.Side));
    }

    private static void WriteTimes(Utf8JsonWriter json, PaperOrder order)
    {
        json.WholeSeconds("time", order.PlacedAt);
        if (order.UpdatedAt is { } updated)
            json.WholeSeconds("updateTime", updated);
        else
            json.WriteNull("updateTime");
    }

    // Of a MARKET order by quantity: that quantity at the protective price, as in the samples of the original.
    private static void WriteOriginalAmount(Utf8JsonWriter json, PaperOrder order)
    {
        if (order.QuoteAmount is { } amount)
            json.Number("origQuoteOrderQty", amount.Value);
        else if (order.Type == OrderType.Market)
            json.Number("origQuoteOrderQty", (order.Price * order.Quantity).Value);
        else
            json.WriteNull("origQuoteOrderQty");
    }
}

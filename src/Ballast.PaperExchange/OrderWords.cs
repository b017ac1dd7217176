using Ballast.Core;
using Ballast.Core.Books;
using Ballast.Core.Paper;
using Ballast.Core.Trading;

namespace Ballast.PaperExchange;

/// <summary>The wire's words for orders, read and written.</summary>
internal static class OrderWords
{
    /// <summary>The order that a request describes. There is no time in force: one that is sent means nothing, here as there.</summary>
    public static Result<PaperOrderRequest> Read(WireParameters parameters)
    {
        if (!parameters.Required("symbol").TryGet(out var symbol, out var refusal)
            || !ReadSide(parameters).TryGet(out var side, out refusal)
            || !ReadType(parameters).TryGet(out var type, out refusal)
            || !parameters.Number("quantity").TryGet(out var quantity, out refusal)
            || !parameters.Number("quoteOrderQty").TryGet(out var amount, out refusal)
            || !parameters.Number("price").TryGet(out var price, out refusal))
            return refusal;
        return new PaperOrderRequest(symbol, side, type, parameters.Text("newClientOrderId"))
        {
            Quantity = quantity is { } units ? new Quantity(units) : null,
            QuoteAmount = amount is { } worth ? new Amount(worth) : null,
            Price = price is { } limit ? new Price(limit) : null,
        };
    }

    public static string Of(Side side) => side == Side.Buy ? "BUY" : "SELL";

    public static string Of(OrderType type) => type switch
    {
        OrderType.Limit => "LIMIT",
        OrderType.Market => "MARKET",
        OrderType.LimitMaker => "LIMIT_MAKER",
        OrderType.ImmediateOrCancel => "IMMEDIATE_OR_CANCEL",
        OrderType.FillOrKill => "FILL_OR_KILL",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
    };

    public static string Of(OrderStatus status) => status switch
    {
        OrderStatus.New => "NEW",
        OrderStatus.PartiallyFilled => "PARTIALLY_FILLED",
        OrderStatus.Filled => "FILLED",
        OrderStatus.Canceled => "CANCELED",
        OrderStatus.PartiallyCanceled => "PARTIALLY_CANCELED",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, null),
    };

    private static Result<Side> ReadSide(WireParameters parameters) => parameters.Text("side") switch
    {
        "BUY" => Side.Buy,
        "SELL" => Side.Sell,
        _ => Refusals.Mandatory("side"),
    };

    private static Result<OrderType> ReadType(WireParameters parameters) => parameters.Text("type") switch
    {
        "LIMIT" => OrderType.Limit,
        "MARKET" => OrderType.Market,
        "LIMIT_MAKER" => OrderType.LimitMaker,
        "IMMEDIATE_OR_CANCEL" => OrderType.ImmediateOrCancel,
        "FILL_OR_KILL" => OrderType.FillOrKill,
        null => Refusals.Mandatory("type"),
        _ => Refusals.OrderType,
    };
}

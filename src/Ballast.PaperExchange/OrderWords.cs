using Ballast.Core;
using Ballast.Core.Books;
using Ballast.Core.Paper;

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

    public static string Of(PaperOrderType type) => type switch
    {
        PaperOrderType.Limit => "LIMIT",
        PaperOrderType.Market => "MARKET",
        PaperOrderType.LimitMaker => "LIMIT_MAKER",
        PaperOrderType.ImmediateOrCancel => "IMMEDIATE_OR_CANCEL",
        PaperOrderType.FillOrKill => "FILL_OR_KILL",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
    };

    public static string Of(PaperOrderStatus status) => status switch
    {
        PaperOrderStatus.New => "NEW",
        PaperOrderStatus.PartiallyFilled => "PARTIALLY_FILLED",
        PaperOrderStatus.Filled => "FILLED",
        PaperOrderStatus.Canceled => "CANCELED",
        PaperOrderStatus.PartiallyCanceled => "PARTIALLY_CANCELED",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, null),
    };

    private static Result<Side> ReadSide(WireParameters parameters) => parameters.Text("side") switch
    {
        "BUY" => Side.Buy,
        "SELL" => Side.Sell,
        _ => Refusals.Mandatory("side"),
    };

    private static Result<PaperOrderType> ReadType(WireParameters parameters) => parameters.Text("type") switch
    {
        "LIMIT" => PaperOrderType.Limit,
        "MARKET" => PaperOrderType.Market,
        "LIMIT_MAKER" => PaperOrderType.LimitMaker,
        "IMMEDIATE_OR_CANCEL" => PaperOrderType.ImmediateOrCancel,
        "FILL_OR_KILL" => PaperOrderType.FillOrKill,
        null => Refusals.Mandatory("type"),
        _ => Refusals.OrderType,
    };
}

using Ballast.Core;
using Ballast.Core.Books;
using Ballast.Core.Trading;
using Ballast.Mexc.Wire;

namespace Ballast.Mexc;

/// <summary>An order to be sent.</summary>
/// <param name="Quantity">Base to trade; null only for a market order by <paramref name="QuoteAmount"/>.</param>
/// <param name="QuoteAmount">Quote to spend or to receive, in place of the quantity; market orders only.</param>
/// <param name="Price">The limit; null for market orders, which have none.</param>
/// <param name="ClientOrderId">See <see cref="Mexc.ClientOrderId"/>; never used twice.</param>
public sealed record NewOrder(
    Symbol Symbol,
    Side Side,
    OrderType Type,
    Quantity? Quantity,
    Amount? QuoteAmount,
    Price? Price,
    string ClientOrderId)
{
    /// <summary>Null when the exchange can be asked; nothing is sent otherwise.</summary>
    internal Failure? Check() =>
        Mexc.ClientOrderId.Check(ClientOrderId) is { } failure ? failure
        : Quantity is { Value: <= 0 } || QuoteAmount is { Value: <= 0 } || Price is { Value: <= 0 }
            ? Failure.BadData("an order's quantity, amount and price must be above 0")
        : Type == OrderType.Market ? CheckMarket() : CheckLimit();

    internal RequestQuery Query() => RequestQuery.Empty
        .And("symbol", Symbol.Name)
        .And("side", Side == Side.Buy ? "BUY" : "SELL")
        .And("type", Type.Name())
        .And("quantity", Quantity?.ToString())
        .And("quoteOrderQty", QuoteAmount?.ToString())
        .And("price", Price?.ToString())
        .And("newClientOrderId", ClientOrderId);

    private Failure? CheckMarket() => Price is null && (Quantity is null) != (QuoteAmount is null)
        ? null
        : Failure.BadData("a market order takes either a quantity or a quote amount, and no price");

    private Failure? CheckLimit() => Price is not null && Quantity is not null && QuoteAmount is null
        ? null
        : Failure.BadData($"a {Type.Name()} order takes a quantity and a price, and no quote amount");
}

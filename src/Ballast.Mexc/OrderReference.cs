using Ballast.Core;
using Ballast.Core.Trading;

namespace Ballast.Mexc;

/// <summary>Which order: by the exchange's id, or by the client order id it was sent with.</summary>
public sealed record OrderReference
{
    private OrderReference(string? orderId, string? clientOrderId) => (OrderId, ClientOrderId) = (orderId, clientOrderId);

    public string? OrderId { get; }
    public string? ClientOrderId { get; }

    public static OrderReference ById(string orderId) => new(orderId, null);

    /// <summary>BadData for an id that could not have been sent; see <see cref="Mexc.ClientOrderId"/>.</summary>
    public static Result<OrderReference> ByClientId(string clientOrderId) =>
        Mexc.ClientOrderId.Check(clientOrderId) is { } failure ? failure : new OrderReference(null, clientOrderId);

    internal RequestQuery AddTo(RequestQuery query) => query.And("orderId", OrderId).And("origClientOrderId", ClientOrderId);

    /// <summary>Whether an answer is about this order. An order may come back without its client order id.</summary>
    internal bool Means(OrderState state) =>
        OrderId is not null ? state.OrderId == OrderId : state.ClientOrderId is null || state.ClientOrderId == ClientOrderId;
}

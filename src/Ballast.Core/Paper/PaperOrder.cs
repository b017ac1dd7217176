using Ballast.Core.Books;
using Ballast.Core.Trading;

namespace Ballast.Core.Paper;

/// <summary>An order as it arrives. Numbers keep the decimals they were written with, because the exchange counts those.</summary>
/// <param name="Symbol">As written; need not be listed.</param>
/// <param name="ClientOrderId">Null when the client gave none.</param>
public sealed record PaperOrderRequest(string Symbol, Side Side, OrderType Type, string? ClientOrderId = null)
{
    /// <summary>Null in a MARKET order by <see cref="QuoteAmount"/>.</summary>
    public Quantity? Quantity { get; init; }

    /// <summary>For MARKET orders: the value to trade, fee not included. Null when the quantity is given.</summary>
    public Amount? QuoteAmount { get; init; }

    /// <summary>Required but for MARKET orders, which ignore it.</summary>
    public Price? Price { get; init; }
}

/// <summary>An accepted order as it stands.</summary>
public sealed record PaperOrder
{
    public required string Id { get; init; }
    public required string? ClientOrderId { get; init; }
    public required Symbol Symbol { get; init; }
    public required Side Side { get; init; }
    public required OrderType Type { get; init; }

    /// <summary>The limit. Of a MARKET order the protective limit, 5 % beyond the last trade; never the price it filled at.</summary>
    public required Price Price { get; init; }

    /// <summary>0 in an order by <see cref="QuoteAmount"/>.</summary>
    public required Quantity Quantity { get; init; }

    /// <summary>Null unless the order was given by value.</summary>
    public required Amount? QuoteAmount { get; init; }

    public required DateTimeOffset PlacedAt { get; init; }

    /// <summary>Null while nothing has happened to it.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    public OrderStatus Status { get; init; }
    public Quantity Executed { get; init; }
    public Amount ExecutedValue { get; init; }

    /// <summary>Meaningless in an order by value.</summary>
    public Quantity Remaining => Quantity - Executed;

    public bool IsOpen => Status is OrderStatus.New or OrderStatus.PartiallyFilled;

    /// <summary>As the exchange shows it: times in whole seconds.</summary>
    public OrderState State => new(
        Id, ClientOrderId, Status, Side, Type, Price, Quantity, Executed, ExecutedValue,
        DateTimeOffset.FromUnixTimeSeconds(PlacedAt.ToUnixTimeSeconds()));

    internal PaperOrder Filled(Price price, Quantity quantity, DateTimeOffset at)
    {
        var next = this with { Executed = Executed + quantity, ExecutedValue = ExecutedValue + price * quantity, UpdatedAt = at };
        return next with { Status = next.Remaining.Value == 0 ? OrderStatus.Filled : OrderStatus.PartiallyFilled };
    }

    /// <summary>Nothing more will happen to it: all that was wanted was traded, or the rest is cancelled.</summary>
    internal PaperOrder Ended(bool complete, DateTimeOffset at) => this with
    {
        UpdatedAt = at,
        Status = complete ? OrderStatus.Filled
            : Executed.Value > 0 ? OrderStatus.PartiallyCanceled
            : OrderStatus.Canceled,
    };
}

/// <summary>
/// How a client names an order: by the exchange's id, or by its own. The exchange's id wins when both are given. Null means not given;
/// without a symbol any will do.
/// </summary>
public readonly record struct PaperOrderKey(string? Symbol, string? OrderId, string? ClientOrderId);

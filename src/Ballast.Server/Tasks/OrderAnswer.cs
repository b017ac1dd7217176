using System.Text.Json.Serialization;
using Ballast.Core;
using Ballast.Core.Books;
using Ballast.Core.Trading;

namespace Ballast.Server.Tasks;

/// <summary>An order as JSON; quantities in base, prices in quote.</summary>
public sealed record OrderAnswer
{
    /// <summary><c>proposed</c>, <c>blocked</c>, <c>filled</c>, <c>partially_filled</c>, <c>unfilled</c>, <c>rejected</c> or <c>unknown</c>.</summary>
    public required string State { get; init; }

    public required string ClientOrderId { get; init; }

    /// <summary><c>BUY</c> or <c>SELL</c>.</summary>
    public required string Side { get; init; }

    /// <summary>The exchange's name of the type.</summary>
    public required string Type { get; init; }

    public required decimal Quantity { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required decimal? LimitPrice { get; init; }

    public required decimal ExecutedQuantity { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required decimal? AveragePrice { get; init; }

    /// <summary>In <see cref="FeeAsset"/>; null until all fills have been shown.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required decimal? Fee { get; init; }

    /// <summary>Null when the fee is, and in what was stored before the asset was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? FeeAsset { get; init; }

    public required string Reason { get; init; }
    public required IReadOnlyList<GuardAnswer> Guards { get; init; }

    public static OrderAnswer From(OrderReport order) => new()
    {
        State = TaskAnswer.Lower(order.Outcome),
        ClientOrderId = order.ClientOrderId,
        Side = order.Side == Core.Books.Side.Buy ? "BUY" : "SELL",
        Type = TypeName(order.Type),
        Quantity = Decimals.Trim(order.Quantity.Value),
        LimitPrice = order.Limit is { } limit ? Decimals.Trim(limit.Value) : null,
        ExecutedQuantity = Decimals.Trim(order.Executed.Value),
        AveragePrice = order.Average is { } average ? Decimals.Trim(average.Value) : null,
        Fee = order.Fee is { } fee ? Decimals.Trim(fee) : null,
        FeeAsset = order.Fee is null ? null : order.FeeAsset,
        Reason = order.Reason,
        Guards = [.. order.Guards.Select(guard => new GuardAnswer(
            guard.Name, Decimals.Trim(guard.Value), Decimals.Trim(guard.Limit), guard.Passed, guard.Sentence))],
    };

    internal static string TypeName(OrderType type) => type switch
    {
        OrderType.Limit => "LIMIT",
        OrderType.Market => "MARKET",
        OrderType.LimitMaker => "LIMIT_MAKER",
        OrderType.ImmediateOrCancel => "IMMEDIATE_OR_CANCEL",
        _ => "FILL_OR_KILL",
    };
}

/// <summary>One condition that the order had to meet.</summary>
public sealed record GuardAnswer(string Name, decimal Value, decimal Limit, bool Passed, string Sentence);

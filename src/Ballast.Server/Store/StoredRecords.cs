using Ballast.Core;
using Ballast.Core.Books;
using Ballast.Core.Ticks;
using Ballast.Server.Tasks;

namespace Ballast.Server.Store;

/// <summary>What <c>rebalance:plan</c> and <c>rebalance:history</c> hold: the plan of a tick, or why it had none, with the tick's name.</summary>
public sealed record StoredPlan : RebalanceAnswer
{
    private StoredPlan(RebalanceAnswer plan)
        : base(plan)
    {
    }

    public required string Tick { get; init; }
    public required string Task { get; init; }
    public required string Mode { get; init; }
    public required DateTime Timestamp { get; init; }

    public static StoredPlan From(TickReport report) => new(From(report.Plan))
    {
        Tick = report.Request.Id.Text,
        Task = report.Request.Task,
        Mode = TaskAnswer.Lower(report.Mode),
        Timestamp = TaskAnswer.ToMilliseconds(report.Timestamp),
    };
}

/// <summary>A member of <c>trades:history</c>; <see cref="QuoteQuantity"/> is the trade's value in quote.</summary>
public sealed record StoredTrade(
    string Id, DateTime Time, string Side, decimal Price, decimal Quantity, decimal QuoteQuantity, decimal Fee, string FeeAsset, string OrderId)
{
    public static StoredTrade From(Trade trade) => new(
        trade.Id,
        trade.Time.UtcDateTime,
        trade.Side == Core.Books.Side.Buy ? "BUY" : "SELL",
        Decimals.Trim(trade.Price.Value),
        Decimals.Trim(trade.Quantity.Value),
        Decimals.Trim(trade.Value.Value),
        Decimals.Trim(trade.Fee),
        trade.FeeAsset,
        trade.OrderId);

    /// <returns>BadData when it is neither a purchase nor a sale.</returns>
    public Result<Trade> ToTrade() => Side is "BUY" or "SELL"
        ? new Trade(
            Id,
            new DateTimeOffset(DateTime.SpecifyKind(Time, DateTimeKind.Utc)),
            Side == "BUY" ? Core.Books.Side.Buy : Core.Books.Side.Sell,
            new Price(Price),
            new Quantity(Quantity),
            new Amount(QuoteQuantity),
            Fee,
            FeeAsset,
            OrderId)
        : Failure.BadData($"trade {Id} has the side '{Side}', which is neither BUY nor SELL");
}

/// <summary>The exchange's rules, remembered.</summary>
public sealed record StoredRules(
    string Base,
    string Quote,
    decimal PriceStep,
    decimal QuantityStep,
    decimal MinQuantity,
    decimal MinNotional,
    decimal TakerFee,
    bool Tradable,
    decimal? MaxNotional = null)
{
    public static StoredRules From(SymbolRules rules) => new(
        rules.Base,
        rules.Quote,
        rules.PriceStep.Value,
        rules.QuantityStep.Value,
        rules.MinQuantity.Value,
        rules.MinNotional.Value,
        rules.TakerFee.Value,
        rules.Tradable,
        rules.MaxNotional?.Value);

    /// <returns>Null when no pair can have such rules.</returns>
    public SymbolRules? ToRules(Symbol symbol) => PriceStep <= 0 || QuantityStep <= 0 || TakerFee is < 0 or >= 1
        ? null
        : new SymbolRules
        {
            Symbol = symbol,
            Base = Base,
            Quote = Quote,
            PriceStep = new Price(PriceStep),
            QuantityStep = new Quantity(QuantityStep),
            MinQuantity = new Quantity(MinQuantity),
            MinNotional = new Amount(MinNotional),
            MaxNotional = MaxNotional is { } most ? new Amount(most) : null,
            TakerFee = new Ratio(TakerFee),
            Tradable = Tradable,
        };
}

using Ballast.Core;
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
    decimal? MaxNotional = null,
    decimal? BuyBand = null,
    decimal? SellBand = null)
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
        rules.MaxNotional?.Value,
        rules.BuyBand?.Value,
        rules.SellBand?.Value);

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
            BuyBand = BuyBand is { } above ? new Ratio(above) : null,
            SellBand = SellBand is { } below ? new Ratio(below) : null,
            Tradable = Tradable,
        };
}

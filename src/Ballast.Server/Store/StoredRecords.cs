using Ballast.Core;
using Ballast.Core.Planning;
using Ballast.Core.Ticks;
using Ballast.Server.Tasks;

namespace Ballast.Server.Store;

/// <summary>
/// What <c>rebalance:plan</c> and <c>rebalance:history</c> hold: the plan of a tick, or why it had none, with the tick's name and with everything that
/// a decision can be worked out from again. What a plan of an older version lacks is absent.
/// </summary>
public record StoredPlan : RebalanceAnswer
{
    /// <summary>For reading; a plan is written by <see cref="From(TickReport)"/>.</summary>
    public StoredPlan()
    {
    }

    private StoredPlan(RebalanceAnswer plan)
        : base(plan)
    {
    }

    public required string Tick { get; init; }
    public required string Task { get; init; }
    public required string Mode { get; init; }
    public required DateTime Timestamp { get; init; }

    /// <summary>The names of the pair's assets.</summary>
    public string? Base { get; init; }

    public string? Quote { get; init; }

    /// <summary>What the price was made from; absent where the exchange showed none.</summary>
    public decimal? LastPrice { get; init; }

    public decimal? Bid { get; init; }
    public decimal? Ask { get; init; }

    /// <summary><c>target</c> or <c>edge</c>.</summary>
    public string? RebalanceTo { get; init; }

    /// <summary><c>both</c>, <c>buy-only</c> or <c>sell-only</c>.</summary>
    public string? Sides { get; init; }

    public decimal? ExchangeMinQuantity { get; init; }
    public decimal? ExchangeMinNotional { get; init; }

    /// <summary>
    /// The order as it stood when the plan was written down, which is before it left: one that was sent is <c>unknown</c> here, and what became of
    /// it stands under its id among the orders. Absent when nothing was to be traded, and in <c>observe</c>.
    /// </summary>
    public OrderAnswer? Order { get; init; }

    public static StoredPlan From(TickReport report)
    {
        var plan = report.Plan.TryGet(out var made, out _) ? made : null;
        return new(From(report.Plan))
        {
            Tick = report.Request.Id.Text,
            Task = report.Request.Task,
            Mode = TaskAnswer.Lower(report.Mode),
            Timestamp = TaskAnswer.ToMilliseconds(report.Timestamp),
            Base = plan?.Pair.Base,
            Quote = plan?.Pair.Quote,
            LastPrice = report.Quote is { } quote ? Decimals.Trim(quote.Last.Value) : null,
            Bid = report.Quote?.Bid is { } bid ? Decimals.Trim(bid.Value) : null,
            Ask = report.Quote?.Ask is { } ask ? Decimals.Trim(ask.Value) : null,
            RebalanceTo = plan is null ? null : TaskAnswer.Lower(plan.RebalanceTo),
            Sides = plan is null ? null : WordOf(plan.Sides),
            ExchangeMinQuantity = plan is null ? null : Decimals.Trim(plan.ExchangeMinQuantity.Value),
            ExchangeMinNotional = plan is null ? null : Decimals.Trim(plan.ExchangeMinNotional.Value),
            Order = report.Order is { } order ? OrderAnswer.From(order) : null,
        };
    }

    /// <summary>As settings write it.</summary>
    private static string WordOf(Sides sides) => sides switch
    {
        Core.Planning.Sides.BuyOnly => "buy-only",
        Core.Planning.Sides.SellOnly => "sell-only",
        _ => "both",
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

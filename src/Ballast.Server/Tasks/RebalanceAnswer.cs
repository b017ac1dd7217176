using Ballast.Core;
using Ballast.Core.Planning;

namespace Ballast.Server.Tasks;

/// <summary>A plan as JSON, or why there is none. Values in quote, balances in their asset, ratios as fractions of 1.</summary>
public record RebalanceAnswer
{
    /// <summary><c>error</c> when there is no plan; absent otherwise.</summary>
    public string? Status { get; init; }

    public string? Error { get; init; }

    /// <summary><c>HOLD</c>, <c>BUY</c> or <c>SELL</c>.</summary>
    public string? Action { get; init; }

    public decimal? Quantity { get; init; }

    /// <summary>In the pair's quote asset, whatever its name.</summary>
    public decimal? NotionalUsdt { get; init; }

    public string? Reason { get; init; }
    public decimal? Price { get; init; }
    public decimal? BaseBalance { get; init; }
    public decimal? QuoteBalance { get; init; }
    public decimal? BaseFree { get; init; }
    public decimal? QuoteFree { get; init; }
    public decimal? BaseValue { get; init; }
    public decimal? QuoteValue { get; init; }
    public decimal? TotalValue { get; init; }
    public decimal? TargetValue { get; init; }
    public decimal? TargetRatio { get; init; }
    public decimal? Deviation { get; init; }
    public decimal? Threshold { get; init; }
    public decimal? MinNotional { get; init; }
    public decimal? FeeRate { get; init; }
    public decimal? QuantityStep { get; init; }
    public IReadOnlyList<CheckAnswer>? Checks { get; init; }

    public static RebalanceAnswer From(Result<Plan> result) => !result.TryGet(out var plan, out var failure)
        ? new RebalanceAnswer { Status = "error", Error = failure.Reason }
        : new RebalanceAnswer
        {
            Action = plan.Action.ToString().ToUpperInvariant(),
            Quantity = Decimals.Trim(plan.Quantity.Value),
            NotionalUsdt = Decimals.Trim(plan.Notional.Value),
            Reason = plan.Reason,
            Price = Decimals.Trim(plan.Price.Value),
            BaseBalance = Decimals.Trim(plan.BaseBalance.Value),
            QuoteBalance = Decimals.Trim(plan.QuoteBalance.Value),
            BaseFree = Decimals.Trim(plan.BaseFree.Value),
            QuoteFree = Decimals.Trim(plan.QuoteFree.Value),
            BaseValue = Decimals.Trim(plan.BaseValue.Value),
            QuoteValue = Decimals.Trim(plan.QuoteValue.Value),
            TotalValue = Decimals.Trim(plan.TotalValue.Value),
            TargetValue = Decimals.Trim(plan.TargetValue.Value),
            TargetRatio = Decimals.Trim(plan.TargetRatio.Value),
            Deviation = Decimals.Trim(plan.Deviation.Value),
            Threshold = Decimals.Trim(plan.Threshold.Value),
            MinNotional = Decimals.Trim(plan.MinNotional.Value),
            FeeRate = Decimals.Trim(plan.FeeRate.Value),
            QuantityStep = Decimals.Trim(plan.QuantityStep.Value),
            Checks = [.. plan.Checks.Select(check => new CheckAnswer(check.Name, Decimals.Trim(check.Value), Decimals.Trim(check.Limit), check.Passed))],
        };
}

/// <summary>One comparison behind the decision.</summary>
public sealed record CheckAnswer(string Name, decimal Value, decimal Limit, bool Passed);

namespace Ballast.Core.Planning;

/// <summary>How far an order brings the portfolio back.</summary>
public enum RebalanceTo
{
    /// <summary>All the way to the target.</summary>
    Target,

    /// <summary>Only to where the deviation is the threshold: trades less.</summary>
    Edge,
}

/// <summary>Which sides may be traded.</summary>
public enum Sides
{
    Both,
    BuyOnly,
    SellOnly,
}

/// <summary>What the owner wants held, and when it is worth acting.</summary>
/// <param name="TargetRatio">Share of the total value to hold in base; above 0, below 1.</param>
/// <param name="Threshold">Deviation, as a share of the total value, below which nothing is done; exactly on it trades. 0 up to below 1.</param>
/// <param name="MinNotional">Deviation in quote below which nothing is done; exactly on it trades.</param>
public sealed record Policy(Ratio TargetRatio, Ratio Threshold, Amount MinNotional, RebalanceTo RebalanceTo = RebalanceTo.Target, Sides Sides = Sides.Both)
{
    public static readonly Policy Default = new(new Ratio(0.5m), new Ratio(0.01m), new Amount(5));

    /// <summary>Reads a target ratio, refusing what would mean "sell everything" or "buy with everything".</summary>
    public static Result<Ratio> ParseTargetRatio(string text) =>
        !Ratio.Parse(text).TryGet(out var ratio, out var failure) ? failure
        : ratio.Value is > 0 and < 1 ? ratio
        : Failure.BadData($"'{text}' is not between 0 and 1; write the share to hold in the coin, such as 0.5 or 50%");

    /// <summary>Reads a threshold.</summary>
    public static Result<Ratio> ParseThreshold(string text) =>
        !Ratio.Parse(text).TryGet(out var ratio, out var failure) ? failure
        : ratio.Value is >= 0 and < 1 ? ratio
        : Failure.BadData($"'{text}' is not from 0 up to below 1; write the deviation that is worth a trade, such as 0.01 or 1%");

    /// <summary>Reads a smallest notional in quote.</summary>
    public static Result<Amount> ParseMinNotional(string text) =>
        Decimals.TryParse(text.Trim(), out var number) && number >= 0 ? new Amount(number)
        : Failure.BadData($"'{text}' is not an amount; write units of the quote asset, such as 5");

    public static Result<RebalanceTo> ParseRebalanceTo(string text) => text.Trim().ToLowerInvariant() switch
    {
        "target" => RebalanceTo.Target,
        "edge" => RebalanceTo.Edge,
        _ => Failure.BadData($"'{text}' is not a choice; write target or edge"),
    };

    public static Result<Sides> ParseSides(string text) => text.Trim().ToLowerInvariant() switch
    {
        "both" => Sides.Both,
        "buy-only" => Sides.BuyOnly,
        "sell-only" => Sides.SellOnly,
        _ => Failure.BadData($"'{text}' is not a choice; write both, buy-only or sell-only"),
    };

    /// <summary>
    /// This policy with the owner's run-time settings laid over it. A setting that cannot be read fails the whole:
    /// a mistyped threshold must not silently become the default one.
    /// </summary>
    public Result<Policy> With(IReadOnlyDictionary<string, string> settings)
    {
        var policy = this;
        foreach (var (name, text) in settings.OrderBy(setting => setting.Key, StringComparer.Ordinal))
        {
            if (!policy.With(name, text).TryGet(out var next, out var failure))
                return Failure.BadData($"setting {name}: {failure.Reason}");
            policy = next;
        }
        return policy;
    }

    private Result<Policy> With(string name, string text) => name switch
    {
        "target_ratio" => ParseTargetRatio(text).TryGet(out var target, out var failure) ? this with { TargetRatio = target } : failure,
        "threshold" => ParseThreshold(text).TryGet(out var threshold, out var failure) ? this with { Threshold = threshold } : failure,
        "min_notional" => ParseMinNotional(text).TryGet(out var notional, out var failure) ? this with { MinNotional = notional } : failure,
        "rebalance_to" => ParseRebalanceTo(text).TryGet(out var to, out var failure) ? this with { RebalanceTo = to } : failure,
        "sides" => ParseSides(text).TryGet(out var sides, out var failure) ? this with { Sides = sides } : failure,
        _ => Failure.BadData("there is no such setting; there are target_ratio, threshold, min_notional, rebalance_to and sides"),
    };
}

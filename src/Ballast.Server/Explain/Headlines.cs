using Ballast.Server.Store;

namespace Ballast.Server.Explain;

/// <summary>The decision in one line, with the figures that decided it.</summary>
internal static class Headlines
{
    public static string Of(StoredPlan plan, RecordedInputs inputs, Stop stop)
    {
        var (coin, cash) = (plan.Base ?? "coins", plan.Quote ?? "in quote");
        var (notional, deviation) = (plan.NotionalUsdt ?? 0, plan.Deviation ?? 0);
        var (price, threshold) = (inputs.Snapshot.Price.Value, inputs.Policy.Threshold.Value);
        return stop switch
        {
            Stop.NoValue => $"{plan.Action}: {(price <= 0 ? $"a price of {Figures.Text(price)}" : "there is nothing")} to trade with",
            Stop.WithinThreshold =>
                $"{plan.Action}: {Figures.ShortPercent(deviation, threshold)} from target, threshold {Percent(threshold)}; "
                + $"{Figures.Short(notional, inputs.Policy.MinNotional.Value)} {cash}, minimum {Figures.Text(inputs.Policy.MinNotional.Value)}",
            Stop.SideOff => $"{plan.Action}: {Decapitalised(plan.Reason)}; {Distance()}",
            Stop.NothingFree => $"{plan.Action}: {(Above() ? $"no {coin} is free to sell" : $"no {cash} is free to spend")}; {Distance()}",
            Stop.BelowExchangeMinimum => $"{plan.Action}: below the exchange's minimum{Minimum()}; {Distance()}",
            _ => $"{plan.Action} {Figures.Text(plan.Quantity ?? 0)} {coin} at {Figures.Text(price)}: {Distance()}",
        };

        bool Above() => plan.BaseValue > plan.TargetValue;

        string Distance() => $"{Figures.ShortPercent(deviation)} {(Above() ? "above" : "below")} target, {Figures.Short(notional)} {cash}";

        string Minimum() => (inputs.MinQuantity, inputs.MinNotional) switch
        {
            ({ } quantity, { } worth) => $" of {Figures.Text(Math.Max(quantity.Value, inputs.Step.Value))} {coin} and {Figures.Text(worth.Value)} {cash}",
            _ => $" ({Explanation.NotRecorded})",
        };
    }

    private static string Percent(decimal ratio) => $"{Figures.Text(ratio * 100)} %";

    private static string Decapitalised(string? reason) => reason is { Length: > 0 } ? char.ToLowerInvariant(reason[0]) + reason[1..] : "";
}

using Ballast.Server.Store;

namespace Ballast.Server.Explain;

/// <summary>A decision in words and figures, from nothing but what was recorded of it.</summary>
/// <param name="Headline">One line, such as <c>HOLD: 0.62 % from target, threshold 1 %; 3.10 USDT, minimum 5</c>.</param>
/// <param name="Lines">The whole sum in the order in which it is made. A HOLD ends with the step that stopped it.</param>
public sealed record Explanation(string Headline, IReadOnlyList<ExplanationLine> Lines)
{
    /// <summary>What stands in place of what an older version did not write down.</summary>
    public const string NotRecorded = "not recorded";

    /// <param name="order">What became of the plan's order, as it stands among the settled ones; null when it does not.</param>
    public static Explanation Of(StoredPlan plan, StoredOrder? order = null)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return Of(plan, OrderWords.Ending(plan, order), OrderWords.Lines(plan, order));
    }

    /// <summary>The same for a plan that nobody recorded and that nothing will come of.</summary>
    public static Explanation OfPreview(StoredPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var none = $"none: nothing is recorded and nothing is traded here; the configured mode is {plan.Mode}";
        return Of(plan, "", [new ExplanationLine("order", "Order", none)]);
    }

    private static Explanation Of(StoredPlan plan, string ending, IEnumerable<ExplanationLine> orderLines)
    {
        if (plan.Error is { } error)
            return new Explanation($"NO PLAN: {error}", [new ExplanationLine("error", "Why there is no plan", error)]);
        if (!RecordedInputs.TryRead(plan, out var inputs))
        {
            return new Explanation(
                $"{plan.Action}: {plan.Reason}; the numbers behind it are {NotRecorded}", [new ExplanationLine("result", "Result", NotRecorded)]);
        }
        try
        {
            var stop = DecisionSums.Of(plan, inputs, out var lines);
            return new Explanation(
                Headlines.Of(plan, inputs, stop) + ending,
                [.. lines, .. orderLines]);
        }
        catch (OverflowException)
        {
            return new Explanation(
                $"{plan.Action}: {plan.Reason}", [new ExplanationLine("result", "Result", "the recorded numbers are too large to be worked out again")]);
        }
    }
}

/// <summary>One step of the sum.</summary>
/// <param name="Key">What it is, for programs; snake_case.</param>
/// <param name="Label">What it is, for people.</param>
/// <param name="Sum">How it is worked out, in figures, such as <c>100 × 2.5 + 150 = 400 USDT</c>; or the sentence that it is.</param>
/// <param name="Value">What comes out, exactly; a ratio is a fraction of 1. Null for a sentence, and for what is not recorded.</param>
/// <param name="Unit">Of the value: an asset, or <c>ratio</c>.</param>
public sealed record ExplanationLine(string Key, string Label, string Sum, decimal? Value = null, string? Unit = null);

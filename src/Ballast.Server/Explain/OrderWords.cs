using Ballast.Server.Store;
using Ballast.Server.Tasks;

namespace Ballast.Server.Explain;

/// <summary>What became of a plan's order.</summary>
internal static class OrderWords
{
    /// <summary>For the end of a headline; empty where nothing was to be traded.</summary>
    public static string Ending(StoredPlan plan, StoredOrder? settled)
    {
        if (plan.Action is not ("BUY" or "SELL"))
            return "";
        if (plan.Mode == "observe")
            return "; observed only";
        return (settled?.Order ?? plan.Order) switch
        {
            null => "",
            { State: "proposed" } => "; waits for approval",
            { State: "blocked" } order => $"; blocked by {order.Reason}",
            { State: "filled" or "partially_filled" } order => $"; filled {Figures.Text(order.ExecutedQuantity)}{At(order)}",
            { State: "unknown" } => "; what became of the order is not known",
            var order => $"; {order.State}: {order.Reason}",
        };
    }

    public static IEnumerable<ExplanationLine> Lines(StoredPlan plan, StoredOrder? settled)
    {
        if (plan.Action is not ("BUY" or "SELL"))
            yield break;
        if ((settled?.Order ?? plan.Order) is not { } order)
        {
            yield return Line("order", "Order", plan.Mode == "observe" ? "none: the mode is observe, which trades nothing" : Explanation.NotRecorded);
            yield break;
        }
        // Those that the tick found; an order that was settled later has none of its own.
        var guards = plan.Order?.Guards is { Count: > 0 } found ? found : order.Guards;
        if (guards.Count > 0)
        {
            var passed = guards.Count(guard => guard.Passed);
            yield return Line("guards", "Guards", passed == guards.Count ? $"all {guards.Count} passed" : $"{passed} of {guards.Count} passed; these did not:");
            foreach (var guard in guards.Where(guard => !guard.Passed))
                yield return new ExplanationLine($"guard_{guard.Name}", guard.Name, guard.Sentence, guard.Value);
        }
        yield return Line("order_id", "Order", $"{order.ClientOrderId}: {Words(order)}");
        yield return new ExplanationLine("order", "What became of it", Outcome(order, settled), order.ExecutedQuantity, plan.Base ?? "coins");
    }

    private static string Words(OrderAnswer order) =>
        $"{order.Type} {order.Side} {Figures.Text(order.Quantity)}{(order.LimitPrice is { } limit ? $" at {Figures.Text(limit)} or better" : "")}";

    private static string Outcome(OrderAnswer order, StoredOrder? settled) => order.State switch
    {
        "filled" or "partially_filled" =>
            $"{order.Reason}: {Figures.Text(order.ExecutedQuantity)} of {Figures.Text(order.Quantity)}{At(order)}"
            + (order.Fee is { } fee ? $", fee {Figures.Text(fee)}" : ""),
        "unknown" when settled is null => "it was about to leave when this was written down, and no outcome is recorded",
        "proposed" => $"proposed: {order.Reason}",
        "blocked" => $"blocked, never sent: {order.Reason}",
        _ => $"{order.State}: {order.Reason}",
    };

    private static string At(OrderAnswer order) => order.AveragePrice is { } price ? $" at {new Figures()[price]} on average" : "";

    private static ExplanationLine Line(string key, string label, string sum) => new(key, label, sum);
}

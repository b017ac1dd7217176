using Ballast.Core;
using Ballast.Core.Books;
using Ballast.Core.Planning;
using Ballast.Core.Trading;
using Ballast.Mexc;

namespace Ballast.Server.Diagnosis;

/// <summary>The smallest order that the exchange would take and the account can pay, for <c>/api/v3/order/test</c> and nothing else.</summary>
internal sealed record TestOrder(Side Side, Quantity Quantity, Price Price)
{
    /// <summary>Above the minimum, so that the market may move a little.</summary>
    private const decimal Margin = 1.05m;

    /// <returns>Null when neither side is enough for any order.</returns>
    public static TestOrder? For(SymbolRules rules, Quote quote, Balance coins, Balance cash)
    {
        if (quote.Bid is not { } bid || quote.Ask is not { } ask || bid <= Price.Zero)
            return null;
        var (sale, purchase) = (Least(rules, bid), Least(rules, ask));
        return sale.Value <= coins.Free ? new TestOrder(Side.Sell, sale, bid)
            : (purchase * ask.WithFee(rules.TakerFee)).Value <= cash.Free ? new TestOrder(Side.Buy, purchase, ask)
            : null;
    }

    public static Finding Judge(TestOrder order, SymbolRules rules, Failure? refusal)
    {
        var what = $"{(order.Side == Side.Buy ? "BUY" : "SELL")} {order.Quantity} {rules.Base} at {order.Price}, judged by the exchange and not placed";
        if (refusal is null)
            return Finding.Pass($"the exchange would take it: {what}");
        if (refusal.Kind != FailureKind.Rejected)
            return Finding.Skip($"not to be judged: {refusal.Reason}");
        if (ErrorCode.IsPermission(refusal.Code))
            return Finding.Fail(
                $"the key may not place orders ({refusal.Code}): {what}",
                $"give it the permission SPOT_DEAL_WRITE (trading) at {KeyChecks.Page}, or set Ballast__Mode=observe");
        var (says, fix) = Finding.Apart(refusal.Reason, "look the exchange's code up, or choose another pair with Ballast__Symbol");
        return Finding.Fail($"{says}: {what}", fix);
    }

    private static Quantity Least(SymbolRules rules, Price price)
    {
        var step = rules.QuantityStep;
        var least = Math.Max(Math.Max(rules.MinQuantity.Value, step.Value), rules.MinNotional.Value * Margin / price.Value);
        var floored = new Quantity(least).FloorTo(step);
        return floored.Value < least ? floored + step : floored;
    }
}

namespace Ballast.Core.Books;

/// <summary>Profit at one price, in quote. Without a price the unrealised part and the total are unknown, and null.</summary>
public sealed record ProfitAndLoss(Amount Realized, Amount? Unrealized, Price? Price, Quantity Quantity)
{
    public Amount? Total => Unrealized is { } unrealized ? Realized + unrealized : null;

    public static ProfitAndLoss At(Price? price, AverageCost cost) =>
        new(cost.Realized, price is { } at ? (at - cost.Average) * cost.Quantity : null, price, cost.Quantity);
}

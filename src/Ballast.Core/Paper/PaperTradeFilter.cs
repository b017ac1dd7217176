namespace Ballast.Core.Paper;

/// <summary>Which of the account's trades are asked for. Null means any; times are compared in whole seconds, both ends included.</summary>
public sealed record PaperTradeFilter(string Symbol, string? OrderId = null, DateTimeOffset? From = null, DateTimeOffset? To = null)
{
    internal bool Matches(PaperTrade trade) =>
        trade.Order.Symbol.Name == Symbol
        && (OrderId is null || trade.Order.Id == OrderId)
        && (From is null || trade.WholeSecond >= From)
        && (To is null || trade.WholeSecond <= To);
}

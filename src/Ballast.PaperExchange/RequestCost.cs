using Microsoft.AspNetCore.Http;

namespace Ballast.PaperExchange;

/// <summary>What a request costs its caller.</summary>
/// <param name="Weight">Out of the budget that all requests of a caller share.</param>
/// <param name="IsKeyed">Whether the account pays, and not the address it came from.</param>
/// <param name="IsOrder">Whether it also counts among the orders and cancellations of a second.</param>
internal sealed record RequestCost(int Weight, bool IsKeyed, bool IsOrder = false)
{
    private const string Prefix = "/api/v3/";

    // The newest numbers known, of the middle of 2026.
    private static readonly Dictionary<string, RequestCost> Known = new(StringComparer.Ordinal)
    {
        ["GET exchangeInfo"] = new(25, false),
        ["GET depth"] = new(3, false),
        ["GET trades"] = new(5, false),
        ["GET historicalTrades"] = new(5, false),
        ["GET ticker/24hr"] = new(25, false),
        ["GET ticker/price"] = new(10, false),
        ["GET ticker/bookTicker"] = new(10, false),
        ["GET symbol/offline"] = new(10, false),
        ["POST order"] = new(1, true, IsOrder: true),
        ["POST order/test"] = new(1, true, IsOrder: true),
        ["POST batchOrders"] = new(10, true, IsOrder: true),
        ["DELETE order"] = new(1, true, IsOrder: true),
        ["DELETE order/all"] = new(1, true, IsOrder: true),
        ["DELETE openOrders"] = new(1, true, IsOrder: true),
        ["GET order"] = new(2, true),
        ["GET openOrders"] = new(3, true),
        ["GET allOrders"] = new(10, true),
        ["GET account"] = new(10, true),
        ["GET myTrades"] = new(10, true),
        ["GET tradeFee"] = new(20, true),
        ["GET kyc/status"] = new(1, true),
        ["GET uid"] = new(1, true),
        ["GET selfSymbols"] = new(1, true),
        ["GET mxDeduct/enable"] = new(1, true),
        ["POST mxDeduct/enable"] = new(1, true),
        ["GET capital/config/getall"] = new(10, true),
        ["GET capital/deposit/hisrec"] = new(10, true),
        ["GET capital/deposit/address"] = new(10, true),
        ["GET capital/withdraw/history"] = new(1, true),
        ["DELETE capital/withdraw"] = new(1, true),
        ["GET userDataStream"] = new(1, true),
        ["POST userDataStream"] = new(1, true),
        ["PUT userDataStream"] = new(1, true),
        ["DELETE userDataStream"] = new(1, true),
    };

    private static readonly RequestCost Usual = new(1, false);

    /// <summary>Also of what is not served: a mistyped path is a request too.</summary>
    public static RequestCost Of(HttpRequest request) => Known.GetValueOrDefault(NameOf(request), Usual);

    /// <summary>Such as <c>GET ticker/price</c>.</summary>
    public static string NameOf(HttpRequest request)
    {
        var path = request.Path.Value ?? string.Empty;
        return $"{request.Method} {(path.StartsWith(Prefix, StringComparison.Ordinal) ? path[Prefix.Length..] : path)}";
    }
}

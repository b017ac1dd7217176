using System.Globalization;
using System.Text;
using Ballast.Core.Books;

namespace Ballast.Benchmarks.Parts;

/// <summary>Answers as the exchange writes them.</summary>
internal static class WirePages
{
    public static readonly byte[] Account = Encoding.UTF8.GetBytes(
        """
        {"makerCommission":null,"takerCommission":null,"buyerCommission":null,"sellerCommission":null,"canTrade":true,"canWithdraw":true,"canDeposit":true,
        "updateTime":null,"accountType":"SPOT","balances":[{"asset":"QRL","free":"11000","locked":"0","available":"11000"},
        {"asset":"USDT","free":"448.68","locked":"0","available":"448.68"},{"asset":"MX","free":"1.5","locked":"0","available":"1.5"}],"permissions":["SPOT"]}
        """);

    public static readonly byte[] LastPrice = """{"symbol":"QRLUSDT","price":"0.05"}"""u8.ToArray();

    public static readonly byte[] BestPrices =
        """{"symbol":"QRLUSDT","bidPrice":"0.04975","bidQty":"100000","askPrice":"0.05025","askQty":"100000"}"""u8.ToArray();

    /// <summary>The newest so many, newest first.</summary>
    public static byte[] Trades(int count) => Encoding.UTF8.GetBytes($"[{string.Join(',', TradeSeries.Past(count).Reverse().Select(Row))}]");

    private static string Row(Trade trade) => string.Create(CultureInfo.InvariantCulture,
        $$"""
        {"symbol":"QRLUSDT","id":"{{trade.Id}}","orderId":"{{trade.OrderId}}","orderListId":-1,"price":"{{trade.Price.Value}}","qty":"{{trade.Quantity.Value}}",
        "quoteQty":"{{trade.Value.Value}}","commission":"{{trade.Fee}}","commissionAsset":"USDT","time":{{trade.Time.ToUnixTimeMilliseconds()}},
        "isBuyer":{{(trade.Side == Side.Buy ? "true" : "false")}},"isMaker":false,"isBestMatch":true,"isSelfTrade":false,"clientOrderId":null}
        """);
}

namespace Ballast.Mexc;

/// <summary>One method of the exchange's interface.</summary>
/// <param name="Signed">Needs the API key, a timestamp and a signature.</param>
/// <param name="Commands">Changes something on the market: without a clear answer its outcome is unknown.</param>
/// <param name="Permission">What the API key needs for it beyond account and orders, as an owner finds it on the exchange; null for nothing.</param>
internal sealed record Endpoint(HttpMethod Method, string Path, bool Signed = false, bool Commands = false, string? Permission = null)
{
    public static readonly Endpoint Time = new(HttpMethod.Get, "/api/v3/time");
    public static readonly Endpoint ExchangeInfo = new(HttpMethod.Get, "/api/v3/exchangeInfo");
    public static readonly Endpoint LastPrice = new(HttpMethod.Get, "/api/v3/ticker/price");
    public static readonly Endpoint BookTicker = new(HttpMethod.Get, "/api/v3/ticker/bookTicker");
    public static readonly Endpoint Candles = new(HttpMethod.Get, "/api/v3/klines");
    public static readonly Endpoint Trades = new(HttpMethod.Get, "/api/v3/trades");
    public static readonly Endpoint AveragePrice = new(HttpMethod.Get, "/api/v3/avgPrice");
    public static readonly Endpoint Depth = new(HttpMethod.Get, "/api/v3/depth");
    public static readonly Endpoint Account = new(HttpMethod.Get, "/api/v3/account", Signed: true);
    public static readonly Endpoint MyTrades = new(HttpMethod.Get, "/api/v3/myTrades", Signed: true);
    public static readonly Endpoint Order = new(HttpMethod.Get, "/api/v3/order", Signed: true);
    public static readonly Endpoint AllOrders = new(HttpMethod.Get, "/api/v3/allOrders", Signed: true);
    public static readonly Endpoint OpenOrders = new(HttpMethod.Get, "/api/v3/openOrders", Signed: true);
    public static readonly Endpoint PlaceOrder = new(HttpMethod.Post, "/api/v3/order", Signed: true, Commands: true);
    public static readonly Endpoint TestOrder = new(HttpMethod.Post, "/api/v3/order/test", Signed: true);
    public static readonly Endpoint CancelOrder = new(HttpMethod.Delete, "/api/v3/order", Signed: true, Commands: true);
    public static readonly Endpoint Deposits =
        new(HttpMethod.Get, "/api/v3/capital/deposit/hisrec", Signed: true, Permission: ReadWallet);
    public static readonly Endpoint Withdrawals =
        new(HttpMethod.Get, "/api/v3/capital/withdraw/history", Signed: true, Permission: ReadWallet);

    /// <summary>Every pair that orders may come for through the API.</summary>
    public static readonly Endpoint ApiSymbols = new(HttpMethod.Get, "/api/v3/defaultSymbols");

    /// <summary>Those for which this account may.</summary>
    public static readonly Endpoint OwnSymbols = new(HttpMethod.Get, "/api/v3/selfSymbols", Signed: true);
    public static readonly Endpoint TradeFee = new(HttpMethod.Get, "/api/v3/tradeFee", Signed: true);
    public static readonly Endpoint MxDeduction = new(HttpMethod.Get, "/api/v3/mxDeduct/enable", Signed: true);

    /// <summary>Only for a withdrawal that does not exist; see <see cref="MexcCheckup.WithdrawalAsync"/>.</summary>
    public static readonly Endpoint CancelWithdrawal = new(HttpMethod.Delete, "/api/v3/capital/withdraw", Signed: true);

    private const string ReadWallet = "SPOT_WITHDRAW_READ (reading deposits and withdrawals)";

    /// <summary>A question may be asked again; everything else goes out exactly once.</summary>
    public bool Repeatable => Method == HttpMethod.Get;

    public override string ToString() => $"{Method} {Path}";
}

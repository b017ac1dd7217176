using Ballast.Core;
using Ballast.Core.Books;
using Ballast.Core.Trading;

namespace Ballast.Tests.Core;

/// <summary>The pair that the tables are written in: step 0.01, at least 1 QRL and 1 USDT an order, fee 0.05 %.</summary>
internal static class QrlUsdt
{
    public static readonly Symbol Symbol = Named("QRLUSDT");

    public static readonly SymbolRules Rules = new()
    {
        Symbol = Symbol,
        Base = "QRL",
        Quote = "USDT",
        PriceStep = new Price(0.0001m),
        QuantityStep = new Quantity(0.01m),
        MinQuantity = new Quantity(1),
        MinNotional = new Amount(1),
        TakerFee = new Ratio(0.0005m),
    };

    /// <summary>The same grid for a pair whose name a naive reader splits wrongly.</summary>
    public static readonly SymbolRules MetalRules = Rules with { Symbol = Named("METALUSDC"), Base = "METAL", Quote = "USDC" };

    /// <summary>Noon of a January day; the tests' time counts from here.</summary>
    public static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    public static DateTimeOffset After(int minutes) => Noon.AddMinutes(minutes);

    public static Trade Buy(decimal quantity, decimal price, decimal fee = 0, string feeAsset = "USDT", int minute = 0, string? id = null) =>
        Fill(Side.Buy, quantity, price, fee, feeAsset, minute, id);

    public static Trade Sell(decimal quantity, decimal price, decimal fee = 0, string feeAsset = "USDT", int minute = 0, string? id = null) =>
        Fill(Side.Sell, quantity, price, fee, feeAsset, minute, id);

    /// <summary>Coins that came (or, negative, went) without a trade.</summary>
    public static Movement Coins(decimal units, decimal price, int minute = 0, MovementKind? kind = null, string? id = null) => new(
        id ?? $"coins-{minute}-{units}", After(minute), kind ?? (units > 0 ? MovementKind.Deposit : MovementKind.Withdrawal), Leg.Base, units, new Price(price));

    /// <summary>The same in quote.</summary>
    public static Movement Cash(decimal units, int minute = 0, MovementKind? kind = null, string? id = null) => new(
        id ?? $"cash-{minute}-{units}", After(minute), kind ?? (units > 0 ? MovementKind.Deposit : MovementKind.Withdrawal), Leg.Quote, units, new Price(1));

    /// <summary>Opens books on these balances.</summary>
    public static Opening OpeningOn(decimal coins, decimal cash, decimal cost = 2.5m, DateTimeOffset? at = null) =>
        Opening.On(Rules.Pair, new Balance(coins, 0), new Balance(cash, 0), new Price(cost), assumed: false, walletFrom: (at ?? Noon).AddDays(-30), at ?? Noon);

    /// <summary>What the exchange reports in one tick.</summary>
    public static Statement Statement(
        IReadOnlyCollection<Trade> trades, decimal coins, decimal cash, decimal? price = 3, DateTimeOffset? at = null, params WalletRow[] wallet) => new()
        {
            Trades = trades,
            Wallet = wallet,
            Base = new Balance(coins, 0),
            Quote = new Balance(cash, 0),
            Price = price is { } value ? new Price(value) : null,
            At = at ?? Noon,
        };

    private static Trade Fill(Side side, decimal quantity, decimal price, decimal fee, string feeAsset, int minute, string? id) => new(
        id ?? $"{side}-{minute}-{quantity}@{price}",
        After(minute),
        side,
        new Price(price),
        new Quantity(quantity),
        new Amount(quantity * price),
        fee,
        feeAsset,
        "order");

    private static Symbol Named(string name) =>
        Symbol.Parse(name).TryGet(out var symbol, out var failure) ? symbol : throw new InvalidOperationException(failure.Reason);
}

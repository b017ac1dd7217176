using System.Text.Json;
using Ballast.Core;
using Ballast.Core.Paper;

namespace Ballast.Mexc.Wire;

/// <summary>What exchangeInfo says beyond the rules that a trader needs. Apart from those, so that an odd value here costs no trader anything.</summary>
internal sealed record WireListings(WireListing?[]? Symbols)
{
    public static Result<Listing> Read(JsonElement payload, Symbol symbol, Func<DateTimeOffset, MarketBook> market)
    {
        if (!WireSymbols.Read(payload, symbol).TryGet(out var rules, out var failure)
            || !MexcJson.Read(Endpoint.ExchangeInfo, payload, MexcJson.Default.WireListings).TryGet(out var wire, out failure))
            return failure;
        return (wire.Symbols ?? []).FirstOrDefault(row => row?.Symbol == symbol.Name) is { } row
            ? row.ToListing(rules, market)
            : Failure.BadData($"{Endpoint.ExchangeInfo}: {symbol} is missing");
    }
}

internal sealed record WireFilter(string? FilterType, string? BidMultiplierUp);

internal sealed record WireListing(
    string? Symbol,
    string? Status,
    string? FullName,
    string? MakerCommission,
    string? IsSpotTradingAllowed,
    string? TradeSideType,
    string?[]? OrderTypes,
    WireFilter?[]? Filters)
{
    /// <summary>Where the exchange gives no largest value of an order.</summary>
    private const decimal NoLimit = 1_000_000_000m;

    public Listing ToListing(SymbolRules rules, Func<DateTimeOffset, MarketBook> market) => new()
    {
        Symbol = rules.Symbol,
        Base = rules.Base,
        Quote = rules.Quote,
        FullName = FullName ?? rules.Base,
        PriceDecimals = rules.PriceStep.Value.Scale,
        QuantityDecimals = rules.QuantityStep.Value.Scale,
        MinQuantity = rules.MinQuantity,
        MinAmount = rules.MinNotional,
        MaxAmount = rules.MaxNotional ?? new Amount(NoLimit),
        MakerFee = new Ratio(Math.Clamp(Fields.Optional(MakerCommission) ?? 0, 0, rules.TakerFee.Value)),
        TakerFee = rules.TakerFee,
        PriceBand = new Ratio(Band),
        Status = Status is "1" or "ENABLED" ? PairStatus.Online : Status == "2" ? PairStatus.Paused : PairStatus.Offline,
        Sides = TradeSideType switch { "2" => OpenSides.BuyOnly, "3" => OpenSides.SellOnly, "4" => OpenSides.None, _ => OpenSides.Both },
        TradableByApi = string.Equals(IsSpotTradingAllowed, "true", StringComparison.OrdinalIgnoreCase),
        TakesMarketOrders = OrderTypes is null || OrderTypes.Contains("MARKET"),
        Market = market,
    };

    // Without a filter there is no band: a buy may bid twice the price, and a sell may ask anything.
    private decimal Band => Filters?.FirstOrDefault(filter => filter?.FilterType == "PERCENT_PRICE_BY_SIDE") is { } filter
        && Fields.Optional(filter.BidMultiplierUp) is > 0 and <= 1 and var band ? band : 1;
}

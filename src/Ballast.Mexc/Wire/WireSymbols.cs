using System.Text.Json;
using Ballast.Core;

namespace Ballast.Mexc.Wire;

internal sealed record WireSymbols(WireSymbol?[]? Symbols)
{
    public static Result<SymbolRules> Read(JsonElement payload, Symbol symbol)
    {
        if (!MexcJson.Read(Endpoint.ExchangeInfo, payload, MexcJson.Default.WireSymbols).TryGet(out var wire, out var failure))
            return failure;
        if (wire.Symbols is not { } rows) return Failure.BadData($"{Endpoint.ExchangeInfo}: 'symbols' is missing");
        return rows.FirstOrDefault(row => row?.Symbol == symbol.Name) is { } found
            ? found.ToRules(symbol)
            : new Failure(
                FailureKind.Rejected,
                $"{Endpoint.ExchangeInfo}: the exchange does not list {symbol}; check the symbol's spelling, or whether it was delisted",
                ErrorCode.InvalidSymbol);
    }
}

/// <summary>One pair. Several names mislead; see the mapping.</summary>
internal sealed record WireSymbol(
    string? Symbol,
    string? Status,
    string? BaseAsset,
    string? QuoteAsset,
    string? BaseAssetPrecision,
    string? QuotePrecision,
    string? QuoteAssetPrecision,
    string? BaseSizePrecision,
    string? QuoteAmountPrecision,
    string? MaxQuoteAmount,
    string? TakerCommission,
    string? IsSpotTradingAllowed,
    string? TradeSideType,
    JsonElement Filters)
{
    /// <summary>
    /// Assumed when the exchange names no taker fee: 0.2 %, what its documented fills were charged and four times the recorded
    /// default. Too high leaves a little money unspent; too low makes a purchase with all the money fail.
    /// </summary>
    public const decimal FeeWhenNotNamed = 0.002m;

    public Result<SymbolRules> ToRules(Symbol symbol)
    {
        var fields = new Fields($"{Endpoint.ExchangeInfo}, {symbol}");
        var rules = new SymbolRules
        {
            Symbol = symbol,
            Base = fields.Text("baseAsset", BaseAsset),
            Quote = fields.Text("quoteAsset", QuoteAsset),
            PriceStep = new Price(Fields.IsAbsent(QuotePrecision)
                ? fields.Step("quoteAssetPrecision", QuoteAssetPrecision)
                : fields.Step("quotePrecision", QuotePrecision)),
            QuantityStep = new Quantity(fields.Step("baseAssetPrecision", BaseAssetPrecision)),
            // Despite their names these two are the smallest quantity and the smallest value of an order.
            MinQuantity = new Quantity(fields.NotNegative("baseSizePrecision", BaseSizePrecision)),
            MinNotional = new Amount(fields.NotNegative("quoteAmountPrecision", QuoteAmountPrecision)),
            MaxNotional = Fields.Optional(MaxQuoteAmount) is > 0 and var most ? new Amount(most) : null,
            TakerFee = new Ratio(Fee(fields)),
            BuyBand = Band("bidMultiplierUp"),
            SellBand = Band("askMultiplierDown"),
            Tradable = IsTradable,
        };
        return fields.Failure is { } failure ? failure : rules;
    }

    // Online was "ENABLED" before it became 1; side type 1 means both directions, 2 and 3 only one, 4 none.
    private bool IsTradable =>
        Status is "1" or "ENABLED"
        && string.Equals(IsSpotTradingAllowed, "true", StringComparison.OrdinalIgnoreCase)
        && (Fields.IsAbsent(TradeSideType) || TradeSideType == "1");

    private decimal Fee(Fields fields)
    {
        if (Fields.IsAbsent(TakerCommission)) return FeeWhenNotNamed;
        var fee = fields.NotNegative("takerCommission", TakerCommission);
        if (fee >= 1) fields.Refuse("takerCommission", "is not a fraction of 1");
        return fee;
    }

    // Its documents multiply the last price by 0.005, which nobody could trade by; clients read it as a fraction to add or take away.
    // What cannot be read sets no bound here: the exchange would refuse the order, and nothing worse.
    private Ratio? Band(string side)
    {
        if (Filters.ValueKind != JsonValueKind.Array)
            return null;
        foreach (var filter in Filters.EnumerateArray())
        {
            if (filter.ValueKind == JsonValueKind.Object
                && filter.TryGetProperty("filterType", out var type) && type.ValueKind == JsonValueKind.String && type.ValueEquals("PERCENT_PRICE_BY_SIDE")
                && filter.TryGetProperty(side, out var word)
                && Decimals.TryParse(word.ValueKind == JsonValueKind.String ? word.GetString() : word.GetRawText(), out var band)
                && band is > 0 and < 1)
                return new Ratio(band);
        }
        return null;
    }
}

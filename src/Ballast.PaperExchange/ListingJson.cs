using System.Globalization;
using System.Text.Json;
using Ballast.Core;
using Ballast.Core.Paper;

namespace Ballast.PaperExchange;

/// <summary>
/// A pair in exchangeInfo. Two names mislead: quoteAmountPrecision is the smallest amount, baseSizePrecision the smallest quantity.
/// </summary>
internal static class ListingJson
{
    public static void Write(Utf8JsonWriter json, Listing listing)
    {
        json.WriteStartObject();
        json.WriteString("symbol", listing.Symbol.Name);
        json.WriteString("status", ((int)listing.Status).ToString(CultureInfo.InvariantCulture));
        WriteAssets(json, listing);
        WriteTexts(json, "orderTypes", listing.TakesMarketOrders ? ["LIMIT", "MARKET", "LIMIT_MAKER"] : ["LIMIT", "LIMIT_MAKER"]);
        json.WriteBoolean("isSpotTradingAllowed", listing.TradableByApi);
        json.WriteBoolean("isMarginTradingAllowed", false);
        WriteLimits(json, listing);
        json.WriteString("fullName", listing.FullName);
        json.WriteNumber("tradeSideType", (int)listing.Sides);
        json.WriteString("contractAddress", string.Empty);
        json.WriteStartArray("conceptPlateIds");
        json.WriteEndArray();
        json.WriteBoolean("st", false);
        json.WriteEndObject();
    }

    private static void WriteAssets(Utf8JsonWriter json, Listing listing)
    {
        json.WriteString("baseAsset", listing.Base);
        json.WriteNumber("baseAssetPrecision", listing.QuantityDecimals);
        json.WriteString("quoteAsset", listing.Quote);
        json.WriteNumber("quotePrecision", listing.PriceDecimals);
        json.WriteNumber("quoteAssetPrecision", listing.PriceDecimals);
        json.WriteNumber("baseCommissionPrecision", listing.QuantityDecimals);
        json.WriteNumber("quoteCommissionPrecision", listing.PriceDecimals);
    }

    private static void WriteLimits(Utf8JsonWriter json, Listing listing)
    {
        json.Number("quoteAmountPrecision", listing.MinAmount.Value);
        json.Number("baseSizePrecision", listing.MinQuantity.Value);
        WriteTexts(json, "permissions", "SPOT");
        WritePriceBand(json, listing.PriceBand);
        json.Number("maxQuoteAmount", listing.MaxAmount.Value);
        json.Number("makerCommission", listing.MakerFee.Value);
        json.Number("takerCommission", listing.TakerFee.Value);
        json.Number("quoteAmountPrecisionMarket", listing.MinAmount.Value);
        json.Number("maxQuoteAmountMarket", listing.MaxAmount.Value);
    }

    private static void WritePriceBand(Utf8JsonWriter json, Ratio band)
    {
        json.WriteStartArray("filters");
        json.WriteStartObject();
        json.WriteString("filterType", "PERCENT_PRICE_BY_SIDE");
        json.Number("bidMultiplierUp", band.Value);
        json.Number("askMultiplierDown", band.Value);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, params ReadOnlySpan<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }
}

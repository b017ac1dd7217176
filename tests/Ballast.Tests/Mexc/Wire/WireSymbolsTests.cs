using Ballast.Core;
using Ballast.Mexc.Wire;
using static Ballast.Tests.Mexc.Wire.WireAnswers;

namespace Ballast.Tests.Mexc.Wire;

public class WireSymbolsTests
{
    private const string Row =
        """
        {"symbol":"QRLUSDT","status":"1","baseAsset":"QRL","baseAssetPrecision":2,"quoteAsset":"USDT","quotePrecision":4,
         "quoteAssetPrecision":5,"isSpotTradingAllowed":true,"quoteAmountPrecision":"1","baseSizePrecision":"0.1","maxQuoteAmount":"2000000","makerCommission":"0",
         "takerCommission":"0.0005","tradeSideType":1,"conceptPlateIds":[5],"contractAddress":"","st":false,"filters":[{"filterType":"X"}]}
        """;

    [Fact]
    public void The_misleading_names_are_read_for_what_they_mean()
    {
        var rules = Read(Row);
        Assert.Equal(
            new SymbolRules
            {
                Symbol = Qrl,
                Base = "QRL",
                Quote = "USDT",
                PriceStep = new Price(0.0001m),        // 4 places of quotePrecision
                QuantityStep = new Quantity(0.01m),    // 2 places of baseAssetPrecision
                MinQuantity = new Quantity(0.1m),      // baseSizePrecision is not a step
                MinNotional = new Amount(1m),          // quoteAmountPrecision is an amount
                MaxNotional = new Amount(2000000m),
                TakerFee = new Ratio(0.0005m),
                Tradable = true,
            },
            rules);
    }

    [Theory]
    [InlineData("""[{"filterType":"PERCENT_PRICE_BY_SIDE","bidMultiplierUp":"0.005","askMultiplierDown":"0.01"}]""", "0.005 0.01")]
    [InlineData("""[{"filterType":"X","bidMultiplierUp":"0.1"},{"filterType":"PERCENT_PRICE_BY_SIDE","bidMultiplierUp":0.005}]""", "0.005 -")]
    [InlineData("""[{"filterType":"PERCENT_PRICE_BY_SIDE","bidMultiplierUp":"1.005","askMultiplierDown":"0"}]""", "- -")]
    [InlineData("""[{"filterType":"PERCENT_PRICE_BY_SIDE","bidMultiplierUp":[],"askMultiplierDown":"much"}]""", "- -")]
    [InlineData("""[null,7,{"filterType":7},{}]""", "- -")]
    [InlineData("[]", "- -")]
    [InlineData("null", "- -")]
    [InlineData("\"odd\"", "- -")]
    [InlineData(null, "- -")]
    public void The_band_of_prices_is_read_from_its_filter_and_sets_no_bound_when_it_is_odd(string? filters, string expected)
    {
        var rules = Read(With(Row, "filters", filters));
        Assert.Equal(expected, $"{rules.BuyBand?.ToString() ?? "-"} {rules.SellBand?.ToString() ?? "-"}");
    }

    [Theory]
    [InlineData("quotePrecision", null, "0.00001 0.01 0.1 1 2000000 0.0005")]           // the other name for the same
    [InlineData("quotePrecision", "\"\"", "0.00001 0.01 0.1 1 2000000 0.0005")]
    [InlineData("quotePrecision", "\"6\"", "0.000001 0.01 0.1 1 2000000 0.0005")]
    [InlineData("baseAssetPrecision", "0", "0.0001 1 0.1 1 2000000 0.0005")]
    [InlineData("baseSizePrecision", "\"0\"", "0.0001 0.01 0 1 2000000 0.0005")]
    [InlineData("baseSizePrecision", "null", "0.0001 0.01 0 1 2000000 0.0005")]
    [InlineData("baseSizePrecision", "0.001", "0.0001 0.01 0.001 1 2000000 0.0005")]
    [InlineData("quoteAmountPrecision", "\"\"", "0.0001 0.01 0.1 0 2000000 0.0005")]
    [InlineData("quoteAmountPrecision", "\"5.000000000000000000\"", "0.0001 0.01 0.1 5 2000000 0.0005")]
    [InlineData("maxQuoteAmount", "null", "0.0001 0.01 0.1 1 - 0.0005")]
    [InlineData("maxQuoteAmount", "\"0\"", "0.0001 0.01 0.1 1 - 0.0005")]
    [InlineData("maxQuoteAmount", "1e40", "0.0001 0.01 0.1 1 - 0.0005")]                // more than a decimal: no limit that matters
    [InlineData("takerCommission", null, "0.0001 0.01 0.1 1 2000000 0.002")]
    [InlineData("takerCommission", "null", "0.0001 0.01 0.1 1 2000000 0.002")]
    [InlineData("takerCommission", "\"\"", "0.0001 0.01 0.1 1 2000000 0.002")]
    [InlineData("takerCommission", "0", "0.0001 0.01 0.1 1 2000000 0")]
    [InlineData("contractAddress", "{\"odd\":[1]}", "0.0001 0.01 0.1 1 2000000 0.0005")]
    public void Absent_and_oddly_typed_fields_have_a_meaning(string field, string? json, string expected)
    {
        var rules = Read(With(Row, field, json));
        var most = rules.MaxNotional?.ToString() ?? "-";
        Assert.Equal(
            expected, $"{rules.PriceStep} {rules.QuantityStep} {rules.MinQuantity} {rules.MinNotional} {most} {rules.TakerFee}");
    }

    [Theory]
    [InlineData("status", "\"1\"", true)]
    [InlineData("status", "1", true)]
    [InlineData("status", "\"ENABLED\"", true)]
    [InlineData("status", "\"2\"", false)]
    [InlineData("status", "3", false)]
    [InlineData("status", "null", false)]
    [InlineData("isSpotTradingAllowed", "false", false)]
    [InlineData("isSpotTradingAllowed", "\"true\"", true)]
    [InlineData("isSpotTradingAllowed", null, false)]
    [InlineData("tradeSideType", "\"1\"", true)]
    [InlineData("tradeSideType", "null", true)]
    [InlineData("tradeSideType", null, true)]
    [InlineData("tradeSideType", "2", false)]
    [InlineData("tradeSideType", "\"3\"", false)]
    [InlineData("tradeSideType", "4", false)]
    public void A_pair_is_tradable_when_it_is_online_open_to_the_api_and_in_both_directions(string field, string? json, bool tradable) =>
        Assert.Equal(tradable, Read(With(Row, field, json)).Tradable);

    [Theory]
    [InlineData("baseAsset", "null")]
    [InlineData("baseAsset", "\"\"")]
    [InlineData("quoteAsset", null)]
    [InlineData("quoteAsset", "{}")]
    [InlineData("quotePrecision", "29")]
    [InlineData("quotePrecision", "-1")]
    [InlineData("quotePrecision", "\"x\"")]
    [InlineData("baseAssetPrecision", null)]
    [InlineData("baseAssetPrecision", "1000")]
    [InlineData("baseSizePrecision", "\"x\"")]
    [InlineData("baseSizePrecision", "-1")]
    [InlineData("quoteAmountPrecision", "[]")]
    [InlineData("takerCommission", "\"x\"")]
    [InlineData("takerCommission", "\"-0.1\"")]
    [InlineData("takerCommission", "1")]
    public void Rules_that_make_no_sense_are_refused_by_name(string field, string? json) =>
        AssertBadData(WireSymbols.Read(Info(With(Row, field, json)), Qrl), $"'{field}'", "QRLUSDT");

    [Theory]
    [InlineData("""{"symbols":[]}""")]
    [InlineData("""{"symbols":[null,{"symbol":"BTCUSDT"},{"symbol":null}]}""")]
    public void A_pair_that_is_not_listed_is_rejected(string answer)
    {
        Assert.False(WireSymbols.Read(Payload(answer), Qrl).TryGet(out _, out var failure));
        Assert.Equal((FailureKind.Rejected, -1121), (failure!.Kind, failure.Code!.Value));
        Assert.Contains("does not list QRLUSDT", failure.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"symbols":null}""")]
    [InlineData("""{"symbols":"QRLUSDT"}""")]
    [InlineData("""{"symbols":["QRLUSDT"]}""")]
    [InlineData("[]")]
    [InlineData("null")]
    public void An_answer_without_a_list_is_refused(string answer) =>
        AssertBadData(WireSymbols.Read(Payload(answer), Qrl), "GET /api/v3/exchangeInfo");

    [Fact]
    public void The_pair_is_found_among_all_others() =>
        Assert.Equal("QRL", Value(WireSymbols.Read(Payload($$"""{"symbols":[{"symbol":"BTCUSDT"},{{Row}}]}"""), Qrl)).Base);

    private static SymbolRules Read(string row) => Value(WireSymbols.Read(Info(row), Qrl));

    private static System.Text.Json.JsonElement Info(string row) => Payload($$"""{"symbols":[{{row}}]}""");
}

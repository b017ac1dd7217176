using Ballast.Core;
using Ballast.Core.Books;
using Ballast.Mexc.Wire;
using static Ballast.Tests.Mexc.Wire.WireAnswers;

namespace Ballast.Tests.Mexc.Wire;

public class WireTradeTests
{
    private const string Row =
        """
        {"symbol":"QRLUSDT","id":"fad2af9e942049b6adbda1a271f990c6","orderId":"bb41e5663e124046bd9497a3f5692f39","orderListId":-1,
         "price":"2.044","qty":"3","quoteQty":"6.132","commission":"0.012264","commissionAsset":"USDT","time":1651980451000,
         "isBuyer":true,"isMaker":false,"isBestMatch":true,"isSelfTrade":null,"clientOrderId":null}
        """;

    [Fact]
    public void A_fill_is_read_to_the_last_digit() => Assert.Equal(
        new Trade(
            "fad2af9e942049b6adbda1a271f990c6",
            DateTimeOffset.Parse("2022-05-08T03:27:31Z"),
            Side.Buy,
            new Price(2.044m),
            new Quantity(3m),
            new Amount(6.132m),
            0.012264m,
            "USDT",
            "bb41e5663e124046bd9497a3f5692f39"),
        Read(Row));

    [Theory]
    [InlineData("id", "505979017439002624", "505979017439002624 Buy 6.132 0.012264 USDT")]
    [InlineData("isBuyer", "false", "fad2af9e942049b6adbda1a271f990c6 Sell 6.132 0.012264 USDT")]
    [InlineData("quoteQty", "null", "fad2af9e942049b6adbda1a271f990c6 Buy 6.132 0.012264 USDT")]       // 2.044 × 3
    [InlineData("quoteQty", "\"6.13\"", "fad2af9e942049b6adbda1a271f990c6 Buy 6.13 0.012264 USDT")]     // as booked, not as computed
    [InlineData("commission", "null", "fad2af9e942049b6adbda1a271f990c6 Buy 6.132 0 USDT")]
    [InlineData("commission", "\"\"", "fad2af9e942049b6adbda1a271f990c6 Buy 6.132 0 USDT")]
    [InlineData("commission", "0.0003998377369698171", "fad2af9e942049b6adbda1a271f990c6 Buy 6.132 0.0003998377369698171 USDT")]
    [InlineData("commissionAsset", "\"MX\"", "fad2af9e942049b6adbda1a271f990c6 Buy 6.132 0.012264 MX")]
    [InlineData("symbol", null, "fad2af9e942049b6adbda1a271f990c6 Buy 6.132 0.012264 USDT")]
    [InlineData("isMaker", "{}", "fad2af9e942049b6adbda1a271f990c6 Buy 6.132 0.012264 USDT")]
    public void Odd_types_and_absent_values_have_a_meaning(string field, string? json, string expected)
    {
        var trade = Read(With(Row, field, json));
        Assert.Equal(expected, $"{trade.Id} {trade.Side} {trade.Value} {Decimals.Text(trade.Fee)} {trade.FeeAsset}");
    }

    [Theory]
    [InlineData("null", "0")]
    [InlineData("\"\"", "\"0.000\"")]
    public void A_fee_of_nothing_needs_no_asset(string asset, string fee)
    {
        var trade = Read(With(With(Row, "commissionAsset", asset), "commission", fee));
        Assert.Equal((0m, ""), (trade.Fee, trade.FeeAsset));
    }

    [Theory]
    [InlineData("id", "null")]
    [InlineData("id", "{}")]
    [InlineData("orderId", "\"\"")]
    [InlineData("price", null)]
    [InlineData("qty", "\"1e30\"")]
    [InlineData("quoteQty", "\"x\"")]
    [InlineData("commission", "[]")]
    [InlineData("commissionAsset", "null")]
    [InlineData("commissionAsset", null)]
    [InlineData("time", "\"yesterday\"")]
    [InlineData("isBuyer", null)]
    [InlineData("symbol", "\"BTCUSDT\"")]
    public void One_unreadable_row_fails_the_page_by_name(string field, string? json)
    {
        var page = $"[{Row},{With(With(Row, "id", "\"T7\""), field, json)}]";
        AssertBadData(WireTrade.Read(Payload(page), Qrl, Foreign), $"'{field}'", field == "id" ? "trade ''" : "trade 'T7'");
    }

    [Fact]
    public void A_value_that_no_decimal_holds_is_refused()
    {
        var row = With(With(With(Row, "quoteQty", null), "price", "\"1e20\""), "qty", "\"1e20\"");
        AssertBadData(WireTrade.Read(Payload($"[{row}]"), Qrl, Foreign), "'qty' times 'price'");
    }

    [Fact]
    public void A_page_comes_newest_first_with_every_row_in_it()
    {
        var rows = new[] { ("a", 2000), ("b", 3000), ("c", 1000), ("b", 3000) }
            .Select(row => With(With(Row, "id", $"\"{row.Item1}\""), "time", $"{row.Item2}"));
        var trades = Value(WireTrade.Read(Payload($"[{string.Join(",", rows)}]"), Qrl, Foreign));
        Assert.Equal(["b", "b", "a", "c"], trades.Select(trade => trade.Id));
    }

    [Theory]
    [InlineData("[]", 0)]
    [InlineData("[" + Row + "]", 1)]
    [InlineData(Row, 1)]
    public void A_page_may_be_empty_or_a_single_row(string page, int count) =>
        Assert.Equal(count, Value(WireTrade.Read(Payload(page), Qrl, Foreign)).Count);

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[null]")]
    [InlineData("\"none\"")]
    public void Anything_else_is_not_an_empty_page(string page) =>
        AssertBadData(WireTrade.Read(Payload(page), Qrl, Foreign), "GET /api/v3/myTrades");

    private static Trade Read(string row) => Value(WireTrade.Read(Payload($"[{row}]"), Qrl, Foreign)).Single();
}

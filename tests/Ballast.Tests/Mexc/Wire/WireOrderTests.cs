using Ballast.Core;
using Ballast.Core.Books;
using Ballast.Core.Trading;
using Ballast.Mexc;
using Ballast.Mexc.Wire;

using static Ballast.Tests.Mexc.Wire.WireAnswers;

namespace Ballast.Tests.Mexc.Wire;

public class WireOrderTests
{
    private const string Row =
        """
        {"symbol":"QRLUSDT","orderId":"C02__385413065019117569043","orderListId":-1,"clientOrderId":"ballast-1",
         "price":"0.004327","origQty":"1220","executedQty":"1220","cummulativeQuoteQty":"5.54124","status":"FILLED","timeInForce":null,"type":"MARKET","side":"SELL",
         "stopPrice":null,"icebergQty":null,"time":1707671871000,"updateTime":1707671871000,"isWorking":true,"origQuoteOrderQty":"5.27894",
         "stpMode":"","cancelReason":null}
        """;

    private static readonly OrderReference Ours = Value(OrderReference.ByClientId("ballast-1"));

    [Fact]
    public void An_order_is_read_with_the_exchanges_own_spelling() => Assert.Equal(
        new OrderState(
            "C02__385413065019117569043",
            "ballast-1",
            OrderStatus.Filled,
            Side.Sell,
            OrderType.Market,
            new Price(0.004327m),
            new Quantity(1220m),
            new Quantity(1220m),
            new Amount(5.54124m),
            DateTimeOffset.Parse("2024-02-11T17:17:51Z")),
        Read(Row));

    [Theory]
    [InlineData("NEW", OrderStatus.New)]
    [InlineData("PARTIALLY_FILLED", OrderStatus.PartiallyFilled)]
    [InlineData("FILLED", OrderStatus.Filled)]
    [InlineData("CANCELED", OrderStatus.Canceled)]
    [InlineData("PARTIALLY_CANCELED", OrderStatus.PartiallyCanceled)]
    [InlineData("PENDING_MOON", OrderStatus.Unrecognized)]
    public void A_status_is_known_or_said_to_be_unknown(string name, OrderStatus status) =>
        Assert.Equal(status, Read(With(Row, "status", $"\"{name}\"")).Status);

    [Fact]
    public void The_quantity_has_two_spellings_and_so_has_the_quote()
    {
        var row = With(With(Row, "origQty", null), "Qty", "\"7\"");
        row = With(With(row, "cummulativeQuoteQty", null), "cumulativeQuoteQty", "9.5");
        var order = Read(row);
        Assert.Equal(("7", "9.5"), (order.Quantity.ToString(), order.CumulativeQuote.ToString()));
    }

    [Theory]
    [InlineData("clientOrderId", "null")]
    [InlineData("clientOrderId", "\"\"")]
    [InlineData("price", "null")]
    [InlineData("origQty", "null")]
    [InlineData("time", "null")]
    [InlineData("type", "\"STOP_LIMIT\"")]
    [InlineData("updateTime", "{}")]
    public void What_may_be_absent_or_new_does_not_matter(string field, string json) =>
        Assert.Equal("1220", Read(With(Row, field, json)).Executed.ToString());

    [Theory]
    [InlineData("null")]
    [InlineData("\"\"")]
    [InlineData(null)]
    public void Only_an_untouched_order_may_leave_out_what_it_has_done(string? json)
    {
        var bare = With(With(Row, "executedQty", json), "cummulativeQuoteQty", json);
        var open = Read(With(bare, "status", "\"NEW\""));
        Assert.Equal((Quantity.Zero, Amount.Zero), (open.Executed, open.CumulativeQuote));
        foreach (var status in new[] { "FILLED", "PARTIALLY_FILLED", "CANCELED", "PARTIALLY_CANCELED", "OTHER" })
            AssertBadData(WireOrder.ReadState(Payload(With(bare, "status", $"\"{status}\"")), Ours), "'executedQty' is missing");
    }

    [Theory]
    [InlineData("orderId", "null")]
    [InlineData("status", "null")]
    [InlineData("side", "\"HOLD\"")]
    [InlineData("side", null)]
    [InlineData("executedQty", "\"x\"")]
    [InlineData("executedQty", "-1")]
    [InlineData("cummulativeQuoteQty", "1e29")]
    [InlineData("origQty", "{}")]
    [InlineData("price", "\"x\"")]
    [InlineData("clientOrderId", "[]")]
    public void An_order_that_cannot_be_read_is_refused_by_name(string field, string? json) =>
        AssertBadData(WireOrder.ReadState(Payload(With(Row, field, json)), Ours), $"'{field}'");

    [Fact]
    public void Another_order_than_the_one_asked_for_is_refused()
    {
        AssertBadData(WireOrder.ReadState(Payload(Row), OrderReference.ById("C02__1")), "another order");
        AssertBadData(WireOrder.ReadState(Payload(With(Row, "clientOrderId", "\"other\"")), Ours), "another order");
        var byId = OrderReference.ById("C02__385413065019117569043");
        Assert.Equal(OrderStatus.Filled, Value(WireOrder.ReadState(Payload(Row), byId)).Status);
    }

    [Fact]
    public void Open_orders_come_as_a_list_that_one_bad_row_fails()
    {
        Assert.Empty(Value(WireOrder.ReadStates(Endpoint.OpenOrders, Payload("[]"), Foreign)));
        Assert.Equal(2, Value(WireOrder.ReadStates(Endpoint.OpenOrders, Payload($"[{Row},{Row}]"), Foreign)).Count);
        var page = $"[{Row},{With(Row, "side", "null")}]";
        AssertBadData(WireOrder.ReadStates(Endpoint.OpenOrders, Payload(page), Foreign), "order 'C02__385413065019117569043'", "'side'");
        AssertBadData(WireOrder.ReadStates(Endpoint.OpenOrders, Payload("{}"), Foreign), "GET /api/v3/openOrders");
    }

    [Theory]
    [InlineData("a", true)]
    [InlineData("ballast_2026-01-01T12-00-00Z_S_1", true)]
    [InlineData("", false)]
    [InlineData("ballast_2026-01-01T12-00-00Z_S_12", false)]
    [InlineData("a.b", false)]
    [InlineData("a:b", false)]
    [InlineData("ä", false)]
    public void A_client_order_id_keeps_to_what_the_exchange_is_known_to_take(string id, bool valid)
    {
        Assert.Equal(valid, ClientOrderId.Check(id) is null);
        Assert.Equal(valid, OrderReference.ByClientId(id).TryGet(out _, out _));
    }

    private static OrderState Read(string row) => Value(WireOrder.ReadState(Payload(row), Ours));
}

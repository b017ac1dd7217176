using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;

namespace Ballast.Tests.PaperExchange;

public class OrderEndpointsTests
{
    private const string Order = "/api/v3/order";
    private const string TestOrder = "/api/v3/order/test";
    private const string OpenOrders = "/api/v3/openOrders";
    private const string AllOrders = "/api/v3/allOrders";
    private const string Trades = "/api/v3/myTrades";

    private static readonly HttpMethod Get = HttpMethod.Get;
    private static readonly HttpMethod Post = HttpMethod.Post;
    private static readonly HttpMethod Delete = HttpMethod.Delete;

    [Fact]
    public async Task The_account_starts_with_ten_thousand_coins_and_five_hundred_of_quote()
    {
        await using var paper = await PaperClient.StartAsync();
        Assert.Equal(
            PaperClient.OneLine("""
                {"makerCommission":null,"takerCommission":null,"buyerCommission":null,
                "sellerCommission":null,"canTrade":true,"canWithdraw":true,"canDeposit":true,
                "updateTime":null,"accountType":"SPOT","balances":[{"asset":"QRL","free":"10000","locked":"0","available":"10000"},
                {"asset":"USDT","free":"500","locked":"0","available":"500"}],"permissions":["SPOT"]}
                """),
            (await paper.SignedAsync(Get, "/api/v3/account")).ToJsonString());
    }

    [Fact]
    public async Task A_market_order_lives_from_receipt_to_trade_to_balance()
    {
        await using var paper = await PaperClient.StartAsync();
        var bid = (await paper.GetAsync("/api/v3/depth?symbol=QRLUSDT&limit=1"))["bids"]![0]!;
        var last = Number((await paper.GetAsync("/api/v3/ticker/price?symbol=QRLUSDT"))["price"]);
        Assert.True(Number(bid[1]) > 100);

        var receipt = await paper.SignedAsync(Post, Order, "symbol=QRLUSDT&side=SELL&type=MARKET&quantity=100&newClientOrderId=tick-1");
        var id = Text(receipt["orderId"]);
        var protectivePrice = decimal.Round(last * 0.95m, 6, MidpointRounding.ToNegativeInfinity);
        Assert.StartsWith("C02__", id, StringComparison.Ordinal);
        Assert.Equal(
            PaperClient.OneLine($$"""
                {"symbol":"QRLUSDT","orderId":"{{id}}","orderListId":-1,"price":"{{Plain(protectivePrice)}}",
                "origQty":"100","type":"MARKET","side":"SELL",
                "stpMode":"","transactTime":{{paper.NowMs}},"clientOrderId":"tick-1"}
                """),
            receipt.ToJsonString());

        // 100 × the best bid, and 0.05 % of that as the fee; the clock stood at a quarter of a second
        var (price, value) = (Number(bid[0]), 100 * Number(bid[0]));
        var state = await paper.SignedAsync(Get, Order, "symbol=QRLUSDT&origClientOrderId=tick-1");
        Assert.Equal(
            PaperClient.OneLine($$"""
                {"symbol":"QRLUSDT","orderId":"{{id}}","orderListId":-1,"clientOrderId":"tick-1",
                "price":"{{Plain(protectivePrice)}}","origQty":"100","Qty":"100",
                "executedQty":"100","cummulativeQuoteQty":"{{Plain(value)}}","status":"FILLED","timeInForce":null,
                "type":"MARKET","side":"SELL",
                "stopPrice":null,"icebergQty":null,"time":{{paper.NowMs - 250}},"updateTime":{{paper.NowMs - 250}},"isWorking":true,
                "origQuoteOrderQty":"{{Plain(protectivePrice * 100)}}","stpMode":"","cancelReason":null}
                """),
            state.ToJsonString());

        var trade = Assert.Single((await paper.SignedAsync(Get, Trades, "symbol=QRLUSDT")).AsArray())!;
        Assert.Equal(
            PaperClient.OneLine($$"""
                {"symbol":"QRLUSDT","id":"{{Text(trade["id"])}}","orderId":"{{id}}","orderListId":-1,
                "price":"{{Plain(price)}}","qty":"100","quoteQty":"{{Plain(value)}}",
                "commission":"{{Plain(value * 0.0005m)}}","commissionAsset":"USDT","time":{{paper.NowMs - 250}},"isBuyer":false,
                "isMaker":false,
                "isBestMatch":true,"isSelfTrade":null,"clientOrderId":"tick-1"}
                """),
            trade.ToJsonString());
        Assert.Equal(("9900+0", $"{Plain(500 + value * 0.9995m)}+0"), await BalancesAsync(paper));
    }

    [Fact]
    public async Task A_limit_order_rests_is_listed_and_is_cancelled()
    {
        await using var paper = await PaperClient.StartAsync();
        var last = Number((await paper.GetAsync("/api/v3/ticker/price?symbol=QRLUSDT"))["price"]);
        var low = Plain(decimal.Round(last * 0.95m, 6));
        var id = await PlaceAsync(paper, $"side=BUY&type=LIMIT&quantity=1000&price={low}&timeInForce=IOC");

        var held = 1000 * Number(low) * 1.0005m;
        Assert.Equal(("10000+0", $"{Plain(500 - held)}+{Plain(held)}"), await BalancesAsync(paper));
        var open = Assert.Single((await paper.SignedAsync(Get, OpenOrders)).AsArray())!;
        Assert.Equal(
            PaperClient.OneLine($$"""
                {"symbol":"QRLUSDT","orderId":"{{id}}","orderListId":-1,"clientOrderId":null,
                "price":"{{low}}","origQty":"1000","Qty":"1000",
                "executedQty":"0","cummulativeQuoteQty":"0","status":"NEW","timeInForce":null,"type":"LIMIT","side":"BUY",
                "stopPrice":null,"icebergQty":null,"time":{{paper.NowMs - 250}},"updateTime":null,"isWorking":true,"origQuoteOrderQty":null,
                "stpMode":"","cancelReason":null}
                """),
            open.ToJsonString());

        var cancelled = await paper.SignedAsync(Delete, Order, $"symbol=QRLUSDT&orderId={id}&origClientOrderId=");
        Assert.Equal(
            PaperClient.OneLine($$"""
                {"symbol":"QRLUSDT","origClientOrderId":null,"orderId":"{{id}}","clientOrderId":null,
                "price":"{{low}}","origQty":"1000","executedQty":"0",
                "cummulativeQuoteQty":"0","status":"CANCELED","timeInForce":null,"type":"LIMIT","side":"BUY"}
                """),
            cancelled.ToJsonString());
        Assert.Equal(("10000+0", "500+0"), await BalancesAsync(paper));
        Assert.Equal("CANCELED", Text((await paper.SignedAsync(Get, Order, $"symbol=QRLUSDT&orderId={id}"))["status"]));
        Assert.Empty((await paper.SignedAsync(Get, OpenOrders, "symbol=QRLUSDT")).AsArray());
    }

    [Fact]
    public async Task Every_open_order_of_a_pair_is_cancelled_at_once_newest_first()
    {
        await using var paper = await PaperClient.StartAsync();
        var ids = new List<string>();
        for (var i = 0; i < 3; i++)
            ids.Insert(0, await PlaceAsync(paper, $"side=SELL&type=LIMIT&quantity=10{i}&price=0.09&newClientOrderId=s{i}"));
        Assert.Equal(ids, (await paper.SignedAsync(Get, OpenOrders, "symbol=QRLUSDT")).AsArray().Select(row => Text(row!["orderId"])));
        Assert.Equal(ids, (await paper.SignedAsync(Delete, OpenOrders, "symbol=QRLUSDT")).AsArray().Select(row => Text(row!["orderId"])));
        Assert.Equal(("10000+0", "500+0"), await BalancesAsync(paper));
    }

    [Fact]
    public async Task An_order_by_value_in_a_form_body_spends_no_more_than_that()
    {
        await using var paper = await PaperClient.StartAsync();
        var form = paper.Stamped("symbol=QRLUSDT&side=BUY&type=MARKET&quoteOrderQty=25.5");
        var (_, text) = await paper.SendAsync(Post, Order, $"{form}&signature={PaperClient.Sign(form)}");
        Assert.Equal("0", Text(JsonNode.Parse(text)!["origQty"]));
        var state = await paper.SignedAsync(Get, Order, $"symbol=QRLUSDT&orderId={Text(JsonNode.Parse(text)!["orderId"])}");
        Assert.Equal(("FILLED", "25.5"), (Text(state["status"]), Text(state["origQuoteOrderQty"])));
        // less than one step of 0.01 coins, at no more than 0.07 each, is left over
        Assert.InRange(Number(state["cummulativeQuoteQty"]), 25.5m - 0.0007m, 25.5m);
    }

    [Fact]
    public async Task A_test_order_changes_nothing()
    {
        await using var paper = await PaperClient.StartAsync();
        Assert.Equal("{}", (await paper.SignedAsync(Post, TestOrder, "symbol=QRLUSDT&side=SELL&type=MARKET&quantity=100")).ToJsonString());
        Assert.Equal(("10000+0", "500+0"), await BalancesAsync(paper));
        Assert.Empty((await paper.SignedAsync(Get, Trades, "symbol=QRLUSDT")).AsArray());
    }

    [Theory]
    [InlineData("quantity=10001&type=MARKET&side=SELL", """{"msg":"Oversold","code":30005}""")]
    [InlineData("quantity=9999&type=LIMIT&side=BUY&price=0.052", """{"msg":"Insufficient position","code":30004}""")]
    [InlineData("quantity=100.001&type=MARKET&side=SELL", """{"msg":" quantity scale is invalid","code":400}""")]
    [InlineData("quoteOrderQty=2.0000000&type=MARKET&side=BUY", """{"msg":" amount scale is invalid","code":400}""")]
    [InlineData("quantity=0.5&type=MARKET&side=SELL", """{"msg":"The minimum transaction volume cannot be less than:1QRL","code":30002}""")]
    [InlineData("quoteOrderQty=0.5&type=MARKET&side=BUY",
        """{"msg":"The minimum transaction volume cannot be less than:1USDT","code":30002}""")]
    [InlineData("quantity=90000000&type=MARKET&side=SELL",
        """{"msg":"The maximum transaction volume cannot be greater than:2000000USDT","code":30003}""")]
    [InlineData("quantity=100&type=LIMIT&side=BUY&price=0.09", """{"msg":"Order price exceeds allowed range","code":30087}""")]
    [InlineData("quantity=100&type=STOP_LIMIT&side=BUY&price=0.05", """{"msg":"current order type can not place order","code":30041}""")]
    [InlineData("quantity=100&type=MARKET",
        """{"code":700004,"msg":"Mandatory parameter 'side' was not sent, was empty/null, or malformed."}""")]
    [InlineData("quantity=-100&type=MARKET&side=SELL",
        """{"code":700004,"msg":"Mandatory parameter 'quantity' was not sent, was empty/null, or malformed."}""")]
    [InlineData("quantity=1,5&type=MARKET&side=SELL",
        """{"code":700004,"msg":"Mandatory parameter 'quantity' was not sent, was empty/null, or malformed."}""")]
    [InlineData("quantity=100&side=SELL",
        """{"code":700004,"msg":"Mandatory parameter 'type' was not sent, was empty/null, or malformed."}""")]
    public async Task A_refused_order_answers_with_the_exchanges_own_body(string order, string expected)
    {
        await using var paper = await PaperClient.StartAsync();
        Assert.Equal((HttpStatusCode.BadRequest, expected), await paper.TrySignedAsync(Post, Order, "symbol=QRLUSDT&" + order));
        Assert.Equal((HttpStatusCode.BadRequest, expected), await paper.TrySignedAsync(Post, TestOrder, "symbol=QRLUSDT&" + order));
        Assert.Equal(("10000+0", "500+0"), await BalancesAsync(paper));
    }

    [Theory]
    [InlineData("GET", Order, "symbol=QRLUSDT&orderId=C02__1", """{"msg":"Order does not exist.","code":-2013,"_extend":null}""")]
    [InlineData("GET", Order, "symbol=QRLUSDT&origClientOrderId=none", """{"msg":"Order does not exist.","code":-2013,"_extend":null}""")]
    [InlineData("GET", Order, "symbol=QRLUSDT&orderId=",
        """{"code":700004,"msg":"Param 'origClientOrderId' or 'orderId' must be sent, but both were empty/null"}""")]
    [InlineData("DELETE", Order, "symbol=QRLUSDT&orderId=C02__1", """{"msg":"Unknown order sent.","code":-2011,"_extend":null}""")]
    [InlineData("DELETE", Order, "symbol=QRLUSDT",
        """{"code":700004,"msg":"Param 'origClientOrderId' or 'orderId' must be sent, but both were empty/null"}""")]
    [InlineData("DELETE", Order, "orderId=C02__1",
        """{"code":700004,"msg":"Mandatory parameter 'symbol' was not sent, was empty/null, or malformed."}""")]
    [InlineData("DELETE", OpenOrders, "",
        """{"code":700004,"msg":"Mandatory parameter 'symbol' was not sent, was empty/null, or malformed."}""")]
    [InlineData("GET", OpenOrders, "symbol=XRPUSDT", """{"msg":"Invalid symbol.","code":-1121,"_extend":null}""")]
    [InlineData("GET", AllOrders, "", """{"code":700004,"msg":"Mandatory parameter 'symbol' was not sent, was empty/null, or malformed."}""")]
    [InlineData("GET", AllOrders, "symbol=XRPUSDT", """{"msg":"Invalid symbol.","code":-1121,"_extend":null}""")]
    [InlineData("GET", Trades, "", """{"code":700004,"msg":"Mandatory parameter 'symbol' was not sent, was empty/null, or malformed."}""")]
    [InlineData("GET", Trades, "symbol=XRPUSDT", """{"msg":"Invalid symbol.","code":-1121,"_extend":null}""")]
    [InlineData("GET", Trades, "symbol=QRLUSDT&startTime=999999999999999999",
        """{"code":700008,"msg":"Illegal characters found in parameter 'startTime'"}""")]
    public async Task A_question_about_nothing_is_refused(string method, string path, string parameters, string expected)
    {
        await using var paper = await PaperClient.StartAsync();
        Assert.Equal((HttpStatusCode.BadRequest, expected), await paper.TrySignedAsync(new HttpMethod(method), path, parameters));
    }

    [Fact]
    public async Task Trades_come_newest_first_a_hundred_at_most_and_within_the_time_asked()
    {
        await using var paper = await PaperClient.StartAsync();
        var firstSecond = paper.NowMs - 250;
        for (var i = 0; i < 105; i++)
        {
            await PlaceAsync(paper, $"side={(i % 2 == 0 ? "SELL" : "BUY")}&type=MARKET&quantity=30&newClientOrderId=t{i}");
            paper.Clock.Advance(TimeSpan.FromSeconds(10));
        }
        var all = (await paper.SignedAsync(Get, Trades, "symbol=QRLUSDT&limit=500")).AsArray();
        Assert.Equal((100, "t104", "t5"), (all.Count, Text(all[0]!["clientOrderId"]), Text(all[99]!["clientOrderId"])));
        var within = $"symbol=QRLUSDT&startTime={firstSecond}&endTime={firstSecond + 10_000}";
        var some = (await paper.SignedAsync(Get, Trades, within)).AsArray();
        Assert.Equal(["t1", "t0"], some.Select(trade => Text(trade!["clientOrderId"])));
        var one = Assert.Single((await paper.SignedAsync(Get, Trades, $"symbol=QRLUSDT&orderId={Text(all[7]!["orderId"])}")).AsArray());
        Assert.Equal("t97", Text(one!["clientOrderId"]));
        Assert.Single((await paper.SignedAsync(Get, Trades, "symbol=QRLUSDT&limit=1")).AsArray());
    }

    [Fact]
    public async Task All_orders_are_open_and_final_ones_newest_first_of_the_last_day_or_the_time_asked()
    {
        await using var paper = await PaperClient.StartAsync();
        await PlaceAsync(paper, "side=SELL&type=MARKET&quantity=30&newClientOrderId=old");
        var start = paper.NowMs;
        paper.Clock.Advance(TimeSpan.FromHours(25));
        await PlaceAsync(paper, "side=SELL&type=MARKET&quantity=30&newClientOrderId=filled");
        var last = Number((await paper.GetAsync("/api/v3/ticker/price?symbol=QRLUSDT"))["price"]);
        var low = Plain(decimal.Round(last * 0.95m, 6));
        paper.Clock.Advance(TimeSpan.FromSeconds(10));
        await PlaceAsync(paper, $"side=BUY&type=LIMIT&quantity=1000&price={low}&newClientOrderId=resting");

        Assert.Equal(["resting NEW", "filled FILLED"], await RowsAsync("symbol=QRLUSDT"));
        Assert.Equal(["resting NEW"], await RowsAsync("symbol=QRLUSDT&limit=1"));
        Assert.Equal(
            ["resting NEW", "filled FILLED", "old FILLED"],
            await RowsAsync($"symbol=QRLUSDT&startTime={start - 1000}&endTime={paper.NowMs}"));
        Assert.Equal(["old FILLED"], await RowsAsync($"symbol=QRLUSDT&startTime={start - 1000}&endTime={start + 1000}"));
        // One end without the other counts for nothing.
        Assert.Equal(["resting NEW", "filled FILLED"], await RowsAsync($"symbol=QRLUSDT&startTime={start - 1000}"));
        // A row is what a question for the order itself is answered with.
        var row = (await paper.SignedAsync(Get, AllOrders, "symbol=QRLUSDT&limit=1")).AsArray()[0]!;
        Assert.Equal((await paper.SignedAsync(Get, Order, "symbol=QRLUSDT&origClientOrderId=resting")).ToJsonString(), row.ToJsonString());

        async Task<IEnumerable<string>> RowsAsync(string parameters) => (await paper.SignedAsync(Get, AllOrders, parameters)).AsArray()
            .Select(order => $"{Text(order!["clientOrderId"])} {Text(order["status"])}");
    }

    private static async Task<string> PlaceAsync(PaperClient paper, string order) =>
        Text((await paper.SignedAsync(Post, Order, "symbol=QRLUSDT&" + order))["orderId"]);

    private static async Task<(string Qrl, string Usdt)> BalancesAsync(PaperClient paper)
    {
        var rows = (await paper.SignedAsync(Get, "/api/v3/account"))["balances"]!.AsArray();
        var held = rows.ToDictionary(row => Text(row!["asset"]), row => $"{Text(row!["free"])}+{Text(row["locked"])}");
        return (held["QRL"], held["USDT"]);
    }

    private static string Text(JsonNode? node) => node!.GetValue<string>();

    private static decimal Number(JsonNode? node) => decimal.Parse(Text(node), CultureInfo.InvariantCulture);

    private static string Plain(decimal value) => Ballast.Core.Decimals.Text(value);
}

using Ballast.Core;
using Ballast.Core.Trading;
using Ballast.Mexc;

namespace Ballast.Tests.Mexc;

public class MexcExchangeTests : StubbedExchange
{
    [Fact]
    public async Task A_tick_reads_everything_it_needs()
    {
        Exchange.OnOrdinaryMarket();
        var market = new MexcExchange(Client(time: Clock), Clock);
        var now = Clock.GetUtcNow();

        Assert.Equal(1767211150479, Value(await market.TimeAsync(Cancel)).ToUnixTimeMilliseconds());
        Assert.Equal("QRL", Value(await market.RulesAsync(Qrl, Cancel)).Base);
        Assert.Equal(new Balance(100, 0), Value(Value(await market.BalancesAsync(Cancel)).Of("QRL")));
        Assert.Equal(new Quote(new Price(2.5m), new Price(2.499m), new Price(2.501m), now), Value(await market.QuoteAsync(Qrl, Cancel)));
        Assert.Empty(Value(await market.TradesAsync(Qrl, now.AddDays(-1), now, Cancel)));
        Assert.StartsWith(
            "symbol=QRLUSDT&startTime=1767182400000&endTime=1767268800000&limit=1000&recvWindow=5000&timestamp=1767268800000&",
            Exchange.RequestsTo("GET /api/v3/myTrades").Single().Query,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Both_tickers_are_asked_at_the_same_time_and_the_quote_is_as_old_as_the_question()
    {
        var gate = new TaskCompletionSource();
        Exchange.OnOrdinaryMarket()
            .On("GET /api/v3/ticker/price", StubReply.Json("""{"symbol":"QRLUSDT","price":"2.5"}""").After(gate.Task))
            .On("GET /api/v3/ticker/bookTicker", StubReply.Json("""{"symbol":"QRLUSDT","bidPrice":"","askPrice":null}""").After(gate.Task));
        var asked = Clock.GetUtcNow();
        var call = new MexcExchange(Client(time: Clock), Clock).QuoteAsync(Qrl, Cancel);
        while (Exchange.Requests.Count < 2) await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, Cancel);
        Clock.Advance(TimeSpan.FromSeconds(3));
        gate.SetResult();
        Assert.Equal(new Quote(new Price(2.5m), null, null, asked), Value(await call));
    }

    [Theory]
    [InlineData("GET /api/v3/ticker/price")]
    [InlineData("GET /api/v3/ticker/bookTicker")]
    public async Task A_quote_without_one_of_its_halves_is_a_failure(string missing)
    {
        Exchange.OnOrdinaryMarket().On(missing, StubReply.Json("""{"msg":"Invalid symbol.","code":-1121,"_extend":null}""", 400));
        var failure = Refusal(await new MexcExchange(Client(), Clock).QuoteAsync(Qrl, Cancel));
        Assert.Equal(FailureKind.Rejected, failure.Kind);
        Assert.StartsWith(missing, failure.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_order_is_found_by_either_of_its_ids()
    {
        Exchange.On("GET /api/v3/order", StubReply.Json(
            """
            {"orderId":"C02__1","clientOrderId":null,"price":"2","origQty":"1","executedQty":"0","cummulativeQuoteQty":"0",
             "status":"NEW","type":"LIMIT","side":"BUY","time":1707671871000}
            """));
        var client = Client();
        Assert.Equal(OrderStatus.New, Value(await client.OrderAsync(Qrl, OrderReference.ById("C02__1"), Cancel)).Status);
        Assert.Equal("C02__1", Value(await client.OrderAsync(Qrl, Value(OrderReference.ByClientId("ballast-1")), Cancel)).OrderId);
        Assert.StartsWith("symbol=QRLUSDT&orderId=C02__1&recvWindow=", Exchange.Requests[0].Query, StringComparison.Ordinal);
        Assert.StartsWith("symbol=QRLUSDT&origClientOrderId=ballast-1&recvWindow=", Exchange.Requests[1].Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_order_that_is_not_there_is_rejected_with_the_code_that_says_so()
    {
        Exchange.On("GET /api/v3/order", StubReply.Json("""{"msg":"Order does not exist.","code":-2013,"_extend":null}""", 400));
        Assert.Equal(Failure.NoSuchOrder, Refusal(await Client().OrderAsync(Qrl, OrderReference.ById("1"), Cancel)).Code);
    }
}

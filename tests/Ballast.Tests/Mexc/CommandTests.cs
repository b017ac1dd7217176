using System.Net;
using System.Net.Sockets;
using Ballast.Core;
using Ballast.Core.Books;
using Ballast.Core.Trading;
using Ballast.Mexc;

namespace Ballast.Tests.Mexc;

[Collection(Alone.Name)]
public class CommandTests : StubbedExchange
{
    private const string Place = "POST /api/v3/order";
    private const string Cancellation = "DELETE /api/v3/order";

    public static readonly TheoryData<string> Unclear =
        ["silence", "stall", "drop", "500", "truncated", "garbage", "html", "no order id", "forbidden", "large"];

    [Theory]
    [MemberData(nameof(Unclear))]
    public async Task An_order_without_a_clear_answer_is_of_unknown_outcome_and_was_sent_once(string trouble)
    {
        Exchange.On(Place, Reply(trouble));
        var failure = Refusal(await Impatient().PlaceAsync(Sell, Cancel));
        Assert.Equal(FailureKind.UnknownOutcome, failure.Kind);
        Assert.Single(Exchange.Requests);
    }

    [Theory]
    [InlineData("silence")]
    [InlineData("drop")]
    [InlineData("500")]
    [InlineData("garbage")]
    public async Task A_cancellation_without_a_clear_answer_is_of_unknown_outcome_and_was_sent_once(string trouble)
    {
        Exchange.On(Cancellation, Reply(trouble));
        Assert.Equal(FailureKind.UnknownOutcome, Refusal(await Impatient().CancelAsync(Qrl, OrderReference.ById("1"), Cancel)).Kind);
        Assert.Single(Exchange.Requests);
    }

    // A kept connection that closes under a request is where HTTP stacks like to send again by themselves.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_command_on_a_kept_connection_that_closes_is_not_sent_again(bool placing)
    {
        Exchange.OnOrdinaryMarket().On(Place, StubReply.Drop()).On(Cancellation, StubReply.Drop());
        var client = Client();
        Value(await client.TimeAsync(Cancel));
        var failure = placing
            ? Refusal(await client.PlaceAsync(Sell, Cancel))
            : Refusal(await client.CancelAsync(Qrl, OrderReference.ById("1"), Cancel));
        Assert.Equal(FailureKind.UnknownOutcome, failure.Kind);
        Assert.Equal(2, Exchange.Requests.Count);
    }

    [Fact]
    public async Task An_order_that_never_left_is_merely_unavailable()
    {
        var dead = Options with { BaseUrl = new Uri($"http://127.0.0.1:{UnusedPort()}") };
        var unresolvable = Options with { BaseUrl = new Uri("http://no-such-host.invalid") };
        var notTls = Options with { BaseUrl = new UriBuilder(Exchange.BaseUrl) { Scheme = "https" }.Uri };
        foreach (var options in new[] { dead, unresolvable, notTls })
        {
            var failure = Refusal(await Client(options).PlaceAsync(Sell, Cancel));
            Assert.Equal(FailureKind.Unavailable, failure.Kind);
            Assert.Contains("not sent", failure.Reason, StringComparison.Ordinal);
        }
        Assert.Empty(Exchange.Requests);
    }

    [Fact]
    public async Task An_order_whose_connection_was_never_taken_is_merely_unavailable()
    {
        var options = Options with { AttemptTimeout = TimeSpan.FromMilliseconds(200) };
        var handler = MexcHandler.Create(options);
        handler.ConnectCallback = async (_, cancel) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel);
            return Stream.Null;
        };
        var failure = Refusal(await Client(options, handler: handler).PlaceAsync(Sell, Cancel));
        Assert.Equal(FailureKind.Unavailable, failure.Kind);
        Assert.Contains("did not take the connection", failure.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_order_is_rejected_and_was_sent_once()
    {
        Exchange.On(Place, StubReply.Json("""{"msg":"Oversold","code":30005}""", 400));
        var failure = Refusal(await Client().PlaceAsync(Sell, Cancel));
        Assert.Equal((FailureKind.Rejected, 30005), (failure.Kind, failure.Code));
        Assert.Single(Exchange.Requests);
    }

    [Fact]
    public async Task The_callers_cancellation_is_thrown()
    {
        Exchange.On(Place, StubReply.Silence()).On("GET /api/v3/time", StubReply.Silence());
        using var leaving = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Client().PlaceAsync(Sell, leaving.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Client().TimeAsync(leaving.Token));
    }

    [Theory]
    [InlineData("C02__443776347957968896", "\"C02__443776347957968896\"")]
    [InlineData("4", "4")]
    [InlineData("443776347957968896443776347957968896", "443776347957968896443776347957968896")]
    public async Task An_order_id_is_read_from_text_or_number(string orderId, string json)
    {
        Exchange.On(Place, StubReply.Json(
            $$"""{"symbol":"QRLUSDT","orderId":{{json}},"orderListId":-1,"price":"2.5","origQty":"20","transactTime":1666676533741}"""));
        var ack = Value(await Client().PlaceAsync(Sell, Cancel));
        Assert.Equal(new OrderAck(orderId, DateTimeOffset.FromUnixTimeMilliseconds(1666676533741)), ack);
    }

    public static readonly TheoryData<string, NewOrder> Unfit = new()
    {
        { "no client id", Sell with { ClientOrderId = "" } },
        { "33 letters", Sell with { ClientOrderId = new string('a', 33) } },
        { "a blank", Sell with { ClientOrderId = "a b" } },
        { "another script", Sell with { ClientOrderId = "é" } },
        { "no quantity", Sell with { Quantity = null } },
        { "quantity 0", Sell with { Quantity = Quantity.Zero } },
        { "negative price", Sell with { Price = new Price(-1) } },
        { "limit without price", Sell with { Price = null } },
        { "limit by amount", Sell with { QuoteAmount = new Amount(5) } },
        { "market with price", Sell with { Type = OrderType.Market } },
        { "market by both", Sell with { Type = OrderType.Market, Price = null, QuoteAmount = new Amount(5) } },
        { "market by neither", Sell with { Type = OrderType.Market, Price = null, Quantity = null } },
    };

    [Theory]
    [MemberData(nameof(Unfit))]
    public async Task An_order_that_makes_no_sense_is_not_sent(string flaw, NewOrder order)
    {
        Assert.NotEmpty(flaw);
        Assert.Equal(FailureKind.BadData, Refusal(await Client().PlaceAsync(order, Cancel)).Kind);
        Assert.Equal(FailureKind.BadData, (await Client().TestAsync(order, Cancel))!.Kind);
        Assert.Empty(Exchange.Requests);
    }

    [Theory]
    [InlineData(OrderType.Limit, "LIMIT")]
    [InlineData(OrderType.LimitMaker, "LIMIT_MAKER")]
    [InlineData(OrderType.ImmediateOrCancel, "IMMEDIATE_OR_CANCEL")]
    [InlineData(OrderType.FillOrKill, "FILL_OR_KILL")]
    public async Task Limit_orders_go_out_with_quantity_and_price(OrderType type, string name)
    {
        Exchange.On("POST /api/v3/order/test", StubReply.Json("{}"));
        Assert.Null(await Client().TestAsync(Sell with { Type = type }, Cancel));
        AssertAsks(Exchange.Requests.Single(), $"symbol=QRLUSDT&side=SELL&type={name}&quantity=20&price=2.5&newClientOrderId=ballast-1&");
    }

    [Fact]
    public async Task A_market_order_goes_out_by_quantity_or_by_amount()
    {
        Exchange.On("POST /api/v3/order/test", StubReply.Json("{}"));
        var market = new NewOrder(Qrl, Side.Buy, OrderType.Market, new Quantity(7.10m), null, null, new string('z', 32));
        Assert.Null(await Client().TestAsync(market, Cancel));
        Assert.Null(await Client().TestAsync(market with { Quantity = null, QuoteAmount = new Amount(12.00m) }, Cancel));
        AssertAsks(Exchange.Requests[0], "symbol=QRLUSDT&side=BUY&type=MARKET&quantity=7.1&newClientOrderId=");
        AssertAsks(Exchange.Requests[1], "symbol=QRLUSDT&side=BUY&type=MARKET&quoteOrderQty=12&newClientOrderId=");
    }

    [Theory]
    [InlineData("""{"symbol":"QRLUSDT","orderId":"1","status":"NEW"}""")]
    [InlineData("""{"symbol":"QRLUSDT","orderId":"1","status":"CANCELED"}""")]
    [InlineData("""{"symbol":"QRLUSDT","origClientOrderId":"ballast-1","orderId":null}""")]
    [InlineData("""[{"symbol":"QRLUSDT","orderId":1}]""")]
    [InlineData("""{"code":200,"msg":"success","timestamp":1}""")]
    public async Task A_cancellation_is_acknowledged_whatever_status_it_shows(string body)
    {
        Exchange.On(Cancellation, StubReply.Json(body));
        Value(await Client().CancelAsync(Qrl, Value(OrderReference.ByClientId("ballast-1")), Cancel));
        AssertAsks(Exchange.Requests.Single(), "symbol=QRLUSDT&origClientOrderId=ballast-1&recvWindow=");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("true")]
    [InlineData("""{"success":false,"message":"no"}""")]
    [InlineData("""{"code":"none","msg":"no"}""")]
    public async Task An_answer_that_names_no_order_acknowledges_no_cancellation(string body)
    {
        Exchange.On(Cancellation, StubReply.Json(body));
        Assert.Equal(FailureKind.UnknownOutcome, Refusal(await Client().CancelAsync(Qrl, OrderReference.ById("1"), Cancel)).Kind);
    }

    private static void AssertAsks(StubRequest request, string query) => Assert.StartsWith(query, request.Query, StringComparison.Ordinal);

    private static StubReply Reply(string trouble) => trouble switch
    {
        "silence" => StubReply.Silence(),
        "stall" => StubReply.Stall("""{"symbol":"QRLUSDT","orderId":"1"}"""),
        "drop" => StubReply.Drop(),
        "500" => StubReply.Json("""{"code":500,"msg":"Internal error"}""", 500),
        "truncated" => StubReply.Truncated("""{"symbol":"QRLUSDT","orderId":"1"}"""),
        "garbage" => StubReply.Json("orderId=1"),
        "html" => StubReply.Html(200),
        "no order id" => StubReply.Json("""{"symbol":"QRLUSDT","orderId":null}"""),
        "forbidden" => StubReply.Html(403),
        "large" => StubReply.Bytes(new byte[17 * 1024 * 1024]),
        _ => throw new ArgumentException(trouble),
    };

    private MexcClient Impatient() => Client(Options with { AttemptTimeout = TimeSpan.FromMilliseconds(300) });

    private static int UnusedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

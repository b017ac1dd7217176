using Ballast.Core;
using Ballast.Core.Trading;
using Ballast.Mexc;
using Ballast.Tests.Core.Trading;

namespace Ballast.Tests.Mexc;

/// <summary>An approved order on its way to the exchange: 20 QRL to buy at 2.525 at most, decided at noon.</summary>
public class PlaceApprovedTests : StubbedExchange
{
    private const string Place = "POST /api/v3/order";

    private static readonly ApprovedOrder Order = Approved(Proposed.Buy(20.00m));

    [Fact]
    public async Task An_order_is_what_was_approved_in_plain_digits()
    {
        Exchange.On(Place, StubReply.Json("""{"orderId":"C02__1"}"""));
        Assert.Equal("C02__1", Value(await Market().PlaceAsync(Order, Cancel)));

        var request = Exchange.Requests.Single();
        Assert.Equal(
            $"symbol=QRLUSDT&side=BUY&type=IMMEDIATE_OR_CANCEL&quantity=20&price=2.525&newClientOrderId={Order.Intent.ClientOrderId}" +
            "&recvWindow=5000&timestamp=1767268800000",
            request.Query.Split("&signature=")[0]);
        Assert.True(request.IsSignedWith(SecretKey));
    }

    [Fact]
    public async Task A_market_order_names_no_price()
    {
        Exchange.On(Place, StubReply.Json("""{"orderId":"C02__1"}"""));
        var market = Approved(Proposed.Sell() with { Limits = Proposed.Limits with { MarketOrders = true } });
        Value(await Market().PlaceAsync(market, Cancel));
        Assert.StartsWith(
            "symbol=QRLUSDT&side=SELL&type=MARKET&quantity=20&newClientOrderId=ballast-",
            Exchange.Requests.Single().Query,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_order_is_signed_for_the_time_at_which_it_was_decided_however_late_it_leaves()
    {
        Exchange.On(Place, StubReply.Json("""{"orderId":"C02__1"}"""));
        var market = Market();
        Clock.Advance(TimeSpan.FromSeconds(3));
        Value(await market.PlaceAsync(Order, Cancel));
        Assert.Equal(Order.Intent.At, Exchange.Requests.Single().SignedAt);
    }

    [Fact]
    public async Task By_the_exchanges_clock_where_that_goes_otherwise()
    {
        // The exchange's clock is 10 s ahead, which a refused read teaches; what was decided at noon was decided at 12:00:10 there.
        Exchange.On(Place, StubReply.Json("""{"orderId":"C02__1"}"""))
            .On(
                "GET /api/v3/account",
                StubReply.Json("""{"code":700003,"msg":"Timestamp for this request is outside of the recvWindow."}""", 400),
                StubReply.Json("""{"balances":[]}"""))
            .On("GET /api/v3/time", StubReply.Json("""{"serverTime":1767268810000}"""));
        var market = Market();
        Value(await market.BalancesAsync(Cancel));
        Clock.Advance(TimeSpan.FromSeconds(3));
        Value(await market.PlaceAsync(Order, Cancel));
        Assert.Equal(Order.Intent.At.AddSeconds(10), Exchange.RequestsTo(Place).Single().SignedAt);
    }

    public static TheoryData<string> Unclear => ["500", "drop", "silence"];

    [Theory]
    [MemberData(nameof(Unclear))]
    public async Task Without_a_clear_answer_the_order_may_stand_and_was_sent_exactly_once(string trouble)
    {
        Exchange.On(Place, trouble switch { "500" => StubReply.Empty(500), "drop" => StubReply.Drop(), _ => StubReply.Silence() });
        var impatient = new MexcExchange(Client(Options with { AttemptTimeout = TimeSpan.FromMilliseconds(300) }), Clock);
        Assert.Equal(FailureKind.UnknownOutcome, Refusal(await impatient.PlaceAsync(Order, Cancel)).Kind);
        Assert.Single(Exchange.Requests);
    }

    [Theory]
    [InlineData(30005, "Oversold")]
    [InlineData(30004, "Insufficient position")]
    [InlineData(30041, "current order type can not place order")]
    [InlineData(700003, "Timestamp for this request is outside of the recvWindow.")]
    public async Task A_refusal_is_a_refusal_and_the_order_was_sent_exactly_once(int code, string text)
    {
        Exchange.On(Place, StubReply.Json($$"""{"msg":"{{text}}","code":{{code}}}""", 400));
        var failure = Refusal(await Market().PlaceAsync(Order, Cancel));
        Assert.Equal((FailureKind.Rejected, code), (failure.Kind, failure.Code));
        Assert.Single(Exchange.RequestsTo(Place));
    }

    [Fact]
    public async Task Recent_orders_are_all_of_the_pair_from_a_time_until_now()
    {
        Exchange.On("GET /api/v3/allOrders", StubReply.Json(
            """
            [{"symbol":"QRLUSDT","orderId":"C02__2","clientOrderId":"ballast-2","price":"2.525","origQty":"20","executedQty":"20",
              "cummulativeQuoteQty":"50.02","status":"FILLED","type":"IMMEDIATE_OR_CANCEL","side":"BUY","time":1767268799000},
             {"symbol":"QRLUSDT","orderId":"C02__1","clientOrderId":null,"price":"2","origQty":"1","executedQty":"0",
              "cummulativeQuoteQty":"0","status":"NEW","type":"LIMIT","side":"SELL","time":1767268000000}]
            """));
        var orders = Value(await Market().RecentOrdersAsync(Qrl, Clock.GetUtcNow().AddHours(-2), Cancel));

        Assert.Equal(["ballast-2 Filled", " New"], orders.Select(order => $"{order.ClientOrderId} {order.Status}"));
        var request = Exchange.RequestsTo("GET /api/v3/allOrders").Single();
        // 10:00 and 12:00
        Assert.Equal(("QRLUSDT", "1767261600000", "1767268800000"), (request["symbol"], request["startTime"], request["endTime"]));
        Assert.True(request.IsSignedWith(SecretKey));
    }

    private static ApprovedOrder Approved(GuardInputs inputs) =>
        ApprovedOrder.Approve(inputs, Proposed.Tick, out _) ?? throw new InvalidOperationException("a guard stopped it");

    private MexcExchange Market() => new(Client(time: Clock), Clock);
}

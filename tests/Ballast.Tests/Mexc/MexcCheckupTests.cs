using Ballast.Core;
using Ballast.Core.Books;
using Ballast.Mexc;

namespace Ballast.Tests.Mexc;

/// <summary>What a checkup asks, and what it makes of the answers.</summary>
public class MexcCheckupTests : StubbedExchange
{
    private const string Withdrawal = "DELETE /api/v3/capital/withdraw";

    private MexcCheckup Checkup => new(Client());

    [Theory]
    [InlineData("""{"code":700007,"msg":"No permission to access the endpoint."}""", 400, false)]
    [InlineData("""{"code":22222,"msg":"record does not exist"}""", 400, true)]
    [InlineData("""{"id":"ballast-checkup"}""", 200, true)]
    [InlineData("""{"code":404,"msg":"Not found"}""", 404, null)]
    [InlineData("", 404, null)]
    [InlineData("", 500, null)]
    public async Task A_key_that_may_not_withdraw_is_turned_away_and_any_other_refusal_says_that_it_may(string answer, int status, bool? may)
    {
        Exchange.On(Withdrawal, answer.Length == 0 ? StubReply.Empty(status) : StubReply.Json(answer, status));
        Assert.Equal(may, (await Checkup.WithdrawalAsync(Cancel)).Given);
        var asked = Assert.Single(Exchange.Requests);
        Assert.Equal(Withdrawal, asked.Route);
        Assert.Contains("id=ballast-checkup&", asked.Query, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", null, null)]
    [InlineData("\"canTrade\":true,\"canWithdraw\":false,", true, false)]
    [InlineData("\"canTrade\":\"false\",\"canWithdraw\":null,", false, null)]
    public async Task What_the_account_may_do_is_read_or_not_said(string words, bool? trade, bool? withdraw)
    {
        Exchange.On("GET /api/v3/account", StubReply.Json($$"""{{{words}}"balances":[{"asset":"QRL","free":"1","locked":"2"}]}"""));
        var account = Value(await Checkup.AccountAsync(Cancel));
        Assert.Equal((trade, withdraw), (account.CanTrade, account.CanWithdraw));
        Assert.Equal(3, Value(account.Balances.Of("QRL")).Total);
    }

    [Fact]
    public async Task A_pair_is_shown_with_the_exchanges_own_words()
    {
        Exchange.OnOrdinaryMarket();
        var pair = Value(await Checkup.PairAsync(Qrl, Cancel));
        Assert.Equal(("1", true, "1", true), (pair.Status, pair.OpenToApi, pair.Sides, pair.Spot));
        Assert.Equal(1, pair.Rules.MinNotional.Value);
    }

    [Theory]
    [InlineData("""{"code":200,"data":["MXUSDT","QRLUSDT"],"msg":null}""", true)]
    [InlineData("""{"code":0,"data":["MXUSDT"],"msg":"success","timestamp":1767205878625}""", false)]
    [InlineData("""{"code":200,"data":[],"msg":null}""", null)]
    public async Task Among_the_pairs_that_are_open_to_the_api(string answer, bool? listed)
    {
        Exchange.On("GET /api/v3/selfSymbols", StubReply.Json(answer)).On("GET /api/v3/defaultSymbols", StubReply.Json(answer));
        foreach (var own in new[] { true, false })
            Assert.Equal(listed, (await Checkup.ListedAsync(Qrl, own, Cancel)).TryGet(out var among, out _) ? among : null);
        Assert.Contains("signature=", Exchange.Requests[0].Query, StringComparison.Ordinal);
        Assert.DoesNotContain("signature=", Exchange.Requests[1].Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_accounts_own_fee_and_what_it_is_paid_in()
    {
        Exchange.On("GET /api/v3/tradeFee", StubReply.Json("""{"data":{"makerCommission":0.003000000000000000,"takerCommission":0.003000000000000000},"code":0,"msg":"success","timestamp":1669109672717}"""))
            .On("GET /api/v3/mxDeduct/enable", StubReply.Json("""{"data":{"mxDeductEnable":true},"code":0,"msg":"success","timestamp":1669109672280}"""));
        Assert.Equal(new Ratio(0.003m), Value(await Checkup.TakerFeeAsync(Qrl, Cancel)));
        Assert.True(Value(await Checkup.MxDeductionAsync(Cancel)));
    }

    [Theory]
    [InlineData("[]", 200, true)]
    [InlineData("""{"code":700007,"msg":"No permission to access the endpoint."}""", 400, false)]
    [InlineData("", 503, null)]
    public async Task What_the_key_may_read(string answer, int status, bool? may)
    {
        var reply = answer.Length == 0 ? StubReply.Empty(status) : StubReply.Json(answer, status);
        Exchange.On("GET /api/v3/openOrders", reply).On("GET /api/v3/capital/deposit/hisrec", reply);
        Assert.Equal(may, (await Checkup.ReadingOrdersAsync(Qrl, Cancel)).Given);
        Assert.Equal(may, (await Checkup.ReadingWalletAsync(Clock.GetUtcNow(), Cancel)).Given);
    }

    [Fact]
    public async Task A_test_order_goes_where_orders_are_judged_and_nowhere_else()
    {
        Exchange.On("POST /api/v3/order/test", StubReply.Json("{}"), StubReply.Json("""{"code":10007,"msg":"symbol not support api"}""", 400));
        Assert.Null(await Checkup.TestOrderAsync(Qrl, Side.Sell, new Quantity(1), new Price(2.5m), Cancel));
        Assert.Equal(10007, (await Checkup.TestOrderAsync(Qrl, Side.Sell, new Quantity(1), new Price(2.5m), Cancel))!.Code);
        Assert.All(Exchange.Requests, request => Assert.Equal("POST /api/v3/order/test", request.Route));
    }
}

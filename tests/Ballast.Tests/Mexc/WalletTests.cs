using Ballast.Core;
using Ballast.Core.Trading;
using Ballast.Mexc;

namespace Ballast.Tests.Mexc;

public class WalletTests : StubbedExchange
{
    private const string Deposits = "GET /api/v3/capital/deposit/hisrec";
    private const string Withdrawals = "GET /api/v3/capital/withdraw/history";

    private static readonly StubReply OneDeposit = StubReply.Json(
        """[{"amount":"250.5","coin":"USDT-TRX","network":"TRX","status":5,"addressTag":null,"txId":"0xab","insertTime":1767182400000}]""");

    private static readonly StubReply OneWithdrawal = StubReply.Json(
        """[{"id":"w1","txId":null,"coin":"QRL","amount":100,"transferType":0,"status":4,"applyTime":1767186000000}]""");

    private static readonly DateTimeOffset From = DateTimeOffset.FromUnixTimeMilliseconds(1767182400000);

    private MexcExchange Market => new(Client(time: Clock), Clock);

    [Fact]
    public async Task What_came_and_what_left_is_one_history()
    {
        Exchange.On(Deposits, OneDeposit).On(Withdrawals, OneWithdrawal);
        Assert.Equal(
            [
                new WalletRow("deposit:0xab:250.5", From, "USDT", 250.5m, WalletState.Done),
                new WalletRow("withdrawal:w1", From.AddHours(1), "QRL", -100m, WalletState.UnderWay),
            ],
            Value(await Market.WalletAsync(From, From.AddDays(1), Cancel)));
    }

    [Fact]
    public async Task Both_histories_are_asked_for_the_same_window_signed_and_at_the_same_time()
    {
        var gate = new TaskCompletionSource();
        Exchange.On(Deposits, OneDeposit.After(gate.Task)).On(Withdrawals, OneWithdrawal.After(gate.Task));
        var call = Market.WalletAsync(From, From.AddDays(1), Cancel);
        while (Exchange.Requests.Count < 2) await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, Cancel);
        gate.SetResult();
        Assert.Equal(2, Value(await call).Count);
        Assert.All(Exchange.Requests, request =>
        {
            Assert.True(request.IsSignedWith(SecretKey));
            Assert.StartsWith("startTime=1767182400000&endTime=1767268800000&limit=1000&recvWindow=", request.Query, StringComparison.Ordinal);
        });
        Assert.Equal([Deposits, Withdrawals], Exchange.Requests.Select(request => request.Route).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(Deposits)]
    [InlineData(Withdrawals)]
    public async Task A_key_that_may_not_read_the_wallet_is_told_the_permission_that_it_lacks(string route)
    {
        Exchange.On(Deposits, OneDeposit).On(Withdrawals, OneWithdrawal)
            .On(route, StubReply.Json("""{"code":700007,"msg":"No permission to access the endpoint."}""", 400));
        var failure = Refusal(await Market.WalletAsync(From, From.AddDays(1), Cancel));
        Assert.Equal((FailureKind.Rejected, 700007), (failure.Kind, failure.Code));
        Assert.StartsWith(route, failure.Reason, StringComparison.Ordinal);
        Assert.Contains("SPOT_WITHDRAW_READ", failure.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Deposits, "[{}]")]
    [InlineData(Withdrawals, "[{}]")]
    [InlineData(Deposits, "[7]")]
    public async Task Half_a_history_is_none(string route, string answer)
    {
        Exchange.On(Deposits, OneDeposit).On(Withdrawals, OneWithdrawal).On(route, StubReply.Json(answer));
        var failure = Refusal(await Market.WalletAsync(From, From.AddDays(1), Cancel));
        Assert.Equal(FailureKind.BadData, failure.Kind);
        Assert.StartsWith(route, failure.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_window_older_than_the_exchange_remembers_is_rejected()
    {
        Exchange.On(Withdrawals, StubReply.Json("[]"))
            .On(Deposits, StubReply.Json("""{"msg":"The start time cannot be earlier than 90 days","code":400}""", 400));
        Assert.Equal(FailureKind.Rejected, Refusal(await Market.WalletAsync(From, From.AddDays(1), Cancel)).Kind);
    }
}

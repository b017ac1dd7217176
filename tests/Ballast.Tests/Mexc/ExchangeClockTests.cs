using Ballast.Core;
using Ballast.Mexc;

namespace Ballast.Tests.Mexc;

public class ExchangeClockTests : StubbedExchange
{
    private const string Account = "GET /api/v3/account";
    private const string Time = "GET /api/v3/time";
    private static readonly StubReply Outside =
        StubReply.Json("""{"code":700003,"msg":"Timestamp for this request is outside of the recvWindow."}""", 400);
    private static readonly StubReply Good = StubReply.Json("""{"balances":[]}""");

    private StubReply Now(TimeSpan ahead) =>
        StubReply.Json($$"""{"serverTime":{{(Clock.GetUtcNow() + ahead).ToUnixTimeMilliseconds()}}}""");

    [Theory]
    [InlineData(90)]
    [InlineData(-7200)]
    public async Task A_read_refused_for_its_time_is_sent_again_by_the_exchanges_clock(int ahead)
    {
        Exchange.On(Account, Outside, Good).On(Time, Now(TimeSpan.FromSeconds(ahead)));
        var client = Client(time: Clock);
        Value(await client.BalancesAsync(Cancel));
        Clock.Advance(TimeSpan.FromSeconds(10));
        Value(await client.BalancesAsync(Cancel));

        var sent = Exchange.RequestsTo(Account);
        Assert.Equal(
            [TimeSpan.Zero, TimeSpan.FromSeconds(ahead), TimeSpan.FromSeconds(ahead + 10)],
            sent.Select(request => request.SignedAt - sent[0].SignedAt));
        Assert.Single(Exchange.RequestsTo(Time));
    }

    [Fact]
    public async Task It_is_corrected_once_a_call_and_not_twice()
    {
        Exchange.On(Account, Outside).On(Time, Now(TimeSpan.FromSeconds(90)));
        var failure = Refusal(await Client(time: Clock).BalancesAsync(Cancel));
        Assert.Equal((FailureKind.Rejected, ErrorCode.TimestampOutsideWindow), (failure.Kind, failure.Code));
        Assert.Equal([Account, Time, Account], Exchange.Requests.Select(request => request.Route));
    }

    [Fact]
    public async Task Nor_twice_over_a_repeat()
    {
        Exchange.On(Account, Outside, StubReply.Empty(500), Outside).On(Time, Now(TimeSpan.FromSeconds(90)));
        Assert.Equal(ErrorCode.TimestampOutsideWindow, Refusal(await Elapse(Client(time: Clock).BalancesAsync(Cancel))).Code);
        Assert.Equal([Account, Time, Account, Account], Exchange.Requests.Select(request => request.Route));
    }

    [Fact]
    public async Task Without_the_exchanges_time_the_refusal_stands()
    {
        Exchange.On(Account, Outside).On(Time, StubReply.Empty(500));
        Assert.Equal(ErrorCode.TimestampOutsideWindow, Refusal(await Client(time: Clock).BalancesAsync(Cancel)).Code);
        Assert.Equal([Account, Time], Exchange.Requests.Select(request => request.Route));
    }

    [Fact]
    public async Task An_order_refused_for_its_time_is_rejected_and_the_next_call_has_the_right_time()
    {
        Exchange.On("POST /api/v3/order", Outside).On(Account, Good).On(Time, Now(TimeSpan.FromSeconds(90)));
        var client = Client(time: Clock);
        var failure = Refusal(await client.PlaceAsync(Sell, Cancel));
        Assert.Equal((FailureKind.Rejected, ErrorCode.TimestampOutsideWindow), (failure.Kind, failure.Code));
        Assert.Single(Exchange.RequestsTo("POST /api/v3/order"));

        Value(await client.BalancesAsync(Cancel));
        Assert.Equal(TimeSpan.FromSeconds(90), Exchange.RequestsTo(Account).Single().SignedAt - Clock.GetUtcNow());
    }

    [Fact]
    public async Task A_caller_that_leaves_meanwhile_still_learns_that_the_order_was_refused()
    {
        Exchange.On("POST /api/v3/order", Outside).On(Time, StubReply.Silence());
        using var leaving = new CancellationTokenSource();
        var call = Client(time: Clock).PlaceAsync(Sell, leaving.Token);
        while (Exchange.RequestsTo(Time).Count == 0) await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, Cancel);
        await leaving.CancelAsync();
        Assert.Equal(FailureKind.Rejected, Refusal(await call).Kind);
    }

    [Fact]
    public void The_exchanges_time_is_taken_to_be_that_of_the_middle_of_the_round_trip()
    {
        var clock = new ExchangeClock(Clock);
        var asked = Clock.GetUtcNow();
        clock.Learn(asked, asked.AddSeconds(61), asked.AddSeconds(2));
        Assert.Equal(asked.AddSeconds(60), clock.Now);
    }
}
